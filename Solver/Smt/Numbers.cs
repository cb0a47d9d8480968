using System.Numerics;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Smt;

/// <summary>An integer as a bit vector in two's complement, with bounds on its value.</summary>
internal readonly record struct Number(Z3.BitVecExpr Bits, long Least, long Greatest);

/// <summary>
/// Integers for Z3's finite-domain solver. Each has exactly the bits for its least and its greatest value, so nothing ever wraps
/// around.
/// </summary>
internal sealed class Numbers(Z3.Context z3)
{
    public Number Constant(long value) => new(z3.MkBV(value, Width(value, value)), value, value);

    public Number Truth(Z3.BoolExpr truth) => new((Z3.BitVecExpr)z3.MkITE(truth, z3.MkBV(1, 2), z3.MkBV(0, 2)), 0, 1);

    /// <summary>Returns the code in a cell, which is not negative.</summary>
    public Number Code(Z3.BitVecExpr bits) => new(z3.MkZeroExt(1, bits), 0, (1L << (int)bits.SortSize) - 1);

    public Number Plus(Number left, Number right) =>
        Combine(left, right, left.Least + right.Least, left.Greatest + right.Greatest, z3.MkBVAdd);

    public Number Minus(Number left, Number right) =>
        Combine(left, right, left.Least - right.Greatest, left.Greatest - right.Least, z3.MkBVSub);

    public Number Choose(Z3.BoolExpr condition, Number then, Number otherwise)
    {
        var (a, b) = Aligned(then, otherwise);
        return new(
            (Z3.BitVecExpr)z3.MkITE(condition, a, b),
            Math.Min(then.Least, otherwise.Least),
            Math.Max(then.Greatest, otherwise.Greatest));
    }

    public Z3.BoolExpr Equal(Number left, Number right)
    {
        var (a, b) = Aligned(left, right);
        return z3.MkEq(a, b);
    }

    public Z3.BoolExpr Less(Number left, Number right)
    {
        var (a, b) = Aligned(left, right);
        return z3.MkBVSLT(a, b);
    }

    /// <summary>Returns the number's low bits. Excess bits are cut off; a guard has excluded them.</summary>
    public Z3.BitVecExpr Fit(Number number, uint size) =>
        number.Bits.SortSize < size ? z3.MkSignExt(size - number.Bits.SortSize, number.Bits) : z3.MkExtract(size - 1, 0, number.Bits);

    private Number Combine(
        Number left,
        Number right,
        long least,
        long greatest,
        Func<Z3.BitVecExpr, Z3.BitVecExpr, Z3.BitVecExpr> operation)
    {
        uint width = Math.Max(Width(least, greatest), Math.Max(left.Bits.SortSize, right.Bits.SortSize));
        return new(operation(Widen(left.Bits, width), Widen(right.Bits, width)), least, greatest);
    }

    private (Z3.BitVecExpr, Z3.BitVecExpr) Aligned(Number left, Number right)
    {
        uint width = Math.Max(left.Bits.SortSize, right.Bits.SortSize);
        return (Widen(left.Bits, width), Widen(right.Bits, width));
    }

    private Z3.BitVecExpr Widen(Z3.BitVecExpr bits, uint width) =>
        bits.SortSize == width ? bits : z3.MkSignExt(width - bits.SortSize, bits);

    /// <summary>Returns the number of bits for these values in two's complement.</summary>
    private static uint Width(long least, long greatest)
    {
        ulong largest = (ulong)Math.Max(greatest, -(least + 1));
        return largest == 0 ? 2u : (uint)BitOperations.Log2(largest) + 2;
    }
}
