using System.Collections;
using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Traces;

/// <summary>A part of the headers of two traces which differs: "design", "bounds", "without", "mutant", "property".</summary>
public sealed record HeaderDifference(string Part, string First, string Second);

/// <summary>A cell with different values in two states.</summary>
/// <param name="First">The value in the first trace; null if its model has no such cell.</param>
/// <param name="Second">The value in the second trace; null if its model has no such cell.</param>
public sealed record CellDifference(string Cell, string? First, string? Second);

/// <summary>A step of one trace or of both, with the state after it. The first is the initial state.</summary>
/// <param name="First">The number of the state in the first trace, from 0; null if the step is only in the second.</param>
/// <param name="Second">The number of the state in the second trace, from 0; null if the step is only in the first.</param>
/// <param name="Cells">The cells with different values after a common step, in the order of the models.</param>
public sealed record AlignedStep(int? First, int? Second, ImmutableArray<CellDifference> Cells)
{
    public bool IsCommon => First is not null && Second is not null;
}

/// <summary>The failure to compare two traces which have too many steps after their common beginning.</summary>
public sealed class TracesTooLongException(string message) : Exception(message);

/// <summary>
/// The difference of two traces: the parts of their headers, and an alignment of their steps with as many common ones as possible. Steps
/// are alike if they have the same actor and action with the same parameters. Cells are compared by their names and printed values, so
/// the models may be different designs, or different sizes of one.
/// </summary>
public sealed record TraceDifference(
    Trace First,
    Trace Second,
    ImmutableArray<HeaderDifference> Headers,
    ImmutableArray<AlignedStep> Steps)
{
    /// <summary>
    /// The largest table of the alignment: a bit for each pair of steps after the common beginning and before the common end.
    /// </summary>
    private const long MostPairs = 1 << 29;

    /// <summary>True if the headers are alike, all steps are common, and no cell differs.</summary>
    public bool IsEmpty => Headers.IsEmpty && Steps.All(s => s.IsCommon && s.Cells.IsEmpty);

    /// <exception cref="TracesTooLongException">The traces have too many different steps.</exception>
    public static TraceDifference Of(Trace first, Trace second)
    {
        var cells = Cells(first, second);
        return new(first, second, [.. HeaderParts(first, second)],
        [
            .. Align([.. first.States.Skip(1).Select(Name)], [.. second.States.Skip(1).Select(Name)])
                .Select(pair => pair.Moved(1, 1))
                .Prepend(new(0, 0))
                .Select(pair => pair is { First: { } one, Second: { } other }
                    ? new AlignedStep(one, other, [.. Different(cells, first, second, one, other)])
                    : new(pair.First, pair.Second, [])),
        ]);
    }

    /// <summary>A step of the first trace, of the second, or of both, by its number.</summary>
    private readonly record struct Pair(int? First, int? Second)
    {
        /// <summary>Counts the steps from another beginning.</summary>
        public Pair Moved(int first, int second) => new(First + first, Second + second);
    }

    private static string Name(TraceState state) => $"{state.Instance!.Action.Actor} {state.Instance}";

    private static IEnumerable<HeaderDifference> HeaderParts(Trace first, Trace second)
    {
        return Parts(first).Zip(Parts(second))
            .Where(p => p.First.Text != p.Second.Text)
            .Select(p => new HeaderDifference(p.First.Name, p.First.Text, p.Second.Text));

        static IEnumerable<(string Name, string Text)> Parts(Trace trace) =>
        [
            ("protocol", trace.Header.Protocol),
            ("design", trace.Header.Design),
            ("bounds", trace.Header.Bounds),
            ("without", string.Join(", ", trace.Header.Dropped)),
            ("mutant", trace.Header.Mutant),
            ("property", trace.Property?.Name ?? ""),
        ];
    }

    /// <summary>The cells of both models by their names, each with its number in the models that have it.</summary>
    private static ImmutableArray<(string Name, int? First, int? Second)> Cells(Trace first, Trace second)
    {
        var numbers = second.Scope.Cells.ToDictionary(c => c.ToString(), c => c.Number, StringComparer.Ordinal);
        var names = first.Scope.Cells.Select(c => c.ToString()).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. first.Scope.Cells.Select(c => (
                c.ToString(), (int?)c.Number, numbers.TryGetValue(c.ToString(), out int number) ? number : (int?)null)),
            .. second.Scope.Cells.Where(c => !names.Contains(c.ToString())).Select(c => (c.ToString(), (int?)null, (int?)c.Number)),
        ];
    }

    private static IEnumerable<CellDifference> Different(
        ImmutableArray<(string Name, int? First, int? Second)> cells, Trace first, Trace second, int firstState, int secondState) =>
        from cell in cells
        let one = Value(first, firstState, cell.First)
        let other = Value(second, secondState, cell.Second)
        where one != other
        select new CellDifference(cell.Name, one, other);

    private static string? Value(Trace trace, int state, int? cell) => cell is { } number
        ? Printer.Value(trace.Scope.Cells[number].Variable.Type, trace.States[state].Cells[number])
        : null;

    /// <summary>
    /// Returns a longest common subsequence as pairs of indices, with the other steps in between; those of the first come before those of
    /// the second.
    /// </summary>
    private static IEnumerable<Pair> Align(string[] first, string[] second)
    {
        int start = first.Zip(second).TakeWhile(p => p.First == p.Second).Count();
        int end = first[start..].Reverse().Zip(second[start..].Reverse()).TakeWhile(p => p.First == p.Second).Count();
        var (rows, columns) = (first[start..^end], second[start..^end]);
        if (rows.LongLength * columns.LongLength > MostPairs)
        {
            throw new TracesTooLongException($"the traces differ in too many steps to compare: {rows.Length:N0} and {columns.Length:N0}");
        }

        return
        [
            .. Enumerable.Range(0, start).Select(i => new Pair(i, i)),
            .. Middle(rows, columns).Select(p => p.Moved(start, start)),
            .. Enumerable.Range(0, end).Select(i => new Pair(first.Length - end + i, second.Length - end + i)),
        ];
    }

    private static IEnumerable<Pair> Middle(string[] rows, string[] columns)
    {
        // The lengths of the longest common subsequences of all ends, from the last row up. One row is kept. Of the table, one bit for
        // each pair remains: the best continuation leaves out the step of the first trace.
        var leaves = new BitArray(rows.Length * columns.Length);
        int[] below = new int[columns.Length + 1];
        for (int row = rows.Length - 1; row >= 0; row--)
        {
            int[] here = new int[columns.Length + 1];
            for (int column = columns.Length - 1; column >= 0; column--)
            {
                here[column] = rows[row] == columns[column]
                    ? below[column + 1] + 1
                    : Math.Max(below[column], here[column + 1]);
                leaves[(row * columns.Length) + column] = below[column] >= here[column + 1];
            }

            below = here;
        }

        var (i, j) = (0, 0);
        while (i < rows.Length || j < columns.Length)
        {
            if (i < rows.Length && j < columns.Length && rows[i] == columns[j])
            {
                yield return new(i++, j++);
            }
            else if (j == columns.Length || (i < rows.Length && leaves[(i * columns.Length) + j]))
            {
                yield return new(i++, null);
            }
            else
            {
                yield return new(null, j++);
            }
        }
    }
}
