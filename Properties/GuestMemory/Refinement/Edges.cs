using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Protocols.PageLifecycle;

namespace Checker.Properties.GuestMemory.Refinement;

/// <summary>A step of a page's life, and the life-cycle actions taking it.</summary>
public sealed record Edge(PageState From, PageState To, ImmutableArray<string> Actions)
{
    public override string ToString() => $"{From} -> {To}";
}

/// <summary>
/// The edges of a life cycle, read from its model. An action takes page p from x to y if its guards do not exclude
/// <c>state[p]</c> == x, and one of its updates may then set it to y. All other guards are assumed to hold. So these are the
/// possible effects by the text alone; the explorer answers if each edge is really taken.
/// </summary>
internal sealed class Edges
{
    private readonly TransitionSystem _system;
    private readonly string? _open;
    private readonly Variable _state;
    private readonly int _states;

    private Edges(TransitionSystem system, string? open)
    {
        (_system, _open) = (system, open);
        _state = system.Variable("state");
        _states = ((EnumType)_state.Type).Members.Length;
    }

    /// <param name="open">A label left open: both its presence and its absence count.</param>
    public static ImmutableArray<Edge> Of(TransitionSystem lifecycle, string? open = null)
    {
        var edges = new Edges(lifecycle, open);
        return
        [
            .. from action in lifecycle.Actions
               from step in edges.Of(action)
               group action.Name by step into same
               orderby same.Key
               select new Edge((PageState)same.Key.From, (PageState)same.Key.To, [.. same.Distinct()]),
        ];
    }

    private IEnumerable<(int From, int To)> Of(ActionDeclaration action) =>
        from update in action.Updates
        where update.Variable == _state
        from x in Enumerable.Range(0, _states)
        where action.Guards.All(g => Possible(g.Condition, update.Index[0], x).Contains(1))
        where update.When.All(w => Possible(w, update.Index[0], x).Contains(1))
        from y in Possible(update.Value, update.Index[0], x)
        where x != y
        select (x, y);

    /// <summary>
    /// The possible values of an expression while <c>state[p]</c> is x. Empty for an expression which is neither bool nor a state.
    /// </summary>
    private ImmutableHashSet<int> Possible(Node node, Node p, int x)
    {
        switch (node)
        {
            case Lit n when n.Type is BoolType || n.Type == _state.Type: return [n.Code];
            case HasLabel n when n.Label == _open: return [0, 1];
            case HasLabel n: return [_system.Dropped.Contains(n.Label) ? 0 : 1];
            case Read n when n.Variable == _state && Node.Same(n.Index[0], p): return [x];
            case Definition n: return Of(n.Body);
            case Not n: return [.. Of(n.Operand).Select(v => 1 - v)];
            case Implies n: return Of(new Or([new Not(n.Premise), n.Conclusion]));
            case And n: return Combine(n.Operands, all: 1);
            case Or n: return Combine(n.Operands, all: 0);
            case Ite n:
                var condition = Of(n.Condition);
                return (condition.Contains(1) ? Of(n.Then) : []).Union(condition.Contains(0) ? Of(n.Else) : []);
            case Eq n when Of(n.Left) is var left && Of(n.Right) is var right && !left.IsEmpty && !right.IsEmpty:
                return left.Count == 1 && right.Count == 1 ? [left.SetEquals(right) ? 1 : 0] : left.Overlaps(right) ? [0, 1] : [0];
            default:
                return node.Type is BoolType ? [0, 1] : node.Type == _state.Type ? [.. Enumerable.Range(0, _states)] : [];
        }

        ImmutableHashSet<int> Of(Node child) => Possible(child, p, x);

        // A conjunction (all = 1) or disjunction (all = 0). It may be "all" if every operand may, and the other value if one operand may.
        ImmutableHashSet<int> Combine(ImmutableArray<Node> operands, int all)
        {
            var values = operands.Select(Of).ToArray();
            ImmutableHashSet<int> result = values.All(v => v.Contains(all)) ? [all] : [];
            return values.Any(v => v.Contains(1 - all)) ? result.Add(1 - all) : result;
        }
    }
}
