using System.Collections.Immutable;
using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Tests.Explicit;

/// <summary>Shortcuts to a finite instance, to its exploration, and to a text with all results of the exploration.</summary>
internal static class Explore
{
    public static Scope Scope(TransitionSystem system, params (string Sort, int Size)[] sizes) =>
        new(system, sizes.ToDictionary(s => s.Sort, s => s.Size));

    /// <summary>A GuestMemory design at bounds in the form of the command line.</summary>
    public static Scope GuestMemory(string design, string bounds, params string[] dropped)
    {
        var protocol = Registry.Get("GuestMemory");
        var system = protocol.Build(protocol.Designs.Single(d => d.Id == design)).Without(dropped);
        return new(system, protocol.BoundSorts.Zip(bounds.Split(',')).ToDictionary(b => b.First, b => int.Parse(b.Second)));
    }

    public static ExplorationResult Run(Scope scope, ExplorationOptions? options = null) =>
        new Exhaustive(scope, options ?? new() { Symmetry = false }).Run();

    /// <summary>The reachable states, each as "x=1 y[p0]=None". The compiled model and the interpreter must agree on them.</summary>
    public static IReadOnlyList<string> States(Scope scope)
    {
        var interpreter = new Interpreter(scope);
        var model = new CompiledModel(new FiniteModel(scope));
        var seen = new Dictionary<string, int[]> { [Text(scope, scope.InitialState())] = scope.InitialState() };
        var queue = new Queue<int[]>(seen.Values);
        while (queue.TryDequeue(out int[]? state))
        {
            AssertSameSuccessors(interpreter, model, state);
            foreach (var (_, next) in interpreter.Successors(state))
            {
                if (seen.TryAdd(Text(scope, next), next))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return [.. seen.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Asserts that the compiled successors of a state are the interpreter's, with the same multiplicity.</summary>
    public static void AssertSameSuccessors(Interpreter interpreter, CompiledModel model, int[] state)
    {
        var expected = interpreter.Successors(state).Select(s => string.Join(' ', s.Next));
        var compiled = model.Successors(model.Layout.Pack(state)).Select(s => string.Join(' ', model.Layout.Unpack(s)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), compiled.Order(StringComparer.Ordinal));
    }

    public static string Text(Scope scope, IReadOnlyList<int> state) =>
        string.Join(' ', scope.Cells.Select(c => $"{c}={Printer.Value(c.Variable.Type, state[c.Number])}"));

    public static string Text(Trace? trace) =>
        trace is null
            ? "no trace"
            : string.Join('\n', trace.States.Select(s => $"{s.Instance?.ToString() ?? "initially"}: {Text(trace.Scope, s.Cells)}"));

    /// <summary>The results which must not depend on threads: everything but times and bytes.</summary>
    public static string Text(ExplorationResult r) => string.Join('\n',
    [
        $"{r.Outcome}: {r.Distinct} distinct, {r.Generated} generated, depth {r.Depth}, {r.Deadlocks} deadlocks, {r.BitsPerState} bits, "
            + $"symmetry {r.SymmetryGroup}",
        $"fired {string.Join(' ', r.Fired)}",
        .. r.Properties.Select(p => $"{p.Property.Name}: {p.Holds?.ToString() ?? "undecided"}\n{Text(p.Trace)}"),
        $"never enabled: {List(r.Vacuity?.ActionsNeverEnabled)}",
        $"never relevant: {List(r.Vacuity?.LabelsNeverRelevant)}",
        $"never true: {List(r.Vacuity?.AntecedentsNeverTrue)}",
    ]);

    public static PropertyResult Result(this ExplorationResult result, string property) =>
        result.Properties.Single(p => p.Property.Name == property);

    private static string List(ImmutableArray<string>? names) => names is { } some ? string.Join(", ", some) : "not asked";
}
