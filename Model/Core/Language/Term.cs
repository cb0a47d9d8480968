using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>Marks an empty struct as a sort: <c>public struct Page : ISort;</c></summary>
public interface ISort;

/// <summary>What a sort's elements are called before their number, where the first letter is taken: <c>[Prefix("pin")] public struct Pin : ISort;</c></summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class PrefixAttribute(string prefix) : Attribute
{
    public string Prefix { get; } = prefix;
}

/// <summary>The type of a value that is a T or none; it has no values of its own, terms do.</summary>
public readonly struct Option<T>;

/// <summary>What <see cref="Logic.None"/> is until it meets the option type that it is compared with or assigned to.</summary>
public readonly struct NoneLiteral;

/// <summary>
/// An expression of type <typeparamref name="T"/>: bool, an enum, a sort, an option of a sort or enum, or int.
/// Operators build bigger expressions and evaluate nothing: <c>a == b</c> is a term, not a truth value,
/// so <c>if (a == b)</c> and <c>a &amp;&amp; b</c> do not compile; write <c>If(..)</c>, <c>&amp;</c>, <c>|</c>.
/// </summary>
#pragma warning disable CA1815, CA2225, CA1000 // equality and conversions are the point of the type
public readonly struct Term<T>
{
    private readonly Node? _node;

    internal Term(Node node) => _node = node;

    /// <summary>The expression as data.</summary>
    public Node Node => _node ?? Recorder.Refused(Check.Code.NoExpression, "a term that was never given an expression, default(Term), is used", Types.Placeholder(typeof(T)));

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
