using System.Globalization;

namespace Checker.Model.Ir;

/// <summary>
/// The finite type of a value. Every value of every type is a small non-negative <em>code</em>:
/// false/true are 0/1, an enum member is its position, an element of a sort is its number,
/// <c>None</c> is 0 and <c>Some(x)</c> is the code of x plus 1, an integer is itself.
/// </summary>
public abstract record ModelType(string Name)
{
    public static readonly ModelType Bool = new BoolType();
    public static readonly ModelType Int = new IntType();

    /// <summary>The largest number of values of a type. The engines use one bit of a machine word for each value.</summary>
    public const int MostValues = 64;

    public sealed override string ToString() => Name;
}

public sealed record BoolType() : ModelType("bool");

/// <summary>The type of an intermediate integer: a sum or a count. Integer variables have a <see cref="RangeType"/>.</summary>
public sealed record IntType() : ModelType("int");

/// <summary>
/// The integers from <paramref name="Min"/> to <paramref name="Max"/>, both included. <paramref name="Min"/> is not negative.
/// </summary>
public sealed record RangeType(int Min, int Max) : ModelType($"{Min}..{Max}")
{
    /// <summary>The greatest integer of any location.</summary>
    public const int Largest = MostValues - 1;
}

/// <summary>A finite enumeration. Its members are the members of the C# enum, in the same order.</summary>
public sealed record EnumType(Type Clr) : ModelType(Clr.Name)
{
    public string[] Members { get; } = Enum.GetNames(Clr);

    /// <summary>True if the members are 0, 1, 2, ..., so every member is its position; there is at least one.</summary>
    public bool IsCounted => Members.Length > 0
        && Enum.GetValues(Clr)
            .Cast<object>()
            .Select(v => Convert.ToDecimal(v, CultureInfo.InvariantCulture))
            .SequenceEqual(Enumerable.Range(0, Members.Length).Select(i => (decimal)i));

    public bool Equals(EnumType? other) => other is not null && other.Clr == Clr;

    public override int GetHashCode() => Clr.GetHashCode();
}

/// <summary>
/// A sort. It has any number of elements. Only the state can tell them apart, unless the sort is ordered: then they are also first, last,
/// or before one another.
/// </summary>
public sealed record SortType(string Name) : ModelType(Name)
{
    /// <summary>The declaring C# type, which distinguishes two sorts of one name. Null if the sort was made in another way.</summary>
    public Type? Clr { get; init; }

    /// <summary>True if the elements have an order. In an instance, it is that of their numbers.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The prefix of an element's name. By default it is the sort's first letter: "f0".</summary>
    public string Prefix { get; init; } = char.ToLowerInvariant(Name[0]).ToString();
}

/// <summary>An element, or none.</summary>
public sealed record OptionType(ModelType Element) : ModelType(Element.Name + "?");
