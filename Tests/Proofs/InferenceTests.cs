using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Checker.Solver.Smt.Inference;

namespace Checker.Tests.Proofs;

/// <summary>Lemmas that are found prove what they are found for, hold where nobody sampled, and are not found for what is false.</summary>
public sealed class InferenceTests
{
    private const string Property = "HostNeverReachesPrivate";

    [Theory]
    [InlineData("PageLifecycle", "separate,honest")]
    [InlineData("PageLifecycle", "inplace,spurious")]
    [InlineData("GuestMemory", "sw,hole,separate,honest")]
    public void Lemmas_are_found_without_any_that_was_written(string protocol, string design) => AssertProves(protocol, design);

    [Theory]
    [Trait("Tier", "slow")]
    [InlineData("GuestMemory", "sw,attribute,separate,spurious")]
    [InlineData("GuestMemory", "snp,hole,separate,spurious")]
    [InlineData("GuestMemory", "tdx,hole,separate,spurious")]
    public void Lemmas_are_found_for_a_spurious_vmm_too(string protocol, string design) => AssertProves(protocol, design);

    [Fact]
    public void A_mutant_is_refuted_and_not_proved()
    {
        var mutant = Bare(Proving.Model("GuestMemory", "sw,hole,separate,spurious", "discard.host_flush"));

        var result = Infer.Run(mutant, mutant.Property(Property), new());

        Assert.Equal(InferStatus.Refuted, result.Status);
        Assert.Equal(Property, result.Violation!.Property!.Name);
    }

    private static void AssertProves(string protocol, string design)
    {
        var model = Bare(Proving.Model(protocol, design));

        var result = Infer.Run(model, model.Property(Property), new());

        Assert.Equal(InferStatus.Proved, result.Status);
        Assert.NotEmpty(result.Lemmas);
        // The proof is checked again, from the lemmas alone.
        Assert.Equal(ProofStatus.Proved, Induction.Prove(model, result.Lemmas, [model.Property(Property)], Proving.Options).Status);
        // Each is needed, or the proof fails.
        Assert.All(result.Lemmas, l => Assert.NotEqual(ProofStatus.Proved,
            Induction.Prove(model, [.. result.Lemmas.Where(o => o != l)], [model.Property(Property)], Proving.Options).Status));
        // An instance with more frames than were sampled: exploration finds every lemma true there.
        var sizes = model.Sorts.ToDictionary(s => s.Name, s => s.Name == "Frame" ? 3 : 1);
        var explored = new Exhaustive(new Scope(model with { Properties = result.Lemmas }, sizes), new() { Lemmas = true, EveryProperty = true, Vacuity = false, Threads = 2 }).Run();
        Assert.Equal(Outcome.Complete, explored.Outcome);
        Assert.All(explored.Properties, p => Assert.True(p.Holds, p.Property.Formula.ToString()));
    }

    /// <summary>The model without the lemmas that somebody wrote.</summary>
    private static TransitionSystem Bare(TransitionSystem model) => model with { Properties = [.. model.Properties.Where(p => p.Kind != PropertyKind.Lemma)] };
}
