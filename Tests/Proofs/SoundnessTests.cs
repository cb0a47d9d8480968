using Checker.Composition.Protocols;
using Checker.Solver.Proof;
using Checker.Tests.Reference;

namespace Checker.Tests.Proofs;

/// <summary>The proofs prove true properties, and nothing false.</summary>
public sealed class SoundnessTests
{
    public static TheoryData<string, string> Designs =>
        [.. Registry.All.Where(p => p.Name != "Counter").SelectMany(p => p.Designs).Select(d => (d.Protocol, d.Id))];

    public static TheoryData<string> Violating => [.. Row.All.Where(r => r.Violated && r.Dropped.Length > 0).Select(r => r.Id)];

    public static TheoryData<string> Expected => [.. Row.All.Where(r => r.Violated && r.Dropped.Length == 0).Select(r => r.Id)];

    [Theory, Trait("Tier", "slow")]
    [MemberData(nameof(Designs))]
    public void Every_claim_of_every_design_is_proved(string protocol, string design)
    {
        var result = Proving.Prove(protocol, design);

        Assert.Empty(Proving.Open(result));
        Assert.Equal(ProofStatus.Proved, result.Status);
        Assert.NotEmpty(result.Properties);
        // No obligation is missing: each conjunct in the initial state, and each under each action.
        int scripts = result.Obligations.Where(o => o.Obligation.Kind == ObligationKind.Preservation)
            .Select(o => o.Obligation.Action)
            .Distinct()
            .Count();
        Assert.Equal(result.Conjuncts.Length, result.Obligations.Count(o => o.Obligation.Kind == ObligationKind.Initiation));
        Assert.Equal(result.Conjuncts.Length * scripts, result.Obligations.Count(o => o.Obligation.Kind == ObligationKind.Preservation));
    }

    [Theory]
    [InlineData("snp,attribute,separate,spurious", "fault.check_private")]
    [InlineData("snp,attribute,separate,spurious", "discard.host_flush")]
    [InlineData("pkvm,attribute,inplace,spurious", "convert.refcount")]
    public void A_mutant_that_exploration_refutes_is_not_proved(string design, string label) =>
        Assert.Equal(ProofStatus.Failed, Proving.Prove("GuestMemory", design, label).Status);

    [Theory]
    [Trait("Tier", "slow")]
    [MemberData(nameof(Violating))]
    public void No_violating_row_of_the_reference_is_proved(string row)
    {
        var mutant = Row.Get(row);

        var result = Proving.Prove("GuestMemory", mutant.Design, mutant.Dropped.Split(','));

        Assert.NotEqual(ProofStatus.Proved, result.Status);
    }

    [Theory]
    [MemberData(nameof(Expected))]
    public void A_property_that_a_design_violates_is_not_proved(string row)
    {
        var design = Row.Get(row).Design;
        var model = Proving.Model("GuestMemory", design);

        var result = Induction.Prove(model, [model.Property(Row.Get(row).Property)], Proving.Options);

        Assert.Equal(ProofStatus.Failed, result.Status);
    }

    [Fact]
    public void A_proof_without_lemmas_fails_and_names_the_obligations()
    {
        var model = Proving.Model("GuestMemory", "sw,hole,separate,honest");

        var result = Induction.Prove(model, [], [model.Property("HostNeverReachesPrivate")], Proving.Options);

        Assert.Equal(ProofStatus.Failed, result.Status);
        Assert.Contains(
            result.Obligations,
            o => o.Status == ProofStatus.Failed && o.Obligation.ToString() == "the invariant implies HostNeverReachesPrivate");
    }

    [Fact]
    public void What_the_solver_has_no_time_for_is_unknown_and_not_proved()
    {
        var model = Proving.Model("GuestMemory", "sw,hole,separate,honest");
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        var result = Induction.Prove(
            model,
            Proving.Claimed(model, "GuestMemory", "sw,hole,separate,honest"),
            Proving.Options with { Cancellation = stopped.Token });

        Assert.Equal(ProofStatus.Unknown, result.Status);
    }

    [Fact]
    public void Integers_are_refused()
    {
        var counter = Proving.Model("Counter", "");

        var refused = Assert.Throws<NotEncodableException>(() =>
            Induction.Prove(counter, [counter.Property("NoLostUpdate")], Proving.Options));

        Assert.Contains("integers have no proof for any size", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_that_the_invariant_never_enables_is_reported()
    {
        var model = Proving.Model("GuestMemory", "snp,attribute,separate,honest");

        var result = Induction.Prove(
            model,
            Proving.Claimed(model, "GuestMemory", "snp,attribute,separate,honest"),
            Proving.Options with { Vacuity = true });

        Assert.Equal(["FatalTouch", "GuestRead"], result.NeverEnabled);
        // Exploration never saw these actions either.
        var entry = Registry.Get("GuestMemory");
        Assert.Subset(
            entry.NeverFires(entry.Designs.Single(d => d.Id == "snp,attribute,separate,honest")).Keys.ToHashSet(),
            result.NeverEnabled.ToHashSet());
    }
}
