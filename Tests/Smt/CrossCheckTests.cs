using Checker.Composition.Protocols;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Agreement;

namespace Checker.Tests.Smt;

/// <summary>The two engines agree. If one of them is wrong, the comparison reports it.</summary>
public sealed class CrossCheckTests
{
    private const int Depth = 8;
    private const string Snp = "snp,attribute,separate,spurious";
    private const string Small = "1,2,1,1,1";

    public static TheoryData<string> Designs => [.. Registry.Get("GuestMemory").Designs.Select(d => d.Id)];

    [Theory, MemberData(nameof(Designs)), Trait("Tier", "slow")]
    public void Engines_agree_on_a_design(string design)
    {
        var scope = Subject.ScopeOf("GuestMemory", design, "1,1,1,1,1");
        Assert.Equal(new(Accord.Agree, "Z3 agrees: no violation within 8 steps"), CrossCheck.Compare(Explore(scope), Bounded(scope)));
    }

    [Theory, Trait("Tier", "slow")]
    [InlineData(Snp, Small, "fault.check_private", 6)]
    [InlineData(Snp, Small, "fault.retry_on_invalidate", 8)]
    [InlineData(Snp, Small, "set.zap", 8)]
    [InlineData(Snp, Small, "punch.flush", null)]
    [InlineData("snp,attribute,inplace,spurious", Small, "convert.refcount", 8)]
    [InlineData("cca,attribute,inplace,spurious", "2,1,1,1,0", "punch.unmap_user", null)]
    public void Engines_agree_on_a_mutant(string design, string bounds, string dropped, int? steps)
    {
        var scope = Subject.ScopeOf("GuestMemory", design, bounds, dropped);
        var explored = Explore(scope);
        Assert.Equal(Outcome.Violated, explored.Outcome);
        string expected = steps is null ? "Z3 agrees: no violation within 8 steps" : $"Z3 agrees: the first violation takes {steps} steps";
        Assert.Equal(new(Accord.Agree, expected), CrossCheck.Compare(explored, Bounded(scope)));
    }

    [Fact, Trait("Tier", "slow")]
    public void An_action_that_Z3_does_not_know_is_noticed()
    {
        var explored = Explore(Subject.ScopeOf("GuestMemory", Snp, Small, "fault.check_private"));
        var blind = Subject.ScopeOf("GuestMemory", Snp, Small, s =>
            s.Without("fault.check_private") with { Actions = s.Actions.Remove(s.Action("FaultInstall")) });
        var result = CrossCheck.Compare(explored, Bounded(blind));
        Assert.Equal(Accord.Disagree, result.Accord);
        Assert.Contains(
            "Z3 finds no violation within 8 steps, exploration finds MappingFollowsDesignation violated after 6 steps",
            result.Message);
        Assert.EndsWith("so Z3 is wrong", result.Message);
    }

    [Fact]
    public void A_property_that_Z3_does_not_know_is_noticed()
    {
        var scope = Ladder.Scope();
        var late = FiniteBmc.Run(new FiniteModel(scope), [scope.System.Property("BelowThree")], Depth, new());
        var all = new Exhaustive(scope, new() { EveryProperty = true }).Run();
        var explored = all with { Properties = [.. all.Properties.Where(p => p.Property.Name is "BelowTwo" or "BelowThree")] };
        var result = CrossCheck.Compare(explored, late);
        Assert.Equal(Accord.Disagree, result.Accord);
        Assert.Contains(
            "Z3 finds no violation before BelowThree after 3 steps, exploration finds BelowTwo violated after 2 steps",
            result.Message);
    }

    [Fact]
    public void A_violation_that_exploration_does_not_see_is_noticed()
    {
        var sound = Explore(Subject.ScopeOf("Counter", "", "2"));
        var result = CrossCheck.Compare(sound, Bounded(Subject.ScopeOf("Counter", "", "2", "lock")));
        Assert.Equal(Accord.Disagree, result.Accord);
        Assert.Contains("Z3 finds NoLostUpdate violated after 4 steps, exploration finds no violation;", result.Message);
        Assert.EndsWith("so exploration is wrong", result.Message);
    }

    [Fact]
    public void What_is_not_finished_is_neither()
    {
        var scope = Subject.ScopeOf("Counter", "", "2");
        var (explored, bounded) = (Explore(scope), Bounded(scope));
        var brokenOff = explored with { Outcome = Outcome.OutOfMemory, Depth = 3, Properties = [] };
        Assert.Equal(Accord.Undecided, CrossCheck.Compare(brokenOff, bounded).Accord);
        Assert.Equal(Accord.Undecided, CrossCheck.Compare(brokenOff with { Depth = 0 }, bounded).Accord);
        Assert.Equal(Accord.Agree, CrossCheck.Compare(brokenOff with { Depth = Depth + 1 }, bounded).Accord);
        Assert.Equal(
            new(Accord.Undecided, "Z3 did not decide 8 steps: why"),
            CrossCheck.Compare(explored, new(new Answer.Undecided("why", Extent.Steps), Depth, 2)));

        var violated = Bounded(Subject.ScopeOf("Counter", "", "2", "lock"));
        Assert.Equal(Accord.Undecided, CrossCheck.Compare(brokenOff, violated).Accord);
        Assert.Equal(Accord.Disagree, CrossCheck.Compare(brokenOff with { Depth = 5 }, violated).Accord);
    }

    private static ExplorationResult Explore(Scope scope) => new Exhaustive(scope, new() { Vacuity = false }).Run();

    private static BmcResult Bounded(Scope scope)
    {
        using var encoding = new ModelEncoding(scope);
        return FiniteBmc.Run(encoding, FiniteBmc.Checked(scope.System), Depth, new());
    }
}
