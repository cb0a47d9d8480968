using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces;

/// <summary>The failure of a replay: the model does not allow the trace. It has the state and the reason.</summary>
public sealed class ReplayException(int state, string reason) : Exception($"state {state + 1}: {reason}")
{
    /// <summary>The number of the state, from 0.</summary>
    public int State { get; } = state;

    public string Reason { get; } = reason;
}

/// <summary>Runs a trace through the interpreter. No trace is shown without this check.</summary>
public static class Replay
{
    /// <returns>The trace itself.</returns>
    /// <exception cref="ReplayException">
    /// The trace is not a behaviour of the model, or does not show its claimed violation or witness.
    /// </exception>
    public static Trace Check(Trace trace)
    {
        var (scope, interpreter) = (trace.Scope, new Interpreter(trace.Scope));
        if (!trace.BeginsAnywhere)
        {
            Same(0, scope.InitialState(), trace.States[0].Cells);
        }

        for (int i = 1; i < trace.Length; i++)
        {
            var instance = trace.States[i].Instance ?? throw new ReplayException(i, "no action leads here");
            int[] before = [.. trace.States[i - 1].Cells];
            if (interpreter.FailingGuard(instance, before) is { } guard)
            {
                throw new ReplayException(i, $"{instance} is not enabled: {guard.Source}: {guard.Text} does not hold");
            }

            int[] after;
            try
            {
                after = interpreter.Apply(instance, before);
            }
            catch (ModelErrorException error)
            {
                throw new ReplayException(i, error.Message);
            }

            Same(i, after, trace.States[i].Cells);
        }

        if (trace.Property is { } property && !Shows(interpreter, trace, property))
        {
            throw new ReplayException(trace.Length - 1, $"the trace does not show its claim about {property.Name}");
        }

        return trace;

        void Same(int state, int[] computed, ImmutableArray<int> claimed)
        {
            if (claimed.Length != computed.Length)
            {
                throw new ReplayException(state, $"it has {claimed.Length} cells, not {computed.Length}");
            }

            int cell = Enumerable.Range(0, computed.Length).FirstOrDefault(c => computed[c] != claimed[c], -1);
            if (cell >= 0)
            {
                var type = scope.Cells[cell].Variable.Type;
                throw new ReplayException(
                    state,
                    $"{scope.Cells[cell]} is {Printer.Value(type, computed[cell])}, not {Printer.Value(type, claimed[cell])}");
            }
        }
    }

    /// <summary>True if the end of the trace violates the invariant or witnesses the reachability property.</summary>
    internal static bool Shows(Interpreter interpreter, Trace trace, PropertyDeclaration property)
    {
        if (trace.LastStep && trace.Length == 1)
        {
            return false;
        }

        int[] last = [.. trace.States[^1].Cells];
        int[]? before = trace.LastStep ? [.. trace.States[^2].Cells] : null;
        bool holds = before is null ? interpreter.Holds(property.Formula, last) : interpreter.Holds(property.Formula, before, last);
        return holds == property.IsWitnessed && property.Subject switch
        {
            PropertySubject.Sequence => property.Allows(trace.States.Skip(1).Select(s => s.Instance!.Action.Name)),
            PropertySubject.Deadlock => !interpreter.Successors(last).Any(),
            PropertySubject.State or PropertySubject.Step => true,
            PropertySubject.StateOrStep => throw new InvalidOperationException($"{property.Name} is about a state or a step"),
        };
    }
}
