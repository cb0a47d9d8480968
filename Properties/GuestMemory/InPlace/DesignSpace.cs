using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.Designs;
using Checker.Protocols.GuestMemory;

namespace Checker.Properties.GuestMemory.InPlace;

/// <summary>
/// The design space of in-place conversion. A guard is part of it if it is a step or a test of the conversion itself, or if it
/// makes another actor notice a conversion: the VMM's fault on the private fd, and KVM's fault handler. The behaviour of the
/// guest and the punching of a page are fixed. So is fault.check_private, the comparison of a fault's access with the attribute:
/// without it the attribute has no meaning.
/// </summary>
public static class DesignSpace
{
    private static readonly ImmutableArray<string> s_guards =
    [
        "convert.unmap_user", "convert.host_flush", "convert.refcount", "convert.zap", "convert.flush", "convert.reclaim",
        "gmem.fault_shared_only", "gmem.fault_locked", "fault.get_pfn_locked", "fault.retry_on_invalidate", "fault.snapshot_first",
    ];

    private static readonly Lazy<ImmutableArray<ImmutableArray<ConversionStep>>> s_toPrivate =
        new(() => [.. Conversion.Orders(Conversion.StepsToPrivate)]);
    private static readonly Lazy<ImmutableArray<ImmutableArray<ConversionStep>>> s_toShared =
        new(() => [.. Conversion.Orders(Conversion.StepsToShared)]);

    /// <summary>The designs with in-place conversion.</summary>
    public static ImmutableArray<Design> Designs { get; } = [.. GuestMemoryDesigns.All.Where(d => d.Is("*,*,inplace,*"))];

    /// <summary>The possible orders of the steps of a conversion to private. <see cref="ToShared"/> has those to shared.</summary>
    public static ImmutableArray<ImmutableArray<ConversionStep>> ToPrivate => s_toPrivate.Value;

    /// The possible orders of the steps of a conversion to shared.
    public static ImmutableArray<ImmutableArray<ConversionStep>> ToShared => s_toShared.Value;

    /// <summary>Other changes to a conversion, apart from missing guards and orders: the name, the sentence, and the conversion.</summary>
    public static ImmutableArray<(string Name, string Sentence, Conversion Conversion)> Changes { get; } =
    [
        (
            "check_apart",
            "the check for users of the frame and the zap are two critical sections",
            Conversion.InOrder(Conversion.StepsToPrivate, null)),
        (
            "unmap_later",
            "check and zap are one critical section, but the VMM's page is unmapped some time after the begin of the conversion",
            Conversion.InOrder(Conversion.StepsToPrivate, null, checksWithZap: true)),
        (
            "convert_again",
            "there is no early return: a page which already has the requested flavour is converted nevertheless",
            Conversion.Standard with { ConvertsAgain = true }),
        ("zap_both", "the invalidation zaps both flavours, and not only the old one", Conversion.Standard with { ZapsBoth = true }),
        (
            "zap_both_again",
            "the invalidation zaps both flavours, and a range may contain pages which already have the requested flavour",
            Conversion.Standard with { ZapsBoth = true, ConvertsAgain = true }),
        (
            "prepare_by_claim",
            "SNP's make_private decides by the flavour of the access, and not by the attribute under the lock",
            Conversion.Standard with { PreparesByClaim = true }),
        (
            "window_from_zap",
            "faults are retried from the zap to the end, and not from the begin (like the kernel's mmu_invalidate_in_progress)",
            Conversion.Standard with { Window = InvalidationWindow.FromZap }),
        (
            "window_until_flush",
            "faults are retried from the zap to the flush only",
            Conversion.Standard with { Window = InvalidationWindow.UntilFlush }),
    ];

    /// <summary>
    /// The guards of a design. Without firmware, no step gives a frame back. Only on pKVM is the guest asked for its consent.
    /// </summary>
    public static ImmutableArray<string> Guards(Design design) => design.Is("pkvm,*,*,*") ? s_guards.Insert(6, "convert.guest_consent")
        : design.Is("sw,*,*,*") ? s_guards.Remove("convert.reclaim")
        : s_guards;

    /// <summary>The design with every subset of its guards, the full set first.</summary>
    public static IEnumerable<Variant> Subsets(Design design)
    {
        var guards = Guards(design);
        return Enumerable.Range(0, 1 << guards.Length)
            .Select(bits =>
                new Variant(design, VariantKind.Guards, [.. guards.Where((_, i) => (bits & (1 << i)) != 0)], Conversion.Standard));
    }

    /// <summary>The design with each order of the steps to private. The order to shared is the one of the merged series.</summary>
    public static IEnumerable<Variant> OrdersToPrivate(Design design) => ToPrivate.Select(o => Ordered(design, o, null));

    /// <summary>
    /// The design with each order of the steps to private, with check and zap in one action. One directly follows the other.
    /// </summary>
    public static IEnumerable<Variant> OrdersWithCheckAndZap(Design design) =>
        ToPrivate.Where(o => o.IndexOf(ConversionStep.Zap) == o.IndexOf(ConversionStep.Check) + 1)
            .Select(o => new Variant(design, VariantKind.Order, [], Conversion.InOrder(o, null, checksWithZap: true)));

    /// <summary>The design with each order of the steps to shared. The order to private is the one of the merged series.</summary>
    public static IEnumerable<Variant> OrdersToShared(Design design) => ToShared.Select(o => Ordered(design, null, o));

    public static IEnumerable<Variant> ChangesOf(Design design) =>
        Changes.Select(c => new Variant(design, VariantKind.Change, [], c.Conversion) { Name = c.Name });

    public static Variant Ordered(Design design, ImmutableArray<ConversionStep>? toPrivate, ImmutableArray<ConversionStep>? toShared) =>
        new(design, VariantKind.Order, [], Conversion.InOrder(toPrivate, toShared));
}
