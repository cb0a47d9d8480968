using System.Numerics;
using Checker.Solver.Instance;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Smt;

/// <summary>
/// Formulas over cells as Z3 terms. A number is a bit vector in two's complement that is just wide enough for the least and the
/// greatest value that it can have, so nothing ever wraps around.
/// </summary>
/// <param name="cell">The constant that stands for a cell.</param>
internal sealed class FormulaEncoder(Z3.Context z3, Func<int, Z3.Expr> cell)
{
    public Z3.BoolExpr CellIs(int number, int code) => cell(number) switch
    {
        Z3.BoolExpr truth => code == 1 ? truth : z3.MkNot(truth),
        var value => z3.MkEq(value, z3.MkBV(code, ((Z3.BitVecExpr)value).SortSize)),
    };

    public Z3.BoolExpr Condition(Formula formula)
    {
        switch (formula)
        {
            case Constant f: return z3.MkBool(f.Value != 0);
            case Is f: return CellIs(f.Cell, f.Code);
            case Negation f: return z3.MkNot(Condition(f.Operand));
            case All f: return z3.MkAnd(f.Operands.Select(Condition));
            case Any f: return z3.MkOr(f.Operands.Select(Condition));
            case Same { Left: var left, Right: var right } when IsCondition(left) && IsCondition(right):
                return z3.MkIff(Condition(left), Condition(right));
            case Same f:
                var (a, b) = Aligned(Value(f.Left), Value(f.Right));
                return z3.MkEq(a, b);
            case Below f:
                (a, b) = Aligned(Value(f.Left), Value(f.Right));
                return z3.MkBVSLT(a, b);
            default:
                var number = Value(formula);
                return z3.MkNot(z3.MkEq(number.Bits, z3.MkBV(0, number.Bits.SortSize)));
        }
    }

    /// <summary>The formula's value as one of a cell's sort. What does not fit is cut off: a guard has ruled it out.</summary>
    public Z3.Expr Fit(Formula formula, Z3.Sort sort)
    {
        if (sort is Z3.BoolSort)
        {
            return Condition(formula);
        }

        uint size = ((Z3.BitVecSort)sort).Size;
        var bits = Value(formula).Bits;
        return bits.SortSize < size ? z3.MkSignExt(size - bits.SortSize, bits) : z3.MkExtract(size - 1, 0, bits);
    }

    private Number Value(Formula formula)
    {
        switch (formula)
        {
            case Constant f:
                return new(z3.MkBV(f.Value, Width(f.Value, f.Value)), f.Value, f.Value);
            case CellValue f when cell(f.Cell) is Z3.BitVecExpr bits:
                return new(z3.MkZeroExt(1, bits), 0, (1L << (int)bits.SortSize) - 1);
            case CellValue f:
                return OfTruth((Z3.BoolExpr)cell(f.Cell));
            case Choose f:
                var (then, otherwise) = (Value(f.Then), Value(f.Else));
                var (a, b) = Aligned(then, otherwise);
                return new((Z3.BitVecExpr)z3.MkITE(Condition(f.Condition), a, b), Math.Min(then.Least, otherwise.Least), Math.Max(then.Greatest, otherwise.Greatest));
            case Sum f:
                var (left, right) = (Value(f.Left), Value(f.Right));
                return Combine(left, right, left.Least + right.Least, left.Greatest + right.Greatest, z3.MkBVAdd);
            case Difference f:
                (left, right) = (Value(f.Left), Value(f.Right));
                return Combine(left, right, left.Least - right.Greatest, left.Greatest - right.Least, z3.MkBVSub);
            default:
                return OfTruth(Condition(formula));
        }
    }

    private Number OfTruth(Z3.BoolExpr truth) => new((Z3.BitVecExpr)z3.MkITE(truth, z3.MkBV(1, 2), z3.MkBV(0, 2)), 0, 1);

    private Number Combine(Number left, Number right, long least, long greatest, Func<Z3.BitVecExpr, Z3.BitVecExpr, Z3.BitVecExpr> operation)
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

    /// <summary>The bits that two's complement takes for these values.</summary>
    private static uint Width(long least, long greatest)
    {
        ulong largest = (ulong)Math.Max(greatest, -(least + 1));
        return largest == 0 ? 2u : (uint)BitOperations.Log2(largest) + 2;
    }

    private static bool IsCondition(Formula formula) => formula is Is or Same or Negation or All or Any or Below or Constant { Value: 0 or 1 };

    private readonly record struct Number(Z3.BitVecExpr Bits, long Least, long Greatest);
}
