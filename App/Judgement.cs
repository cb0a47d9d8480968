using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Solver.Explicit;

namespace Checker.App;

public enum Verdict
{
    /// <summary>Every property was decided, and no invariant is violated.</summary>
    Holds,
    Violated,

    /// <summary>The search was stopped before it found a violation.</summary>
    Unfinished,
}

/// <summary>A violated property, with the statement if the violation is expected.</summary>
/// <param name="Reason">The reason for expecting the violation in this design.</param>
public sealed record Violation(PropertyResult Result, bool IsExpected, string Reason)
{
    public string Property => Result.Property.Name;

    public int Length => Result.Trace!.Length;
}

/// <summary>A property whose result is not the expected one: no witness, or one too many, or no violation where one was expected.</summary>
/// <param name="Problem">The sentence about it, which is also a problem of the run.</param>
public sealed record Surprise(PropertyResult Result, string Problem)
{
    /// <summary>True if there is no witness, and should be one.</summary>
    public bool IsImpossible => Result.Property.IsWitnessed && Result.Holds == false;
}

/// <summary>The subject of a note. Notes of one kind are shown together.</summary>
public enum NoteKind
{
    NeverHappens,
    LabelWithoutEffect,
    PremiseNeverTrue,
    Other,
}

/// <summary>An observation of interest to a careful reader which is no mistake.</summary>
/// <param name="Subject">The action, label or premise; "" if the sentence stands alone.</param>
public sealed record Note(NoteKind Kind, string Subject, string Sentence);

/// <summary>The meaning of an exploration for its design: the verdict, and the differences from the expectations.</summary>
/// <param name="Violations">The violations, the shortest trace first.</param>
/// <param name="Problems">The failures of the whole run, a line each.</param>
public sealed record Judgement(
    Verdict Verdict,
    ImmutableArray<Violation> Violations,
    ImmutableArray<string> Problems,
    ImmutableArray<Note> Notes)
{
    /// <summary>The properties which differ from the expectation, other than by a violation. The problems contain them as well.</summary>
    public ImmutableArray<Surprise> Surprises { get; init; } = [];

    /// <summary>The problems which are about no single property.</summary>
    public IEnumerable<string> Others => Problems.Except(
        Violations.Select(v => Violated(v.Property)).Concat(Surprises.Select(s => s.Problem)),
        StringComparer.Ordinal);

    public static Judgement Of(Job job, ExplorationResult result)
    {
        ImmutableArray<Violation> violations =
        [
            .. from p in result.Properties
               where p.Holds == false && !p.Property.IsWitnessed
               let expected = job.Protocol.Expect(job.Design, p.Property.Name)
               select new Violation(p, job.Dropped.IsEmpty && expected.Verdict == Expected.Violated, expected.Reason) into violation
               orderby violation.Length
               select violation,
        ];
        var (problems, notes) = (new List<string>(), new List<Note>());
        problems.AddRange(violations.Where(v => !v.IsExpected).Select(v => Violated(v.Property)));
        var needed = result.Properties.ToLookup(p => p.Property.IsWitnessed && p.Holds == false && !job.IsStandard
            && MustBePossible(job, p.Property.Name));
        problems.AddRange(needed[true].Select(p => Unexpected(job, p)).OfType<string>());
        var surprises = needed[false].Select(p => Unexpected(job, p)).OfType<string>().ToList();
        if (result.Vacuity is { } vacuity)
        {
            Vacuity(job, vacuity, surprises, notes);
        }

        // At other sizes than the declared one, a difference from the expectations is worth a note, but is no mistake.
        if (job.IsStandard)
        {
            problems.AddRange(surprises);
        }
        else
        {
            notes.AddRange(surprises.Select(s => new Note(NoteKind.Other, "", s)));
        }

        notes.AddRange(job.Dropped.Where(d => !job.Model.Actions.Any(a => a.Labels.Contains(d)))
            .Select(d => new Note(NoteKind.Other, "", $"no action has the label {d}: dropping it changes nothing")));
        bool broken = result.Outcome is Outcome.OutOfMemory or Outcome.Cancelled;
        var verdict = !violations.IsEmpty ? Verdict.Violated : broken ? Verdict.Unfinished : Verdict.Holds;
        return new(verdict, violations, [.. problems], [.. notes.Distinct()])
        {
            Surprises =
            [
                .. from p in result.Properties
                   let problem = Unexpected(job, p)
                   where problem is not null && problems.Contains(problem)
                   select new Surprise(p, problem),
            ],
        };
    }

    private static string Violated(string property) => $"{property} is violated";

    /// <summary>True if the bounds are at least those needed by the claim, and no label is dropped.</summary>
    private static bool MustBePossible(Job job, string property) =>
        job.Dropped.IsEmpty
        && job.Protocol.ClaimOf(property) is { Needs: { IsEmpty: false } needs }
        && needs.Zip(job.Bounds.Sizes).All(n => n.First <= n.Second);

    /// <summary>Returns the problem of a property's result, other than a violation; null if there is none.</summary>
    private static string? Unexpected(Job job, PropertyResult result)
    {
        string name = result.Property.Name;
        var expected = job.Protocol.Expect(job.Design, name);
        return (result.Property.IsWitnessed, result.Holds, expected.Verdict) switch
        {
            (false, true, Expected.Violated) when job.Dropped.IsEmpty =>
                $"{name} holds, and was expected to be violated: {expected.Reason}",
            (true, true, Expected.Violated) => $"{name} is possible, and was expected not to be: {expected.Reason}",
            (true, false, Expected.Holds) when job.Dropped.IsEmpty && !job.IsStandard
                && job.Protocol.ClaimOf(name) is { Needs: { IsEmpty: false } needs }
                && !MustBePossible(job, name) =>
                $"{name} is not possible{job.Bounds.At}, and need not be: it needs {string.Join(',', needs)}",
            (true, false, Expected.Holds) when result.Obstacle is { } obstacle => ObstacleText.Of(obstacle),
            (true, false, Expected.Holds) =>
                $"{name} is not possible, and should be: a model in which nothing happens is safe for no good reason",
            _ => null,
        };
    }

    private static void Vacuity(Job job, VacuityReport vacuity, List<string> surprises, List<Note> notes)
    {
        var expected = job.Protocol.NeverFires(job.Design);
        foreach (string action in vacuity.ActionsNeverEnabled)
        {
            if (expected.TryGetValue(action, out string? reason))
            {
                notes.Add(new(NoteKind.NeverHappens, action, $"{action} never happens, as expected: {reason}"));
            }
            else
            {
                surprises.Add($"{action} never happens");
            }
        }

        surprises.AddRange(expected.Where(e => !vacuity.ActionsNeverEnabled.Contains(e.Key))
            .Select(e => $"{e.Key} happens, and was expected not to: {e.Value}"));
        notes.AddRange(vacuity.LabelsNeverRelevant.Select(l =>
            new Note(NoteKind.LabelWithoutEffect, l, $"the label {l} never makes a difference")));
        notes.AddRange(vacuity.AntecedentsNeverTrue.Select(a =>
            new Note(NoteKind.PremiseNeverTrue, a, $"a premise is never true, in {a}")));
    }
}
