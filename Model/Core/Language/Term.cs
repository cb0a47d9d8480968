using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>Marks an empty struct as a sort: <c>public struct Page : ISort;</c></summary>
public interface ISort;

/// <summary>
/// Marks an empty struct as a sort whose elements have an order: <c>p &lt; q</c>, <c>p.IsFirst()</c>, <c>q.Follows(p)</c>. Such a sort has
/// no symmetry.
/// </summary>
public interface IOrderedSort : ISort;

/// <summary>
/// The prefix of the names of a sort's elements, if its first letter is taken: <c>[Prefix("pin")] public struct Pin : ISort;</c>
/// </summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class PrefixAttribute(string prefix) : Attribute
{
    public string Prefix { get; } = prefix;
}

/// <summary>The type of a value which is a T or none. It exists only for the type checker; all its values are terms.</summary>
public readonly struct Option<T>;

/// <summary>The type of <see cref="Logic.None"/> before it is compared with an option or assigned to one.</summary>
public readonly struct NoneLiteral;

/// <summary>
/// An expression of type <typeparamref name="T"/>: bool, an enum, a sort, an option of a sort or enum, or int.
/// Operators build larger expressions and evaluate nothing. Because <c>a == b</c> is a term and no truth value,
/// <c>if (a == b)</c> and <c>a &amp;&amp; b</c> do not compile. Write <c>If(..)</c>, <c>&amp;</c>, <c>|</c>.
/// </summary>
#pragma warning disable CA1815, CA2225, CA1000 // equality and conversions are the purpose of the type
public readonly struct Term<T>
{
    private readonly Node? _node;

    internal Term(Node node) => _node = node;

    /// <summary>The expression as data.</summary>
    public Node Node =>
        _node
            ?? Recorder.Refused(
                Check.Code.NoExpression,
                "a term that was never given an expression, default(Term), is used",
                Types.Placeholder(typeof(T)));

    public static implicit operator Term<T>(T value) => new(Types.Literal(value));

    public static implicit operator Term<T>(NoneLiteral none) => new(Types.None(typeof(T)));

    public static implicit operator Term<Option<T>>(Term<T> element) => new(new Some(element.Node));

    public static Term<bool> operator ==(Term<T> left, Term<T> right) => new(new Eq(left.Node, right.Node));

    public static Term<bool> operator !=(Term<T> left, Term<T> right) => new(new Not(new Eq(left.Node, right.Node)));

    public override bool Equals(object? obj) => obj is Term<T> other && Node.Same(Node, other.Node);

    public override int GetHashCode() => Node.Type.GetHashCode();

    public override string ToString() => Node.ToString();
}
#pragma warning restore CA1815, CA2225, CA1000
