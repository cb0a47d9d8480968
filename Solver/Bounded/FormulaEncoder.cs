using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>Encodes formulas over cells as Z3 terms. Integers are <see cref="Numbers"/>.</summary>
/// <param name="cell">Returns the constant for a cell.</param>
internal sealed class FormulaEncoder(Z3.Context z3, Func<int, Z3.Expr> cell)
{
    private readonly Numbers _numbers = new(z3);

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
            case Conjunction f: return z3.MkAnd(f.Operands.Select(Condition));
            case Disjunction f: return z3.MkOr(f.Operands.Select(Condition));
            case Equal { Left: var left, Right: var right } when IsCondition(left) && IsCondition(right):
                return z3.MkIff(Condition(left), Condition(right));
            case Equal f: return _numbers.Equal(Value(f.Left), Value(f.Right));
            case LessThan f: return _numbers.Less(Value(f.Left), Value(f.Right));
            default: return z3.MkNot(_numbers.Equal(Value(formula), _numbers.Constant(0)));
        }
    }

    /// <summary>Returns the formula's value in a cell's sort. Excess bits are cut off; a guard has excluded them.</summary>
    public Z3.Expr Fit(Formula formula, Z3.Sort sort) =>
        sort is Z3.BoolSort ? Condition(formula) : _numbers.Fit(Value(formula), ((Z3.BitVecSort)sort).Size);

    private Number Value(Formula formula) => formula switch
    {
        Constant f => _numbers.Constant(f.Value),
        CellValue f => cell(f.Cell) is Z3.BitVecExpr bits ? _numbers.Code(bits) : _numbers.Truth((Z3.BoolExpr)cell(f.Cell)),
        Conditional f => _numbers.Choose(Condition(f.Condition), Value(f.Then), Value(f.Else)),
        Sum f => _numbers.Plus(Value(f.Left), Value(f.Right)),
        Difference f => _numbers.Minus(Value(f.Left), Value(f.Right)),
        _ => _numbers.Truth(Condition(formula)),
    };

    private static bool IsCondition(Formula formula) =>
        formula is Is or Equal or Negation or Conjunction or Disjunction or LessThan or Constant { Value: 0 or 1 };
}
