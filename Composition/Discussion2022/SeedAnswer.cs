using System.Collections.Immutable;
using Checker.App;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Solver.Explicit;

namespace Checker.Composition.Discussion2022;

/// <summary>What a design answers to a claim's question.</summary>
internal sealed record SeedAnswer(SeedClaim Claim, SeedQuestion Question, SeedRun Run, PropertyResult Result)
{
    public Design Design => Run.Job.Design;

    /// <summary>Whether it is as the claim says; null if it was not decided.</summary>
    public bool? IsAsClaimed => Result.Holds is { } holds ? holds == Question.Claimed : null;

    /// <summary>The property is one that can be proved, and it holds.</summary>
    public bool CanBeProved => Result.Holds == true && Result.Property.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant;

    public bool IsProved => Run.Proved?.Contains(Question.Property) == true;

    /// <summary>The property's implications whose premise is never true: it says nothing there.</summary>
    public IEnumerable<string> EmptyPremises => Run.Result.Vacuity?.AntecedentsNeverTrue
        .Where(a => a.StartsWith(Question.Property + ":", StringComparison.Ordinal)).Select(a => a[(Question.Property.Length + 2)..]) ?? [];

    public string Verdict => (Judgement.IsWitness(Result), Result.Holds) switch
    {
        (false, true) => "holds",
        (false, false) => "violated",
        (true, true) => "possible",
        (true, false) => "not possible",
        _ => "not decided",
    };

    /// <summary>What differs from what is declared; null if nothing does.</summary>
    public string? Problem => (IsAsClaimed, Question.Expect(Design)) switch
    {
        (true, (Finding.Refuted, var reason)) => $"{Subject} is {Verdict}, so that the claim is not refuted, as was expected: {reason}",
        (false, (Finding.AsClaimed, _)) => $"{Subject} is {Verdict}, which refutes the claim, and was not expected",
        _ => null,
    };

    private string Subject => $"{Claim.Id}: {Question.Protocol} {Design}: {Question.Property}";
}

/// <summary>What some designs say of a claim.</summary>
/// <param name="Word">holds, refuted (by one question at least), not decided.</param>
/// <param name="Reasons">Why it is refuted.</param>
/// <param name="Against">The answers that refute it.</param>
internal sealed record SeedFinding(Protocol Protocol, string Word, string Reasons, ImmutableArray<Design> Designs, ImmutableArray<SeedAnswer> Against);

/// <summary>What was found of a claim in all designs that were explored.</summary>
/// <param name="Unasked">Designs that the claim is about and that were not explored, since the run was stopped.</param>
internal sealed record SeedVerdict(SeedClaim Claim, ImmutableArray<SeedAnswer> Answers, ImmutableArray<Job> Unasked)
{
    /// <summary>Every design that the claim is about has an answer.</summary>
    public bool IsFinished => Unasked.IsEmpty && Answers.All(a => a.IsAsClaimed is not null);

    public IEnumerable<string> Problems => Answers.Select(a => a.Problem).OfType<string>();

    /// <summary>Designs that say the same of the claim, the main protocol's first, and what refutes it last.</summary>
    public IEnumerable<SeedFinding> Findings =>
        from answer in Answers
        group answer by (answer.Run.Job.Protocol, answer.Design) into design
        let against = design.Where(a => a.IsAsClaimed == false).ToList()
        let word = against.Count > 0 ? "refuted" : design.Any(a => a.IsAsClaimed is null) ? "not decided" : "holds"
        let reasons = string.Join("; ", against.Select(a => a.Question.Expect(a.Design).Reason).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal))
        group (design.Key.Design, against) by (design.Key.Protocol, word, reasons) into same
        orderby same.Key.Protocol.Name != Registry.All.Main.Name, same.Key.word
        select new SeedFinding(same.Key.Protocol, same.Key.word, same.Key.reasons, [.. same.Select(s => s.Design)], [.. same.SelectMany(s => s.against)]);

    /// <summary>Of the properties that hold, how many are proved for any size wherever they hold: "2 of 3"; "-" where there is none, or it was not tried.</summary>
    public string AllSizes
    {
        get
        {
            var properties = Answers.Where(a => a.CanBeProved && a.Run.Proved is not null).GroupBy(a => (a.Question.Protocol, a.Question.Property)).ToList();
            return properties.Count == 0 ? "-" : $"{properties.Count(p => p.All(a => a.IsProved))} of {properties.Count}";
        }
    }

    public static ImmutableArray<SeedVerdict> Of(IEnumerable<SeedClaim> claims, IReadOnlyCollection<SeedRun> runs, IReadOnlyCollection<Job>? unasked = null) =>
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
