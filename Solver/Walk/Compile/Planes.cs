using System.Runtime.InteropServices;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk.Compile;

/// <summary>
/// The place of a cell in a plane set. The plane of code k is at <paramref name="First"/> + k, and the cell has one bit there.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PlaneBit(int First, int Bit);

/// <summary>
/// The state of a walk: a byte for each cell (its code), and also <em>planes</em> for some variables. A plane is a machine word with
/// the elements along one dimension of a variable whose value is a certain code. It compares all elements at once. Code compiled for
/// a walk requests the planes it reads here; there are no others.
/// <para>
/// There are two copies of everything: the current state and, behind it, the state before the last step, for properties of steps.
/// </para>
/// </summary>
internal sealed class Planes(Scope scope)
{
    /// <summary>The largest number of values of a cell, an index or a parameter.</summary>
    public const int MostCodes = 64;

    private readonly List<PlaneSet> _sets = [];
    private readonly HashSet<Variable> _readBefore = [];

    public Scope Scope { get; } = scope;

    /// <summary>The number of cells of one copy.</summary>
    public int Cells => Scope.Cells.Length;

    /// <summary>The number of planes of one copy.</summary>
    public int Count { get; private set; }

    /// <summary>The plane set along a dimension of a variable.</summary>
    /// <param name="before">True if it is read in the state before a step.</param>
    public PlaneSet Along(Variable variable, int dimension, bool before)
    {
        var set = _sets.Find(s => s.Variable == variable && s.Dimension == dimension);
        if (set is null)
        {
            set = new(variable, dimension, Count, [.. variable.Index.Select(Scope.Cardinality)], Scope.Cardinality(variable.Type));
            _sets.Add(set);
            Count += set.Size;
        }

        set.IsReadBefore |= before;
        return set;
    }

    /// <summary>Registers a read of a cell of the variable.</summary>
    public void Reads(Variable variable, bool before)
    {
        if (before)
        {
            _readBefore.Add(variable);
        }
    }

    /// <summary>True if the variable is read in the state before a step.</summary>
    public bool IsReadBefore(Variable variable) =>
        _readBefore.Contains(variable) || _sets.Any(s => s.Variable == variable && s.IsReadBefore);

    /// <summary>The cell's places in all plane sets, or only in those read in the state before a step.</summary>
    public IEnumerable<PlaneBit> Of(Cell cell, bool before) =>
        _sets.Where(s => s.Variable == cell.Variable && (!before || s.IsReadBefore)).Select(s => s.Of(cell));

    public ulong[] Initial()
    {
        ulong[] planes = new ulong[Count];
        foreach (var cell in Scope.Cells)
        {
            foreach (var place in Of(cell, before: false))
            {
                planes[place.First + cell.Initial] |= 1UL << place.Bit;
            }
        }

        return planes;
    }
}

/// <summary>
/// The planes of a variable along one of its dimensions: one plane for each code and each index along the other dimensions.
/// </summary>
internal sealed class PlaneSet(Variable variable, int dimension, int first, int[] cardinalities, int codes)
{
    public Variable Variable { get; } = variable;

    public int Dimension { get; } = dimension;

    public int First { get; } = first;

    public int Codes { get; } = codes;

    public bool IsReadBefore { get; set; }

    public int Size => Codes * cardinalities.Where((_, d) => d != Dimension).Aggregate(1, (n, c) => n * c);

    /// <summary>The number of planes between two consecutive index values along another dimension.</summary>
    public int Stride(int other) => Codes * cardinalities.Where((_, d) => d > other && d != Dimension).Aggregate(1, (n, c) => n * c);

    public PlaneBit Of(Cell cell) =>
        new(First + cell.Index.Select((at, d) => d == Dimension ? 0 : at * Stride(d)).Sum(), cell.Index[Dimension]);
}
