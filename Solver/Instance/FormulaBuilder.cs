namespace Checker.Solver.Instance;

/// <summary>
/// Builds formulas and folds known parts: constants, and the possible codes of each cell
/// (one bit for each code; <see cref="FiniteModel"/> computes them).
/// </summary>
public class FormulaBuilder(ulong[] possible)
{
    public ulong[] Possible { get; } = possible;

    public Formula Cell(int cell) =>
        ulong.IsPow2(Possible[cell]) ? new Constant((long)ulong.TrailingZeroCount(Possible[cell])) : new CellValue(cell);

    public Formula CellIs(int cell, long code)
    {
        if (code is < 0 or > 63 || (Possible[cell] & (1UL << (int)code)) == 0)
        {
            return Formula.False;
        }

        return ulong.IsPow2(Possible[cell]) ? Formula.True : new Is(cell, (int)code);
    }

    /// <summary>The value of a bool cell as a condition.</summary>
    public Formula Test(int cell) => CellIs(cell, 1);

    public static Formula Not(Formula operand) => operand switch
    {
        Constant c => c.Value == 0 ? Formula.True : Formula.False,
        Negation n => n.Operand,
        _ => new Negation(operand),
    };

    public static Formula And(IEnumerable<Formula> operands)
    {
        var flat = new List<Formula>();
        var known = new HashSet<Formula>();
        var codes = new Dictionary<int, int>();
        foreach (var operand in operands.SelectMany(o => o is Conjunction all ? all.Operands : [o]))
        {
            if (operand.IsFalse
                || known.Contains(Not(operand))
                || (operand is Is test && codes.TryGetValue(test.Cell, out int code) && code != test.Code))
            {
                return Formula.False;
            }

            if (!operand.IsTrue && known.Add(operand))
            {
                flat.Add(operand);
                if (operand is Is f)
                {
                    codes[f.Cell] = f.Code;
                }
            }
        }

        return flat.Count switch { 0 => Formula.True, 1 => flat[0], _ => new Conjunction([.. flat]) };
    }

    public static Formula Or(IEnumerable<Formula> operands)
    {
        var flat = new List<Formula>();
        var known = new HashSet<Formula>();
        foreach (var operand in operands.SelectMany(o => o is Disjunction any ? any.Operands : [o]))
        {
            if (operand.IsTrue || known.Contains(Not(operand)))
            {
                return Formula.True;
            }

            if (!operand.IsFalse && known.Add(operand))
            {
                flat.Add(operand);
            }
        }

        return flat.Count switch { 0 => Formula.False, 1 => flat[0], _ => new Disjunction([.. flat]) };
    }

    public virtual Formula Equal(Formula left, Formula right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value == b.Value ? Formula.True : Formula.False,
        (Constant, _) => Equal(right, left),
        (CellValue a, Constant b) => CellIs(a.Cell, b.Value),
        (CellValue a, CellValue b) when a.Cell == b.Cell => Formula.True,
        (Conditional a, Constant) => Conditional(a.Condition, Equal(a.Then, right), Equal(a.Else, right)),
        (Sum { Right: Constant a } sum, Constant b) => Equal(sum.Left, new Constant(b.Value - a.Value)),
        (not (CellValue or Sum or Difference), Constant b) => b.Value == 1 ? left : b.Value == 0 ? Not(left) : Formula.False,
        _ when !Values(left).Overlaps(Values(right)) => Formula.False,
        _ => new Equal(left, right),
    };

    public static Formula Conditional(Formula condition, Formula then, Formula otherwise)
    {
        if (condition is Constant c)
        {
            return c.Value != 0 ? then : otherwise;
        }

        if (then.Equals(otherwise))
        {
            return then;
        }

        return (IsBool(then), IsBool(otherwise)) == (true, true)
            ? Or([And([condition, then]), And([Not(condition), otherwise])])
            : new Conditional(condition, then, otherwise);
    }

    public Formula Less(Formula left, Formula right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value < b.Value ? Formula.True : Formula.False,
        // For a cell of few codes, a disjunction over the codes is cheap and folds.
        (CellValue a, Constant b) => Or(CodesOf(a.Cell).Where(code => code < b.Value).Select(code => CellIs(a.Cell, code))),
        (Constant a, CellValue b) => Or(CodesOf(b.Cell).Where(code => code > a.Value).Select(code => CellIs(b.Cell, code))),
        _ when Values(left).Greatest < Values(right).Least => Formula.True,
        _ when Values(left).Least >= Values(right).Greatest => Formula.False,
        _ => new LessThan(left, right),
    };

    public static Formula Plus(Formula left, Formula right) => (left, right) switch
    {
        (Constant a, Constant b) => new Constant(a.Value + b.Value),
        (Constant { Value: 0 }, _) => right,
        (_, Constant { Value: 0 }) => left,
        (Constant, _) => new Sum(right, left),
        _ => new Sum(left, right),
    };

    public static Formula Minus(Formula left, Formula right) => (left, right) switch
    {
        (Constant a, Constant b) => new Constant(a.Value - b.Value),
        (_, Constant { Value: 0 }) => left,
        _ => new Difference(left, right),
    };

    /// <summary>A set which contains every value of the formula.</summary>
    public virtual ValueSet Values(Formula formula) => formula switch
    {
        Constant c => ValueSet.Of(c.Value),
        CellValue c => ValueSet.OfCodes(Possible[c.Cell]),
        Conditional c => Values(c.Then).Union(Values(c.Else)),
        Sum s => Values(s.Left).Plus(Values(s.Right)),
        Difference d => Values(d.Left).Minus(Values(d.Right)),
        _ => ValueSet.Truth,
    };

    private static bool IsBool(Formula f) =>
        f is Is or Instance.Equal or Negation or Conjunction or Disjunction or LessThan or Constant { Value: 0 or 1 };

    private IEnumerable<int> CodesOf(int cell) => Enumerable.Range(0, 64).Where(code => (Possible[cell] & (1UL << code)) != 0);
}
