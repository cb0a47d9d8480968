using System.Runtime.InteropServices;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk.Compile;

/// <summary>Where a cell is in a plane set: the plane of code k is at <paramref name="First"/> + k, the cell has one bit there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PlaneBit(int First, int Bit);

/// <summary>
/// The state of a walk: a byte for each cell (its code), and of some variables <em>planes</em> as well. A plane is a machine word
/// that says for which elements along one dimension of a variable the value is this code: a comparison for all elements at once.
/// What the code compiled for a walk wants to read that way it asks for here; of the rest there are no planes.
/// <para>
/// There are two copies of everything, the state now and, behind it, the one before the last step, for properties of steps.
/// </para>
/// </summary>
internal sealed class Planes(Scope scope)
{
    /// <summary>The most values of a cell, an index or a parameter.</summary>
    public const int MostCodes = 64;

    private readonly List<PlaneSet> _sets = [];
    private readonly HashSet<Variable> _readBefore = [];

    public Scope Scope { get; } = scope;

    /// <summary>Cells of one copy.</summary>
    public int Cells => Scope.Cells.Length;

    /// <summary>Planes of one copy.</summary>
    public int Count { get; private set; }

    /// <summary>The set along a dimension of a variable.</summary>
    /// <param name="before">It is read of the state before a step.</param>
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

    /// <summary>A cell of the variable is read.</summary>
    public void Reads(Variable variable, bool before)
    {
        if (before)
        {
            _readBefore.Add(variable);
        }
    }

    /// <summary>Whether anything reads the variable of the state before a step.</summary>
    public bool IsReadBefore(Variable variable) => _readBefore.Contains(variable) || _sets.Any(s => s.Variable == variable && s.IsReadBefore);

    /// <summary>The cell's places in all plane sets, or in those only that are read of the state before a step.</summary>
    public IEnumerable<PlaneBit> Of(Cell cell, bool before) => _sets.Where(s => s.Variable == cell.Variable && (!before || s.IsReadBefore)).Select(s => s.Of(cell));

    public ulong[] Initial()
    {
        ulong[] planes = new ulong[Count];
        foreach (var cell in Scope.Cells)
        {
            foreach (var place in Of(cell, before: false))
            {
                planes[place.First + cell.Variable.Initial] |= 1UL << place.Bit;
            }
        }

        return planes;
    }
}

/// <summary>The planes of a variable along one of its dimensions: for each index along the others, one for each code.</summary>
internal sealed class PlaneSet(Variable variable, int dimension, int first, int[] cardinalities, int codes)
{
    public Variable Variable { get; } = variable;

    public int Dimension { get; } = dimension;

    public int First { get; } = first;

    public int Codes { get; } = codes;

    public bool IsReadBefore { get; set; }

    public int Size => Codes * cardinalities.Where((_, d) => d != Dimension).Aggregate(1, (n, c) => n * c);

    /// <summary>Planes from one value of the index along another dimension to the next.</summary>
    public int Stride(int other) => Codes * cardinalities.Where((_, d) => d > other && d != Dimension).Aggregate(1, (n, c) => n * c);

    public PlaneBit Of(Cell cell) => new(First + cell.Index.Select((at, d) => d == Dimension ? 0 : at * Stride(d)).Sum(), cell.Index[Dimension]);
}
