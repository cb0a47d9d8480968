using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.App;

/// <summary>The short description of a set of designs.</summary>
public static class DesignSet
{
    /// <summary>The largest number of alternatives. Beyond it, a list of the designs is as readable.</summary>
    private const int MostBoxes = 3;

    /// <summary>
    /// Returns "all designs", or "backing inplace, vmm honest", or several such phrases with "or" between them, or the list of
    /// designs if it is as short.
    /// </summary>
    public static string Describe(Protocol protocol, IReadOnlyCollection<Design> designs)
    {
        if (designs.Count == protocol.Designs.Length)
        {
            return designs.Count == 1 ? "its one design" : "all designs";
        }

        // The method is greedy: it takes the largest subset of the form "these platforms, these backings, ..", then the largest in
        // the rest.
        var boxes = new List<ImmutableArray<ImmutableHashSet<string>>>();
        for (var rest = designs.ToHashSet(); rest.Count > 0 && boxes.Count <= MostBoxes; rest.RemoveWhere(d => IsIn(d, boxes[^1])))
        {
            boxes.Add(Boxes(protocol, 0)
                .Where(box => protocol.Designs.All(d => !IsIn(d, box) || designs.Contains(d)))
                .MaxBy(box => rest.Count(d => IsIn(d, box))));
        }

        return boxes.Count <= Math.Min(MostBoxes, designs.Count)
            ? string.Join("; or ", boxes.Select(b => Words(protocol, b)))
            : string.Join(", ", designs.Select(d => d.Id));
    }

    /// <summary>Returns the fewest conditions which describe the box.</summary>
    private static string Words(Protocol protocol, ImmutableArray<ImmutableHashSet<string>> box)
    {
        int size = protocol.Designs.Count(d => IsIn(d, box));
        int keys = Enumerable.Range(0, 1 << box.Length)
            .Where(k => protocol.Designs.Count(d => IsIn(d, box, k)) == size)
            .MinBy(k => int.PopCount(k));
        return string.Join(", ", from key in Enumerable.Range(0, box.Length)
                                 where (keys & (1 << key)) != 0
                                 select $"{protocol.DesignKeys[key]} {string.Join('/', Values(protocol, key).Where(box[key].Contains))}");
    }

    private static bool IsIn(Design design, ImmutableArray<ImmutableHashSet<string>> box, int keys = -1) =>
        Enumerable.Range(0, box.Length).All(key => (keys & (1 << key)) == 0 || box[key].Contains(design.Parts[key]));

    private static IEnumerable<ImmutableArray<ImmutableHashSet<string>>> Boxes(Protocol protocol, int key)
    {
        if (key == protocol.DesignKeys.Length)
        {
            return [[]];
        }

        string[] values = [.. Values(protocol, key)];
        return from subset in Enumerable.Range(1, (1 << values.Length) - 1)
               let side = values.Where((_, i) => (subset & (1 << i)) != 0).ToImmutableHashSet(StringComparer.Ordinal)
               from others in Boxes(protocol, key + 1)
               select others.Insert(0, side);
    }

    private static IEnumerable<string> Values(Protocol protocol, int key) =>
        protocol.Designs.Select(d => d.Parts[key]).Distinct(StringComparer.Ordinal);
}
