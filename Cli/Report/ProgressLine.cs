using System.Globalization;
using Checker.App;
using Checker.Solver.Explicit;
using Checker.Solver.Walk;

namespace Checker.Cli.Report;

/// <summary>
/// Shows the progress of a search. On a terminal it is one line, which is overwritten and finally removed. Elsewhere a line is printed now
/// and then, so the log of a long run shows its progress.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan s_often = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_seldom = TimeSpan.FromSeconds(30);

    private readonly TextWriter _writer;
    private readonly Func<TimeSpan, string?> _text;
    private readonly bool _over;
    private readonly DateTime _start = DateTime.UtcNow;
    private readonly Timer _timer;
    private readonly Lock _writing = new();
    private bool _done;

    public ProgressLine(TextWriter writer, string what, Func<Progress?> ask)
        : this(writer, time => ask() is { } progress ? Text(what, progress, time) : null)
    {
    }

    /// <param name="text">Returns the text after a time; null if there is none yet.</param>
    public ProgressLine(TextWriter writer, Func<TimeSpan, string?> text)
    {
        (_writer, _text) = (writer, text);
        _over = Terminal.IsConsole(writer) && !Terminal.IsDumb;
        var every = _over ? s_often : s_seldom;
        _timer = new(_ => Write(), null, every, every);
    }

    /// <summary>Returns a line such as "snp,hole,separate,honest: 1,234,567 states, 1.6M/s, depth 23, frontier 45,678, 120M".</summary>
    public static string Text(string what, Progress progress, TimeSpan time) => string.Create(CultureInfo.InvariantCulture,
        $"{what}: {Quantity.Count(progress.States)} states, {Quantity.Rate(progress.States / Math.Max(0.001, time.TotalSeconds))}/s, "
            + $"depth {progress.Level + 1}, frontier {Quantity.Count(progress.Frontier)}, {Quantity.Bytes(progress.Bytes)}");

    /// <summary>Returns a line such as "snp,hole,separate,honest: 1,234 walks, 2,467,890 steps, 1.6M/s".</summary>
    public static string Text(string what, WalkProgress progress, TimeSpan time) =>
        $"{what}: {Quantity.Of(progress.Walks, "walk")}, {Quantity.Of(progress.Steps, "step")}, "
            + $"{Quantity.Rate(progress.Steps / Math.Max(0.001, time.TotalSeconds))}/s";

    public void Dispose()
    {
        _timer.Dispose();
        lock (_writing)
        {
            _done = true;
            if (_over)
            {
                _writer.Write("\r\e[K");
            }
        }
    }

    private void Write()
    {
        lock (_writing)
        {
            if (_done || _text(DateTime.UtcNow - _start) is not { } text)
            {
                return;
            }

            if (_over)
            {
                int width = Math.Max(20, Width() - 1);
                _writer.Write("\r\e[K" + (text.Length > width ? text[..width] : text));
            }
            else
            {
                _writer.WriteLine(text);
            }
        }
    }

    /// <summary>Returns the width of the terminal. Windows has none if only the standard output is redirected.</summary>
    private static int Width()
    {
        const int Usual = 80;
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
