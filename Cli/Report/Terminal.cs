using System.Text;
using Checker.Solver.Traces.Text;
using Spectre.Console;

namespace Checker.Cli.Report;

internal enum Tone
{
    Plain,
    Good,
    Bad,
    Quiet,
    Strong,
}

/// <summary>
/// Lines and tables for readers, coloured on a terminal and plain elsewhere. Long lines are broken between words, and never inside a
/// command. Only this file and the prompts (<c>Cli/Interactive</c>) use Spectre.Console.
/// </summary>
internal sealed class Terminal
{
    /// <summary>The width of an output which is no terminal.</summary>
    public const int PlainWidth = 80;

    private const int LeastWidth = 60;

    /// <summary>The largest width of a line of words. Longer ones are hard to read.</summary>
    private const int MostWidth = 120;

    /// <summary>The least width of a table's last column. If there is less room, each row becomes a list.</summary>
    private const int LeastColumn = 24;

    /// <summary>The width for Spectre.Console, which shall break nothing.</summary>
    private const int Unlimited = 100_000;

    private readonly IAnsiConsole _console;

    /// <param name="columns">The width of a terminal, for tests; null for that of the console, if the writer is one.</param>
    public Terminal(TextWriter writer, int? columns = null)
    {
        Writer = writer;
        IsTerminal = columns is not null || (IsConsole(writer) && !IsDumb);
        bool colour = IsTerminal && !IsPlain;
        _console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        Columns = IsTerminal ? Math.Max(LeastWidth, columns ?? _console.Profile.Width) : PlainWidth;
        _console.Profile.Width = Unlimited;
    }

    public TextWriter Writer { get; }

    public bool IsTerminal { get; }

    /// <summary>The width of a table.</summary>
    public int Columns { get; }

    /// <summary>The largest width of a line of words.</summary>
    public int Width => Math.Min(Columns, MostWidth);

    /// <summary>True if the writer is a terminal's. It may be a terminal without control sequences.</summary>
    public static bool IsConsole(TextWriter writer) =>
        (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected)
            || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>
    /// Returns the console for prompts on this terminal. Null if there can be none: an input or output is no terminal, or it has no control
    /// sequences.
    /// </summary>
    public IAnsiConsole? Prompts() => Console.IsInputRedirected || !IsConsole(Writer) || IsDumb
        ? null
        : AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(Writer),
            Ansi = AnsiSupport.Yes,
            ColorSystem = IsPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.Yes,
        });

    /// <summary>True if the user wants no colours.</summary>
    private static bool IsPlain => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static bool IsDumb => Environment.GetEnvironmentVariable("TERM") == "dumb";

    public void Line() => Writer.WriteLine();

    public void Line(string text, Tone tone = Tone.Plain) => Line([(text, tone)]);

    /// <summary>Writes a line, broken between words if it is too long.</summary>
    public void Line(params ReadOnlySpan<(string Text, Tone Tone)> parts)
    {
        var (text, tones) = Joined(parts);
        foreach (string paragraph in text.Split('\n'))
        {
            var (indent, lines) = Wrapping.Break(paragraph, Width);
            foreach (var (number, range) in lines.Index())
            {
                Write(new string(' ', number == 0 ? 0 : indent) + paragraph[range], tones, number == 0 ? 0 : indent - range.Start.Value);
            }

            tones = tones[Math.Min(paragraph.Length + 1, tones.Length)..];
        }
    }

    /// <summary>Writes a line which is never broken: a row of a table, or source code.</summary>
    public void Row(string text, Tone tone = Tone.Plain) => Write(text, Joined([(text, tone)]).Tones, 0);

    /// <summary>Writes the row of a table, whose last cell is on a line of its own if there is no room for it.</summary>
    /// <param name="last">The last cell, such as a verdict.</param>
    public void Row(string cells, (string Text, Tone Tone) last)
    {
        if (cells.Length + last.Text.Length <= Columns)
        {
            var (text, tones) = Joined([(cells, Tone.Plain), last]);
            Write(text, tones, 0);
            return;
        }

        Row(cells.TrimEnd());
        Line($"    {last.Text}", last.Tone);
    }

    /// <summary>Writes a trace, or other lines of the engines.</summary>
    public void Lines(IEnumerable<TextLine> lines)
    {
        foreach (var line in lines)
        {
            foreach (var segment in line.Segments)
            {
                _console.Write(new Text(segment.Text, StyleOf(segment.Role)));
            }

            Writer.WriteLine();
        }
    }

    /// <summary>
    /// Writes a table, as a heading and rows. It has no borders, so it can be cut and grepped. The last column is wrapped if it is too
    /// wide. If there is no room for it, each row becomes a list of its cells.
    /// </summary>
    /// <param name="indent">The number of spaces before each row.</param>
    public void Table(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows, int indent = 2)
    {
        var all = rows.ToList();
        int[] widths = [.. heading.Select((h, i) => all.Select(r => r[i].Length).Append(h.Length).Max())];
        int before = indent + widths.SkipLast(1).Sum(w => w + 2);
        int room = Columns - before;
        int least = all.SelectMany(r => r[^1].Split(' ')).Select(w => w.Length).Append(LeastColumn).Max();
        if (widths[^1] > room && room < least)
        {
            all.ForEach(row => List(heading, row, indent));
            return;
        }

        Cells(heading, Tone.Quiet);
        all.ForEach(row => Cells(row, Tone.Plain));

        void Cells(IReadOnlyList<string> cells, Tone tone)
        {
            string start = new string(' ', indent) + string.Concat(cells.SkipLast(1).Select((c, i) => c.PadRight(widths[i] + 2)));
            string last = cells[^1];
            foreach (var (number, range) in Wrapping.Break(last, room).Lines.Index())
            {
                Row($"{(number == 0 ? start : new string(' ', before))}{last[range]}".TrimEnd(), tone);
            }
        }
    }

    private void List(IReadOnlyList<string> heading, IReadOnlyList<string> row, int indent)
    {
        int width = heading.Skip(1).Max(h => h.Length) + 2;
        if (row[0].Length > 0)
        {
            Line(new string(' ', indent) + row[0], Tone.Strong);
        }

        foreach (var (name, cell) in heading.Zip(row).Skip(1).Where(c => c.Second.Length > 0))
        {
            Line(($"{new string(' ', indent + 2)}{name.PadRight(width)}", Tone.Quiet), (cell, Tone.Plain));
        }
    }

    private static (string Text, Tone[] Tones) Joined(ReadOnlySpan<(string Text, Tone Tone)> parts)
    {
        var (text, tones) = (new StringBuilder(), new List<Tone>());
        foreach (var (part, tone) in parts)
        {
            text.Append(part);
            tones.AddRange(Enumerable.Repeat(tone, part.Length));
        }

        return (text.ToString(), [.. tones]);
    }

    /// <param name="shift">The column of the text's first character in the tones, as a negative number.</param>
    private void Write(string text, Tone[] tones, int shift)
    {
        int start = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || ToneAt(i) != ToneAt(start))
            {
                _console.Write(new Text(text[start..i], StyleOf(ToneAt(start))));
                start = i;
            }
        }

        Writer.WriteLine();

        Tone ToneAt(int i) => i - shift is >= 0 and var at && at < tones.Length ? tones[at] : Tone.Plain;
    }

    private static Style StyleOf(TextRole role) => role switch
    {
        TextRole.Heading or TextRole.Action => new(decoration: Decoration.Bold),
        TextRole.Actor => new(Color.Blue),
        TextRole.Parameter => new(Color.Aqua),
        TextRole.New => new(Color.Yellow),
        TextRole.Property or TextRole.False or TextRole.Mark => new(Color.Red, decoration: Decoration.Bold),
        TextRole.True => new(Color.Green),
        TextRole.Number or TextRole.Old or TextRole.Source or TextRole.Note => new(Color.Grey),
        _ => Style.Plain,
    };

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new(Color.Green),
        Tone.Bad => new(Color.Red, decoration: Decoration.Bold),
        Tone.Quiet => new(Color.Grey),
        Tone.Strong => new(decoration: Decoration.Bold),
        _ => Style.Plain,
    };
}
