using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>Translates expressions of the model to formulas over cells. Parameters and quantifiers are replaced by their values.</summary>
/// <param name="scope">The sizes.</param>
/// <param name="simplify">The factory with the knowledge about the cells.</param>
/// <param name="has">A function returning true for each present label.</param>
public sealed class Grounder(Scope scope, FormulaBuilder simplify, Func<string, bool> has)
{
    /// <summary>The meaning of a primed read: the value given to the cell by the current instance, or null for "unchanged".</summary>
    public IReadOnlyDictionary<int, Formula>? Next { get; init; }

    public Formula Of(Node node, ImmutableDictionary<Binder, int> bound)
    {
        return node switch
        {
            Lit n => new Constant(n.Code),
            Bound n => new Constant(bound[n.Binder]),
            HasLabel n => has(n.Label) ? Formula.True : Formula.False,
            Read n => ReadAt(n, 0, [], bound),
            Eq n => simplify.Equal(Of(n.Left, bound), Of(n.Right, bound)),
            Not n => FormulaBuilder.Not(Of(n.Operand, bound)),
            And n => FormulaBuilder.And(n.Operands.Select(o => Of(o, bound))),
            Or n => FormulaBuilder.Or(n.Operands.Select(o => Of(o, bound))),
            Implies n =>
                Of(n.Premise, bound) is { IsFalse: false } premise
                    ? FormulaBuilder.Or([FormulaBuilder.Not(premise), Of(n.Conclusion, bound)])
                    : Formula.True,
            Ite n => FormulaBuilder.Conditional(Of(n.Condition, bound), Of(n.Then, bound), Of(n.Else, bound)),
            Quantified { Kind: QuantifierKind.Forall } n => FormulaBuilder.And(Each(n.Binder, n.Body, bound)),
            Quantified n => FormulaBuilder.Or(Each(n.Binder, n.Body, bound)),
            Count n => Each(n.Binder, n.Body, bound).Aggregate((Formula)new Constant(0), (sum, one) => FormulaBuilder.Plus(sum, one)),
            Some n => FormulaBuilder.Plus(Of(n.Element, bound), new Constant(1)),
            Less n => simplify.Less(Of(n.Left, bound), Of(n.Right, bound)),
            Plus n => FormulaBuilder.Plus(Of(n.Left, bound), Of(n.Right, bound)),
            Minus n => FormulaBuilder.Minus(Of(n.Left, bound), Of(n.Right, bound)),
            Definition n => Of(n.Body, bound),
            _ => throw new UnreachableException(node.GetType().Name),
        };
    }

    private IEnumerable<Formula> Each(Binder binder, Node body, ImmutableDictionary<Binder, int> bound) =>
        Enumerable.Range(0, scope.Cardinality(binder.Type)).Select(code => Of(body, bound.SetItem(binder, code)));

    /// <summary>A variable at a state-dependent index becomes a choice among its cells.</summary>
    private Formula ReadAt(Read read, int position, ImmutableArray<int> index, ImmutableDictionary<Binder, int> bound)
    {
        if (position == read.Index.Length)
        {
            int cell = scope.CellAt(read.Variable, index.AsSpan());
            return read.Primed && Next?.GetValueOrDefault(cell) is { } next ? next
                : read.Variable.Type is BoolType ? simplify.Test(cell)
                : simplify.Cell(cell);
        }

        var at = Of(read.Index[position], bound);
        if (at is Constant constant)
        {
            return ReadAt(read, position + 1, index.Add((int)constant.Value), bound);
        }

        int last = scope.Cardinality(read.Index[position].Type) - 1;
        var result = ReadAt(read, position + 1, index.Add(last), bound);
        for (int code = last - 1; code >= 0; code--)
        {
            result = FormulaBuilder.Conditional(
                simplify.Equal(at, new Constant(code)),
                ReadAt(read, position + 1, index.Add(code), bound),
                result);
        }

        return result;
    }
}
