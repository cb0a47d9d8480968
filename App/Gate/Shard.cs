using System.Collections.Immutable;
using System.Globalization;

namespace Checker.App.Gate;

/// <summary>
/// A part of the work of a command, for one of several machines: <c>2/4</c>. The items are dealt out like cards, so that neighbours,
/// which take about as long, go to different machines. The parts depend on nothing but the order of the items.
/// </summary>
/// <param name="Index">The number of the part, from 1.</param>
/// <param name="Count">The number of the parts.</param>
public sealed record Shard(int Index, int Count)
{
    private const int Most = 10_000;

    /// <summary>The names of all items of all parts, in their order. By them, parts of different work are told apart.</summary>
    public ImmutableArray<string> Work { get; init; } = [];

    /// <exception cref="BadInputException">The text is no part of a number of parts.</exception>
    public static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && Number(parts[0]) is { } index && Number(parts[1]) is { } count && index >= 1 && count >= index
            && count <= Most
            ? new(index, count)
            : throw new BadInputException($"--shard {text}: allowed is i/n, such as 2/4 for the second of four parts, "
                + $"with n at most {Most}");

        static int? Number(string digits) =>
            int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    /// <summary>Returns the items of the part, and the part with the names of all items.</summary>
    /// <exception cref="BadInputException">There are fewer items than parts, so this part would check nothing.</exception>
    public (ImmutableArray<T> Items, Shard Shard) Of<T>(IReadOnlyList<T> all, Func<T, string> name) => Count > all.Count
        ? throw new BadInputException($"--shard {Index}/{Count}: there {(all.Count == 1 ? "is" : "are")} only "
            + $"{Quantity.Of(all.Count, "check")} to divide, so a part would check nothing; at most {Quantity.Of(all.Count, "part")}")
        : ([.. all.Where((_, i) => i % Count == Index - 1)], this with { Work = [.. all.Select(name)] });
}
