using System.Collections.Immutable;
using System.Globalization;
using Checker.Model.Catalogue;
using Checker.Solver.Instance;

namespace Checker.App;

/// <summary>Bounds in the form of the command line: "1,2,1,1,1".</summary>
public static class BoundsOption
{
    /// <exception cref="BadInputException">The text does not give one size for each sort, or a size is not allowed.</exception>
    public static Bounds Parse(Protocol protocol, string text)
    {
        if (protocol.BoundSorts.IsEmpty)
        {
            return text.Length == 0
                ? Bounds.DefaultOf(protocol)
                : throw new BadInputException($"--bounds {text}: {protocol.Name} has no sorts, and takes no --bounds");
        }

        string names = Bounds.NamesOf(protocol.BoundSorts);
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != protocol.BoundSorts.Length)
        {
            throw new BadInputException($"--bounds {text}: {protocol.Name} takes {Numbers(protocol.BoundSorts.Length)}, {names}; "
                + $"the default is {Bounds.DefaultOf(protocol)}");
        }

        var sizes = ImmutableArray.CreateBuilder<int>();
        foreach (var (i, (part, sort)) in parts.Zip(protocol.BoundSorts).Index())
        {
            int most = protocol.MostBounds.IsEmpty ? Scope.LargestSort : protocol.MostBounds[i];
            int least = protocol.MayBeEmpty.Contains(sort) ? 0 : 1;
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size < least || size > most)
            {
                string reason = protocol.MostBounds.IsEmpty ? "" : $", since the integers of {protocol.Name} hold no more";
                throw new BadInputException($"--bounds {text}: the number of {Bounds.Plural(sort)} is '{part}'; "
                    + $"allowed: {least} to {most}{reason} (the bounds are {names})");
            }

            sizes.Add(size);
        }

        return new Bounds(protocol.BoundSorts, sizes.ToImmutable());
    }

    private static string Numbers(int count) => count == 1 ? "one number" : $"{count} numbers";
}
