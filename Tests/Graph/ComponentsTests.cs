using Checker.Composition.Protocols;
using Checker.Solver.Explicit;
using Checker.Solver.Graph;

namespace Checker.Tests.Graph;

public sealed class ComponentsTests
{
    [Theory, Trait("Tier", "slow")]
    [InlineData("Counter", "Counter", "lock")]
    [InlineData("PageLifecycle", "separate,honest", "")]
    [InlineData("PageLifecycle", "separate,spurious", "")]
    [InlineData("PageLifecycle", "inplace,spurious", "")]
    public void Components_are_the_classes_of_states_that_lead_to_each_other(string protocol, string design, string dropped)
    {
        var space = Instances.Space(Instances.Of(protocol, design, dropped));
        var found = Components.Of(space, TestContext.Current.CancellationToken);

        // The plain definition, at its own cost: the set of states reachable from each state.
        var reach = Enumerable.Range(0, space.Count).Select(s => space.Within([s], int.MaxValue)).ToList();
        var classes = Enumerable.Range(0, space.Count).GroupBy(s => reach[s].Where(t => reach[t].Contains(s)).Min()).ToList();
        Assert.Equal(classes.Count, found.Count);
        Assert.Equal(classes.Max(c => c.Count()), found.Largest);
        Assert.Equal(classes.Count(c => reach[c.Key].SetEquals(c)), found.Final);
        Assert.Equal(reach.Count(r => r.Contains(0)), found.Returning);
        Assert.Equal(reach.TrueForAll(r => r.Contains(0)), found.AlwaysReturns);
        if (found.NoReturn is { } stuck)
        {
            int end = space.Follow(stuck.Trace)[^1];
            Assert.DoesNotContain(0, reach[end]);
            Assert.All(
                Enumerable.Range(0, space.Count).Where(s => space.LevelOf(s) < stuck.Trace.Length - 1),
                s => Assert.Contains(0, reach[s]));
            AssertKept(space, stuck, reach[end]);
        }
    }

    [Fact]
    public void It_is_stopped_although_the_graph_is_there()
    {
        var space = Instances.Space(Instances.Of("PageLifecycle", "separate,spurious"));
        Assert.Throws<OperationCanceledException>(() => Components.Of(space, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_dead_guest_stays_dead()
    {
        var stuck = Components.Of(
            Instances.Space(Instances.Of("PageLifecycle", "separate,spurious")),
            TestContext.Current.CancellationToken).NoReturn!;
        Assert.Contains("dead stays true", stuck.Kept.Select(k => k.ToString()));
        Assert.Equal("Touch", stuck.Trace.States[^1].Instance!.Action.Name);
    }

    /// <summary>
    /// With an honest VMM every design can return. A spurious VMM can kill the guest, or deceive it if there is no firmware. On
    /// pKVM it can do neither.
    /// </summary>
    [Fact, Trait("Tier", "slow")]
    public void Only_a_spurious_vmm_does_what_cannot_be_undone()
    {
        foreach (var design in Registry.Get("GuestMemory").Designs)
        {
            var found = Components.Of(Instances.Space(Instances.Of("GuestMemory", design.Id)), TestContext.Current.CancellationToken);
            bool returns = design.Is("*,*,*,honest") || design.Is("pkvm,*,*,*");
            Assert.True(returns == found.AlwaysReturns, design.Id);
            if (!returns)
            {
                Assert.Contains(
                    design.Is("sw,*,*,*") ? "corrupt stays true" : "dead stays true",
                    found.NoReturn!.Kept.Select(k => k.ToString()));
            }
        }
    }

    private static void AssertKept(StateSpace space, NoReturn stuck, IReadOnlySet<int> after)
    {
        int[] initial = space.Cells(0);
        var expected = from cell in space.Scope.Cells
                       let codes = after.Select(s => space.Cells(s)[cell.Number]).Distinct().Order().ToList()
                       where !codes.Contains(initial[cell.Number])
                       select $"{cell} {string.Join(' ', codes)}";
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            stuck.Kept.Select(k => $"{k.Cell} {string.Join(' ', k.Codes)}").Order(StringComparer.Ordinal));
    }
}
