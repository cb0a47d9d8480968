using System.Collections.Immutable;
using System.Globalization;
using Checker.Properties;
using Checker.Solver.Instance;

namespace Checker.Cli.Options;

/// <summary>How many elements of each sort an instance has: "1,2,1,1,1" for pages, frames, vCPUs, threads and pins.</summary>
internal sealed record Bounds(ImmutableArray<string> Sorts, ImmutableArray<int> Sizes)
{
    public IReadOnlyDictionary<string, int> BySort => Sorts.Zip(Sizes).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);

    /// <summary>"pages,frames,vcpus,threads,pins"</summary>
    public string Names => NamesOf(Sorts);

    /// <summary>" at 1,2 (pages,frames)"; empty where there are no sorts.</summary>
    public string At => Sorts.IsEmpty ? "" : $" at {this} ({Names})";

    public static Bounds DefaultOf(Protocol protocol) => new(protocol.BoundSorts, protocol.DefaultBounds);

    /// <exception cref="BadInputException">It is not one size for each sort, or one is not allowed.</exception>
    public static Bounds Parse(Protocol protocol, string text)
    {
        if (protocol.BoundSorts.IsEmpty)
        {
            return text.Length == 0 ? DefaultOf(protocol) : throw new BadInputException($"--bounds {text}: {protocol.Name} has no sorts, and takes no --bounds");
        }

        string names = NamesOf(protocol.BoundSorts);
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != protocol.BoundSorts.Length)
        {
            throw new BadInputException($"--bounds {text}: {protocol.Name} takes {Numbers(protocol.BoundSorts.Length)}, {names}; the default is {DefaultOf(protocol)}");
        }

        var sizes = ImmutableArray.CreateBuilder<int>();
        foreach (var (part, sort) in parts.Zip(protocol.BoundSorts))
        {
            int least = protocol.MayBeEmpty.Contains(sort) ? 0 : 1;
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size < least || size > Scope.LargestSort)
            {
                throw new BadInputException($"--bounds {text}: the number of {Plural(sort)} is '{part}'; allowed: {least} to {Scope.LargestSort} (the bounds are {names})");
            }

            sizes.Add(size);
        }

        return new(protocol.BoundSorts, sizes.ToImmutable());
    }

    public bool Equals(Bounds? other) => other is not null && Sorts.SequenceEqual(other.Sorts) && Sizes.SequenceEqual(other.Sizes);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(',', Sizes);

    private static string Numbers(int count) => count == 1 ? "one number" : $"{count} numbers";

    private static string NamesOf(IEnumerable<string> sorts) => string.Join(',', sorts.Select(Plural));

    private static string Plural(string sort) => $"{char.ToLowerInvariant(sort[0])}{sort[1..]}s";
}
