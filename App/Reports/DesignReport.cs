using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;

namespace Checker.App.Reports;

/// <summary>The answers of all engines about a property of a design.</summary>
/// <param name="Explored">The word for the answer of exploration; null if there was none.</param>
/// <param name="Proved">
/// The word for the answer of a proof for any size: "proved", "refuted" or "undecided"; null if none was tried.
/// </param>
/// <param name="Walked">The word for the answer of random walks; null if there were none.</param>
/// <param name="Expected">The expected word; null for a mutant, about which nothing is declared.</param>
/// <param name="Length">The number of states of the counterexample or witness.</param>
/// <param name="Reason">The reason for an expected violation; otherwise empty.</param>
public sealed record PropertyReport(
    PropertyDeclaration Property,
    string? Explored,
    string? Proved,
    string? Walked,
    string? Expected,
    int? Length,
    string Reason);

/// <summary>The numbers of an exploration.</summary>
public sealed record StateCounts(long States, long Generated, int Depth, int BitsPerState, long Deadlocks, string Symmetry);

/// <summary>A design in a report: the answers about its properties, and the parts of the model which took part in them.</summary>
/// <param name="Verdict">The word for the verdict on the whole design.</param>
public sealed record DesignReport(Job Job, string Verdict, ImmutableArray<PropertyReport> Properties)
{
    /// <summary>The model, which has all properties.</summary>
    public TransitionSystem Model { get; init; } = Job.Model;

    /// <summary>The numbers of the exploration; null for another engine.</summary>
    public StateCounts? Counts { get; init; }

    /// <summary>The number of steps of each action, in the order of the model's actions; empty if steps were not counted.</summary>
    public ImmutableArray<long> Fired { get; init; } = [];

    /// <summary>The labels on which some step depends; null if this was not asked.</summary>
    public ImmutableArray<string>? LabelsAtWork { get; init; }

    /// <summary>The observations about parts of the model that never happened or never mattered.</summary>
    public ImmutableArray<Note> Notes { get; init; } = [];

    /// <summary>The differences from the expectations.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>The mutants of the design.</summary>
    public ImmutableArray<MutantOutcome> Mutants { get; init; } = [];

    /// <summary>The numbers of another engine as a sentence; otherwise empty.</summary>
    public string Sentence { get; init; } = "";

    public static DesignReport Of(Run run)
    {
        var (job, result) = (run.Job, run.Result);
        return new(job, RunSummary.WordOf(run),
        [
            .. from property in result.Properties
               let proved = run.AllSizes?.IsProved(property.Property.Name)
               select new PropertyReport(
                   property.Property,
                   property.Answer.Word,
                   proved is { } yes ? (yes ? "proved" : "undecided") : null,
                   null,
                   Expectation(job, property.Property),
                   property.Trace?.Length,
                   ReasonOf(job, property.Property)),
        ])
        {
            Counts = new(result.Distinct, result.Generated, result.Depth, result.BitsPerState, result.Deadlocks, result.SymmetryGroup),
            Fired = result.Fired,
            LabelsAtWork = result.Vacuity is { } vacuity
                ?
                [
                    .. job.Model.Labels.Select(l => l.Name)
                        .Where(l => !job.Model.Dropped.Contains(l) && !vacuity.LabelsNeverRelevant.Contains(l)
                            && job.Model.Actions.Any(a => a.Labels.Contains(l))),
                ]
                : null,
            Notes = run.Judgement.Notes,
            Problems = run.Problems,
        };
    }

    public static DesignReport Of(WalkRun run)
    {
        var (job, result) = (run.Job, run.Result);
        var failed = run.Failed?.Property;
        return new(job, run.IsViolated ? "violated" : "undecided",
        [
            .. from property in job.Model.Properties
               where !property.IsWitnessed && Engine.Walks.Decides(property.Kind)
               select new PropertyReport(
                   property,
                   null,
                   null,
                   property.Name == failed?.Name ? "violated" : "undecided",
                   Expectation(job, property),
                   property.Name == failed?.Name ? run.Trace?.Length : null,
                   ReasonOf(job, property)),
        ])
        {
            Fired = result.Fired,
            LabelsAtWork = [.. result.Worked.Union(result.Refused).Order(StringComparer.Ordinal)],
            Notes =
            [
                .. job.Model.Actions.Where((_, i) => result.Fired[i] == 0)
                    .Select(a => new Note(NoteKind.NeverHappens, a.Name, $"{a.Name} did not happen in these walks")),
                .. result.NotSeen.Select(l => new Note(NoteKind.LabelWithoutEffect, l, $"the label {l} was not seen to matter")),
            ],
            Sentence = $"{Quantity.Of(result.Walks, "walk")} of at most {Quantity.Of(run.Options.Steps, "step")}, "
                + $"{Quantity.Count(result.Steps)} steps, seed {run.Options.Seed}; walks prove nothing",
        };
    }

    public static DesignReport Of(ProofRun run)
    {
        var job = run.Job.Job;
        var proved = run.Result.ProvedProperties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return new(job, run.Answer.Word,
        [
            .. from property in run.Job.Properties
               let violated = run.Violation?.Property.Name == property.Name
               select new PropertyReport(
                   property,
                   null,
                   violated ? "refuted" : proved.Contains(property.Name) ? "proved" : "undecided",
                   null,
                   Expectation(job, property),
                   violated ? run.Violation?.Trace?.Length : null,
                   ReasonOf(job, property)),
        ])
        {
            Model = run.Job.System,
            Problems = [.. run.Open.Select(o => $"not shown: {o.Obligation}")],
            Sentence = $"{Quantity.Of(run.Result.Obligations.Length, "obligation")} with "
                + $"{Quantity.Of(run.Job.Conjuncts.Count, "conjunct")}, for any number of elements",
        };
    }

    public static DesignReport Of(MutantRun run) => new(
        run.Job,
        run.IsUnfinished ? "undecided" : run.Problems.IsEmpty ? "holds" : "violated",
        [])
    {
        Mutants = run.Outcomes,
        Notes =
        [
            .. run.PremisesNeverMet.Select(p => new Note(NoteKind.PremiseNeverTrue, p, $"a premise is never true, in {p}")),
            .. run.ImpliedLemmas.Select(l => new Note(NoteKind.Other, l, $"the lemma {l} follows from the others")),
        ],
        Problems = run.Problems,
        Sentence = $"{Quantity.Of(run.Outcomes.Length, "mutant")}, "
            + $"{run.Outcomes.Count(o => o.Result.IsCaught)} caught by a property",
    };

    /// <summary>Returns the expected word; null for a mutant, about which nothing is declared.</summary>
    public static string? Expectation(Job job, PropertyDeclaration property) => !job.Dropped.IsEmpty ? null
        : (property.IsWitnessed, job.Protocol.Expect(job.Design, property.Name).Verdict) switch
        {
            (false, Expected.Holds) => "holds",
            (false, _) => "violated",
            (true, Expected.Holds) => "possible",
            (true, _) => "impossible",
        };

    private static string ReasonOf(Job job, PropertyDeclaration property) =>
        job.Dropped.IsEmpty ? job.Protocol.Expect(job.Design, property.Name).Reason : "";
}
