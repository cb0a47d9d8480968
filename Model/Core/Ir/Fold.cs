using System.Collections.Immutable;
using System.Diagnostics;

namespace Checker.Model.Ir;

/// <summary>The traversal of expressions: the children of a node, and a node rebuilt from mapped children.</summary>
public static class Fold
{
    public static IEnumerable<Node> Children(Node node) => node switch
    {
        Lit or Bound or HasLabel => [],
        Read n => n.Index,
        Eq n => [n.Left, n.Right],
        Not n => [n.Operand],
        And n => n.Operands,
        Or n => n.Operands,
        Implies n => [n.Premise, n.Conclusion],
        Ite n => [n.Condition, n.Then, n.Else],
        Quantified n => [n.Body],
        Count n => [n.Body],
        Some n => [n.Element],
        Less n => [n.Left, n.Right],
        Plus n => [n.Left, n.Right],
        Minus n => [n.Left, n.Right],
        Definition n => [n.Body],
        _ => throw new UnreachableException(node.GetType().Name),
    };

    /// <summary>Returns the node with <paramref name="map"/> applied to each child, or the node itself if nothing changed.</summary>
    public static Node Map(Node node, Func<Node, Node> map)
    {
        switch (node)
        {
            case Lit or Bound or HasLabel: return node;
            case Read n: return n with { Index = MapAll(n.Index, map) };
            case Eq n: return new Eq(map(n.Left), map(n.Right));
            case Not n: return new Not(map(n.Operand));
            case And n: return new And(MapAll(n.Operands, map));
            case Or n: return new Or(MapAll(n.Operands, map));
            case Implies n: return new Implies(map(n.Premise), map(n.Conclusion));
            case Ite n: return new Ite(map(n.Condition), map(n.Then), map(n.Else));
            case Quantified n: return n with { Body = map(n.Body) };
            case Count n: return n with { Body = map(n.Body) };
            case Some n: return new Some(map(n.Element));
            case Less n: return new Less(map(n.Left), map(n.Right));
            case Plus n: return new Plus(map(n.Left), map(n.Right));
            case Minus n: return new Minus(map(n.Left), map(n.Right));
            case Definition n: return new Definition(n.Name, MapAll(n.Arguments, map), map(n.Body));
            default: throw new UnreachableException(node.GetType().Name);
        }
    }

    /// <summary>The node and all nodes below it, parents first. The arguments of a definition already occur in its body.</summary>
    public static IEnumerable<Node> Descendants(Node node) => Children(node).SelectMany(Descendants).Prepend(node);

    /// <summary>The parts of a conjunction, with nested conjunctions opened. Any other node is its own single part.</summary>
    public static IEnumerable<Node> Conjuncts(Node node) => node is And and ? and.Operands.SelectMany(Conjuncts) : [node];

    /// <summary>Returns the expression with bound variables replaced by literals, parameters or other binders.</summary>
    public static Node Substitute(Node node, IReadOnlyDictionary<Binder, Node> by) =>
        node is Bound bound ? by.GetValueOrDefault(bound.Binder, node) : Map(node, child => Substitute(child, by));

    /// <summary>Returns the expression over the state after the step in place of the one before it.</summary>
    public static Node Prime(Node node) => node switch
    {
        Read read => new Read(read.Variable, MapAll(read.Index, Prime), Primed: true),
        Definition d => new Definition(d.Name + "'", d.Arguments, Prime(d.Body)),
        _ => Map(node, Prime),
    };

    private static ImmutableArray<Node> MapAll(ImmutableArray<Node> nodes, Func<Node, Node> map) => [.. nodes.Select(map)];
}
