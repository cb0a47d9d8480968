using System.Collections.Immutable;
using Checker.App;
using Checker.Cli.Report;
using Checker.Model.Catalogue;
using Checker.Model.Check;
using Checker.Model.Language;
using Checker.Solver.Explicit;
using Checker.Solver.Proof;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Proofs;

/// <summary>The answers of `prove` and of the proofs of `verify`, on models outside the shipped protocols.</summary>
public sealed class ProofRunTests
{
    private const long Memory = 1L << 28;

    [Fact]
    public void A_property_that_counts_is_left_out_and_the_others_are_proved()
    {
        var job = JobOf(new Constructs.CountsOneProperty());

        var found = AllSizes.Of(job, 1, TestContext.Current.CancellationToken);

        Assert.Equal("1 of 2 proved", found!.Describe);
        Assert.Equal(
            "AtMostOne has no proof for any size: 1 < count(a: owner[a]): integers have no proof for any size here",
            Assert.Single(found.Notes));
    }

    [Fact]
    public void Verify_goes_on_and_says_why_there_is_no_proof()
    {
        var job = JobOf(new OnlyCounts());
        var settings = new Settings(new ExplorationOptions { Threads = 1, MemoryBudget = Memory }, BmcDepth: null, Proofs: true);

        var run = Checker.App.Run.Do(job, settings, _ => new MemoryStream());
        string text = Print(terminal => new VerifyText(terminal, [job], settings), t => t.Begin(), t => t.Finished(run), t => t.End([run]));

        Assert.Equal(Verdict.Holds, run.Verdict);
        Assert.Contains("AtMostOne has no proof for any size", text, StringComparison.Ordinal);
        Assert.Matches("(?m) -  +holds", text);
    }

    [Fact]
    public void What_is_not_proved_and_the_verdict_are_two_columns()
    {
        var job = JobOf(new FalseLemma());
        var settings = new Settings(new ExplorationOptions { Threads = 1, MemoryBudget = Memory }, BmcDepth: null, Proofs: true);

        var run = Checker.App.Run.Do(job, settings, _ => new MemoryStream());

        Assert.Contains(
            "0 of 1 proved VIOLATED",
            Cli.Program.Words(
                Print(terminal => new VerifyText(terminal, [job], settings), t => t.Begin(), t => t.Finished(run), t => t.End([run]))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_false_lemma_of_a_design_without_one_of_the_sorts_is_said_to_be_false()
    {
        var run = Prove(new FalseLemma());

        Assert.Equal("refuted", run.Answer.Word);
        string text = Text(run);
        Assert.Contains("so LNever is false", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a lemma is missing", text, StringComparison.Ordinal);
    }

    /// <summary>The smallest counterexample to induction is unreachable, but the lemma is false all the same.</summary>
    [Fact]
    public void A_lemma_is_not_called_missing_where_one_is_false()
    {
        var run = Prove(new FalseInThreeSteps());

        Assert.Equal("undecided", run.Answer.Word);
        Assert.Equal("Early", Assert.Single(run.FalseLemmas).Property.Name);
        string text = Text(run);
        Assert.Contains("The lemma Early is false. A shortest behaviour that violates it:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a lemma is missing", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_violation_with_fewer_elements_than_the_bounds_is_a_refutation()
    {
        var run = Prove(new FalseForOne());

        Assert.Equal(("refuted", "Never"), (run.Answer.Word, run.Violation?.Property.Name));
        Assert.Equal((2, "1,2"), (run.Violation!.Trace!.Length, run.Violation.Trace.Header.Bounds));
    }

    [Fact]
    public void Nothing_is_explained_where_nothing_was_asked()
    {
        var run = ProofRun.Do(Of(new FalseInThreeSteps()), Proving.Options, explain: 0, Memory);

        Assert.Empty(run.Explanations);
        Assert.Empty(run.FalseLemmas);
    }

    [Fact]
    public void Nothing_is_explained_after_it_was_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        var run = ProofRun.Do(Of(new FalseInThreeSteps()), Proving.Options with { Cancellation = stop.Token }, explain: 5, Memory);

        Assert.Equal(("undecided", null), (run.Answer.Word, run.Violation));
        Assert.Empty(run.Explanations);
        Assert.Empty(run.FalseLemmas);
    }

    /// <summary>A model written out completely is refused. If the writing is stopped, the property is not proved.</summary>
    [Fact]
    public void Writing_out_a_model_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        var run = ProofRun.Do(Of(new Wide()), Proving.Options with { Cancellation = stop.Token }, explain: 5, Memory);

        Assert.Equal("undecided", run.Answer.Word);
        Assert.True(run.Result.Stopped);
    }

    [Fact]
    public void A_model_that_is_too_large_to_be_written_out_is_refused()
    {
        var model = new Wide().Build();

        var refused = Assert.Throws<NotEncodableException>(() => Induction.Prove(model, [model.Property("Never")], Proving.Options));

        Assert.Contains("too large to be written out", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_types_of_one_name_are_refused()
    {
        var refused = Assert.Throws<ModelException>(() => new TwoAnts().Build());

        var diagnostic = Assert.Single(refused.Diagnostics);
        Assert.Equal(Code.DuplicateName, diagnostic.Code);
        Assert.Contains(
            "two types are called Ant: Checker.Tests.Proofs.Constructs.Ant and Checker.Tests.Proofs.ProofRunTests.Ant",
            diagnostic.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_lemma_can_be_proved_like_an_invariant()
    {
        var outcome = Cli.Program.Call("prove --protocol PageLifecycle --design inplace,honest --property SecretMapped --json");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("SecretMapped", outcome.Run.GetProperty("proved").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(1, outcome.Run.GetProperty("domain").GetProperty("Page").GetInt32());
    }

    [Fact]
    public void A_property_that_is_inductive_by_itself_needs_no_lemma()
    {
        var run = Prove(new OneOwner());

        Assert.Equal("proved", run.Answer.Word);
        Assert.Equal(["AtMostOne"], run.Result.Conjuncts.Select(c => c.Name));
    }

    [Fact]
    public void A_claim_that_is_not_inductive_hides_no_other()
    {
        var run = Prove(new OneOwnerAndMore());

        Assert.Equal("undecided", run.Answer.Word);
        Assert.Equal(["AtMostOne"], run.Result.ProvedProperties.Select(p => p.Name));
        Assert.Contains("proved without the open conjuncts: AtMostOne", Text(run), StringComparison.Ordinal);
    }

    /// <summary>A counterexample to induction satisfies every property, so no property excludes it.</summary>
    [Fact]
    public void A_property_is_never_suggested_as_the_missing_lemma()
    {
        var run = Prove(new OneOwnerAndMore());

        var explained = Assert.Single(run.Explanations);
        Assert.Equal("Never", explained.Result.Obligation.Conjunct.Name);
        Assert.NotEmpty(explained.Candidates);
        var interpreter = new Checker.Solver.Instance.Interpreter(explained.Counterexample!.Scope);
        Assert.All(run.Job.Properties, p => Assert.True(interpreter.Holds(p.Formula, [.. explained.Counterexample.Before]), p.Name));
        Assert.DoesNotContain(explained.Candidates, c => run.Job.Properties.Any(p => p.Formula.ToString() == c.ToString()));
    }

    private static Protocol ProtocolOf(Spec spec) =>
        new("Mine", "A protocol of this test.", [], [new("Mine", [])], ["Ant", "Bee"], [2, 2], _ => spec.Build(),
        _ => ImmutableDictionary<string, string>.Empty);

    private static Job JobOf(Spec spec)
    {
        var protocol = ProtocolOf(spec);
        var model = protocol.Build(protocol.Designs[0]);
        return new(
            protocol,
            protocol.Designs[0],
            Bounds.DefaultOf(protocol),
            new(() => model with { Properties = [.. model.Properties.Where(p => p.Kind != Checker.Model.Ir.PropertyKind.Lemma)] }),
            []);
    }

    private static ProofJob Of(Spec spec) => ProofJob.Of(JobOf(spec), byName: false);

    private static ProofRun Prove(Spec spec) => ProofRun.Do(Of(spec), Proving.Options, explain: 1, Memory);

    private static string Text(ProofRun run) =>
        Print(terminal => new ProveText(terminal, [run.Job]), t => t.Finished(run), t => t.End([run]));

    private static string Print<T>(Func<Terminal, T> make, params Action<T>[] print)
    {
        using var writer = new StringWriter();
        var text = make(new(writer));
        Array.ForEach(print, p => p(text));
        return writer.ToString();
    }

    public readonly struct Ant : ISort;

    private class OneOwner : Spec
    {
        private protected readonly Var<Constructs.Ant, bool> owner = new();

        public OneOwner()
        {
            Action<Constructs.Ant>("Take", a =>
            {
                Require(Forall<Constructs.Ant>(b => !owner[b]));
                owner[a] = true;
            });
            Invariant("AtMostOne", Forall<Constructs.Ant, Constructs.Ant>((a, b) => (owner[a] & owner[b]).Implies(a == b)));
        }
    }

    /// <summary>The second claim holds, but it needs the lemma that only an owner waits.</summary>
    private sealed class OneOwnerAndMore : OneOwner
    {
        private readonly Var<Constructs.Ant, bool> waits = new();
        private readonly Var<bool> both = new();

        public OneOwnerAndMore()
        {
            Action<Constructs.Ant>("Wait", a =>
            {
                Require(owner[a]);
                waits[a] = true;
            });
            Action<Constructs.Ant>("Fail", a =>
            {
                Require(waits[a] & !owner[a]);
                both.Value = true;
            });
            Invariant("Never", !both.Value);
        }
    }

    private sealed class FalseLemma : Spec
    {
        private readonly Var<bool> x = new();

        public FalseLemma()
        {
            Action("Go", () => x.Value = true);
            Invariant("Never", !x.Value);
            Lemma("LNever", "Never", "it is not so", !x.Value);
        }
    }

    private sealed class FalseForOne : Spec
    {
        private readonly Var<bool> alone = new();

        public FalseForOne()
        {
            Action<Constructs.Ant>("See", a =>
            {
                Require(Forall<Constructs.Ant>(b => b == a));
                alone.Value = true;
            });
            Invariant("Never", !alone.Value);
        }
    }

    private sealed class FalseInThreeSteps : Spec
    {
        private readonly Var<Constructs.Ant, bool> first = new();
        private readonly Var<Constructs.Ant, bool> second = new();
        private readonly Var<bool> late = new();
        private readonly Var<bool> never = new();

        public FalseInThreeSteps()
        {
            Action<Constructs.Ant>("First", a => first[a] = true);
            Action<Constructs.Ant>("Second", a =>
            {
                Require(first[a]);
                second[a] = true;
            });
            Action<Constructs.Ant>("Late", a =>
            {
                Require(second[a]);
                late.Value = true;
            });
            Action("Keep", () => never.Value = false);
            Lemma("Early", "Quiet", "it is not so", !late.Value);
            Lemma("Quiet", "StaysQuiet", "it is only cleared", !never.Value);
            Invariant("StaysQuiet", !never.Value);
        }
    }

    private sealed class OnlyCounts : Spec
    {
        private readonly Var<Constructs.Ant, bool> owner = new();

        public OnlyCounts()
        {
            Action<Constructs.Ant>("Take", a =>
            {
                Require(Forall<Constructs.Ant>(b => !owner[b]));
                owner[a] = true;
            });
            Invariant("AtMostOne", Count<Constructs.Ant>(a => owner[a]) <= 1);
        }
    }

    /// <summary>Quantifiers whose unrolling is large even for one element.</summary>
    private sealed class Wide : Spec
    {
        private readonly Var<Many, Many, bool> on = new();
        private readonly Var<Constructs.Ant, bool> bad = new();

        public Wide()
        {
            Action<Constructs.Ant, Many, Many>("Go", (a, x, y) =>
            {
                Require(Exists<Many, Many>((u, v) => on[u, v] & on[x, y] & Exists<Many, Many>((s, t) => on[s, t] != on[u, t])));
                bad[a] = true;
            });
            Invariant("Never", Forall<Constructs.Ant>(a => !bad[a]));
        }
    }

    public enum Many
    {
        A,
        B,
        C,
        D,
        E,
        F,
        G,
        H,
        I,
        J,
        K,
        L,
        M,
        N,
        O,
        P,
    }

    private sealed class TwoAnts : Spec
    {
        private readonly Var<Constructs.Ant, bool> one = new();

        public TwoAnts()
        {
            Action<Constructs.Ant>("Set", a => one[a] = true);
            Invariant("Never", Forall<Constructs.Ant>(a => Forall<Ant>(b => !one[a])));
        }
    }
}
