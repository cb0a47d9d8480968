using System.Collections.Immutable;
using System.Globalization;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Report;

/// <summary>The text output of <c>checker bugs</c>: a table of all, or the story of each that was asked for.</summary>
internal sealed class BugText(Terminal terminal, bool isOne)
{
    public void Begin(IReadOnlyCollection<(Protocol Protocol, Bug Bug)> bugs)
    {
        if (!isOne)
        {
            terminal.Line($"{Quantity.Of(bugs.Count, "known bug")}, each as one change of a correct model:");
            terminal.Line();
        }
    }

    public void Finished(BugRun run)
    {
        if (isOne)
        {
            Story(run);
        }
    }

    public void End(IReadOnlyList<BugRun> runs)
    {
        if (!isOne)
        {
            terminal.Table(
                ["bug", "verdict", "states", "protocol", "title"],
                runs.Select(r => new[]
                {
                    r.Bug.Id,
                    r.Verdict.ToString().ToLowerInvariant(),
                    r.Trace is { } trace ? trace.Length.ToString(CultureInfo.InvariantCulture) : "",
                    r.Protocol.Name,
                    r.Bug.Title,
                }));
            terminal.Line();
            terminal.Line($"{runs.Count(r => r.Verdict == BugVerdict.Found)} of {Quantity.Of(runs.Count, "bug")} found in "
                + $"{runs.Sum(r => r.Time.TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture)} s. "
                + $"`{Self.Command} bugs ID` tells one of them.");
        }

        foreach (string problem in runs.Select(r => r.Problem).OfType<string>())
        {
            terminal.Line(problem, Tone.Bad);
        }
    }

    private void Story(BugRun run)
    {
        var bug = run.Bug;
        terminal.Line(($"{bug.Id}: {bug.Title}", Tone.Strong));
        terminal.Line();
        ImmutableArray<(string Name, string Text)> parts =
        [
            ("class", $"{bug.Class.ToString().ToLowerInvariant()}; {BugWords.Of(bug.Mistake)}"),
            ("source", bug.Source),
            ("mechanism", bug.Mechanism),
            ("prevented by", bug.Prevention),
            ("real fix", bug.Fix),
            ("in the model", $"{run.Protocol.Name}{(bug.Design.Length == 0 ? "" : $" {bug.Design}")}: {BugRun.Change(bug)}"),
            ("violates", $"{bug.Property}: {SentenceOf(run)}"),
        ];
        foreach (var (name, text) in parts)
        {
            terminal.Row($"  {name,-14}", (text, Tone.Plain));
        }

        terminal.Line();
        if (run.Trace is { } trace)
        {
            terminal.Lines(TraceText.Write(trace, new(terminal.Width)));
            terminal.Line();
        }
    }

    private static string SentenceOf(BugRun run) =>
        run.Trace?.Property is { } property ? Sentences.Of(run.Protocol, property) : "";
}
