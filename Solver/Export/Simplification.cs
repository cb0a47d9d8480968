using Checker.Model.Ir;

namespace Checker.Solver.Export;

/// <summary>
/// The removal of parts that are true or false in every state. A property about steps becomes short for an action which does not change
/// the variables it is about.
/// </summary>
internal static class Simplification
{
    /// <param name="node">An expression without definitions and labels. No type of a bound variable is empty.</param>
    public static Node Of(Node node) => Fold.Map(node, Of) switch
    {
        Eq e when Same(e.Left, e.Right) => Node.True,
        Implies i when Follows(i) => Node.True,
        Quantified { Body: Lit body } => body,
        And a when Reduction.Reduce(a, _ => true) is And all => Contradicts(all) ? Node.False : all,
        Or o when Reduction.Reduce(o, _ => true) is Or any =>
            any.Operands.Any(x => any.Operands.Any(y => y is Not n && Same(n.Operand, x))) ? Node.True : any,
        Ite i when Same(i.Then, i.Else) => i.Then,
        var other => Reduction.Reduce(other, _ => true),
    };

    /// <summary>True if two parts exclude each other: a formula and its negation, or one expression equal to two constants.</summary>
    private static bool Contradicts(And all) => all.Operands.Any(x => all.Operands.Any(y => (x, y) switch
    {
        (_, Not n) => Same(n.Operand, x),
        (Eq { Left: var left, Right: Lit one }, Eq { Left: var same, Right: Lit other }) => one.Code != other.Code && Same(left, same),
        _ => false,
    }));

    /// <summary>True if the conclusion is the premise, or has it as one of several possibilities.</summary>
    private static bool Follows(Implies implication) =>
        (implication.Conclusion is Or any ? any.Operands : [implication.Conclusion]).Any(o => Same(o, implication.Premise));

    /// <summary>Tests if two expressions differ only in the names of the variables bound inside of them.</summary>
    private static bool Same(Node a, Node b) => (a, b) switch
    {
        (Quantified x, Quantified y) => x.Kind == y.Kind && Same(x.Binder, x.Body, y.Binder, y.Body),
        (Count x, Count y) => Same(x.Binder, x.Body, y.Binder, y.Body),
        (Lit or Bound, _) => Node.Same(a, b),
        (Read x, Read y) => x.Variable == y.Variable && x.Primed == y.Primed && AllSame(x, y),
        _ => a.GetType() == b.GetType() && AllSame(a, b),
    };

    private static bool Same(Binder x, Node body, Binder y, Node other) =>
        x.Type == y.Type && Same(body, Fold.Substitute(other, new Dictionary<Binder, Node> { [y] = new Bound(x) }));

    private static bool AllSame(Node a, Node b)
    {
        Node[] left = [.. Fold.Children(a)], right = [.. Fold.Children(b)];
        return left.Length == right.Length && left.Zip(right).All(c => Same(c.First, c.Second));
    }
}
