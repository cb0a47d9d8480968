using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Naive;

/// <summary>A member of an enum.</summary>
internal sealed record Member(EnumType Type, int Position);

/// <summary>An element of a sort.</summary>
internal sealed record Element(string Sort, int Number);

/// <summary>The value None of an option.</summary>
internal sealed class Nothing
{
    public static readonly Nothing Value = new();

    private Nothing()
    {
    }
}

/// <summary>The value of an option with an element.</summary>
internal sealed record Just(object Value);

/// <summary>A location of the state: the name of a variable and the values of its indices.</summary>
internal sealed class Location(string variable, object[] index) : IEquatable<Location>
{
    private readonly int _hash = index.Aggregate(variable.GetHashCode(StringComparison.Ordinal), HashCode.Combine);

    public string Variable { get; } = variable;

    public object[] Index { get; } = index;

    public bool Equals(Location? other) => other is not null && _hash == other._hash && Variable == other.Variable
        && Index.SequenceEqual(other.Index);

    public override bool Equals(object? obj) => Equals(obj as Location);

    public override int GetHashCode() => _hash;
}

/// <summary>The domains of the types for given sizes of the sorts, and the values of the IR's codes.</summary>
internal sealed class NaiveDomains(IReadOnlyDictionary<string, int> sizes)
{
    private readonly Dictionary<ModelType, object[]> _known = [];

    public IReadOnlyDictionary<string, int> Sizes { get; } = sizes;

    /// <summary>The values of a type other than a range of integers.</summary>
    public object[] Of(ModelType type)
    {
        if (!_known.TryGetValue(type, out object[]? domain))
        {
            _known[type] = domain = Make(type);
        }

        return domain;
    }

    /// <summary>The value of a literal or of an initial state. <see cref="ModelType"/> describes the codes.</summary>
    public static object OfCode(ModelType type, int code) => type switch
    {
        BoolType => code != 0,
        IntType or RangeType => new System.Numerics.BigInteger(code),
        EnumType e => new Member(e, code),
        SortType s => new Element(s.Name, code),
        OptionType when code == 0 => Nothing.Value,
        OptionType o => new Just(OfCode(o.Element, code - 1)),
        _ => throw new System.Diagnostics.UnreachableException(type.Name),
    };

    /// <summary>The tuples of values of these types.</summary>
    public IEnumerable<object[]> Tuples(IEnumerable<ModelType> types) => types.Aggregate<ModelType, IEnumerable<object[]>>(
        [[]], (tuples, type) => from tuple in tuples from value in Of(type) select (object[])[.. tuple, value]);

    private object[] Make(ModelType type) => type switch
    {
        BoolType => [false, true],
        EnumType e => [.. e.Members.Select((_, position) => new Member(e, position))],
        SortType s => [.. Enumerable.Range(0, Sizes[s.Name]).Select(number => new Element(s.Name, number))],
        OptionType o => [Nothing.Value, .. Of(o.Element).Select(value => new Just(value))],
        _ => throw new System.Diagnostics.UnreachableException($"nothing ranges over {type.Name}"),
    };
}
