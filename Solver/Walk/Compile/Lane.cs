using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk.Compile;

/// <summary>The analysis of an expression before it is compiled for all values of a variable.</summary>
internal static class Lane
{
    public static bool Mentions(Node node, Binder binder) =>
        node is Bound bound ? bound.Binder == binder : Fold.Children(node).Any(c => Mentions(c, binder));

    /// <summary>The open variables.</summary>
    public static IEnumerable<Binder> Free(Node node) => node switch
    {
        Bound n => [n.Binder],
        Quantified n => Free(n.Body).Where(b => b != n.Binder),
        Count n => Free(n.Body).Where(b => b != n.Binder),
        _ => Fold.Children(node).SelectMany(Free).Distinct(),
    };

    /// <summary>The dimension of the variable along which the read follows the lanes; -1 if there is none.</summary>
    public static int Of(Read read, Binder lane)
    {
        int found = -1;
        for (int d = 0; d < read.Index.Length; d++)
        {
            if (read.Index[d] is Bound bound && bound.Binder == lane)
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = d;
            }
            else if (Mentions(read.Index[d], lane))
            {
                return -1;
            }
        }

        return found;
    }

    /// <summary>True if all values of an expression are codes of the variable read. There is then a plane for each.</summary>
    public static bool Fits(Scope scope, Node value, Read read) => value switch
    {
        Lit n => n.Code >= 0 && n.Code < scope.Cardinality(read.Type),
        { Type: IntType } => false,
        _ => scope.Cardinality(value.Type) <= scope.Cardinality(read.Type),
    };

    /// <summary>True if the bits beyond the binder's values are 0 without a mask.</summary>
    public static bool IsClean(Scope scope, Node node, Binder lane) => node switch
    {
        And n => n.Operands.Any(o => IsClean(scope, o, lane)),
        Or n => n.Operands.All(o => IsClean(scope, o, lane)),
        Read n => Of(n, lane) >= 0,
        Eq { Left: Read n } e when n.Type is not BoolType => Of(n, lane) >= 0 && !Mentions(e.Right, lane) && Fits(scope, e.Right, n),
        Eq { Right: Read n } e when n.Type is not BoolType => Of(n, lane) >= 0 && !Mentions(e.Left, lane) && Fits(scope, e.Left, n),
        _ => false,
    };

    /// <summary>
    /// The approximate cost of the lanes of a condition, in machine operations. It exceeds <see cref="Scalar"/> times the values if
    /// they are computed one by one.
    /// </summary>
    public static double Cost(Scope scope, Node node, Binder lane)
    {
        if (!Mentions(node, lane))
        {
            return Scalar(scope, node);
        }

        double All() => 1 + Fold.Children(node).Sum(c => Cost(scope, c, lane));
        double OneByOne() => scope.Cardinality(lane.Type) * (2 + Scalar(scope, node));
        switch (node)
        {
            case Not or And or Or or Implies:
                return All();
            case Ite n when n.Type is BoolType:
                return All();
            case Quantified n:
                return scope.Cardinality(n.Binder.Type) * (1 + Cost(scope, n.Body, lane));
            case Bound:
                return 1;
            case Read n when Of(n, lane) >= 0:
                return 2;
            case Eq n:
                var (left, right) = Mentions(n.Left, lane) ? (n.Left, n.Right) : (n.Right, n.Left);
                bool both = Mentions(right, lane);
                return left switch
                {
                    Bound or Some { Element: Bound } when !both => 2 + Scalar(scope, right),
                    Ite i =>
                        2
                            + Cost(scope, i.Condition, lane)
                            + Cost(scope, new Eq(i.Then, right), lane)
                            + Cost(scope, new Eq(i.Else, right), lane),
                    _ when right is Ite i =>
                        2
                            + Cost(scope, i.Condition, lane)
                            + Cost(scope, new Eq(left, i.Then), lane)
                            + Cost(scope, new Eq(left, i.Else), lane),
                    { Type: BoolType } => All(),
                    Read r when Of(r, lane) >= 0 && !both && Fits(scope, right, r) => 2 + Scalar(scope, right),
                    Read r when Of(r, lane) >= 0 && right is Read s && Of(s, lane) >= 0 => 5 * scope.Cardinality(r.Type),
                    _ => OneByOne(),
                };
            default:
                return OneByOne();
        }
    }

    /// <summary>The approximate cost of a value, in machine operations.</summary>
    public static double Scalar(Scope scope, Node node) => node switch
    {
        Lit or Bound => 0.5,
        Read n => 1.5 + n.Index.Sum(i => Scalar(scope, i)),
        Quantified n => 2 + Math.Min(Cost(scope, n.Body, n.Binder), scope.Cardinality(n.Binder.Type) * (2 + Scalar(scope, n.Body))),
        Count n => 2 + Cost(scope, n.Body, n.Binder),
        _ => 1 + Fold.Children(node).Sum(c => Scalar(scope, c)),
    };

    /// <summary>The expected fraction of the values which satisfy a condition. It suggests the first variable of a loop.</summary>
    public static double Selectivity(Scope scope, Node node, Binder lane) => node switch
    {
        Eq { Left: Bound or Some { Element: Bound } } or Eq { Right: Bound or Some { Element: Bound } } =>
            1.0 / Math.Max(1, scope.Cardinality(lane.Type)),
        Eq n => 1.0 / Math.Max(2, Math.Min(4, n.Left.Type is IntType ? 4 : scope.Cardinality(n.Left.Type))),
        Not { Operand: Eq } => 0.8,
        And n => n.Operands.Aggregate(1.0, (all, o) => all * Selectivity(scope, o, lane)),
        _ => 0.6,
    };
}
