using System.Collections.Immutable;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Proof;
using Checker.Solver.Smt;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Report;

/// <summary>The text output of `prove`.</summary>
internal sealed class ProveText(Terminal terminal, ImmutableArray<ProofJob> jobs)
{
    private Protocol? _protocol;
    private RunTable? _table;

    public void Begin()
    {
        var z3 = NativeZ3.Probe();
        terminal.Line($"checker {Self.ShortVersion}, Z3 {z3.Version} ({z3.Path}): {Quantity.Of(jobs.Length, "design")}, "
            + "for any number of elements of every sort");
    }

    public void Finished(ProofRun run)
    {
        if (run.Job.Job.Protocol != _protocol)
        {
            _protocol = run.Job.Job.Protocol;
            terminal.Line();
            terminal.Line((_protocol.Name, Tone.Strong), ($", {Domain.Of(run.Job.System)}", Tone.Plain));
            _table = new(
                terminal,
                jobs.Where(j => j.Job.Protocol == _protocol).Select(j => j.Job),
                [new("conjuncts", 10), new("obligations", 12), new("by frame", 9, IsOptional: true), new("seconds", 8)]);
            _table.Heading();
        }

        var result = run.Result;
        ImmutableArray<string> numbers =
        [
            Quantity.Count(result.Conjuncts.Length), Quantity.Count(result.Obligations.Length),
            Quantity.Count(result.Obligations.Count(o => o.ByFrame)), Quantity.Seconds(result.Duration),
        ];
        _table!.Row(run.Job.Job, numbers, run.Answer switch
        {
            Answer.Holds => ("proved", Tone.Good),
            Answer.Violated violated => ($"REFUTED: {violated.Trace.Property!.Name}, {violated.Trace.Length} states", Tone.Bad),
            _ => ($"NOT PROVED: {Quantity.Of(run.Open.Count(), "obligation")} open", Tone.Bad),
        });
    }

    public void End(IReadOnlyList<ProofRun> runs)
    {
        foreach (var run in runs.Where(r => !r.IsProved))
        {
            Failure(run);
        }

        Notes(runs);
        int proved = runs.Count(r => r.IsProved);
        terminal.Line();
        terminal.Line(
            (
                $"{Quantity.Of(jobs.Length, "design")}: {proved} proved"
                    + (proved == jobs.Length
                        ? "."
                        : $", {runs.Count(r => r.Answer.IsViolated)} refuted, "
                            + $"{runs.Count(r => !r.Answer.IsDecided)} not proved."),
                proved == jobs.Length ? Tone.Good : Tone.Bad),
            (
                $" {Quantity.Count(runs.Sum(r => r.Result.Obligations.Length))} obligations; "
                    + $"{Quantity.Seconds(TimeSpan.FromTicks(runs.Sum(r => r.Result.SolverTime.Ticks)))} s inside Z3.",
                Tone.Quiet));
    }

    /// <summary>Writes the obligations by action and conjunct: settled by frame, shown by Z3, or open.</summary>
    public void Matrix(ProofRun run)
    {
        var conjuncts = run.Result.Conjuncts.Select(c => c.Name)
            .Concat(run.Result.Properties.Select(p => p.Name))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var cells = run.Result.Obligations.ToDictionary(o => (Row(o.Obligation), o.Obligation.Conjunct.Name));
        terminal.Line();
        terminal.Line(
            $"{run.Job}: action by conjunct. '.' the action changes nothing that the conjunct reads, '+' shown, 'X' fails, '?' not decided",
            Tone.Strong);
        int width = cells.Keys.Select(k => k.Item1.Length + 2).Concat(conjuncts.Select((c, i) => c.Length - i)).Max();
        for (int i = conjuncts.Count - 1; i >= 0; i--)
        {
            terminal.Row(conjuncts[i].PadLeft(width + i) + new string('|', conjuncts.Count - i), Tone.Quiet);
        }

        foreach (string row in cells.Keys.Select(k => k.Item1).Distinct(StringComparer.Ordinal))
        {
            terminal.Row(row.PadRight(width)
                + string.Concat(conjuncts.Select(c => cells.TryGetValue((row, c), out var o) ? Mark(o) : ' ')));
        }

        static string Row(Obligation o) =>
            o.Action.Length > 0 ? o.Action : o.Kind == ObligationKind.Initiation ? "initial state" : "implied";

        static char Mark(ObligationResult o) => o.Status switch
        {
            ProofStatus.Proved => o.ByFrame ? '.' : '+',
            ProofStatus.Failed => 'X',
            _ => '?',
        };
    }

    private void Failure(ProofRun run)
    {
        terminal.Line();
        terminal.Line($"{run.Job}:", Tone.Bad);
        foreach (var undecided in run.Open.Where(o => o.Status == ProofStatus.Unknown))
        {
            terminal.Line($"  not decided: {undecided.Obligation} ({undecided.Reason})");
        }

        if (run.Result.Stopped)
        {
            terminal.Line("  stopped before all obligations were written down");
        }

        foreach (var explained in run.Explanations)
        {
            Explain(run, explained);
        }

        foreach (var lemma in run.FalseLemmas)
        {
            terminal.Line();
            terminal.Line($"  The lemma {lemma.Property.Name} is false. A shortest behaviour that violates it:", Tone.Bad);
            terminal.Line();
            terminal.Lines(TraceText.Write(lemma.Trace!, new(terminal.Width)));
        }

        var rest = run.Open.Where(o => o.Status == ProofStatus.Failed)
            .Skip(run.Explanations.Length)
            .Select(o => o.Obligation.ToString())
            .ToList();
        if (rest.Count > 0)
        {
            terminal.Line($"  also open (--explain N explains more): {string.Join("; ", rest)}");
        }

        string[] proved = [.. run.Result.ProvedProperties.Select(p => p.Name)];
        if (proved.Length > 0)
        {
            terminal.Line($"  proved without the open conjuncts: {string.Join(", ", proved)}");
        }

        if (run.Violation is { } violation)
        {
            terminal.Line();
            terminal.Line($"  {violation.Property.Name} is violated{(run.Job.Job.Bounds.Sorts.IsEmpty ? ""
                : $" at {run.Job.Job.Bounds}")}: there is no proof to be found.", Tone.Bad);
            terminal.Line();
            terminal.Lines(TraceText.Write(violation.Trace!, new(terminal.Width)));
        }
    }

    private void Explain(ProofRun run, Explained explained)
    {
        var (obligation, found) = (explained.Result.Obligation, explained.Counterexample);
        terminal.Line(($"  not shown: {obligation}", Tone.Strong), ($"  ({obligation.Conjunct.Source})", Tone.Quiet));
        if (found is null)
        {
            terminal.Line("    " + (explained.Stopped
                ?? "no counterexample with at most two elements of a sort: it needs more, or the encoding is too weak"));
            return;
        }

        var scope = found.Scope;
        string[] sizes = [.. scope.System.Sorts.OrderBy(s => run.Job.Job.Bounds.Sorts.IndexOf(s.Name))
            .Select(s => Quantity.Of(scope.SizeOf(s), s.Name.ToLowerInvariant()))];
        terminal.Line($"    {(sizes.Length == 0 ? "" : $"with {string.Join(", ", sizes)}, ")}the whole invariant holds in this state "
            + "(initial values left out):");
        terminal.Line($"      {Wrap([.. found.Unusual.Select(c => $"{c} = {Value(c, found.Before)}")])}");
        if (found.Instance is { } instance)
        {
            terminal.Line($"    {instance.Action.Actor}: {instance}  ({instance.Action.Source})", Tone.Strong);
            terminal.Line($"      {Wrap([.. found.Changed.Select(c => $"{c}: {Value(c, found.Before)} -> {Value(c, found.After)}")])}");
        }

        int[]? after = obligation.Kind == ObligationKind.Implication && found.Instance is not null ? [.. found.After] : null;
        var reason = Solver.Traces.Explanation.Why(
            scope,
            obligation.Conjunct.Formula,
            after is null ? [.. found.After] : [.. found.Before],
            after);
        terminal.Line($"    which breaks {obligation.Conjunct.Name}: {obligation.Conjunct.Formula}");
        terminal.Line($"      because {Wrap([.. reason.AllReads.Select(r => r.ToString())])}");
        if (run.FalseLemma(found) is { } trace)
        {
            terminal.Line($"    The state can be reached, so {obligation.Conjunct.Name} is false. The shortest behaviour to it:", Tone.Bad);
            terminal.Line();
            terminal.Lines(TraceText.Write(trace, new(terminal.Width)));
        }
        else if (found.Reached is not null)
        {
            terminal.Line(
                $"    The state can be reached ({found.Reached.Length} states): the property which should follow from the invariant is "
                    + "false.",
                Tone.Bad);
        }
        else if (!found.Searched)
        {
            terminal.Line("    The search for a path to the state was stopped, so its reachability is undecided.");
        }
        else if (run.FalseLemmas.Any(l => l.Property == obligation.Conjunct))
        {
            terminal.Line($"    The state cannot be reached in this instance, but {obligation.Conjunct.Name} is false all the same, "
                + "see below.");
        }
        else if (explained.Candidates.IsEmpty)
        {
            terminal.Line("    The state cannot be reached in this instance: a lemma is missing that excludes it.");
        }
        else
        {
            terminal.Line("    The state cannot be reached in this instance: a lemma is missing that excludes it. "
                + "Such as hold in small instances:");
            foreach (var candidate in explained.Candidates)
            {
                terminal.Line($"      {candidate}");
            }
        }

        static string Value(Solver.Instance.Cell cell, ImmutableArray<int> state) => Printer.Value(cell.Variable.Type, state[cell.Number]);
    }

    private static string Wrap(ImmutableArray<string> cells) => cells.IsEmpty ? "nothing" : string.Join(", ", cells);

    private void Notes(IReadOnlyList<ProofRun> runs)
    {
        var never = runs.Where(r => r.IsProved)
            .SelectMany(r => r.Result.NeverEnabled.Select(a => (Action: a, r.Job)))
            .GroupBy(n => n.Action, StringComparer.Ordinal)
            .ToList();
        var claimed = runs.SelectMany(r => r.Job.NotClaimed.Select(n => (n.Property, n.Reason, r.Job)))
            .GroupBy(n => (n.Property, n.Reason))
            .ToList();
        var notEncoded = runs.SelectMany(r => r.Job.NotEncoded.Select(n => (n.Property, n.Reason, r.Job))).ToList();
        if (never.Count + claimed.Count + notEncoded.Count == 0)
        {
            return;
        }

        terminal.Line();
        terminal.Line("Notes:", Tone.Strong);
        foreach (var note in claimed)
        {
            terminal.Line($"  not claimed: {note.Key.Property} of {string.Join("; ", note.Select(n => n.Job.ToString()))}, "
                + $"because {note.Key.Reason}");
        }

        foreach (var (property, reason, job) in notEncoded)
        {
            terminal.Line($"  not tried: {property} of {job}, because {reason}");
        }

        foreach (var note in never)
        {
            terminal.Line($"  the invariant never enables {note.Key}: "
                + $"{(note.Count() == jobs.Length ? "in any design" : string.Join("; ", note.Select(n => n.Job.ToString())))}");
        }
    }
}
