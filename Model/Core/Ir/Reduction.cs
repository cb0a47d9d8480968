using System.Collections.Immutable;

namespace Checker.Model.Ir;

/// <summary>
/// The reduction of an expression once the set of present labels is known: definitions are opened, and decided parts are dropped.
/// </summary>
public static class Reduction
{
    /// <param name="has">A function returning true for each present label.</param>
    public static Node Reduce(Node node, Func<string, bool> has)
    {
        switch (node)
        {
            case Definition d: return Reduce(d.Body, has);
            case HasLabel l: return Truth(has(l.Label));
            case Lit { Type: BoolType } l: return Truth(l.Code != 0);
            case Implies i: return Follows(Reduce(i.Premise, has), i.Conclusion, has);
        }

        var reduced = Fold.Map(node, child => Reduce(child, has));
        switch (reduced)
        {
            case And n: return All(n.Operands);
            case Or n: return Any(n.Operands);
            case Not n: return Negate(n.Operand);
            case Ite i: return If(i.Condition, i.Then, i.Else);
            case Eq e: return Equal(e.Left, e.Right);
            default: return reduced;
        }
    }

    /// <summary>Reduces an implication. The conclusion is often much larger, so it is reduced only if the premise can be true.</summary>
    private static Node Follows(Node premise, Node conclusion, Func<string, bool> has)
    {
        if (premise == Node.False)
        {
            return Node.True;
        }

        var reduced = Reduce(conclusion, has);
        return reduced == Node.True ? Node.True : premise == Node.True ? reduced : new Implies(premise, reduced);
    }

    private static Node Equal(Node left, Node right) => (left, right) switch
    {
        (Lit l, Lit r) => Truth(l.Code == r.Code),
        (Some l, Some r) => Equal(l.Element, r.Element),
        (Some l, Lit r) => r.Code == 0 ? Node.False : Equal(l.Element, new Lit(l.Element.Type, r.Code - 1)),
        (Lit, Some) => Equal(right, left),
        (Lit { Type: BoolType } l, _) => l.Code != 0 ? right : Negate(right),
        (_, Lit { Type: BoolType }) => Equal(right, left),
        (Ite l, Lit) => If(l.Condition, Equal(l.Then, right), Equal(l.Else, right)),
        (Lit, Ite) => Equal(right, left),
        _ => new Eq(left, right),
    };

    private static Node If(Node condition, Node then, Node otherwise) => (condition, then, otherwise) switch
    {
        (Lit c, _, _) => c == Node.True ? then : otherwise,
        (_, Lit { Type: BoolType } t, _) => t == Node.True ? Any([condition, otherwise]) : All([Negate(condition), otherwise]),
        (_, _, Lit { Type: BoolType } e) => e == Node.True ? Any([Negate(condition), then]) : All([condition, then]),
        _ => new Ite(condition, then, otherwise),
    };

    private static Node Negate(Node node) => node switch { Lit l => Truth(l == Node.False), Not n => n.Operand, _ => new Not(node) };

    private static Node All(ImmutableArray<Node> operands)
    {
        Node[] all = [.. operands.SelectMany(o => o is And inner ? inner.Operands : [o]).Where(o => o != Node.True)];
        return all.Contains(Node.False) ? Node.False : all.Length switch { 0 => Node.True, 1 => all[0], _ => new And([.. all]) };
    }

    private static Node Any(ImmutableArray<Node> operands)
    {
        Node[] some = [.. operands.SelectMany(o => o is Or inner ? inner.Operands : [o]).Where(o => o != Node.False)];
        return some.Contains(Node.True) ? Node.True : some.Length switch { 0 => Node.False, 1 => some[0], _ => new Or([.. some]) };
    }

    private static Node Truth(bool value) => value ? Node.True : Node.False;
}
