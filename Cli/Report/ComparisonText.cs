using Checker.App;

namespace Checker.Cli.Report;

/// <summary>The text output of <c>verify --compare</c>: the rows in which two runs differ. It fits a terminal of 80 columns.</summary>
internal sealed class ComparisonText(Terminal terminal)
{
    private const int Columns = 80;
    private const int NameWidth = 32;
    private const int ValueWidth = 22;

    /// <param name="left">The first side in the words of the user.</param>
    public void Write(IReadOnlyCollection<RunPair> pairs, string left, string right)
    {
        Wrapped($"A  {left}", 3);
        Wrapped($"B  {right}", 3);
        foreach (var pair in pairs.Where(p => p is { Left: not null, Right: not null, Differs: true }))
        {
            terminal.Line();
            Write(pair.Left!, pair.Right!, pair);
        }

        var alone = pairs.Where(p => p.Left is null || p.Right is null).ToList();
        if (alone.Count > 0)
        {
            terminal.Line();
            alone.ForEach(p => Wrapped($"only {(p.Right is null ? "A" : "B")} has {(p.Left ?? p.Right)!.Name}", 2));
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
            Wrapped(left.Name, 2, Tone.Strong);
        }
        else
        {
            Wrapped($"A  {left.Name}", 3, Tone.Strong);
            Wrapped($"B  {right.Name}", 3, Tone.Strong);
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

        terminal.Line($"  {name.PadRight(NameWidth)}  {left.PadRight(ValueWidth)}{right}".TrimEnd(), tone);
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

    /// <summary>Writes a text in lines of at most 80 columns, broken at spaces.</summary>
    private void Wrapped(string text, int indent, Tone tone = Tone.Plain)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Trim().Length > 0 && line.Length + 1 + word.Length > Columns)
            {
                terminal.Line(line, tone);
                line = new string(' ', indent - 1);
            }

            line += line.Length == 0 ? word : " " + word;
        }

        terminal.Line(line, tone);
    }
}
