using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Proof;
using Checker.Solver.Traces;

namespace Checker.Tests.Proofs;

/// <summary>A failed obligation is explained by a smallest state of the model, with a statement about its reachability.</summary>
public sealed class WhyNotTests
{
    private const string Design = "snp,attribute,separate,spurious";
    private const long Memory = 1L << 30;

    [Fact]
    public void A_mutants_counterexample_can_be_reached()
    {
        var result = Proving.Prove("GuestMemory", Design, "discard.host_flush");
        var failed = Assert.Single(result.Obligations, o => o.Status == ProofStatus.Failed).Obligation;

        var found = WhyNot.Find(result, failed, 2, Memory, TestContext.Current.CancellationToken);

        Assert.Equal("DiscardFree preserves UserMapsShared", failed.ToString());
        AssertBreaks(result, found!);
        Assert.Equal(6, found!.Reached!.Length);
        // The behaviour up to the state, together with the step, breaks the lemma.
        Replay.Check(new Trace(found.Scope, failed.Conjunct, found.Reached.States.Add(new(found.Instance, found.After)), LastStep: false));
    }

    [Fact]
    public void A_missing_lemmas_counterexample_cannot_be_reached()
    {
        var model = Proving.Model("GuestMemory", Design);
        var lemmas = model.Properties.Where(p => p.Kind == PropertyKind.Lemma && p.Name != "UserMapsShared").ToList();
        var result = Induction.Prove(model, lemmas, [model.Property("HostNeverReachesPrivate")], Proving.Options);
        Assert.Equal(ProofStatus.Failed, result.Status);

        foreach (var failed in result.Obligations.Where(o => o.Status == ProofStatus.Failed))
        {
            var found = WhyNot.Find(result, failed.Obligation, 2, Memory, TestContext.Current.CancellationToken);
            AssertBreaks(result, found!);
            Assert.Null(found!.Reached);
            Assert.True(found.Searched);
        }
    }

    [Fact]
    public void The_smallest_counterexample_has_few_unusual_cells()
    {
        var model = Proving.Model("GuestMemory", "sw,hole,separate,honest");
        var result = Induction.Prove(model, [], [model.Property("HostNeverReachesPrivate")], Proving.Options);
        var failed = result.Obligations.Single(o =>
            o.Status == ProofStatus.Failed && o.Obligation.Kind == ObligationKind.Implication && o.Obligation.Action.Length == 0);

        var found = WhyNot.Find(result, failed.Obligation, 2, Memory, TestContext.Current.CancellationToken);

        // A frame belonging to the page, and one access path of the host to it: at least two cells are needed to break the claim.
        Assert.Equal(2, found!.Unusual.Count());
        Assert.All(found.Scope.System.Sorts, s => Assert.Equal(Domain.LeastOf(found.Scope.System, s), found.Scope.SizeOf(s)));
    }

    /// <summary>
    /// Asserts the interpreter's agreement: the invariant holds before, the instance is enabled, and the claim fails after it.
    /// </summary>
    private static void AssertBreaks(ProofResult result, CounterexampleToInduction found)
    {
        var interpreter = new Interpreter(found.Scope);
        int[] before = [.. found.Before];
        Assert.All(result.Conjuncts, c => Assert.True(interpreter.Holds(c.Formula, before), c.Name));
        if (found.Instance is null)
        {
            Assert.False(interpreter.Holds(found.Obligation.Conjunct.Formula, before));
            return;
        }

        Assert.True(interpreter.Enabled(found.Instance, before));
        int[] after = interpreter.Apply(found.Instance, before);
        Assert.Equal(found.After, after);
        Assert.False(found.Obligation.Kind == ObligationKind.Preservation
            ? interpreter.Holds(found.Obligation.Conjunct.Formula, after)
            : interpreter.Holds(found.Obligation.Conjunct.Formula, before, after));
    }
}
