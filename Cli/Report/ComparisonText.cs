using Checker.App;

namespace Checker.Cli.Report;

/// <summary>The text output of <c>verify --compare</c>: the rows in which two runs differ.</summary>
internal sealed class ComparisonText(Terminal terminal)
{
    private const int NameWidth = 32;
    private const int ValueWidth = 22;

    /// <param name="left">The first side in the words of the user.</param>
    public void Write(IReadOnlyCollection<RunPair> pairs, string left, string right)
    {
        terminal.Line($"A  {left}");
        terminal.Line($"B  {right}");
        foreach (var pair in pairs.Where(p => p is { Left: not null, Right: not null, Differs: true }))
        {
            terminal.Line();
            Write(pair.Left!, pair.Right!, pair);
        }

        var alone = pairs.Where(p => p.Left is null || p.Right is null).ToList();
        if (alone.Count > 0)
        {
            terminal.Line();
            alone.ForEach(p => terminal.Line($"only {(p.Right is null ? "A" : "B")} has {(p.Left ?? p.Right)!.Name}"));
        }

        int differ = pairs.Count(p => p.Differs);
        terminal.Line();
        terminal.Line(
            pairs.Count == 1 ? differ == 0 ? "No difference." : "A and B differ."
                : $"{Quantity.Of(pairs.Count, "pair")} of runs compared: {differ} differ, {pairs.Count - differ} equal.",
            differ == 0 ? Tone.Good : Tone.Bad);
    }

    private void Write(RunSummary left, RunSummary right, RunPair pair)
    {
        if (left.Name == right.Name)
        {
            terminal.Line(left.Name, Tone.Strong);
        }
        else
        {
            terminal.Line($"A  {left.Name}", Tone.Strong);
            terminal.Line($"B  {right.Name}", Tone.Strong);
        }

        Row("", "A", "B", Tone.Quiet);
        if (left.Verdict != right.Verdict)
        {
            Row("verdict", left.Verdict, right.Verdict);
        }

        foreach (var number in pair.Numbers)
        {
            Row(number.Name, Quantity.Count(number.Left), Quantity.Count(number.Right));
        }

        foreach (var property in pair.Properties)
        {
            Row(property.Name, Words(property.Left), Words(property.Right));
        }

        string[] equal =
        [
            .. left.Verdict == right.Verdict ? ["verdict"] : Array.Empty<string>(),
            .. RunPair.NumberNames.Except(pair.Numbers.Select(n => n.Name), StringComparer.Ordinal),
            Quantity.Of(pair.EqualProperties, "property"),
        ];
        terminal.Line($"  equal: {string.Join(", ", equal)}", Tone.Quiet);
    }

    private void Row(string name, string left, string right, Tone tone = Tone.Plain)
    {
        // A long name has a line of its own.
        if (name.Length > NameWidth)
        {
            terminal.Line($"  {name}", tone);
            name = "";
        }

        terminal.Row($"  {name.PadRight(NameWidth)}  {left.PadRight(ValueWidth - 1)} ", (right, tone));
    }

    private static string Words(PropertyVerdict? verdict)
    {
        if (verdict is null)
        {
            return "-";
        }

        string length = verdict.Length is { } states ? $", {Quantity.Of(states, "state")}" : "";
        return verdict.Explored + length + verdict.Proved switch { true => ", proved", false => ", not proved", null => "" };
    }
}
