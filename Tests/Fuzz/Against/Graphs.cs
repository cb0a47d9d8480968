using Checker.Solver.Explicit;

namespace Checker.Tests.Fuzz.Against;

/// <summary>The state graph, edge by edge, and the shortest paths in it.</summary>
internal static class Graphs
{
    public static void Check(Comparison compare)
    {
        var (truth, scope) = (compare.Subject.Truth, compare.Subject.Scope);
        var space = StateSpace.Explore(scope, cancellation: compare.Subject.Cancellation);
        compare.Same(truth.States.Count, space.Count, "states");
        compare.Same(truth.Generated - 1, space.Steps, "steps");
        compare.Same(truth.Depth, space.Depth, "depth");
        int?[] numbers = [.. Enumerable.Range(0, space.Count).Select(s =>
            truth.NumberOf(Bridge.State(truth.Model, scope, space.Cells(s))))];
        compare.Same(truth.States.Count, numbers.OfType<int>().Distinct().Count(), "reachable states among those of the graph");
        for (int state = 0; state < space.Count; state++)
        {
            int number = numbers[state]!.Value;
            compare.Same(truth.LevelOf(number), space.LevelOf(state) + 1, "the level of a state");
            compare.SameAll(truth.StepsFrom(number).Select(s => $"{Bridge.Name(s.Instance)}->{s.Target}"),
                space.StepsFrom(state).Select(s => $"{Bridge.Name(s.Instance)}->{numbers[s.Target]}"), "the steps of a state");
        }

        foreach (int state in new[] { space.Count - 1, space.Count / 2 })
        {
            var path = space.PathTo(state);
            Bridge.Confirm(path);
            compare.Same(truth.LevelOf(numbers[state]!.Value), path.Length, "the length of a path");
            compare.Subject.Traces.Add(path);
        }
    }
}
