using Checker.App;
using Checker.App.Gate;
using Checker.Cli.Report;

namespace Checker.Cli.Gate;

/// <summary>The text output of `ci` and `merge`: a line for each finished check, then what did not pass, and the differences.</summary>
internal sealed class CiText(Terminal terminal)
{
    private const int MostTraces = 3;

    private int _nameWidth;

    /// <param name="title">The first line.</param>
    /// <param name="names">The names of the designs of all checks.</param>
    public void Begin(string title, IEnumerable<string> names)
    {
        terminal.Line(title);
        terminal.Line();
        _nameWidth = names.Append("check").Max(n => n.Length);
        Row("check", "engine", "states", "seconds", ("result", Tone.Quiet));
    }

    public void Finished(GateRun run)
    {
        string[] bad = [.. run.Cases.Where(c => c.IsBad).Select(c => $"{c.Property} {c.Verdict}")];
        Row(
            run.Name,
            run.Engine,
            run.States is { } states ? Quantity.Count(states) : "",
            Quantity.Seconds(TimeSpan.FromSeconds(run.Seconds)),
            bad.Length == 0 ? ("passed", Tone.Good) : ($"{run.Result.ToUpperInvariant()}: {string.Join(", ", bad)}", Tone.Bad));
    }

    /// <param name="asked">The number of checks asked for.</param>
    public void End(IReadOnlyCollection<GateRun> runs, int asked)
    {
        Section(runs, CaseStatus.Failed, "Failed:");
        Section(runs, CaseStatus.Undecided, "Not decided:");
        string[] parts =
        [
            $"{runs.Count(r => r.Result == "passed")} passed",
            .. Part(runs.Count(r => r.IsFailed), "failed"),
            .. Part(runs.Count(r => r is { IsFailed: false, IsUndecided: true }), "not decided"),
            .. Part(asked - runs.Count, "not started"),
        ];
        terminal.Line();
        terminal.Line(
            $"{Quantity.Of(asked, "check")}: {string.Join(", ", parts)}; {Quantity.Of(runs.Sum(r => r.Cases.Length), "case")}.",
            GateRun.CodeOf(runs, asked) == ExitCode.Ok ? Tone.Good : Tone.Bad);
    }

    /// <summary>Writes the differences from the accepted results.</summary>
    /// <param name="accept">The command which accepts the new results.</param>
    public void Differences(string baseline, IReadOnlyCollection<GateDifference> differences, string accept)
    {
        terminal.Line();
        if (differences.Count == 0)
        {
            terminal.Line($"No difference from {baseline}.");
            return;
        }

        terminal.Line($"Different from {baseline}:", Tone.Strong);
        foreach (var (name, pair) in differences)
        {
            terminal.Line($"  {name}", Tone.Strong);
            if (pair.Left is null || pair.Right is null)
            {
                terminal.Line(pair.Left is null ? "    new" : "    gone");
                continue;
            }

            foreach (var number in pair.Numbers)
            {
                terminal.Line($"    {number.Name}: {Quantity.Count(number.Left)} -> {Quantity.Count(number.Right)}");
            }

            foreach (var property in pair.Properties)
            {
                terminal.Line($"    {property.Name}: {Words(property.Left)} -> {Words(property.Right)}");
            }
        }

        terminal.Line($"`{accept}` accepts the new results.");
    }

    private void Section(IEnumerable<GateRun> runs, CaseStatus status, string heading)
    {
        var cases = runs.SelectMany(run => run.Cases.Where(c => c.Status == status).Select(one => (Run: run, Case: one))).ToList();
        if (cases.Count == 0)
        {
            return;
        }

        terminal.Line();
        terminal.Line(heading, Tone.Bad);
        foreach (var (number, (run, one)) in cases.Index())
        {
            terminal.Line($"  {run.FullName}", Tone.Strong);
            terminal.Line($"    {one.Message} ({one.File}:{one.Line})");
            if (one.Trace.Length > 0 && number < MostTraces)
            {
                terminal.Line();
                foreach (string line in one.Trace.TrimEnd('\n').Split('\n'))
                {
                    terminal.Row(line);
                }

                terminal.Line();
            }
        }
    }

    private void Row(string name, string engine, string states, string seconds, (string Text, Tone Tone) result)
    {
        string numbers = $"{engine,-7}  {states,11}  {seconds,7}  ";
        // A long name has a line of its own.
        if (2 + _nameWidth + 2 + numbers.Length + 8 > terminal.Columns)
        {
            terminal.Line($"  {name}");
            terminal.Row($"    {numbers}", result);
            return;
        }

        terminal.Row($"  {name.PadRight(_nameWidth)}  {numbers}", result);
    }

    private static string Words(PropertyVerdict? verdict) => verdict is null ? "-"
        : verdict.Explored + (verdict.Length is { } states ? $", {Quantity.Of(states, "state")}" : "");

    private static string[] Part(int count, string what) => count == 0 ? [] : [$"{count} {what}"];
}
