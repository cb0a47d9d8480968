using System.Collections.Immutable;
using Checker.App;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Solver.Explicit;

namespace Checker.Composition.Discussion2022;

/// <summary>The answer of a design to a claim's question.</summary>
internal sealed record SeedAnswer(SeedClaim Claim, SeedQuestion Question, SeedRun Run, PropertyResult Result)
{
    public Design Design => Run.Job.Design;

    /// <summary>True if the answer agrees with the claim; null if it was not decided.</summary>
    public bool? IsAsClaimed => Result.Holds is { } holds ? holds == Question.Claimed : null;

    /// <summary>True for a property which holds and can have a proof.</summary>
    public bool CanBeProved => Result.Holds == true && Result.Property.IsClaimedInvariant;

    public bool IsProved => Run.Proved?.Contains(Question.Property) == true;

    /// <summary>The implications of the property whose premise is never true. They say nothing in this design.</summary>
    public IEnumerable<string> EmptyPremises => Run.Result.Vacuity?.AntecedentsNeverTrue
        .Where(a => a.StartsWith(Question.Property + ":", StringComparison.Ordinal)).Select(a => a[(Question.Property.Length + 2)..]) ?? [];

    public string Verdict => (Result.Property.IsWitnessed, Result.Holds) switch
    {
        (false, true) => "holds",
        (false, false) => "violated",
        (true, true) => "possible",
        (true, false) => "not possible",
        _ => "not decided",
    };

    /// <summary>The difference from the declared answer; null if there is none.</summary>
    public string? Problem => (IsAsClaimed, Question.Expect(Design)) switch
    {
        (true, (Finding.Refuted, var reason)) => $"{Subject} is {Verdict}, so that the claim is not refuted, as was expected: {reason}",
        (false, (Finding.AsClaimed, _)) => $"{Subject} is {Verdict}, which refutes the claim, and was not expected",
        _ => null,
    };

    private string Subject => $"{Claim.Id}: {Question.Protocol} {Design}: {Question.Property}";
}

/// <summary>The common answer of some designs to a claim.</summary>
/// <param name="Word">The verdict: holds, refuted (by at least one question), or not decided.</param>
/// <param name="Reasons">The reasons for the refutation.</param>
/// <param name="Against">The refuting answers.</param>
internal sealed record SeedFinding(
    Protocol Protocol,
    string Word,
    string Reasons,
    ImmutableArray<Design> Designs,
    ImmutableArray<SeedAnswer> Against);

/// <summary>The findings about a claim in all explored designs.</summary>
/// <param name="Unasked">The designs within the claim's scope which were not explored because the run was stopped.</param>
internal sealed record SeedVerdict(SeedClaim Claim, ImmutableArray<SeedAnswer> Answers, ImmutableArray<Job> Unasked)
{
    /// <summary>True if every design within the claim's scope has an answer.</summary>
    public bool IsFinished => Unasked.IsEmpty && Answers.All(a => a.IsAsClaimed is not null);

    public IEnumerable<string> Problems => Answers.Select(a => a.Problem).OfType<string>();

    /// <summary>The groups of designs with the same answer to the claim, the main protocol's first, and refutations last.</summary>
    public IEnumerable<SeedFinding> Findings =>
        from answer in Answers
        group answer by (answer.Run.Job.Protocol, answer.Design) into design
        let against = design.Where(a => a.IsAsClaimed == false).ToList()
        let word = against.Count > 0 ? "refuted" : design.Any(a => a.IsAsClaimed is null) ? "not decided" : "holds"
        let reasons = string.Join(
            "; ",
            against.Select(a => a.Question.Expect(a.Design).Reason).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal))
        group (design.Key.Design, against) by (design.Key.Protocol, word, reasons) into same
        orderby same.Key.Protocol.Name != Registry.All.Main.Name, same.Key.word
        select new SeedFinding(
            same.Key.Protocol,
            same.Key.word,
            same.Key.reasons,
            [.. same.Select(s => s.Design)],
            [.. same.SelectMany(s => s.against)]);

    /// <summary>
    /// The number of holding properties with a proof for any size wherever they hold: "2 of 3". It is "-" if there is none, or no
    /// proof was tried.
    /// </summary>
    public string AllSizes
    {
        get
        {
            var properties = Answers.Where(a => a.CanBeProved && a.Run.Proved is not null)
                .GroupBy(a => (a.Question.Protocol, a.Question.Property))
                .ToList();
            return properties.Count == 0 ? "-" : $"{properties.Count(p => p.All(a => a.IsProved))} of {properties.Count}";
        }
    }

    public static ImmutableArray<SeedVerdict> Of(
        IEnumerable<SeedClaim> claims,
        IReadOnlyCollection<SeedRun> runs,
        IReadOnlyCollection<Job>? unasked = null) =>
    [
        .. claims.Select(claim => new SeedVerdict(claim,
        [
            .. from question in claim.Questions
               from run in runs
               where question.IsAskedOf(run.Job.Design)
               from result in run.Result.Properties
               where result.Property.Name == question.Property
               select new SeedAnswer(claim, question, run, result),
        ], [.. (unasked ?? []).Where(j => claim.Questions.Any(q => q.Protocol == j.Protocol.Name && q.IsAskedOf(j.Design)))])),
    ];
}
