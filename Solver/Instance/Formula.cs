using System.Collections.Immutable;

namespace Checker.Solver.Instance;

/// <summary>
/// An expression over the cells of a finite instance, with quantifiers unrolled and parameters replaced by their values.
/// A Boolean expression has the values 0 and 1. Only <see cref="FormulaBuilder"/> makes formulas, so they are always folded.
/// </summary>
public abstract record Formula
{
    public static readonly Formula False = new Constant(0);
    public static readonly Formula True = new Constant(1);

    public bool IsTrue => this is Constant { Value: 1 };

    public bool IsFalse => this is Constant { Value: 0 };

    /// <summary>The direct parts. A constant, a cell, or a test of a cell has none.</summary>
    public ImmutableArray<Formula> Parts => this switch
    {
        Negation f => [f.Operand],
        Conjunction f => f.Operands,
        Disjunction f => f.Operands,
        Equal f => [f.Left, f.Right],
        LessThan f => [f.Left, f.Right],
        Sum f => [f.Left, f.Right],
        Difference f => [f.Left, f.Right],
        Conditional f => [f.Condition, f.Then, f.Else],
        _ => [],
    };
}

public sealed record Constant(long Value) : Formula;

/// <summary>A cell's code.</summary>
public sealed record CellValue(int Cell) : Formula;

/// <summary>True if a cell has this code. Guards consist of such tests.</summary>
public sealed record Is(int Cell, int Code) : Formula;

public sealed record Equal(Formula Left, Formula Right) : Formula;

public sealed record Negation(Formula Operand) : Formula;

public sealed record Conjunction(ImmutableArray<Formula> Operands) : Formula
{
    // Formulas are looked up in sets during their construction, so their hashes are computed once.
    private readonly int _hash = Operands.Aggregate(17, HashCode.Combine);

    public bool Equals(Conjunction? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Operands.SequenceEqual(other.Operands));

    public override int GetHashCode() => _hash;
}

public sealed record Disjunction(ImmutableArray<Formula> Operands) : Formula
{
    // Formulas are looked up in sets during their construction, so their hashes are computed once.
    private readonly int _hash = Operands.Aggregate(19, HashCode.Combine);

    public bool Equals(Disjunction? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Operands.SequenceEqual(other.Operands));

    public override int GetHashCode() => _hash;
}

public sealed record Conditional(Formula Condition, Formula Then, Formula Else) : Formula;

public sealed record LessThan(Formula Left, Formula Right) : Formula;

public sealed record Sum(Formula Left, Formula Right) : Formula;

public sealed record Difference(Formula Left, Formula Right) : Formula;
