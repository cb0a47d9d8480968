using Checker.App;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Solver.Mutation;

namespace Checker.Tests.Mutation;

/// <summary>Every label is missed by a property, or the reason why not is computed. The declarations in Properties agree with it.</summary>
public sealed class SurvivorTests
{
    private const double Least = 0.95;

    [Fact]
    public void Each_survivor_is_a_label_of_a_design()
    {
        foreach (var survivor in Shipped.Survivors)
        {
            var protocol = Registry.Get(survivor.Protocol);
            var designs = protocol.Designs.Where(d => d.Is(survivor.Designs)).ToList();
            Assert.NotEmpty(designs);
            Assert.All(designs, d => Assert.Contains(protocol.Build(d).Actions, a => a.Labels.Contains(survivor.Label)));
            Assert.Equal(survivor.Because == Because.Size, !survivor.Bounds.IsEmpty);
            Assert.NotEmpty(survivor.Reason);
        }
    }

    [Fact]
    public void No_label_of_a_design_has_two_reasons() => Assert.All(Registry.All.SelectMany(p => p.Designs), design =>
        Assert.Distinct(Shipped.Survivors.Where(s => s.Protocol == design.Protocol && design.Is(s.Designs)).Select(s => s.Label)));

    /// <summary>The run stops once the mutants are tried. An unfinished proof is no problem of the label.</summary>
    [Fact]
    public void What_is_stopped_while_it_is_explained_is_unfinished_and_no_problem()
    {
        using var stopped = new CancellationTokenSource();
        var settings = new MutantSettings(
            new() { Threads = 1, Cancellation = stopped.Token },
            [MutationKind.Label],
            ["accept.once"],
            Explain: true);

        var run = MutantRun.Do(
            Plan.Of(new(Registry.All, "PageLifecycle", ["inplace,honest"], null, [], [])).Single(),
            settings,
            _ => stopped.Cancel());

        Assert.Empty(run.Problems);
        Assert.True(run.IsUnfinished);
        Assert.False(Assert.Single(run.Outcomes).IsAccountedFor);
    }

    [Fact]
    public void Labels_of_the_life_cycle_are_accounted_for() => AssertAccounted("PageLifecycle");

    [Fact, Trait("Tier", "slow")]
    public void Labels_of_guest_memory_are_accounted_for() => AssertAccounted("GuestMemory");

    private static void AssertAccounted(string protocol)
    {
        var known = Registry.Get(protocol);
        var settings = new MutantSettings(
            new() { Threads = 2, Cancellation = TestContext.Current.CancellationToken },
            [MutationKind.Label],
            [],
            Explain: true);
        var runs = Plan.Of(new(Registry.All, protocol, [], null, [], [])).Select(j => MutantRun.Do(j, settings, _ => { })).ToList();

        Assert.All(runs, r => Assert.Empty(r.Problems));
        Assert.All(runs, r => Assert.False(r.IsUnfinished));
        // Dropping a label changes something in every design with this label.
        Assert.All(runs, r => Assert.Equal(
            r.Job.Model.Labels.Select(l => l.Name)
                .Where(l => r.Job.Model.Actions.Any(a => a.Labels.Contains(l)))
                .Order(StringComparer.Ordinal),
            r.Outcomes.Select(o => o.Mutation.Name).Order(StringComparer.Ordinal)));
        var outcomes = runs.SelectMany(r => r.Outcomes).ToList();
        Assert.True(outcomes.Count(o => o.IsAccountedFor) >= Least * outcomes.Count);
        // Every declaration occurs in some design.
        Assert.Empty(Shipped.Survivors.Where(s =>
            s.Protocol == protocol
                && !runs.Any(r =>
                    r.Job.Design.Is(s.Designs) && r.Outcomes.Any(o => o.Mutation.Name == s.Label && o.Explanation is not null))));
        Assert.Equal(known.Designs.Length, runs.Count);
    }
}
