using System.Collections.Immutable;
using Checker.App.Pages;
using Checker.Composition.Discussion2022;
using Checker.Model.Ir;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Solver.Traces;
using Checker.Tests.Architecture;

namespace Checker.Tests.Seed;

/// <summary>The findings of exploration and proofs about the claims, in all designs.</summary>
[Trait("Tier", "slow")]
public sealed class SeedVerdictTests(SeedVerdictTests.Everything found) : IClassFixture<SeedVerdictTests.Everything>
{
    private const string Page = "docs/claims.md";

    /// <summary>Every design, explored and proved once for all the tests.</summary>
    public sealed class Everything
    {
        private readonly Lazy<ImmutableArray<SeedVerdict>> _verdicts = new(() => SeedVerdict.Of(SeedClaims.All,
        [
            .. from protocol in SeedModel.Protocols
               from design in protocol.Designs
               let job = SeedRun.JobOf(protocol, design, SeedClaims.All)
               where job is not null
               select SeedRun.Do(job, new() { Threads = Environment.ProcessorCount }, proofs: true, _ => new MemoryStream()),
        ]));

        internal ImmutableArray<SeedVerdict> Verdicts => _verdicts.Value;
    }

    private IEnumerable<SeedAnswer> Answers => found.Verdicts.SelectMany(v => v.Answers);

    [Fact]
    public void They_are_as_declared()
    {
        Assert.Empty(found.Verdicts.SelectMany(v => v.Problems));
        Assert.DoesNotContain(Answers, a => a.IsAsClaimed is null);
    }

    [Fact]
    public void Every_trace_replays_and_every_refutation_has_one_where_there_can_be_one()
    {
        Assert.All(Answers.Where(a => a.Result.Trace is not null), a => Replay.Check(a.Run.TraceOf(a.Result)));
        Assert.All(Answers.Where(a => a.Verdict is "violated" or "possible"), a => Assert.NotNull(a.Result.Trace));
    }

    [Fact]
    public void That_no_architecture_decrypts_in_place_is_refuted_by_what_pkvm_does()
    {
        var refuting = found.Verdicts.Single(v => v.Claim.Id == "S6").Answers.Where(a => a.IsAsClaimed == false).ToList();
        Assert.Equal(
            ["pkvm,attribute,inplace,honest", "pkvm,attribute,inplace,spurious"],
            refuting.Select(a => a.Design.Id).Distinct(StringComparer.Ordinal));
        Assert.All(
            refuting,
            a => Assert.Contains(Replay.Check(a.Run.TraceOf(a.Result)).States, s => s.Instance?.Action.Name == "ConvertReclaim"));
        Assert.All(found.Verdicts.Single(v => v.Claim.Id == "S7").Answers, a => Assert.True(a.IsAsClaimed));
    }

    [Fact]
    public void The_open_question_is_answered_by_every_design_in_place() =>
        Assert.All(
            found.Verdicts.Single(v => v.Claim.Id == "S28").Answers.GroupBy(a => a.Design),
            d => Assert.All(d, a => Assert.True(a.IsAsClaimed)));

    [Fact]
    public void Every_premise_is_met_in_some_design()
    {
        // A premise may be impossible in a design without the operation. A premise which is impossible everywhere makes its formula empty.
        var premises = from answer in Answers
                       where answer.Result.Property.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant
                       group answer by (answer.Question.Protocol, answer.Question.Property) into same
                       from premise in same.SelectMany(a => a.EmptyPremises).Distinct(StringComparer.Ordinal)
                       where same.All(a => a.EmptyPremises.Contains(premise) || !Mentions(a, premise))
                       select $"{same.Key.Property}: {premise}";
        Assert.Empty(premises);
    }

    [Fact]
    public void What_holds_is_proved_for_any_size() =>
        Assert.Empty(Answers.Where(a => a is { CanBeProved: true, IsProved: false })
            .Select(a => $"{a.Design}: {a.Question.Property}")
            .Distinct(StringComparer.Ordinal));

    /// <summary>Compares the page with the findings. UPDATE_GOLDEN=1 writes the page.</summary>
    [Fact]
    public void The_page_is_what_is_found()
    {
        string page = Repository.Read(Page);
        string updated = MarkedPage.Replace(page, SeedPage.Part, SeedPage.Table(found.Verdicts), Page);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), updated);
            return;
        }

        Assert.Equal(updated, page);
    }

    /// <summary>True if the design's formula has this premise. The same property may be another formula in another design.</summary>
    private static bool Mentions(SeedAnswer answer, string premise) =>
        Fold.Descendants(answer.Result.Property.Formula).OfType<Implies>().Any(i => Printer.Print(i.Premise) == premise);
}
