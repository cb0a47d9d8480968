using System.Collections.Immutable;

namespace Checker.Solver.Instance;

/// <summary>
/// A set of integers which contains every value of an expression: the listed values if they are few, otherwise an interval around
/// them. Arithmetic is exact on any intermediate result, negative or large. An interval can only add values.
/// </summary>
public readonly struct ValueSet
{
    /// <summary>The largest number of listed values. A larger set becomes an interval.</summary>
    private const int MostListed = 512;

    private readonly ImmutableArray<long> _listed;

    private ValueSet(long least, long greatest, ImmutableArray<long> listed) => (Least, Greatest, _listed) = (least, greatest, listed);

    public static ValueSet Truth { get; } = OfCodes(3);

    public long Least { get; }

    public long Greatest { get; }

    public static ValueSet Of(long value) => new(value, value, [value]);

    /// <summary>The set of the positions of the set bits, of which there is at least one.</summary>
    public static ValueSet OfCodes(ulong codes)
    {
        var listed = ImmutableArray.CreateBuilder<long>(64);
        for (ulong left = codes; left != 0; left &= left - 1)
        {
            listed.Add((long)ulong.TrailingZeroCount(left));
        }

        return new(listed[0], listed[^1], listed.ToImmutable());
    }

    public ValueSet Union(ValueSet other) => Make(Math.Min(Least, other.Least), Math.Max(Greatest, other.Greatest),
        _listed.IsDefault || other._listed.IsDefault ? null : _listed.Concat(other._listed));

    public ValueSet Plus(ValueSet other) => Make(Least + other.Least, Greatest + other.Greatest, Combine(other, (a, b) => a + b));

    public ValueSet Minus(ValueSet other) => Make(Least - other.Greatest, Greatest - other.Least, Combine(other, (a, b) => a - b));

    /// <summary>False only if the sets have no common value.</summary>
    public bool Overlaps(ValueSet other)
    {
        if (Greatest < other.Least || other.Greatest < Least)
        {
            return false;
        }

        var (listed, within) = _listed.IsDefault ? (other._listed, this) : (_listed, other);
        return listed.IsDefault || listed.Any(within.Contains);
    }

    /// <summary>The codes from 0 to 63 in the set, one bit each.</summary>
    public ulong Codes()
    {
        ulong codes = 0;
        for (long code = Math.Max(0, Least); code <= Math.Min(63, Greatest); code++)
        {
            codes |= Contains(code) ? 1UL << (int)code : 0;
        }

        return codes;
    }

    private bool Contains(long value) => value >= Least && value <= Greatest && (_listed.IsDefault || _listed.BinarySearch(value) >= 0);

    private IEnumerable<long>? Combine(ValueSet other, Func<long, long, long> operation) =>
        _listed.IsDefault || other._listed.IsDefault || (long)_listed.Length * other._listed.Length > (long)MostListed * MostListed
            ? null
            : from a in _listed from b in other._listed select operation(a, b);

    private static ValueSet Make(long least, long greatest, IEnumerable<long>? values)
    {
        ImmutableArray<long> listed = values is null ? default : [.. values.Distinct().Order()];
        return new(least, greatest, listed.IsDefault || listed.Length > MostListed ? default : listed);
    }
}
