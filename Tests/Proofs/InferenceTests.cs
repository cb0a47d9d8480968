using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Inference;

namespace Checker.Tests.Proofs;

/// <summary>Inferred lemmas prove their property and hold in instances outside the samples. None are found for a false property.</summary>
public sealed class InferenceTests
{
    private const string Property = "HostNeverReachesPrivate";

    /// <summary>The mutants of models with proofs for any size. Counter has integers.</summary>
    public static TheoryData<int> EveryMutant =>
        [.. Enumerable.Range(0, Shipped.Mutants.Length).Where(i => Shipped.Mutants[i].Protocol != "Counter")];

    [Theory, Trait("Tier", "slow")]
    [InlineData("PageLifecycle", "separate,honest")]
    [InlineData("PageLifecycle", "inplace,spurious")]
    [InlineData("GuestMemory", "sw,hole,separate,honest")]
    public void Lemmas_are_found_without_any_that_was_written(string protocol, string design)
    {
        var (model, result) = AssertProves(protocol, design, new());

        // Each lemma is needed, or the proof fails.
        Assert.All(result.Lemmas, l => Assert.NotEqual(ProofStatus.Proved,
            Induction.Prove(model, [.. result.Lemmas.Where(o => o != l)], [model.Property(Property)], Proving.Options).Status));
    }

    [Theory]
    [Trait("Tier", "slow")]
    [InlineData("sw,attribute,separate,spurious", 3)]
    [InlineData("snp,hole,separate,spurious", 3)]
    [InlineData("snp,attribute,inplace,spurious", 3)]
    public void Lemmas_are_found_for_other_kinds_of_design(string design, int literals) =>
        AssertProves("GuestMemory", design, new() { Literals = literals });

    [Fact]
    [Trait("Tier", "slow")]
    public void The_largest_inductive_set_of_guest_memory_is_found()
    {
        var (_, result) = AssertProves("GuestMemory", "sw,hole,separate,honest", new() { Largest = true });

        // The inductive set is neither everything true in the samples, nor nothing.
        Assert.InRange(result.Statistics.Largest!.Value, 1, result.Statistics.Candidates!.Value - 1);
    }

    [Theory]
    [InlineData("SecretStaysPrivate")]
    [InlineData("NoSilentLoss")]
    [InlineData("OnlyTheGuestUnshares")]
    public void Lemmas_are_found_for_other_properties(string property)
    {
        var model = Bare(Proving.Model("PageLifecycle", "inplace,spurious"));

        var result = LemmaInference.Run(model, model.Property(property), new());

        Assert.Equal("proved", result.Answer.Word);
        Assert.Equal(ProofStatus.Proved, Induction.Prove(model, result.Lemmas, [model.Property(property)], Proving.Options).Status);
    }

    [Theory]
    [MemberData(nameof(EveryMutant))]
    public void A_mutant_is_refuted_and_not_proved(int number)
    {
        var mutant = Shipped.Mutants[number];
        var model = Bare(Proving.Model(mutant.Protocol, mutant.Design, [.. mutant.Drop]));

        var result = LemmaInference.Run(model, model.Property(mutant.Property), new());

        Assert.Equal("refuted", result.Answer.Word);
        Assert.Equal(mutant.Property, result.Answer.Shown!.Property!.Name);
        Assert.Equal(mutant.Length, result.Answer.Shown.Length);
        Assert.Empty(result.Lemmas);
    }

    /// <summary>With one page no frame can have two uses, so the samples hide the mistake.</summary>
    [Fact]
    public void A_mutant_that_the_samples_do_not_refute_is_not_proved_either()
    {
        var model = Bare(Proving.Model("PageLifecycle", "inplace,honest", "fill.free"));

        var result = LemmaInference.Run(model, model.Property("FrameHasOneUse"), new() { Instances = [[1, 2]] });

        Assert.Equal("undecided", result.Answer.Word);
        Assert.Empty(result.Lemmas);
        Assert.NotNull(result.Stuck);
        Assert.NotEmpty(result.Answer.Reason);
    }

    [Fact]
    public void What_excludes_a_counterexample_is_false_in_it_and_true_in_all_that_can_be_reached()
    {
        var model = Bare(Proving.Model("PageLifecycle", "separate,honest"));
        var proof = Induction.Prove(model, [], [model.Property(Property)], Proving.Options);
        var failed = proof.Obligations.First(o => o.Status == ProofStatus.Failed).Obligation;
        var counterexample = WhyNot.Find(proof, failed, 2, 1L << 30, TestContext.Current.CancellationToken)!;

        var candidates = LemmaInference.Excluding(counterexample, new(), 5);

        Assert.NotEmpty(candidates);
        var interpreter = new Interpreter(counterexample.Scope);
        Assert.All(candidates, c => Assert.False(interpreter.Holds(c.Formula, [.. counterexample.Before]), c.Formula.ToString()));
        AssertHold(model, candidates, ("Page", 2), ("Frame", 3));
    }

    [Fact]
    public void What_is_no_invariant_is_refused()
    {
        var model = Proving.Model("PageLifecycle", "separate,honest");
        var reachable = model.Properties.First(p => p.Kind == PropertyKind.Reachable);

        Assert.Contains(
            reachable.Name,
            Assert.Throws<ArgumentException>(() => LemmaInference.Run(model, reachable, new())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        var model = Bare(Proving.Model("GuestMemory", "sw,hole,separate,honest"));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            LemmaInference.Run(model, model.Property(Property), new() { Cancellation = stopped.Token }));
    }

    private static (TransitionSystem Model, InferResult Result) AssertProves(string protocol, string design, InferOptions options)
    {
        var model = Bare(Proving.Model(protocol, design));

        var result = LemmaInference.Run(model, model.Property(Property), options);

        Assert.Equal("proved", result.Answer.Word);
        Assert.NotEmpty(result.Lemmas);
        // The proof is checked again, with the lemmas alone.
        Assert.Equal(ProofStatus.Proved, Induction.Prove(model, result.Lemmas, [model.Property(Property)], Proving.Options).Status);
        // An instance with more frames than in the samples.
        AssertHold(model, result.Lemmas, ("Frame", 3));
        return (model, result);
    }

    /// <summary>
    /// Asserts that exploration of an instance (one element of every other sort) finds the lemmas true in every reachable state.
    /// </summary>
    private static void AssertHold(TransitionSystem model, IEnumerable<PropertyDeclaration> lemmas, params (string Sort, int Size)[] sizes)
    {
        var scope = new Scope(
            model with { Properties = [.. lemmas] },
            model.Sorts.ToDictionary(s => s.Name, s => Array.Find(sizes, z => z.Sort == s.Name) is { Size: > 0 } given ? given.Size : 1));
        var explored = new Exhaustive(scope, new() { Lemmas = true, EveryProperty = true, Vacuity = false, Threads = 2 }).Run();

        Assert.Equal(Outcome.Complete, explored.Outcome);
        Assert.NotEmpty(explored.Properties);
        Assert.All(explored.Properties, p => Assert.True(p.Holds, p.Property.Formula.ToString()));
    }

    /// <summary>The model without its hand-written lemmas.</summary>
    private static TransitionSystem Bare(TransitionSystem model) =>
        model with { Properties = [.. model.Properties.Where(p => p.Kind != PropertyKind.Lemma)] };
}
