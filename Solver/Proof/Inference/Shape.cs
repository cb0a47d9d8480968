using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Proof.Inference;

/// <summary>The atoms of a shape about a subset of its slots.</summary>
/// <param name="Positions">The positions of the block's slots among the shape's.</param>
/// <param name="FirstWord">The index of the first word of its truth values in a row.</param>
internal sealed record ShapePart(AtomBlock Block, ImmutableArray<int> Positions, int FirstWord);

/// <summary>
/// Some elements (such as two pages and a frame), and all atoms about any of them. Their truth values in a state form a row of bits:
/// <code>
///   row   [ about nothing | p | q | f | p and q | p and f | q and f | all three ]       whole words each
/// </code>
/// A candidate is a set of literals over one shape. It holds if every row has one of them.
/// </summary>
internal sealed class Shape
{
    private readonly ImmutableArray<ImmutableArray<int>> _orders;
    private readonly int[][] _atoms;
    private readonly Vocabulary _vocabulary;

    public Shape(Vocabulary vocabulary, ImmutableArray<Binder> slots)
    {
        (_vocabulary, Slots) = (vocabulary, slots);
        var parts = ImmutableArray.CreateBuilder<ShapePart>();
        for (int subset = 0; subset < 1 << slots.Length; subset++)
        {
            ImmutableArray<int> positions = [.. Enumerable.Range(0, slots.Length).Where(i => (subset & (1 << i)) != 0)];
            if (vocabulary.BlockOf(positions.Select(i => (SortType)slots[i].Type)) is { } block)
            {
                parts.Add(new(block, positions, Words));
                Words += block.Words;
            }
        }

        Parts = parts.ToImmutable();
        Bits = [.. Parts.SelectMany(p => p.Block.Atoms.Select((_, i) => (p.FirstWord * 64) + i))];
        PremiseOnly = [.. Parts.SelectMany(p => p.Block.Atoms.Select(a => a.PremiseOnly))];
        _orders = [.. Orders([.. Enumerable.Range(0, slots.Length)])];
        _atoms = [.. _orders.Select(order => Parts.SelectMany(p => p.Block.Atoms.Select(a => vocabulary.Number(
            Vocabulary.Rename(a.Node, p.Block.Slots, [.. p.Positions.Select(i => slots[order[i]])])))).ToArray())];
    }

    public ImmutableArray<Binder> Slots { get; }

    public ImmutableArray<ShapePart> Parts { get; }

    /// <summary>The number of 64-bit words of a row.</summary>
    public int Words { get; }

    /// <summary>The position of each atom's bit in a row.</summary>
    public ImmutableArray<int> Bits { get; }

    public ImmutableArray<bool> PremiseOnly { get; }

    /// <summary>The atoms' numbers in the vocabulary.</summary>
    public IReadOnlyList<int> Numbers => _atoms[0];

    /// <summary>
    /// Returns the clause with these literals (atom times two, plus one if it is negated). Clauses which differ only in the names of their
    /// elements have the same result.
    /// </summary>
    public Clause Clause(ReadOnlySpan<int> literals)
    {
        int[]? least = null;
        for (int order = 0; order < _orders.Length; order++)
        {
            int[] renamed = new int[literals.Length];
            ulong slots = 0;
            for (int i = 0; i < literals.Length; i++)
            {
                int atom = _atoms[order][literals[i] / 2];
                renamed[i] = (atom * 2) + (literals[i] & 1);
                slots |= _vocabulary.SlotsOf(atom);
            }

            Array.Sort(renamed);
            if (_vocabulary.AreFirst(slots)
                && Array.TrueForAll(renamed, l => _vocabulary.IsPlaced(l / 2))
                && (least is null || renamed.AsSpan().SequenceCompareTo(least) < 0))
            {
                least = renamed;
            }
        }

        return new([.. least!]);
    }

    /// <summary>The literals which are false in the row. A clause excluding a state with this row may contain only these.</summary>
    public int[] FalseIn(ReadOnlySpan<ulong> row)
    {
        var literals = new List<int>();
        for (int atom = 0; atom < Bits.Length; atom++)
        {
            bool holds = ((row[Bits[atom] / 64] >> (Bits[atom] & 63)) & 1) != 0;
            if (holds || !PremiseOnly[atom])
            {
                literals.Add((atom * 2) + (holds ? 1 : 0));
            }
        }

        return [.. literals];
    }

    public int[] AllLiterals() => [.. Enumerable.Range(0, Bits.Length * 2).Where(l => (l & 1) != 0 || !PremiseOnly[l / 2])];

    public bool Holds(int literal, ReadOnlySpan<ulong> row) =>
        ((row[Bits[literal / 2] / 64] >> (Bits[literal / 2] & 63)) & 1) != (ulong)(literal & 1);

    /// <summary>The clause's literals among the shape's; null if the shape lacks some of them.</summary>
    public int[]? Literals(Clause clause)
    {
        int[] literals = [.. clause.Literals.Select(l => (Array.IndexOf(_atoms[0], l / 2) * 2) + (l & 1))];
        return Array.Exists(literals, l => l < 0) ? null : literals;
    }

    /// <summary>The permutations of slots of one sort.</summary>
    private IEnumerable<ImmutableArray<int>> Orders(ImmutableArray<int> slots) => slots.IsEmpty
        ? [[]]
        : slots.Where(s => Equals(Slots[s].Type, Slots[^slots.Length].Type))
            .SelectMany(s => Orders(slots.Remove(s)).Select(rest => rest.Insert(0, s)));
}

/// <summary>A disjunction of literals (<see cref="Vocabulary"/> has the atoms), for all elements mentioned in it.</summary>
internal sealed record Clause(ImmutableArray<int> Literals)
{
    public bool Equals(Clause? other) => other is not null && Literals.SequenceEqual(other.Literals);

    public override int GetHashCode() => Literals.Aggregate(17, HashCode.Combine);
}
