using Checker.Solver.Traces.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

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
/// Lines and tables for readers, coloured on a terminal and plain elsewhere. This is the only file which uses Spectre.Console.
/// </summary>
internal sealed class Terminal
{
    /// <summary>The width of an output which is no terminal, so it does not wrap.</summary>
    private const int Unlimited = 100_000;

    private readonly IAnsiConsole _console;
    private readonly int _columns;

    /// <param name="columns">The width of a terminal, for tests; null for that of the console, if the writer is one.</param>
    public Terminal(TextWriter writer, int? columns = null)
    {
        Writer = writer;
        IsTerminal = columns is not null || (IsConsole(writer) && !IsDumb);
        bool colour = IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        // A line feed in a command or a name would be copied with it, so a terminal breaks long lines itself. Only tables have columns.
        _columns = IsTerminal ? columns ?? _console.Profile.Width : Unlimited;
        _console.Profile.Width = Unlimited;
    }

    public TextWriter Writer { get; }

    public bool IsTerminal { get; }

    /// <summary>The largest width of a line. An output without a width gets a readable one.</summary>
    public int Width => IsTerminal ? Math.Clamp(_columns, 60, 120) : 100;

    /// <summary>True if the writer is a terminal's. It may be a terminal without control sequences.</summary>
    public static bool IsConsole(TextWriter writer) =>
        (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected)
            || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);

    public static bool IsDumb => Environment.GetEnvironmentVariable("TERM") == "dumb";

    public void Line() => Writer.WriteLine();

    public void Line(string text, Tone tone = Tone.Plain) => Line([(text, tone)]);

    public void Line(params ReadOnlySpan<(string Text, Tone Tone)> parts)
    {
        var line = new Paragraph();
        foreach (var (text, tone) in parts)
        {
            line.Append(text, StyleOf(tone));
        }

        _console.Write(line);
        Writer.WriteLine();
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

    /// <summary>Writes a table, as a heading and rows. It has no borders, so it can be cut and grepped.</summary>
    /// <param name="indent">The number of spaces before each row.</param>
    public void Table(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows, int indent = 2)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (string column in heading)
        {
            table.AddColumn(new TableColumn(new Text(column, StyleOf(Tone.Quiet)))
            {
                Padding = new(0, 0, 2, 0),
                NoWrap = column != heading[^1]
            });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        var written = new StringWriter { NewLine = "\n" };
        IRenderable padded = new Padder(table, new Padding(indent, 0, 0, 0));
        if (IsTerminal)
        {
            _console.Profile.Width = _columns;
            _console.Write(padded);
            _console.Profile.Width = Unlimited;
            return;
        }

        // Columns are padded with spaces, which are removed at the end of a line.
        var plain = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(written),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors
        });
        plain.Profile.Width = Unlimited;
        plain.Write(padded);
        foreach (string line in written.ToString().TrimEnd('\n').Split('\n'))
        {
            Writer.WriteLine(line.TrimEnd());
        }
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
