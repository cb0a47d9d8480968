using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>
/// Turns a formula over a state and its successor into a formula over the state before, for each action instance. A conjunction (a
/// universal quantifier) is translated part by part. If an instance writes none of a part's primed cells, the part is the same for
/// all such instances. So n instances and n parts do not cost n squared.
/// </summary>
internal sealed class StepFormula
{
    private readonly Scope _scope;
    private readonly FormulaBuilder _simplify;
    private readonly Func<string, bool> _has;
    private readonly ImmutableArray<(Node Node, ImmutableDictionary<Binder, int> Bound, Formula Unchanged)> _parts;
    private readonly ILookup<int, int> _partsOfCell;

    public StepFormula(Scope scope, FormulaBuilder simplify, Func<string, bool> has, Node formula)
    {
        (_scope, _simplify, _has) = (scope, simplify, has);
        var ground = new Grounder(scope, simplify, has);
        // A formula which presumes all labels says nothing without one of them. Finding this out part by part would take much longer.
        var said = Reduction.Reduce(formula, has) == Node.True ? Node.True : formula;
        _parts = [.. Parts(said, ImmutableDictionary<Binder, int>.Empty).Select(p => (p.Node, p.Bound, ground.Of(p.Node, p.Bound)))];
        _partsOfCell = _parts.SelectMany((p, i) => PrimedCells(p.Node, p.Bound).Distinct().Select(cell => (cell, i)))
            .ToLookup(c => c.cell, c => c.i);
    }

    /// <summary>Some of these instances is enabled, and its step satisfies the formula (or violates it, if negated).</summary>
    public Formula Some(IEnumerable<GroundAction> actions, bool negate) =>
        FormulaBuilder.Or(Of(actions).Select(s => FormulaBuilder.And([s.Action.Guard, negate ? FormulaBuilder.Not(s.Holds) : s.Holds])));

    private IEnumerable<(GroundAction Action, Formula Holds)> Of(IEnumerable<GroundAction> actions)
    {
        var unchanged = Enumerable.Range(0, _parts.Length).Where(i => !_parts[i].Unchanged.IsTrue).ToArray();
        foreach (var action in actions)
        {
            var next = action.Updates.ToDictionary(u => u.Cell, u => u.Value);
            var ground = new Grounder(_scope, _simplify, _has) { Next = next };
            var written = next.Keys.SelectMany(cell => _partsOfCell[cell]).ToHashSet();
            yield return (action, FormulaBuilder.And(
                written.Order()
                    .Select(i => ground.Of(_parts[i].Node, _parts[i].Bound))
                    .Concat(unchanged.Where(i => !written.Contains(i)).Select(i => _parts[i].Unchanged))));
        }
    }

    private IEnumerable<(Node Node, ImmutableDictionary<Binder, int> Bound)> Parts(Node node, ImmutableDictionary<Binder, int> bound) =>
        node switch
        {
            Quantified { Kind: QuantifierKind.Forall } q =>
                Codes(q.Binder).SelectMany(code => Parts(q.Body, bound.SetItem(q.Binder, code))),
            And a => a.Operands.SelectMany(o => Parts(o, bound)),
            Definition d => Parts(d.Body, bound),
            Implies { Conclusion: Quantified { Kind: QuantifierKind.Forall } or And or Definition } i =>
                Parts(i.Conclusion, bound).Select(p => ((Node)new Implies(i.Premise, p.Node), p.Bound)),
            _ => [(node, bound)],
        };

    /// <summary>The cells which the node may read after the step, in any state.</summary>
    private IEnumerable<int> PrimedCells(Node node, ImmutableDictionary<Binder, int> bound)
    {
        var below = node switch
        {
            Quantified q => Codes(q.Binder).SelectMany(code => PrimedCells(q.Body, bound.SetItem(q.Binder, code))),
            Count c => Codes(c.Binder).SelectMany(code => PrimedCells(c.Body, bound.SetItem(c.Binder, code))),
            _ => Fold.Children(node).SelectMany(child => PrimedCells(child, bound)),
        };
        if (node is not Read { Primed: true } read)
        {
            return below;
        }

        var dimensions = read.Index.Select((index, i) =>
            index is Bound b ? [bound[b.Binder]] : Enumerable.Range(0, _scope.Cardinality(read.Variable.Index[i])).ToArray());
        var tuples = dimensions.Aggregate((IEnumerable<ImmutableArray<int>>)[[]], (all, codes) => all.SelectMany(t => codes.Select(t.Add)));
        return below.Concat(tuples.Select(t => _scope.CellAt(read.Variable, t.AsSpan())));
    }

    private IEnumerable<int> Codes(Binder binder) => Enumerable.Range(0, _scope.Cardinality(binder.Type));
}
