using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.App;

/// <summary>A number which differs between two runs.</summary>
public sealed record NumberDifference(string Name, long Left, long Right);

/// <summary>A property which differs between two runs. A verdict is null if the run does not have the property.</summary>
public sealed record PropertyDifference(string Name, PropertyVerdict? Left, PropertyVerdict? Right);

/// <summary>Two runs side by side. One of them may be missing.</summary>
public sealed record RunPair(RunSummary? Left, RunSummary? Right)
{
    /// <summary>The names of the compared numbers.</summary>
    public static ImmutableArray<string> NumberNames { get; } = ["states", "generated", "depth"];

    /// <summary>The numbers which differ.</summary>
    public ImmutableArray<NumberDifference> Numbers { get; } = Left is null || Right is null ? [] :
    [
        .. NumberNames.Zip(NumbersOf(Left), NumbersOf(Right))
            .Select(n => new NumberDifference(n.First, n.Second, n.Third))
            .Where(n => n.Left != n.Right),
    ];

    /// <summary>The properties which differ, in the order of the first run; then those of the second alone.</summary>
    public ImmutableArray<PropertyDifference> Properties { get; } = Left is null || Right is null ? [] :
    [
        .. Names(Left, Right)
            .Select(n => new PropertyDifference(n, Of(Left, n), Of(Right, n)))
            .Where(p => p.Left != p.Right),
    ];

    /// <summary>The number of properties which do not differ.</summary>
    public int EqualProperties => Left is null || Right is null ? 0 : Names(Left, Right).Count() - Properties.Length;

    public bool Differs =>
        Left is null || Right is null || Left.Verdict != Right.Verdict || !Numbers.IsEmpty || !Properties.IsEmpty;

    private static IEnumerable<long> NumbersOf(RunSummary run) => [run.States, run.Generated, run.Depth];

    private static IEnumerable<string> Names(RunSummary left, RunSummary right) =>
        left.Properties.Concat(right.Properties).Select(p => p.Name).Distinct(StringComparer.Ordinal);

    private static PropertyVerdict? Of(RunSummary run, string property) => run.Properties.FirstOrDefault(p => p.Name == property).Verdict;
}

/// <summary>The difference between the results of two designs, or of two commits.</summary>
public static class Comparison
{
    /// <summary>
    /// Returns the pairs of runs of one protocol and design. If there are several such runs, their sizes and dropped labels are the same as
    /// well. One run on each side is a pair in any case.
    /// </summary>
    public static ImmutableArray<RunPair> Of(ImmutableArray<RunSummary> left, ImmutableArray<RunSummary> right)
    {
        if ((left, right) is ([var one], [var other]))
        {
            return [new(one, other)];
        }

        var partners = new Dictionary<RunSummary, RunSummary>();
        foreach (var run in left)
        {
            if (right.FirstOrDefault(r => r.Name == run.Name) is { } same)
            {
                partners[run] = same;
            }
            else if (Variants(left, run) is [_] && Variants(right, run) is [var variant])
            {
                partners[run] = variant;
            }
        }

        return
        [
            .. left.Select(l => new RunPair(l, partners.GetValueOrDefault(l))),
            .. right.Where(r => !partners.ContainsValue(r)).Select(r => new RunPair(null, r)),
        ];
    }

    private static ImmutableArray<RunSummary> Variants(ImmutableArray<RunSummary> runs, RunSummary run) =>
        [.. runs.Where(r => (r.Protocol, r.Design) == (run.Protocol, run.Design))];

    /// <summary>
    /// Returns the pairs of designs described by two patterns. Two designs are a pair if they have the same parts where the patterns have
    /// <c>*</c>. A design without a partner is in a pair by itself.
    /// </summary>
    /// <exception cref="BadInputException">
    /// A pattern matches no design, or the patterns describe several designs and have <c>*</c> in different places.
    /// </exception>
    public static ImmutableArray<(Design? Left, Design? Right)> Pairs(ProtocolSet protocols, Protocol protocol, string left, string right)
    {
        const string Option = "--compare";
        var (lefts, rights) = (
            DesignPattern.Select(protocols, protocol, [left], Option),
            DesignPattern.Select(protocols, protocol, [right], Option));
        if ((lefts, rights) is ([var one], [var other]))
        {
            return [(one, other)];
        }

        ImmutableArray<int> open = Open(protocol, left);
        if (!open.SequenceEqual(Open(protocol, right)))
        {
            throw new BadInputException($"{Option} {left} {right}: the patterns describe {lefts.Length} and {rights.Length} designs, and "
                + "have * in different places: name one design each, or give both patterns * for the same parts");
        }

        string Key(Design design) => string.Join(',', open.Select(i => design.Parts[i]));
        return
        [
            .. lefts.Select(l => ((Design?)l, rights.FirstOrDefault(r => Key(r) == Key(l)))),
            .. rights.Where(r => lefts.All(l => Key(l) != Key(r))).Select(r => ((Design?)null, (Design?)r)),
        ];
    }

    /// <summary>The numbers of the parts for which the pattern has <c>*</c>.</summary>
    private static ImmutableArray<int> Open(Protocol protocol, string pattern)
    {
        string[] parts = pattern.Split(',', StringSplitOptions.TrimEntries);
        return [.. Enumerable.Range(0, protocol.DesignKeys.Length).Where(i => parts is ["*"] || parts[i] == "*")];
    }
}
