using System.Collections.Immutable;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;
using Checker.Tests.Fuzz.Generator;

namespace Checker.Tests.Fuzz.Against;

/// <summary>Traces in both formats: a written trace can be read and replayed, and a damaged one is refused.</summary>
internal static class Files
{
    private const int Most = 4;

    private static readonly (string Name, Func<Trace, string> Write, Func<string, Func<TraceHeader, Scope>, Trace> Read)[] s_formats =
        [("JSON", TraceJson.Write, TraceJson.Read), ("ITF", Itf.Write, Itf.Read)];

    public static void Check(Comparison compare)
    {
        var dice = new Dice(3);
        // The longest traces, and one of each kind of property, because they contain most.
        foreach (var trace in compare.Subject.Traces.OrderByDescending(t => t.Length).DistinctBy(t => t.Property?.Kind).Take(Most))
        {
            foreach (var (name, write, read) in s_formats)
            {
                string text = write(trace);
                Scope Load(TraceHeader header) => header.ToString() == trace.Header.ToString() ? trace.Scope
                    : throw new ArgumentException($"there is no {header}");
                compare.Same(Text(trace), Text(Replay.Check(read(text, Load))), $"the trace that was written as {name}");
                Damaged(compare, trace, dice, name, damaged => read(write(damaged), Load));
                Cut(compare, trace, dice, name, text, damaged => read(damaged, Load));
            }
        }
    }

    /// <summary>
    /// Changes the value of one cell in one state. The result is no behaviour, because a step leads to exactly one state.
    /// </summary>
    private static void Damaged(Comparison compare, Trace trace, Dice dice, string name, Func<Trace, Trace> around)
    {
        var cells = trace.Scope.Cells.Where(c => Values(c).Length > 1).ToList();
        if (cells.Count == 0)
        {
            return;
        }

        var (state, cell) = (dice.Next(trace.Length), dice.Of(cells));
        int other = dice.Of([.. Values(cell).Where(v => v != trace.States[state].Cells[cell.Number])]);
        var wrong = trace.States[state] with { Cells = trace.States[state].Cells.SetItem(cell.Number, other) };
        compare.Holds(IsRefused(() => Replay.Check(around(trace with { States = trace.States.SetItem(state, wrong) }))),
            $"{name} with {cell} changed in state {state + 1} is replayed");
    }

    /// <summary>Adds, removes or changes a character. The text is then refused, or it has the same meaning.</summary>
    private static void Cut(Comparison compare, Trace trace, Dice dice, string name, string text, Func<string, Trace> read)
    {
        for (int i = 0; i < 4; i++)
        {
            int at = dice.Next(text.Length);
            string damaged = dice.Next(3) switch
            {
                0 => text[..at],
                1 => text.Remove(at, 1),
                _ => text[..at] + "\"0x,:{}[] \u0000"[dice.Next(11)] + text[(at + 1)..],
            };
            string? said = null;
            bool refused = IsRefused(() => said = Text(Replay.Check(read(damaged))));
            compare.Holds(refused || said == Text(trace), $"{name} damaged at character {at} is replayed as another trace");
        }
    }

    private static ImmutableArray<int> Values(Cell cell) =>
        [.. Enumerable.Range(0, cell.Cardinality).Where(v => cell.Variable.Type is not Model.Ir.RangeType range || v >= range.Min)];

    private static bool IsRefused(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (Exception refused) when (refused is TraceFormatException or ReplayException)
        {
            return true;
        }
    }

    private static string Text(Trace trace)
    {
        var states = trace.States.Select(s => $"{(s.Instance is null ? "" : Bridge.Name(s.Instance))}: {string.Join(' ', s.Cells)}");
        return $"{trace.Header} {trace.Property?.Name} {trace.LastStep}\n{string.Join('\n', states)}";
    }
}
