using System.Collections.Immutable;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Solver.Bounded;
using Checker.Solver.Explicit;
using Checker.Solver.Smt;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Report;

/// <summary>The text output of `verify`: one line for each finished design, then the results for all of them.</summary>
internal sealed class VerifyText(Terminal terminal, ImmutableArray<Job> jobs, Settings settings)
{
    private Protocol? _protocol;
    private RunTable? _table;

    private bool IsSingle => jobs.Length == 1;

    public void Begin()
    {
        var options = settings.Exploration;
        terminal.Line($"checker {Self.ShortVersion}: {Quantity.Of(jobs.Length, "design")}, {Quantity.Of(options.Threads, "thread")}, "
            + $"at most {Quantity.Bytes(options.MemoryBudget)} for states");
        if (settings.BmcDepth is { } depth)
        {
            var z3 = NativeZ3.Probe();
            terminal.Line($"cross-checked to {Quantity.Of(depth, "step")} by libz3 {z3.Version} ({z3.Path})");
        }
    }

    public void Finished(Run run)
    {
        var (job, result) = (run.Job, run.Result);
        if (job.Protocol != _protocol)
        {
            Heading(job);
            _protocol = job.Protocol;
        }

        _table!.Row(
            job,
            [
                Quantity.Count(result.Distinct), Quantity.Count(result.Generated), Quantity.Count(result.Depth),
                Quantity.Seconds(run.Time), Rate(result), .. settings.Proofs ? [run.AllSizes?.Describe ?? "-"] : Array.Empty<string>(),
            ],
            VerdictOf(run));
    }

    public void End(IReadOnlyList<Run> runs)
    {
        Violations([.. runs.SelectMany(r => r.Judgement.Violations.Where(v => !v.IsExpected).Select(v => (r, v)))], "Violated:", Tone.Bad);
        Violations(
            [.. runs.SelectMany(r => r.Judgement.Violations.Where(v => v.IsExpected).Select(v => (r, v)))],
            "Violated, as expected:",
            Tone.Strong);
        Impossible(runs);
        Problems(runs);
        if (IsSingle && runs is [var run])
        {
            Witnesses(run);
            Details(run);
        }
        else if (settings.Exploration.EveryProperty)
        {
            Held(runs);
        }

        Notes(runs);
        if (settings.Proofs)
        {
            ClaimTable.Write(terminal, runs);
        }

        Summary(runs);
    }

    private void Heading(Job job)
    {
        terminal.Line();
        terminal.Line(
            (job.Protocol.Name, Tone.Strong),
            ($"{job.Bounds.At}{(job.Dropped.IsEmpty ? "" : $", without {string.Join(", ", job.Dropped)}")}", Tone.Plain));
        _table = new(
            terminal,
            jobs.Where(j => j.Protocol == job.Protocol),
            [
                new("states", 9), new("generated", 12, IsOptional: true), new("depth", 6), new("seconds", 8),
                new("states/s", 10, IsOptional: true),
                .. settings.Proofs ? [new("all sizes", 15)] : Array.Empty<RunColumn>(),
            ]);
        _table.Heading();
    }

    private (string Text, Tone Tone) VerdictOf(Run run)
    {
        string first = run.Judgement.Violations is [var v, ..] ? $"{v.Property}, {v.Length} states" : "";
        bool expected = run.Judgement.Violations.All(x => x.IsExpected);
        string broken = run.Result.Outcome == Outcome.OutOfMemory
            ? $"not finished: {Quantity.Bytes(settings.Exploration.MemoryBudget)} of memory used up"
            : "not finished: stopped";
        string exhausted = $"the first {Quantity.Of(run.Result.Depth, "level")} are exhausted";
        return (run.Verdict, run.IsUnfinished, run.Problems.IsEmpty) switch
        {
            (Verdict.Unfinished, _, _) => ($"{broken}; {exhausted}", Tone.Bad),
            (Verdict.Violated, _, _) when !expected => ($"VIOLATED: {first}", Tone.Bad),
            (_, true, _) when run.CrossCheck is { Accord: Accord.Undecided } check => ($"not finished: {check.Message}", Tone.Bad),
            (Verdict.Violated, true, _) => ($"violated, as expected: {first}; the rest {broken}, {exhausted}", Tone.Bad),
            (_, _, false) =>
                (run.Verdict == Verdict.Holds ? "holds, but not as expected" : $"violated: {first}; not as expected", Tone.Bad),
            (Verdict.Violated, _, _) => ($"violated, as expected: {first}", Tone.Good),
            _ => ("holds", Tone.Good),
        };
    }

    /// <summary>Returns the rate of a search which took long enough to measure.</summary>
    private static string Rate(ExplorationResult result) =>
        result.Distinct < 10_000 ? "" : Quantity.Rate(result.Distinct / Math.Max(0.001, result.Duration.TotalSeconds));

    /// <summary>Writes each property which should be possible, with the reasons and the designs in which it is not.</summary>
    private void Impossible(IReadOnlyList<Run> runs)
    {
        var impossible = runs.SelectMany(r => r.Judgement.Surprises.Where(s => s.IsImpossible)
            .Select(s => (Run: r, s.Result.Property, s.Problem))).ToList();
        if (impossible.Count == 0)
        {
            return;
        }

        terminal.Line();
        terminal.Line("Impossible:", Tone.Bad);
        foreach (var property in impossible.GroupBy(i => (i.Run.Job.Protocol, i.Property.Name)))
        {
            var (protocol, declaration) = (property.Key.Protocol, property.First().Property);
            terminal.Line(("  " + declaration.Name, Tone.Strong), ($": {Sentences.Of(protocol, declaration)}", Tone.Plain));
            Grouped(property.Select(p => (p.Run, p.Problem)), indent: 4);
        }
    }

    private void Problems(IReadOnlyList<Run> runs)
    {
        // A violation has a section of its own, and so has an impossible property.
        var problems = runs.SelectMany(r => r.OtherProblems.Concat(
            r.Judgement.Surprises.Where(s => !s.IsImpossible).Select(s => s.Problem)).Select(p => (Run: r, Text: p))).ToList();
        if (problems.Count == 0)
        {
            return;
        }

        terminal.Line();
        terminal.Line("Not as expected:", Tone.Bad);
        Grouped(problems, indent: 2);
    }

    /// <summary>Writes each sentence once, with its designs if there are several.</summary>
    private void Grouped(IEnumerable<(Run Run, string Text)> sentences, int indent)
    {
        foreach (var same in sentences.GroupBy(s => (s.Run.Job.Protocol, s.Text)))
        {
            terminal.Line($"{new string(' ', indent)}{same.Key.Text}");
            if (!IsSingle)
            {
                string designs = DesignSet.Describe(same.Key.Protocol, [.. same.Select(s => s.Run.Job.Design)]);
                terminal.Line($"{new string(' ', indent + 2)}in {designs}", Tone.Quiet);
            }
        }
    }

    /// <summary>
    /// Writes each violated property with its designs. For an unexpected violation the shortest trace follows, for others the command which
    /// shows it. If only one design was selected, all its traces follow.
    /// </summary>
    private void Violations(List<(Run Run, Violation Violation)> violations, string heading, Tone tone)
    {
        if (violations.Count == 0)
        {
            return;
        }

        terminal.Line();
        terminal.Line(heading, tone);
        foreach (var property in violations.GroupBy(v => (v.Run.Job.Protocol.Name, v.Violation.Property))
            .OrderBy(p => p.Min(v => v.Violation.Length)))
        {
            var (protocol, declaration) = (property.First().Run.Job.Protocol, property.First().Violation.Result.Property);
            terminal.Line(("  " + declaration.Name, Tone.Strong), ($": {Sentences.Of(protocol, declaration)}", Tone.Plain));
            if (property.Any(v => !v.Violation.IsExpected))
            {
                terminal.Line($"    {Sentences.Why(protocol, declaration)}");
            }

            foreach (string reason in property.Where(v => v.Violation.IsExpected)
                .Select(v => v.Violation.Reason)
                .Distinct(StringComparer.Ordinal))
            {
                terminal.Line($"    because {reason}");
            }

            var shown = property.OrderBy(v => v.Violation.Length).Where((v, i) => IsSingle || (i == 0 && !v.Violation.IsExpected)).ToList();
            foreach (var (run, violation) in property.Except(shown))
            {
                terminal.Line($"    {run.Job}, {violation.Length} states: "
                    + $"{Self.CommandFor(run.Job, violation.Property, settings.Exploration.Symmetry)}"
                    + (settings.Exploration.Simplest ? " --simplest" : ""));
            }

            foreach (var (run, violation) in shown)
            {
                Show(run, violation.Result);
                if (TransienceText.Of(run, violation.Result) is { } sentence)
                {
                    terminal.Line();
                    terminal.Line(sentence);
                }
            }
        }
    }

    /// <summary>Writes the witnesses of named reachability properties.</summary>
    private void Witnesses(Run run)
    {
        foreach (var witness in run.Witnesses)
        {
            terminal.Line();
            terminal.Line(
                (witness.Property.Name, Tone.Strong),
                ($" is possible: {Sentences.Of(run.Job.Protocol, witness.Property)}", Tone.Plain));
            Show(run, witness);
        }
    }

    private void Show(Run run, PropertyResult result)
    {
        terminal.Line();
        terminal.Lines(TraceText.Write(
            run.TraceOf(result),
            new(terminal.Width, Remark: result.Simplicity?.ToString() ?? "")));
    }

    private void Details(Run run)
    {
        var result = run.Result;
        terminal.Line();
        terminal.Line($"  {result.BitsPerState} bits a state, {Quantity.Bytes(result.Bytes)} for all; "
            + $"states in which nothing can happen: {Quantity.Count(result.Deadlocks)}");
        var undecided = result.Properties.Where(p => p.Holds is null).Select(p => p.Property.Name).ToList();
        if (undecided.Count > 0)
        {
            string more = result.Outcome == Outcome.Violated ? " (--every-property decides them)" : "";
            terminal.Line($"  not decided{more}: {string.Join(", ", undecided)}");
        }

        var holds = result.Properties.Where(p => p.Holds == true && !p.Property.IsWitnessed).Select(p => p.Property.Name).ToList();
        if (settings.Exploration.EveryProperty && holds.Count > 0)
        {
            terminal.Line($"  hold: {string.Join(", ", holds)}");
        }

        var possible = result.Properties.Where(p => p.Holds == true && p.Property.IsWitnessed).Select(p => p.Property.Name).ToList();
        if (settings.Exploration.EveryProperty && possible.Count > 0)
        {
            terminal.Line($"  possible: {string.Join(", ", possible)}");
        }

        if (run.CrossCheck is { Accord: Accord.Agree } check)
        {
            terminal.Line($"  {check.Message}");
        }
    }

    /// <summary>Writes the properties which hold or are possible, with their designs.</summary>
    private void Held(IReadOnlyList<Run> runs)
    {
        foreach (var protocol in runs.GroupBy(r => r.Job.Protocol))
        {
            var held = from run in protocol
                       from result in run.Result.Properties
                       where result.Holds == true && !result.Property.IsRule
                       group run.Job.Design by (result.Property.Name, result.Property.IsWitnessed) into property
                       let designs = DesignSet.Describe(protocol.Key, [.. property])
                       group property.Key by (property.Key.IsWitnessed, Designs: designs);
            terminal.Line();
            terminal.Line($"{protocol.Key.Name}, of the properties asked:", Tone.Strong);
            foreach (var same in held.OrderBy(g => g.Key.IsWitnessed))
            {
                terminal.Line($"  {(same.Key.IsWitnessed ? "possible" : "hold")} in {same.Key.Designs}: "
                    + $"{string.Join(", ", same.Select(p => p.Name))}");
            }
        }
    }

    /// <summary>Writes the notes: for one design in full, for several only the names, each with the number of its designs.</summary>
    private void Notes(IReadOnlyList<Run> runs)
    {
        var notes = runs.SelectMany(r => r.Judgement.Notes).ToList();
        if (notes.Count == 0)
        {
            return;
        }

        terminal.Line();
        terminal.Line("Notes:", Tone.Strong);
        foreach (var kind in notes.GroupBy(n => n.Kind).OrderBy(k => k.Key))
        {
            if (IsSingle || kind.Key == NoteKind.Other)
            {
                foreach (var note in kind.GroupBy(n => n.Sentence, StringComparer.Ordinal))
                {
                    terminal.Line($"  {note.Key}{(IsSingle ? "" : $" ({Quantity.Of(note.Count(), "design")})")}");
                }
            }
            else
            {
                var subjects = kind.GroupBy(n => n.Subject, StringComparer.Ordinal)
                    .OrderByDescending(n => n.Count())
                    .Select(n => $"{n.Key} {n.Count()}");
                terminal.Line($"  {KindName(kind.Key)}: {string.Join(", ", subjects)}");
            }
        }

        if (!IsSingle)
        {
            terminal.Line("  (Each with the number of designs. For one --design the reasons are given.)", Tone.Quiet);
        }
    }

    private static string KindName(NoteKind kind) => kind switch
    {
        NoteKind.NeverHappens => "Never happen, as expected",
        NoteKind.LabelWithoutEffect => "Labels that make no difference at this size",
        NoteKind.PremiseNeverTrue => "Premises that are never true",
        _ => "Other",
    };

    private void Summary(IReadOnlyList<Run> runs)
    {
        int holds = runs.Count(r => r is { Verdict: Verdict.Holds, IsUnfinished: false });
        int expected = runs.Count(r => r.Verdict == Verdict.Violated && r.Judgement.Violations.All(v => v.IsExpected));
        int violated = runs.Count(r => r.Verdict == Verdict.Violated) - expected;
        int unfinished = runs.Count(r => r.IsUnfinished);
        int notStarted = jobs.Length - runs.Count;
        int problems = runs.Count(r => !r.Problems.IsEmpty);
        string[] parts =
        [
            .. Part(holds, holds == 1 ? "holds" : "hold"),
            .. Part(expected, "violated as expected"),
            .. Part(violated, "VIOLATED"),
            .. Part(problems - violated, "not as expected"),
            .. Part(unfinished, "not finished"),
            .. Part(notStarted, "not started"),
        ];
        int agree = runs.Count(r => r.CrossCheck is { Accord: Accord.Agree });
        string crossCheck = settings.BmcDepth is null ? "" : $" Z3 agrees on {(agree == jobs.Length ? "all" : $"{agree}")}.";
        string symmetry = string.Join(
            ", ",
            runs.Select(r => (r.Job.Protocol.Name, r.Result.SymmetryGroup))
                .Distinct()
                .Select(s => jobs.Select(j => j.Protocol).Distinct().Count() == 1 ? s.SymmetryGroup : $"{s.Name} {s.SymmetryGroup}"));
        terminal.Line();
        terminal.Line(
            (
                $"{Quantity.Of(jobs.Length, "design")}: {string.Join(", ", parts)}.{crossCheck}",
                problems + unfinished + notStarted == 0 ? Tone.Good : Tone.Bad),
            (
                " Exact: whole states are stored, no hashes. "
                    + $"Symmetry: {symmetry}{(settings.Exploration.Symmetry ? " (--no-symmetry counts every state)" : "")}.",
                Tone.Quiet));

        static string[] Part(int count, string what) => count == 0 ? [] : [$"{count} {what}"];
    }
}
