using System.Runtime.CompilerServices;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>
/// The order of a sort which is <see cref="IOrderedSort"/>, meant for <c>using static</c> of <see cref="Logic"/> beside it. The order
/// never changes, and is no part of the state.
/// </summary>
public static class Order
{
    extension<S>(Term<S>)
        where S : struct, ISort
    {
        public static Term<bool> operator <(Term<S> left, Term<S> right) => Before(left, right);

        public static Term<bool> operator >(Term<S> left, Term<S> right) => Before(right, left);

        public static Term<bool> operator <=(Term<S> left, Term<S> right) => new(new Not(Before(right, left).Node));

        public static Term<bool> operator >=(Term<S> left, Term<S> right) => new(new Not(Before(left, right).Node));
    }

    /// <summary>True for the first element.</summary>
    public static Term<bool> IsFirst<S>(this Term<S> element)
        where S : struct, IOrderedSort => Logic.Define(element, Logic.Forall<S>(other => element <= other), "IsFirst");

    /// <summary>True for the last element.</summary>
    public static Term<bool> IsLast<S>(this Term<S> element)
        where S : struct, IOrderedSort => Logic.Define(element, Logic.Forall<S>(other => other <= element), "IsLast");

    /// <summary>True if the element comes directly after the other one.</summary>
    public static Term<bool> Follows<S>(this Term<S> element, Term<S> other)
        where S : struct, IOrderedSort =>
        Logic.Define(element, other, new Term<bool>(new And([
            Before(other, element).Node,
            Logic.Forall<S>(between => new(new Or([new Not(Before(other, between).Node), new Not(Before(between, element).Node)]))).Node,
        ])), "Follows");

    private static Term<bool> Before<S>(Term<S> left, Term<S> right)
    {
        var sort = (SortType)left.Node.Type;
        return sort.IsOrdered
            ? new(new Read(Variable.OrderOf(sort), [left.Node, right.Node], Primed: false))
            : Recorder.Refused(
                Code.NoOrder,
                $"{left} and {right} are compared, but {sort} is a sort without an order: declare `struct {sort} : IOrderedSort`, "
                    + "which gives up its symmetry",
                new Term<bool>(Node.True));
    }
}

/// <summary>
/// The elements of an ordered sort from a first to a last, both included. Its bounds are terms, so a range may be the parameters of an
/// action or the fields of a record.
/// </summary>
public readonly record struct Interval<S>(Term<S> First, Term<S> Last)
    where S : struct, IOrderedSort
{
    /// <summary>True if the element is in the range.</summary>
    public Term<bool> Contains(Term<S> element) => new(new And([(First <= element).Node, (element <= Last).Node]));

    /// <summary>True if the two ranges have a common element.</summary>
    public Term<bool> Overlaps(Interval<S> other) => new(new And([(First <= other.Last).Node, (other.First <= Last).Node]));
}

/// <summary>
/// The block of each element of an ordered sort, for example the 2 MB region of a page: <c>block[p]</c>. It never changes, and is no part
/// of the state. The blocks are ordered like their elements. In an instance, the elements are divided evenly.
/// </summary>
public sealed class BlockMap<E, B> : VarBase
    where E : struct, IOrderedSort
    where B : struct, IOrderedSort
{
    public BlockMap([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        : base(typeof(B), [typeof(E)], new Lit(Types.Of(typeof(B)), 0), null, file, line)
    {
    }

    public Term<B> this[Term<E> element, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0] =>
        Get<B>([element.Node], file, line);

    private protected override RigidFunction? Rigid => RigidFunction.Blocks;
}
