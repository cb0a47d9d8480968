using System.Collections.Immutable;
using System.Globalization;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Solver.Mutation;

namespace Checker.Cli.Report;

/// <summary>The text output of the results of mutants.</summary>
internal sealed class MutantText(Terminal terminal, ImmutableArray<Job> jobs, MutantSettings settings, bool listAll)
{
    private const int Listed = 12;
    private Protocol? _protocol;
    private RunTable? _table;

    public void Begin() =>
        terminal.Line($"checker {Self.ShortVersion}: mutants of {Quantity.Of(jobs.Length, "design")}, "
            + $"{Quantity.Of(settings.Options.Threads, "thread")}");

    public void Finished(MutantRun run)
    {
        if (run.Job.Protocol != _protocol)
        {
            _protocol = run.Job.Protocol;
            terminal.Line();
            terminal.Line((_protocol.Name, Tone.Strong), (run.Job.Bounds.At, Tone.Plain));
            _table = new(
                terminal,
                jobs.Where(j => j.Protocol == _protocol),
                [new("seconds", 8), new("mutants", 8), new("killed", 7), new("noticed", 8), new("survive", 8)]);
            _table.Heading("score");
        }

        var outcomes = run.Outcomes;
        string[] wrong =
        [
            .. run.IsUnfinished ? [$"{outcomes.Count(o => o.IsUnfinished)} UNFINISHED"] : Array.Empty<string>(),
            .. run.Problems.IsEmpty ? Array.Empty<string>() : [Quantity.Of(run.Problems.Length, "problem")],
        ];
        _table!.Row(
            run.Job,
            [
                Quantity.Seconds(run.Time), Quantity.Count(outcomes.Length), Quantity.Count(Count(outcomes, MutantVerdict.Killed)),
                Quantity.Count(Count(outcomes, MutantVerdict.Noticed)), Quantity.Count(Count(outcomes, MutantVerdict.Survived)),
            ],
            (string.Join(", ", wrong.Prepend(Score([.. outcomes]))), wrong.Length == 0 ? Tone.Plain : Tone.Bad));
    }

    public void End(IReadOnlyList<MutantRun> runs)
    {
        Kinds(runs);
        Labels(runs);
        Findings(runs);
        Properties(runs);
        foreach (var run in runs.Where(r => !r.Problems.IsEmpty))
        {
            terminal.Line();
            foreach (string problem in run.Problems)
            {
                terminal.Line($"{run.Job}: {problem}", Tone.Bad);
            }
        }
    }

    /// <summary>Returns the fraction of noticed mutants among those which make a difference.</summary>
    private static string Score(List<MutantOutcome> outcomes)
    {
        int counted = outcomes.Count(o => o.Result.Counts);
        return counted == 0
            ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * outcomes.Count(o => o.Result.IsCaught) / counted:0} %");
    }

    private static int Count(IEnumerable<MutantOutcome> outcomes, MutantVerdict verdict) =>
        outcomes.Count(o => o.Result.Verdict == verdict);

    private void Kinds(IReadOnlyList<MutantRun> runs)
    {
        var outcomes = runs.SelectMany(r => r.Outcomes).ToList();
        var table = outcomes.GroupBy(o => o.Mutation.Kind)
            .OrderBy(g => g.Key)
            .Select(g => Row(g.Key.ToString().ToLowerInvariant(), [.. g]))
            .Append(Row("all", outcomes));
        terminal.Line();
        terminal.Row($"{"",35}survive:", Tone.Strong);
        terminal.Row("  kind     mutants killed noticed   more  other  fewer unread equivalent  score", Tone.Strong);
        foreach (string row in table)
        {
            terminal.Row(row);
        }

        terminal.Line(
            "  killed: a property is violated. noticed: something that must be possible no longer is. more, other, "
                + "fewer: the mutant makes such steps compared with the model, and all properties hold. "
                + "unread: they differ in values that nothing reads. The score leaves out unread and equivalent ones.",
            Tone.Quiet);

        static string Row(string kind, List<MutantOutcome> of)
        {
            return $"  {kind,-9}{of.Count,7}{Count(of, MutantVerdict.Killed),7}{Count(of, MutantVerdict.Noticed),8}"
                + $"{Survive(MutantClass.More),7}{Survive(MutantClass.Other),7}{Survive(MutantClass.Fewer),7}"
                + $"{Survive(MutantClass.Unread),7}{Survive(MutantClass.Equivalent),11}{Score(of),7}";

            int Survive(MutantClass kind) => of.Count(o => o.Result.Verdict == MutantVerdict.Survived && o.Result.Class == kind);
        }
    }

    /// <summary>Writes, for each label, the designs in which no property misses it, and the reason.</summary>
    private void Labels(IReadOnlyList<MutantRun> runs)
    {
        var labels = runs.SelectMany(r =>
            r.Outcomes.Where(o => o.Mutation.DropsLabel).Select(o => (r.Job, Outcome: o))).ToList();
        if (labels.Count == 0)
        {
            return;
        }

        var survive = labels.Where(l => l.Outcome.Explanation is not null).ToList();
        terminal.Line();
        terminal.Line($"  {Quantity.Of(labels.Count, "label mutant")}: {labels.Count(l => l.Outcome.Result.IsCaught)} caught, "
            + $"{survive.Count(s => s.Outcome.Explanation!.Because == Because.Size)} caught at larger bounds, "
            + $"{survive.Count(s => s.Outcome.Explanation!.Because == Because.Redundant)} proved redundant for any size, "
            + $"{labels.Count(l => !l.Outcome.IsAccountedFor)} unexplained");
        foreach (var group in survive.GroupBy(s =>
            (s.Outcome.Mutation.Name, s.Outcome.Explanation!.Because, s.Outcome.Explanation.Declared?.Reason)))
        {
            var (name, because, reason) = group.Key;
            string how = because switch
            {
                Because.Size =>
                    $"missed at {string.Join(',', group.First().Outcome.Explanation!.Declared!.Bounds)} "
                        + $"({Lengths(group.Select(g => g.Outcome.Explanation!.Violation!))})",
                Because.Redundant => "redundant for any size",
                _ when group.Any(g => g.Outcome.Explanation!.IsUndecided) => "NOT DECIDED",
                _ => "UNEXPLAINED",
            };
            string designs = group.First().Job.Protocol.DesignKeys.IsEmpty
                ? ""
                : $" [{DesignSet.Describe(group.First().Job.Protocol, [.. group.Select(g => g.Job.Design)])}]";
            terminal.Line(($"  {name,-26}", Tone.Plain), (how, because is null ? Tone.Bad : Tone.Plain), (designs, Tone.Quiet));
            if (reason is not null)
            {
                terminal.Line($"      {reason}", Tone.Quiet);
            }
        }
    }

    private static string Lengths(IEnumerable<Kill> violations) =>
        string.Join("; ", violations.GroupBy(v => v.Property.Name).Select(g => $"{g.Key}, {g.Min(v => v.Length)} states"));

    /// <summary>Writes the mutants which lack some behaviour without being noticed. A reachability property is missing for each.</summary>
    private void Findings(IReadOnlyList<MutantRun> runs)
    {
        var survivors = runs.SelectMany(r =>
            r.Outcomes.Where(o => o.Result is { Verdict: MutantVerdict.Survived, Counts: true } && o.Explanation is null)
                .Select(o => (r.Job, o.Result))).ToList();
        var fewer = survivors.Where(s => s.Result.Class == MutantClass.Fewer).ToList();
        if (fewer.Count > 0)
        {
            terminal.Line();
            terminal.Line($"  {Quantity.Of(fewer.Count, "mutant")} can do less than the model, and no property notices:", Tone.Strong);
            List([.. fewer]);
        }

        var others = survivors.Where(s => s.Result.Class != MutantClass.Fewer).ToList();
        if (others.Count > 0)
        {
            terminal.Line();
            terminal.Line(
                $"  {Quantity.Of(others.Count, "mutant")} can do something that the model cannot, "
                    + $"and all properties hold at these bounds{(listAll ? ":" : " (--survivors lists them)")}",
                Tone.Strong);
            if (listAll)
            {
                List([.. others]);
            }
        }

        void List(ImmutableArray<(Job Job, MutantResult Result)> some)
        {
            foreach (var mutant in some.GroupBy(s => (s.Job.Protocol, s.Result.Mutation.Text)))
            {
                var designs = mutant.Select(m => m.Job.Design).ToImmutableArray();
                string where = mutant.Key.Protocol.DesignKeys.IsEmpty ? "" : $" [{DesignSet.Describe(mutant.Key.Protocol, designs)}]";
                terminal.Line(($"    {mutant.First().Result.Mutation.Name}: {mutant.Key.Text}", Tone.Plain), (where, Tone.Quiet));
            }
        }
    }

    /// <summary>Writes the purpose of each property: the mutants which it is the first to notice.</summary>
    private void Properties(IReadOnlyList<MutantRun> runs)
    {
        foreach (var protocol in runs.GroupBy(r => r.Job.Protocol))
        {
            var all = protocol.SelectMany(r => MutantRun.Expected(r.Job).Properties)
                .Where(p => !p.IsRule)
                .Select(p => p.Name)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            var results = protocol.SelectMany(r => r.Outcomes).Select(o => o.Result).ToList();
            var violated = results.SelectMany(r => r.Violations.Select(v => (v.Property.Name, v.Length)))
                .ToLookup(v => v.Name, v => v.Length);
            var lost = results.SelectMany(r => r.Lost).ToLookup(l => l);
            terminal.Line();
            terminal.Line($"  {protocol.Key.Name}: who noticed first", Tone.Strong);
            foreach (string name in all.Where(n => violated.Contains(n) || lost.Contains(n)))
            {
                terminal.Line(violated.Contains(name)
                    ? $"    {name,-32}{violated[name].Count(),5} killed, "
                        + $"shortest trace {Quantity.Of(violated[name].Min(), "state")}"
                    : $"    {name,-32}{lost[name].Count(),5} noticed");
            }

            string[] never = [.. all.Where(n => !violated.Contains(n) && !lost.Contains(n))];
            if (never.Length > 0 && settings.Kinds.IsEmpty && settings.Names.IsEmpty)
            {
                terminal.Line(
                    $"    never first: {string.Join(", ", never.Take(Listed))}{(never.Length > Listed ? ", .." : "")}"
                        + (settings.Options.EveryProperty ? "" : " (--every-property asks each of them about every mutant)"),
                    Tone.Quiet);
            }

            Says(protocol, r => r.PremisesNeverMet, "premises that no state of the model satisfies at these bounds");
            Says(protocol, r => r.ImpliedLemmas, "lemmas that the others imply");
        }
    }

    private void Says(IGrouping<Protocol, MutantRun> runs, Func<MutantRun, ImmutableArray<string>> what, string words)
    {
        var groups = runs.SelectMany(r => what(r).Select(text => (Text: text, r.Job.Design))).GroupBy(p => p.Text).ToList();
        if (groups.Count == 0)
        {
            return;
        }

        terminal.Line($"    {words}:");
        foreach (var group in groups)
        {
            string designs = runs.Key.DesignKeys.IsEmpty ? "" : $" [{DesignSet.Describe(runs.Key, [.. group.Select(g => g.Design)])}]";
            terminal.Line(($"      {group.Key}", Tone.Plain), (designs, Tone.Quiet));
        }
    }
}
