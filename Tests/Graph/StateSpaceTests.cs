using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Explicit;

namespace Checker.Tests.Graph;

/// <summary>The stored state graph equals the interpreter's, and the explorer counts the same.</summary>
public sealed class StateSpaceTests
{
    public static TheoryData<string, string, string> Small() => new()
    {
        { "Counter", "Counter", "" },
        { "Counter", "Counter", "lock" },
        { "PageLifecycle", "separate,honest", "" },
        { "PageLifecycle", "inplace,spurious", "" },
        { "PageLifecycle", "inplace,spurious", "map.revoked" },
    };

    [Theory]
    [MemberData(nameof(Small))]
    public void Every_step_is_the_interpreters(string protocol, string design, string dropped)
    {
        var space = Instances.Space(Instances.Of(protocol, design, dropped));
        var interpreter = new Interpreter(space.Scope);
        var numbers = Enumerable.Range(0, space.Count).ToDictionary(s => string.Join(',', space.Cells(s)));
        Assert.Equal(space.Scope.InitialState(), space.Cells(0));
        for (int state = 0; state < space.Count; state++)
        {
            var expected = interpreter.Successors(space.Cells(state)).Select(s => $"{s.Instance} {numbers[string.Join(',', s.Next)]}");
            Assert.Equal(expected, space.StepsFrom(state).Select(s => $"{s.Instance} {s.Target}"));
            Assert.Equal(space.StepsFrom(state).Select(s => s.Target), space.Successors(state).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Counts_are_the_explorers(string protocol, string design, string dropped)
    {
        var scope = Instances.Of(protocol, design, dropped);
        var space = Instances.Space(scope);
        var result = Explore.Run(scope, new() { Symmetry = false, EveryProperty = true });
        Assert.Equal((result.Distinct, result.Generated, result.Depth), (space.Count, space.Steps + 1L, space.Depth));
    }

    [Fact]
    public void A_larger_design_is_counted_alike()
    {
        var scope = Explore.GuestMemory("cca,hole,separate,honest", "1,2,1,1,1");
        var space = Instances.Space(scope);
        var result = Explore.Run(scope);
        Assert.Equal((result.Distinct, result.Generated, result.Depth), (space.Count, space.Steps + 1L, space.Depth));
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Levels_are_distances_and_paths_are_shortest(string protocol, string design, string dropped)
    {
        var space = Instances.Space(Instances.Of(protocol, design, dropped));
        int[] distance = new int[space.Count];
        Array.Fill(distance, -1);
        distance[0] = 0;
        var queue = new Queue<int>([0]);
        while (queue.TryDequeue(out int state))
        {
            foreach (int next in space.Successors(state))
            {
                if (distance[next] < 0)
                {
                    distance[next] = distance[state] + 1;
                    queue.Enqueue(next);
                }
            }
        }

        Assert.Equal(distance, Enumerable.Range(0, space.Count).Select(space.LevelOf));
        foreach (int state in Enumerable.Range(0, space.Count).Where(s => s % 7 == 0 || s == space.Count - 1))
        {
            var path = space.PathTo(state);
            Assert.Equal(distance[state] + 1, path.Length);
            Assert.Equal(state, space.Follow(path)[^1]);
        }
    }

    [Fact]
    public void Within_is_what_so_many_steps_reach()
    {
        var space = Instances.Space(Instances.Of("PageLifecycle", "inplace,spurious", ""));
        Assert.Equal([5], space.Within([5], 0, TestContext.Current.CancellationToken));
        Assert.Equal(
            space.Successors(5).ToArray().Append(5).Distinct().Order(),
            space.Within([5], 1, TestContext.Current.CancellationToken).Order());
        Assert.Equal(
            Enumerable.Range(0, space.Count).Where(s => space.LevelOf(s) <= 4),
            space.Within([0], 4, TestContext.Current.CancellationToken).Order());
        Assert.Equal(Enumerable.Range(0, space.Count), space.Within([0], int.MaxValue, TestContext.Current.CancellationToken).Order());
    }

    [Fact]
    public void Nothing_is_concluded_from_a_part()
    {
        var scope = Explore.GuestMemory("cca,hole,separate,honest", "1,2,1,1,1");
        var full = Assert.Throws<UnfinishedException>(() =>
            StateSpace.Explore(scope, memoryBudget: 1 << 20, TestContext.Current.CancellationToken));
        Assert.Equal(Outcome.OutOfMemory, full.Outcome);
        var stopped = Assert.Throws<UnfinishedException>(() => StateSpace.Explore(scope, cancellation: new(canceled: true)));
        Assert.Equal(Outcome.Cancelled, stopped.Outcome);
    }
}
