using System.Runtime.CompilerServices;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>
/// The logic of the model language, meant for <c>using static</c>. Bound variables are named after the lambda's parameters.
/// The operators <c>&amp;</c>, <c>|</c> and <c>!</c> exist only for terms of bool. As in mathematics, <c>==</c> binds
/// tighter than <c>&amp;</c>.
/// </summary>
public static class Logic
{
    extension(Term<bool>)
    {
        public static Term<bool> operator &(Term<bool> left, Term<bool> right) => new(new And([left.Node, right.Node]));

        public static Term<bool> operator |(Term<bool> left, Term<bool> right) => new(new Or([left.Node, right.Node]));

        public static Term<bool> operator !(Term<bool> operand) => new(new Not(operand.Node));
    }

    extension(Term<int>)
    {
        public static Term<int> operator +(Term<int> left, Term<int> right) => new(new Plus(left.Node, right.Node));

        public static Term<int> operator -(Term<int> left, Term<int> right) => new(new Minus(left.Node, right.Node));

        public static Term<bool> operator <(Term<int> left, Term<int> right) => new(new Less(left.Node, right.Node));

        public static Term<bool> operator >(Term<int> left, Term<int> right) => new(new Less(right.Node, left.Node));

        public static Term<bool> operator <=(Term<int> left, Term<int> right) => new(new Not(new Less(right.Node, left.Node)));

        public static Term<bool> operator >=(Term<int> left, Term<int> right) => new(new Not(new Less(left.Node, right.Node)));
    }

    /// <summary>The empty value of an option.</summary>
    public static NoneLiteral None => default;

    public static Term<bool> Implies(this Term<bool> premise, Term<bool> conclusion) => new(new Implies(premise.Node, conclusion.Node));

    /// <summary>The value of <paramref name="then"/> if the condition holds, otherwise the value of <paramref name="otherwise"/>.</summary>
    public static Term<T> Cond<T>(Term<bool> condition, Term<T> then, Term<T> otherwise) =>
        new(new Ite(condition.Node, then.Node, otherwise.Node));

    /// <summary>True if the term is one of these values.</summary>
    public static Term<bool> In<T>(this Term<T> term, params ReadOnlySpan<T> values)
    {
        var any = new List<Node>(values.Length);
        foreach (T value in values)
        {
            any.Add(new Eq(term.Node, Types.Literal(value)));
        }

        return new(new Or([.. any]));
    }

    /// <summary>The two elements are different.</summary>
    public static Term<bool> Distinct<T>(Term<T> left, Term<T> right) => left != right;

    public static Term<bool> Forall<A>(Func<Term<A>, Term<bool>> body) => Quantify(QuantifierKind.Forall, body);

    public static Term<bool> Forall<A, B>(Func<Term<A>, Term<B>, Term<bool>> body) => Quantify(QuantifierKind.Forall, body);

    public static Term<bool> Forall<A, B, C>(Func<Term<A>, Term<B>, Term<C>, Term<bool>> body) => Quantify(QuantifierKind.Forall, body);

    public static Term<bool> Exists<A>(Func<Term<A>, Term<bool>> body) => Quantify(QuantifierKind.Exists, body);

    public static Term<bool> Exists<A, B>(Func<Term<A>, Term<B>, Term<bool>> body) => Quantify(QuantifierKind.Exists, body);

    public static Term<bool> Exists<A, B, C>(Func<Term<A>, Term<B>, Term<C>, Term<bool>> body) => Quantify(QuantifierKind.Exists, body);

    /// <summary>The number of elements satisfying the body.</summary>
    public static Term<int> Count<A>(Func<Term<A>, Term<bool>> body)
    {
        var a = Bind<A>(body, 0);
        return new(new Count(a, body(Use<A>(a)).Node));
    }

    /// <summary>The expression over the state after the step. Only step properties may use it.</summary>
    public static Term<T> Next<T>(Term<T> term) => Fold.Descendants(term.Node).Any(n => n is Read { Primed: true })
        ? Recorder.Refused(Code.MisplacedNext, $"Next({term}) inside Next: a step has one state before it and one after it", term)
        : new(Fold.Prime(term.Node));

    /// <summary>True unless the label was dropped.</summary>
    public static Term<bool> Has(string label) => new(new HasLabel(label));

    /// <summary>
    /// Gives a predicate a name for traces, proofs and exports. A helper method wraps its body in this call
    /// and passes its own arguments.
    /// </summary>
    public static Term<T> Define<T>(Term<T> body, [CallerMemberName] string name = "") => new(new Definition(name, [], body.Node));

    /// <inheritdoc cref="Define{T}(Term{T}, string)"/>
    public static Term<T> Define<T, A>(Term<A> a, Term<T> body, [CallerMemberName] string name = "") =>
        new(new Definition(name, [a.Node], body.Node));

    /// <inheritdoc cref="Define{T}(Term{T}, string)"/>
    public static Term<T> Define<T, A, B>(Term<A> a, Term<B> b, Term<T> body, [CallerMemberName] string name = "") =>
        new(new Definition(name, [a.Node, b.Node], body.Node));

    /// <inheritdoc cref="Define{T}(Term{T}, string)"/>
    public static Term<T> Define<T, A, B, C>(Term<A> a, Term<B> b, Term<C> c, Term<T> body, [CallerMemberName] string name = "") =>
        new(new Definition(name, [a.Node, b.Node, c.Node], body.Node));

    internal static Binder Bind<T>(Delegate lambda, int position) =>
        new(lambda.Method.GetParameters()[position].Name ?? $"x{position}", Types.OrBool(typeof(T)));

    internal static Term<T> Use<T>(Binder binder) => new(new Bound(binder));

    private static Term<bool> Quantify<A>(QuantifierKind kind, Func<Term<A>, Term<bool>> body)
    {
        var a = Bind<A>(body, 0);
        return new(new Quantified(kind, a, body(Use<A>(a)).Node));
    }

    private static Term<bool> Quantify<A, B>(QuantifierKind kind, Func<Term<A>, Term<B>, Term<bool>> body)
    {
        var (a, b) = (Bind<A>(body, 0), Bind<B>(body, 1));
        return new(new Quantified(kind, a, new Quantified(kind, b, body(Use<A>(a), Use<B>(b)).Node)));
    }

    private static Term<bool> Quantify<A, B, C>(QuantifierKind kind, Func<Term<A>, Term<B>, Term<C>, Term<bool>> body)
    {
        var (a, b, c) = (Bind<A>(body, 0), Bind<B>(body, 1), Bind<C>(body, 2));
        return new(new Quantified(kind, a, new Quantified(kind, b, new Quantified(kind, c, body(Use<A>(a), Use<B>(b), Use<C>(c)).Node))));
    }
}
