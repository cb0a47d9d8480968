using System.Collections.Immutable;

namespace Checker.Protocols.GuestMemory;

/// <summary>An elementary step of a conversion in place. Convert.cs defines each step.</summary>
public enum ConversionStep
{
    /// <summary>To private: takes the page out of the VMM's page table.</summary>
    Unmap,

    /// <summary>To private: flushes host TLBs.</summary>
    HostFlush,

    /// <summary>To private: gives up if the frame is still in use.</summary>
    Check,

    /// <summary>Begins an invalidation and zaps KVM's entries.</summary>
    Zap,

    /// <summary>Flushes guest TLBs.</summary>
    Flush,

    /// <summary>To shared: the firmware gives the frame back.</summary>
    Reclaim,

    /// <summary>Stores the attribute.</summary>
    Store,
}

/// <summary>The time in which a conversion makes faults on its page retry.</summary>
public enum InvalidationWindow
{
    /// <summary>From the begin of the conversion to its end.</summary>
    Operation,

    /// <summary>From the zap (kvm_gmem_invalidate_start) to the end of the conversion.</summary>
    FromZap,

    /// <summary>From the zap until guest TLBs are flushed.</summary>
    UntilFlush,
}

/// <summary>
/// The course of a conversion in place: its steps, their order, and the steps taken at once. Convert.cs turns it into a model.
/// One system call serves both directions. So the standard conversion has all steps in both directions, and skips those without
/// an effect. Orders given by hand (<see cref="InOrder"/>) contain only steps with an effect.
/// </summary>
public sealed record Conversion
{
    private static readonly ImmutableArray<ConversionStep> s_merged = [.. Enum.GetValues<ConversionStep>()];

    /// <summary>The conversion of the merged series.</summary>
    public static Conversion Standard { get; } = new();

    /// <summary>
    /// The steps with an effect in a conversion to private, in the order of the merged series. <see cref="StepsToShared"/> has
    /// those to shared.
    /// </summary>
    public static ImmutableArray<ConversionStep> StepsToPrivate { get; } = [.. s_merged.Where(s => s != ConversionStep.Reclaim)];

    /// <inheritdoc cref="StepsToPrivate"/>
    public static ImmutableArray<ConversionStep> StepsToShared { get; } = [
        ConversionStep.Zap,
        ConversionStep.Flush,
        ConversionStep.Reclaim,
        ConversionStep.Store
    ];

    public ImmutableArray<ConversionStep> ToPrivate { get; private init; } = s_merged;

    public ImmutableArray<ConversionStep> ToShared { get; private init; } = s_merged;

    /// <summary>The unmap is part of the conversion's begin, so no other actor runs between the two.</summary>
    public bool UnmapsAtOnce { get; private init; } = true;

    /// <summary>The check is part of the zap's critical section, so no other actor runs between the two.</summary>
    public bool ChecksWithZap { get; private init; } = true;

    /// <summary>A zap takes the entries of both flavours, rather than only those of the abandoned flavour.</summary>
    public bool ZapsBoth { get; init; }

    /// <summary>A page already of the wanted flavour is converted nevertheless, like a page in the middle of a range.</summary>
    public bool ConvertsAgain { get; init; }

    /// <summary>
    /// SNP: the fault gives a frame to the firmware according to the flavour of the access; otherwise the attribute decides.
    /// </summary>
    public bool PreparesByClaim { get; init; }

    public InvalidationWindow Window { get; init; }

    public bool IsStandard => ToPrivate == s_merged && ToShared == s_merged && UnmapsAtOnce && ChecksWithZap
        && !ZapsBoth && !ConvertsAgain && !PreparesByClaim && Window == InvalidationWindow.Operation;

    /// <summary>Makes a conversion with its steps in these orders, each step as an action of its own.</summary>
    /// <param name="toPrivate">All of <see cref="StepsToPrivate"/>. Null: the order and the actions of the merged series.</param>
    /// <param name="toShared">All <see cref="StepsToShared"/>.</param>
    /// <param name="checksWithZap">True to make the check and the zap one action. One must then directly follow the other.</param>
    /// <exception cref="ArgumentException">
    /// A step is missing or repeated, or a flush comes before the removal of the entries it must flush.
    /// </exception>
    public static Conversion InOrder(
        ImmutableArray<ConversionStep>? toPrivate,
        ImmutableArray<ConversionStep>? toShared,
        bool checksWithZap = false)
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

    /// <summary>The orders of these steps in which each flush follows the removal of the entries it flushes.</summary>
    public static IEnumerable<ImmutableArray<ConversionStep>> Orders(ImmutableArray<ConversionStep> steps)
    {
        if (steps.IsEmpty)
        {
            yield return [];
        }

        foreach (var first in steps.Where(s =>
            !(s == ConversionStep.HostFlush && steps.Contains(ConversionStep.Unmap))
                && !(s == ConversionStep.Flush && steps.Contains(ConversionStep.Zap))))
        {
            foreach (var rest in Orders(steps.Remove(first)))
            {
                yield return rest.Insert(0, first);
            }
        }
    }

    /// <summary>The steps of a conversion to the flavour, in order.</summary>
    public ImmutableArray<ConversionStep> Steps(Alias to) => to == Alias.Private ? ToPrivate : ToShared;

    /// <summary>The names of the actions of a conversion to the flavour.</summary>
    public ImmutableArray<string> Actions(Alias to) =>
        ["ConvertBegin", .. Steps(to).Where(s => !IsPartOfAnother(s)).Select(ActionOf), "ConvertEnd"];

    /// <summary>The name of the action containing the step.</summary>
    public string ActionOf(ConversionStep step) => step switch
    {
        ConversionStep.Unmap when UnmapsAtOnce => "ConvertBegin",
        ConversionStep.Check when ChecksWithZap => "ConvertZap",
        _ => $"Convert{step}",
    };

    /// <summary>The operation's latest progress when the step is next. Null if the step does not belong to this direction.</summary>
    public Done? Before(Alias to, ConversionStep step)
    {
        int at = Steps(to).IndexOf(step);
        return at < 0 ? null : at == 0 ? Done.Begun : After(to, Steps(to)[at - 1]);
    }

    /// <summary>The operation's latest progress once it has taken the step. Null if the step does not belong to this direction.</summary>
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

    /// <summary>
    /// The possible progress of an operation after one step (null: from its begin) and before the other (null: to its end).
    /// </summary>
    public ImmutableArray<Done> Between(Alias to, ConversionStep? from, ConversionStep? until)
    {
        var steps = Steps(to);
        ImmutableArray<Done> all = [Done.Begun, .. steps.Where(s => !IsPartOfAnother(s)).Select(s => After(to, s)!.Value)];
        int first = from is not { } f ? 0 : !steps.Contains(f) ? all.Length : all.IndexOf(Reached(f));
        int end = until is not { } u || !steps.Contains(u) ? all.Length : all.IndexOf(Reached(u));
        return first < end ? all[first..end] : [];

        // If the check is part of the zap's action, it is done when the zap is.
        Done Reached(ConversionStep step) => After(to, step == ConversionStep.Check && ChecksWithZap ? ConversionStep.Zap : step)!.Value;
    }

    /// <summary>True if a conversion to the flavour takes the first step before the second.</summary>
    public bool Precedes(Alias to, ConversionStep first, ConversionStep second) =>
        Steps(to).Contains(first) && Steps(to).IndexOf(first) < Steps(to).IndexOf(second);

    private static void Check(ImmutableArray<ConversionStep> order, ImmutableArray<ConversionStep> steps, string name)
    {
        if (!order.Order().SequenceEqual(steps.Order()))
        {
            throw new ArgumentException($"the order must have each of {string.Join(", ", steps)} once", name);
        }

        if (order.IndexOf(ConversionStep.Flush) < order.IndexOf(ConversionStep.Zap)
            || order.IndexOf(ConversionStep.HostFlush) < order.IndexOf(ConversionStep.Unmap))
        {
            throw new ArgumentException("a flush comes after that which it flushes is gone", name);
        }
    }

    private bool IsPartOfAnother(ConversionStep step) =>
        (step == ConversionStep.Unmap && UnmapsAtOnce) || (step == ConversionStep.Check && ChecksWithZap);
}
