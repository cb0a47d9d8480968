using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>
/// Encodes expressions of the model as Z3 terms, with quantifiers and parameters unrolled. It folds only expressions which do not
/// read the state. The interpreter computes their values.
/// </summary>
/// <param name="cells">The constants of the cells, before the step and after it.</param>
internal sealed class NodeEncoder(Z3.Context z3, Scope scope, Func<bool, Z3.Expr[]> cells)
{
    private readonly int[] _initial = scope.InitialState();
    private readonly Numbers _numbers = new(z3);
    private readonly Interpreter _interpreter = new(scope);
    private readonly Dictionary<Node, bool> _reads = new(ReferenceEqualityComparer.Instance);

    /// <summary>Encodes a condition.</summary>
    public Z3.BoolExpr Truth(Node node, ImmutableDictionary<Binder, int> bound)
    {
        if (Constant(node, bound) is { } value)
        {
            return z3.MkBool(value != 0);
        }

        switch (node)
        {
            case Read n: return (Z3.BoolExpr)At(n, bound, 0, [], (c, a, b) => z3.MkITE(c, a, b), cell => cell);
            case Eq { Left.Type: BoolType } n: return z3.MkIff(Truth(n.Left, bound), Truth(n.Right, bound));
            case Eq n: return _numbers.Equal(Value(n.Left, bound), Value(n.Right, bound));
            case Less n: return _numbers.Less(Value(n.Left, bound), Value(n.Right, bound));
            case Not n: return z3.MkNot(Truth(n.Operand, bound));
            case And n: return z3.MkAnd(n.Operands.Select(o => Truth(o, bound)));
            case Or n: return z3.MkOr(n.Operands.Select(o => Truth(o, bound)));
            case Implies n: return z3.MkImplies(Truth(n.Premise, bound), Truth(n.Conclusion, bound));
            case Ite n: return (Z3.BoolExpr)z3.MkITE(Truth(n.Condition, bound), Truth(n.Then, bound), Truth(n.Else, bound));
            case Definition n: return Truth(n.Body, bound);
            case Quantified { Kind: QuantifierKind.Forall } n: return z3.MkAnd(Each(n.Binder, bound).Select(b => Truth(n.Body, b)));
            case Quantified n: return z3.MkOr(Each(n.Binder, bound).Select(b => Truth(n.Body, b)));
            default: throw new System.Diagnostics.UnreachableException(node.GetType().Name);
        }
    }

    /// <summary>Encodes the value of an integer, or the code of any other value.</summary>
    public Number Value(Node node, ImmutableDictionary<Binder, int> bound)
    {
        if (Constant(node, bound) is { } value)
        {
            return _numbers.Constant(value);
        }

        return node switch
        {
            { Type: BoolType } => _numbers.Truth(Truth(node, bound)),
            Read n => At(n, bound, 0, [], _numbers.Choose, cell => _numbers.Code((Z3.BitVecExpr)cell)),
            Ite n => _numbers.Choose(Truth(n.Condition, bound), Value(n.Then, bound), Value(n.Else, bound)),
            Some n => _numbers.Plus(Value(n.Element, bound), _numbers.Constant(1)),
            Plus n => _numbers.Plus(Value(n.Left, bound), Value(n.Right, bound)),
            Minus n => _numbers.Minus(Value(n.Left, bound), Value(n.Right, bound)),
            Count n => Each(n.Binder, bound).Select(b => _numbers.Truth(Truth(n.Body, b))).Aggregate(_numbers.Constant(0), _numbers.Plus),
            Definition n => Value(n.Body, bound),
            _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
        };
    }

    /// <summary>The number lies in the range.</summary>
    public Z3.BoolExpr Within(Number number, RangeType range) => z3.MkAnd(
        z3.MkNot(_numbers.Less(number, _numbers.Constant(range.Min))), z3.MkNot(_numbers.Less(_numbers.Constant(range.Max), number)));

    public Z3.BoolExpr Equal(Number left, Number right) => _numbers.Equal(left, right);

    /// <summary>The number as a value of a cell's sort.</summary>
    public Z3.Expr Fit(Number number, Z3.Sort sort) =>
        sort is Z3.BitVecSort bits ? _numbers.Fit(number, bits.Size) : z3.MkNot(_numbers.Equal(number, _numbers.Constant(0)));

    /// <summary>Returns the code of an expression which does not read the state; null for any other.</summary>
    public long? Constant(Node node, ImmutableDictionary<Binder, int> bound) =>
        Reads(node) ? null : _interpreter.Value(node, bound, _initial);

    /// <summary>True if the expression depends on the state. A rigid variable does not.</summary>
    private bool Reads(Node node) => _reads.TryGetValue(node, out bool known)
        ? known
        : _reads[node] = node is Read { Variable.Rigid: null } || Fold.Children(node).Any(Reads);

    private IEnumerable<ImmutableDictionary<Binder, int>> Each(Binder binder, ImmutableDictionary<Binder, int> bound) =>
        Enumerable.Range(0, scope.Cardinality(binder.Type)).Select(code => bound.SetItem(binder, code));

    /// <summary>Encodes a variable at an index. A state-dependent index becomes a choice among cells.</summary>
    private T At<T>(
        Read read,
        ImmutableDictionary<Binder, int> bound,
        int position,
        ImmutableArray<int> index,
        Func<Z3.BoolExpr, T, T, T> choose,
        Func<Z3.Expr, T> leaf)
    {
        if (position == read.Index.Length)
        {
            return leaf(cells(read.Primed)[scope.CellAt(read.Variable, index.AsSpan())]);
        }

        var node = read.Index[position];
        if (Constant(node, bound) is { } constant)
        {
            return At(read, bound, position + 1, index.Add((int)constant), choose, leaf);
        }

        var at = Value(node, bound);
        int last = scope.Cardinality(node.Type) - 1;
        var result = At(read, bound, position + 1, index.Add(last), choose, leaf);
        for (int code = last - 1; code >= 0; code--)
        {
            result = choose(
                _numbers.Equal(at, _numbers.Constant(code)),
                At(read, bound, position + 1, index.Add(code), choose, leaf),
                result);
        }

        return result;
    }
}
