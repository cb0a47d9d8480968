using System.Collections.Immutable;
using Checker.App;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;

namespace Checker.Composition.InPlace;

/// <summary>A heading, and rows with the same number of cells.</summary>
internal sealed record TextTable(ImmutableArray<string> Heading, ImmutableArray<ImmutableArray<string>> Rows);

/// <summary>The results of surveys of the design space as tables, for the command and for docs/in-place.md.</summary>
internal static class DesignTables
{
    private const string Nothing = "-";
    private const string AnySizeColumn = "any size";

    private static readonly Standing[] s_standings = [Standing.Safe, Standing.Useless, Standing.Unsafe];

    /// <summary>
    /// The effect of removing each guard, and of removing each set of guards whose parts can be removed safely. There is one column
    /// for each platform.
    /// </summary>
    /// <param name="surveys">The surveys for one kind of VMM.</param>
    public static TextTable Guards(IReadOnlyList<Survey> surveys)
    {
        var findings = surveys.Select(s => (Survey: s, Guards: s.Guards!)).ToList();
        var singles = findings.SelectMany(f => f.Guards.Guards).Distinct(StringComparer.Ordinal).Select(g => ImmutableArray.Create(g));
        var sets = findings.SelectMany(f => f.Guards.Breaking).Select(b => b.Variant.Dropped).Where(d => d.Length > 1);
        var rows = from dropped in singles.Concat(sets).DistinctBy(Join)
                   let cells = findings.Select(f => dropped.All(f.Guards.Guards.Contains) ? Cell(Find(f.Survey, dropped)) : Nothing)
                   select (ImmutableArray<string>)[Join(dropped), .. cells];
        return new(["without", .. surveys.Select(s => s.Platform)], [.. rows]);
    }

    /// <summary>The numbers of subsets of guards of each design by verdict, and the smallest safe subsets.</summary>
    public static TextTable Subsets(IReadOnlyList<Survey> surveys) => Tried(surveys.SelectMany(s => s.Subsets),
        [
            "design", "subsets", "safe", "useless", "unsafe", "the least that is safe: all but", AnySizeColumn, "never matter",
            "safer with fewer"
        ],
        [.. surveys.SelectMany(s => s.Guards!.Minimal.Select((minimal, i) => (ImmutableArray<string>)
        [
            .. i > 0
                ? Enumerable.Repeat("", 5)
                : [Name(s), Number(s.Subsets.Length), .. s_standings.Select(x => Number(s.Guards.Count(x)))],
            minimal.Variant.Dropped.IsEmpty ? "none" : Join(minimal.Variant.Dropped), AnySize(minimal),
            i > 0 ? "" : s.Guards.NeverMatter.IsEmpty ? "none" : Join(s.Guards.NeverMatter),
            i > 0 ? "" : Number(s.Guards.Exceptions),
        ]))]);

    /// <summary>The safe orders of each design in one direction.</summary>
    public static TextTable Orders(IReadOnlyList<Survey> surveys, Alias to) =>
        Tried(surveys.SelectMany(s => s.OrdersToPrivate.Concat(s.OrdersToShared)),
        ["design", "orders", "safe", "useless", "unsafe", AnySizeColumn, "in every safe order", "each such order is safe"],
        [.. surveys.Select(s => (Survey: s, Findings: to == Alias.Private ? s.ToPrivate! : s.ToShared!))
            .Select(f => (ImmutableArray<string>)
        [
            Name(f.Survey), Number(f.Findings.Orders.Length), .. s_standings.Select(x => Number(f.Findings.Count(x))),
            AnySize(f.Findings.Orders), f.Findings.Text, f.Findings.Constraints.IsEmpty ? Nothing : f.Findings.IsExact ? "yes" : "no",
        ])]);

    /// <summary>The orders with check and zap in one critical section, compared with the orders in which they are separate.</summary>
    public static TextTable CheckAndZap(IReadOnlyList<Survey> surveys) => new(
        ["design", "orders", "safe", "useless", "unsafe", "stand otherwise than apart"],
        [.. surveys.Select(s => (ImmutableArray<string>)
        [
            Name(s),
            Number(s.OrdersWithCheckAndZap.Length),
            .. s_standings.Select(x => Number(s.OrdersWithCheckAndZap.Count(o => o.Standing == x))),
            Number(s.OrdersWithCheckAndZap.Count(o =>
                o.Standing != s.OrdersToPrivate.Single(a =>
                    a.Variant.Conversion.ToPrivate.SequenceEqual(o.Variant.Conversion.ToPrivate)).Standing)),
        ])]);

    /// <summary>The combinations of safe orders in both directions.</summary>
    public static TextTable Pairs(IReadOnlyList<Survey> surveys) => Tried(surveys.SelectMany(s => s.Pairs),
        ["design", "pairs", "safe", "useless", "unsafe", AnySizeColumn],
        [.. surveys.Where(s => !s.Pairs.IsEmpty).Select(s => (ImmutableArray<string>)
            [Name(s), Number(s.Pairs.Length), .. s_standings.Select(x => Number(s.Pairs.Count(o => o.Standing == x))), AnySize(s.Pairs)])]);

    /// <summary>The violations in unsafe orders of a direction: the property, the number of orders, and the shortest trace.</summary>
    public static TextTable Violations(IReadOnlyList<Survey> surveys, Alias to) => new(
        ["design", "violated", "orders", "states", "for instance"],
        [.. from survey in surveys
            let orders = (to == Alias.Private ? survey.ToPrivate! : survey.ToShared!).Orders
            from violated in orders.Where(o => o.Standing == Standing.Unsafe).GroupBy(o => o.Property).OrderByDescending(g => g.Count())
            let first = violated.MinBy(o => o.Length)!
            let longest = violated.Max(o => o.Length)
            let states = first.Length == longest ? Number(longest) : $"{first.Length} to {longest}"
            select (ImmutableArray<string>)[Name(survey), violated.Key, Number(violated.Count()), states, first.Variant.Order]]);

    /// <summary>The effects of other changes to a conversion. There is one column for each platform.</summary>
    public static TextTable Changes(IReadOnlyList<Survey> surveys) => new(
        ["change", .. surveys.Select(s => s.Platform)],
        [.. DesignSpace.Changes.Select((c, i) => (ImmutableArray<string>)[c.Name, .. surveys.Select(s => Cell(s.Changes[i]))])]);

    /// <summary>The text of a cell: "HostNeverReachesPrivate 9", with the bounds if they are larger than the default.</summary>
    public static string Cell(VariantOutcome found) => found.Standing switch
    {
        Standing.Unsafe =>
            $"{found.Property} {Number(found.Length)}{(found.Bounds.Equals(VariantExploration.Default) ? "" : $" at {found.Bounds}")}",
        Standing.Useless => $"no {string.Join(", ", found.Lost)}",
        Standing.Unfinished => "not finished",
        _ => "safe",
    };

    /// <summary>The name of a survey, such as "snp honest": the distinguishing parts of the designs of the space.</summary>
    public static string Name(Survey survey) => $"{survey.Platform} {survey.Vmm}";

    /// <summary>The table without its column on proofs if none was tried.</summary>
    private static TextTable Tried(
        IEnumerable<VariantOutcome> found,
        ImmutableArray<string> heading,
        ImmutableArray<ImmutableArray<string>> rows)
    {
        if (found.Any(e => e.AnySize is not null))
        {
            return new(heading, rows);
        }

        int column = heading.IndexOf(AnySizeColumn);
        return new(heading.RemoveAt(column), [.. rows.Select(r => r.RemoveAt(column))]);
    }

    private static VariantOutcome Find(Survey survey, ImmutableArray<string> dropped) =>
        survey.Subsets[survey.Guards!.Guards.Select((g, i) => dropped.Contains(g) ? 1 << i : 0).Sum()];

    private static string AnySize(VariantOutcome found) => found.AnySize switch
    {
        null => Nothing,
        { Proved: true } => "proved",
        { Missing: var missing } => $"all but {string.Join(", ", missing)}",
    };

    private static string AnySize(ImmutableArray<VariantOutcome> orders) => orders.Any(o => o.AnySize is not null)
        ? $"{orders.Count(o => o.AnySize is { Proved: true })} of {orders.Count(o => o.Standing == Standing.Safe)} proved"
        : Nothing;

    private static string Join(ImmutableArray<string> names) => string.Join(", ", names);

    private static string Number(int number) => Quantity.Count(number);
}
