using System.Collections.Immutable;

namespace Checker.Model.Catalogue;

/// <summary>
/// The size of an instance: the number of elements of each sort. "1,2,1,1,1" means pages, frames, vCPUs, threads and pins.
/// </summary>
public sealed record Bounds(ImmutableArray<string> Sorts, ImmutableArray<int> Sizes)
{
    public IReadOnlyDictionary<string, int> BySort => Sorts.Zip(Sizes).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);

    /// <summary>The names of the sorts: "pages,frames,vcpus,threads,pins".</summary>
    public string Names => NamesOf(Sorts);

    /// <summary>The size as a phrase: " at 1,2 (pages,frames)". It is empty if there are no sorts.</summary>
    public string At => Sorts.IsEmpty ? "" : $" at {this} ({Names})";

    public static Bounds DefaultOf(Protocol protocol) => new(protocol.BoundSorts, protocol.DefaultBounds);

    public bool Equals(Bounds? other) => other is not null && Sorts.SequenceEqual(other.Sorts) && Sizes.SequenceEqual(other.Sizes);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(',', Sizes);

    public static string NamesOf(IEnumerable<string> sorts) => string.Join(',', sorts.Select(Plural));

    public static string Plural(string sort) => PluralOf($"{char.ToLowerInvariant(sort[0])}{sort[1..]}");

    /// <summary>"pages", "processes", "entries", "keys".</summary>
    public static string PluralOf(string noun) => noun switch
    {
        [.., 's' or 'x' or 'z'] or [.., 'c' or 's', 'h'] => noun + "es",
        [.. var stem, not ('a' or 'e' or 'i' or 'o' or 'u') and var last, 'y'] => $"{stem}{last}ies",
        _ => noun + "s",
    };
}
