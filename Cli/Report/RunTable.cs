using System.Collections.Immutable;
using Checker.App;

namespace Checker.Cli.Report;

/// <summary>A column of numbers, aligned at the right.</summary>
/// <param name="Width">The least width, with the space before the column.</param>
/// <param name="IsOptional">True if the column is left out where there is no room for it.</param>
internal sealed record RunColumn(string Heading, int Width, bool IsOptional = false);

/// <summary>
/// The table of a command which shows each design as soon as it is finished: the design, its numbers, and the verdict.
/// </summary>
internal sealed class RunTable
{
    /// <summary>The room kept for a verdict. A longer one is on a line of its own.</summary>
    private const int LeastVerdict = 10;

    private readonly Terminal _terminal;
    private readonly ImmutableArray<RunColumn> _columns;
    private readonly ImmutableArray<bool> _isShown;
    private readonly int _nameWidth;

    /// <param name="jobs">The designs of the table.</param>
    public RunTable(Terminal terminal, IEnumerable<Job> jobs, params ImmutableArray<RunColumn> columns)
    {
        (_terminal, _columns) = (terminal, columns);
        _nameWidth = jobs.Select(j => j.ToString().Length).Append("design".Length).Max();
        int room = terminal.Columns - 2 - _nameWidth - LeastVerdict - columns.Where(c => !c.IsOptional).Sum(c => c.Width);
        var shown = ImmutableArray.CreateBuilder<bool>();
        foreach (var column in columns)
        {
            shown.Add(!column.IsOptional || column.Width <= room);
            room -= column.IsOptional && shown[^1] ? column.Width : 0;
        }

        _isShown = shown.ToImmutable();
    }

    public void Heading(string verdict = "verdict") =>
        _terminal.Row($"{Line("design", [.. _columns.Select(c => c.Heading)])}  {verdict}".TrimEnd(), Tone.Quiet);

    /// <param name="cells">The text of each column.</param>
    public void Row(Job job, ImmutableArray<string> cells, (string Text, Tone Tone) verdict) =>
        _terminal.Row($"{Line(job.ToString(), cells)}  ", verdict);

    private string Line(string name, ImmutableArray<string> cells) =>
        $"  {name.PadRight(_nameWidth)}"
            + string.Concat(cells.Zip(_columns, _isShown).Where(c => c.Third).Select(c => c.First.PadLeft(c.Second.Width)));
}
