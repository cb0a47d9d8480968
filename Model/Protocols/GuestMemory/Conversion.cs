using System.Collections.Immutable;

namespace Checker.Protocols.GuestMemory;

/// <summary>An elementary step of a conversion in place. What each does stands in Convert.cs.</summary>
public enum ConversionStep
{
    /// <summary>To private: takes the page out of the VMM's page table.</summary>
    Unmap,

    /// <summary>To private: flushes host TLBs.</summary>
    HostFlush,

    /// <summary>To private: gives up if somebody still uses the frame.</summary>
    Check,

    /// <summary>Begins to invalidate, and zaps KVM's entries.</summary>
    Zap,

    /// <summary>Flushes guest TLBs.</summary>
    Flush,

    /// <summary>To shared: the firmware gives the frame back.</summary>
    Reclaim,

    /// <summary>Stores the attribute.</summary>
    Store,
}

/// <summary>While what a conversion makes faults on its page be retried.</summary>
public enum InvalidationWindow
{
    /// <summary>From its begin to its end.</summary>
    Operation,

    /// <summary>From the zap (kvm_gmem_invalidate_start) to its end.</summary>
    FromZap,

    /// <summary>From the zap until guest TLBs are flushed.</summary>
    UntilFlush,
}

/// <summary>
/// How a conversion in place goes: which steps, in which order, which of them at once. Convert.cs makes a model of it. One system call
/// does both directions, so the standard one has each step in both, and passes by what does not apply; orders of one's own
/// (<see cref="InOrder"/>) have only what applies.
/// </summary>
public sealed record Conversion
{
    private static readonly ImmutableArray<ConversionStep> s_merged = [.. Enum.GetValues<ConversionStep>()];

    /// <summary>What the merged series does.</summary>
    public static Conversion Standard { get; } = new();

    /// <summary>The steps that do anything in a conversion to private, and in one to shared, in the order of the merged series.</summary>
    public static ImmutableArray<ConversionStep> StepsToPrivate { get; } = [.. s_merged.Where(s => s != ConversionStep.Reclaim)];

    /// <inheritdoc cref="StepsToPrivate"/>
    public static ImmutableArray<ConversionStep> StepsToShared { get; } = [ConversionStep.Zap, ConversionStep.Flush, ConversionStep.Reclaim, ConversionStep.Store];

    public ImmutableArray<ConversionStep> ToPrivate { get; private init; } = s_merged;

    public ImmutableArray<ConversionStep> ToShared { get; private init; } = s_merged;

    /// <summary>Nobody runs between the begin of a conversion and its unmap.</summary>
    public bool UnmapsAtOnce { get; private init; } = true;

    /// <summary>The check is made in the critical section of the zap, so that nobody runs between the two.</summary>
    public bool ChecksWithZap { get; private init; } = true;

    /// <summary>A zap takes the entries of both flavours, not only of the one that is left.</summary>
    public bool ZapsBoth { get; init; }

    /// <summary>A page that already is what it is to become is converted all the same, as one among others in a range is.</summary>
    public bool ConvertsAgain { get; init; }

    /// <summary>SNP: whether a frame is given to the firmware is decided by what the fault took the page for, not by the attribute.</summary>
    public bool PreparesByClaim { get; init; }

    public InvalidationWindow Window { get; init; }

    public bool IsStandard => ToPrivate == s_merged && ToShared == s_merged && UnmapsAtOnce && ChecksWithZap
        && !ZapsBoth && !ConvertsAgain && !PreparesByClaim && Window == InvalidationWindow.Operation;

    /// <summary>A conversion whose steps are taken in these orders, each as an action of its own.</summary>
    /// <param name="toPrivate">All <see cref="StepsToPrivate"/>; null for the order of the merged series, and its actions.</param>
    /// <param name="toShared">All <see cref="StepsToShared"/>.</param>
    /// <param name="checksWithZap">The check and the zap are one action; the one then follows the other.</param>
    /// <exception cref="ArgumentException">A step is missing or there twice, or a flush comes before that which it is to flush is gone.</exception>
    public static Conversion InOrder(ImmutableArray<ConversionStep>? toPrivate, ImmutableArray<ConversionStep>? toShared, bool checksWithZap = false)
    {
        var conversion = Standard;
        if (toPrivate is { } p)
        {
            Check(p, StepsToPrivate, nameof(toPrivate));
            if (checksWithZap && p.IndexOf(ConversionStep.Zap) != p.IndexOf(ConversionStep.Check) + 1)
            {
                throw new ArgumentException("check and zap can be one action only if one follows the other", nameof(toPrivate));
            }

            conversion = conversion with { ToPrivate = p, UnmapsAtOnce = false, ChecksWithZap = checksWithZap };
        }

        if (toShared is { } s)
        {
            Check(s, StepsToShared, nameof(toShared));
            conversion = conversion with { ToShared = s };
        }

        return conversion;
    }

    /// <summary>The orders of these steps in which each flush comes after that which it flushes is gone.</summary>
    public static IEnumerable<ImmutableArray<ConversionStep>> Orders(ImmutableArray<ConversionStep> steps)
    {
        if (steps.IsEmpty)
        {
            yield return [];
        }

        foreach (var first in steps.Where(s => !(s == ConversionStep.HostFlush && steps.Contains(ConversionStep.Unmap)) && !(s == ConversionStep.Flush && steps.Contains(ConversionStep.Zap))))
        {
            foreach (var rest in Orders(steps.Remove(first)))
            {
                yield return rest.Insert(0, first);
            }
        }
    }

    /// <summary>The steps of a conversion to the flavour, in their order.</summary>
    public ImmutableArray<ConversionStep> Steps(Alias to) => to == Alias.Private ? ToPrivate : ToShared;

    /// <summary>The names of the actions that a conversion to the flavour is made of.</summary>
    public ImmutableArray<string> Actions(Alias to) => ["ConvertBegin", .. Steps(to).Where(s => !IsPartOfAnother(s)).Select(ActionOf), "ConvertEnd"];

    /// <summary>The name of the action that takes the step.</summary>
    public string ActionOf(ConversionStep step) => step switch
    {
        ConversionStep.Unmap when UnmapsAtOnce => "ConvertBegin",
        ConversionStep.Check when ChecksWithZap => "ConvertZap",
        _ => $"Convert{step}",
    };

    /// <summary>What the operation has done last when the step is next; null if it is none of this direction.</summary>
    public Done? Before(Alias to, ConversionStep step)
    {
        int at = Steps(to).IndexOf(step);
        return at < 0 ? null : at == 0 ? Done.Begun : After(to, Steps(to)[at - 1]);
    }

    /// <summary>What the operation has done last once it has taken the step; null if it is none of this direction.</summary>
    public Done? After(Alias to, ConversionStep step)
    {
        if (!Steps(to).Contains(step))
        {
            return null;
        }

        return step switch
        {
            _ when step == Steps(to)[^1] => Done.Settled,
            ConversionStep.Unmap => UnmapsAtOnce ? Done.Begun : Done.Unmapped,
            ConversionStep.HostFlush => Done.HostFlushed,
            ConversionStep.Check => ChecksWithZap ? Before(to, step) : Done.Checked,
            ConversionStep.Zap => Done.Zapped,
            ConversionStep.Flush => Done.Flushed,
            ConversionStep.Reclaim => Done.Reclaimed,
            _ => Done.Stored,
        };
    }

    /// <summary>What the operation may have done last from when it has taken the one step (null: from its begin) until it takes the other (null: to its end).</summary>
    public ImmutableArray<Done> Between(Alias to, ConversionStep? from, ConversionStep? until)
    {
        var steps = Steps(to);
        ImmutableArray<Done> all = [Done.Begun, .. steps.Where(s => !IsPartOfAnother(s)).Select(s => After(to, s)!.Value)];
        int first = from is not { } f ? 0 : !steps.Contains(f) ? all.Length : all.IndexOf(Reached(f));
        int end = until is not { } u || !steps.Contains(u) ? all.Length : all.IndexOf(Reached(u));
        return first < end ? all[first..end] : [];

        // A check that the zap's action makes is made when that is done.
        Done Reached(ConversionStep step) => After(to, step == ConversionStep.Check && ChecksWithZap ? ConversionStep.Zap : step)!.Value;
    }

    /// <summary>In a conversion to the flavour the one step is taken before the other is.</summary>
    public bool Precedes(Alias to, ConversionStep first, ConversionStep second) =>
        Steps(to).Contains(first) && Steps(to).IndexOf(first) < Steps(to).IndexOf(second);

    private static void Check(ImmutableArray<ConversionStep> order, ImmutableArray<ConversionStep> steps, string name)
    {
        if (!order.Order().SequenceEqual(steps.Order()))
        {
            throw new ArgumentException($"the order must have each of {string.Join(", ", steps)} once", name);
        }

        if (order.IndexOf(ConversionStep.Flush) < order.IndexOf(ConversionStep.Zap) || order.IndexOf(ConversionStep.HostFlush) < order.IndexOf(ConversionStep.Unmap))
        {
            throw new ArgumentException("a flush comes after that which it flushes is gone", name);
        }
    }

    private bool IsPartOfAnother(ConversionStep step) => (step == ConversionStep.Unmap && UnmapsAtOnce) || (step == ConversionStep.Check && ChecksWithZap);
}
