using System.Globalization;
using Checker.Model.Ir;

namespace Checker.Solver.Walk.Compile;

/// <summary>
/// Expressions in which equal parts are the same object, even if their bound variables have other names. So a compiler can see repeated
/// work. The variable of a quantifier is replaced by one which depends on the type and on the nesting depth of the quantifiers inside.
/// </summary>
internal sealed class Interned
{
    private readonly Dictionary<string, Node> _nodes = [];
    private readonly Dictionary<Node, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Binder, int> _binders = [];
    private readonly Dictionary<(ModelType Type, int Depth), Binder> _pool = [];

    /// <param name="node">A reduced expression (<see cref="Reduction"/>).</param>
    public Node Of(Node node)
    {
        node = node switch
        {
            Quantified n => Over(n.Binder, n.Body, (binder, body) => n with { Binder = binder, Body = body }),
            Count n => Over(n.Binder, n.Body, (binder, body) => n with { Binder = binder, Body = body }),
            _ => Fold.Map(node, Of),
        };
        string key = Key(node);
        if (!_nodes.TryGetValue(key, out var known))
        {
            known = _nodes[key] = node;
            _numbers[node] = _numbers.Count;
        }

        return known;
    }

    /// <summary>
    /// Interns a quantifier. The body comes first: its variables then have smaller depths, so the new variable differs from all of them.
    /// This is true even if the expression was interned before and has lost a quantifier since.
    /// </summary>
    private Node Over(Binder binder, Node body, Func<Binder, Node, Node> quantified)
    {
        body = Of(body);
        var key = (binder.Type, Depth(body));
        var own = _pool.TryGetValue(key, out var known) ? known : _pool[key] = new(binder.Name, binder.Type);
        return quantified(own, Of(Fold.Substitute(body, new Dictionary<Binder, Node> { [binder] = new Bound(own) })));
    }

    private static int Depth(Node node) =>
        Fold.Children(node).Select(Depth).DefaultIfEmpty(0).Max() + (node is Quantified or Count ? 1 : 0);

    private string Key(Node node)
    {
        string what = node switch
        {
            Lit n => $"{n.Type}:{n.Code}",
            Bound n => Number(n.Binder),
            Read n => $"{n.Variable.Name}{(n.Primed ? "'" : "")}",
            Quantified n => $"{n.Kind} {Number(n.Binder)}",
            Count n => Number(n.Binder),
            _ => "",
        };
        return $"{node.GetType().Name} {what} {string.Join(' ', Fold.Children(node).Select(c => _numbers[c]))}";
    }

    private string Number(Binder binder)
    {
        _binders.TryAdd(binder, _binders.Count);
        return _binders[binder].ToString(CultureInfo.InvariantCulture);
    }
}
