using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Checker.Testing;

/// <summary>
/// A walk of a model from its initial state, for properties that FsCheck tests: which steps it takes is drawn, and a failing walk is
/// shrunk by leaving steps out. The interpreter takes each step, so every walk is a behaviour of the model.
/// </summary>
public sealed class Walk
{
    private readonly ImmutableArray<int> _choices;

    private Walk(Trace trace, ImmutableArray<int> choices) => (Trace, _choices) = (trace, choices);

    /// <summary>The states and steps.</summary>
    public Trace Trace { get; }

    /// <summary>The names of the actions that were taken, in their order.</summary>
    public IEnumerable<string> Actions => Trace.States.Skip(1).Select(s => s.Instance!.Action.Name);

    /// <summary>Generates walks, and shrinks them.</summary>
    /// <param name="design">The design, or a pattern that describes only one; the only design if null.</param>
    /// <param name="bounds">Sizes such as "2,3", in the order of the protocol's sorts; the default ones if null.</param>
    /// <param name="steps">The most steps of a walk. It is shorter where nothing can happen any more.</param>
    /// <param name="drop">The labels to leave out.</param>
    /// <exception cref="App.BadInputException">The protocol has no such design, bounds or label.</exception>
    public static Arbitrary<Walk> Of(Protocol protocol, string? design = null, string? bounds = null, int steps = 50, params string[] drop)
    {
        var job = CheckerAssert.JobOf(protocol, design, bounds, drop);
        var interpreter = new Interpreter(job.Scope());
        var generator = Gen.Choose(0, int.MaxValue).ListOf(steps).Select(choices => Take(interpreter, job.Header, [.. choices]));
        return Arb.From(generator, walk => Shorter(walk._choices).Select(choices => Take(interpreter, job.Header, choices)));
    }

    /// <summary>The walk as the command line prints traces.</summary>
    public override string ToString() => CheckerAssert.Text(Trace);

    private static Walk Take(Interpreter interpreter, TraceHeader header, ImmutableArray<int> choices)
    {
        int[] state = interpreter.Scope.InitialState();
        var states = ImmutableArray.CreateBuilder<TraceState>();
        states.Add(new(null, [.. state]));
        foreach (int choice in choices)
        {
            var steps = interpreter.Successors(state).ToList();
            if (steps.Count == 0)
            {
                break;
            }

            (var instance, state) = steps[choice % steps.Count];
            states.Add(new(instance, [.. state]));
        }

        // Choices that were not taken would only be shrunk for nothing.
        return new(new(interpreter.Scope, null, states.ToImmutable(), LastStep: false) { Header = header }, choices[..(states.Count - 1)]);
    }

    /// <summary>The first half, the last half, and every list with one choice less.</summary>
    private static IEnumerable<ImmutableArray<int>> Shorter(ImmutableArray<int> choices)
    {
        if (choices.Length > 1)
        {
            yield return choices[..(choices.Length / 2)];
            yield return choices[(choices.Length / 2)..];
        }

        for (int i = 0; i < choices.Length; i++)
        {
            yield return choices.RemoveAt(i);
        }
    }
}
