using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.RangeConversion.Bugs;

/// <summary>Known bugs of conversions of ranges.</summary>
internal static class RangeConversionBugs
{
    private const string P = "RangeConversion";

    public static ImmutableArray<Bug> All { get; } =
    [
        new("E-K1", "a huge entry is installed beside a range whose attributes change", P, "", [3, 2], "HugeEntryMatches", 7)
        {
            Drop = ["begin.hull"],
            Class = BugClass.Integrity,
            Mistake = Mistake.HullOfRange,
            Source = "9129633d568e, KVM: x86/mmu: Prevent installing hugepages when mem attributes are changing (May 2025)",
            Mechanism = "The invalidation covers the 4 KB pages of the range alone. A fault on another page of the same 2 MB region does "
                + "not retry, chooses a huge entry, and maps the pages of the range with their old attribute.",
            Prevention = "The invalidation covers every region with a page of the range, because a huge entry covers a region.",
            Fix = "kvm_arch_pre_set_memory_attributes marks the head and the tail of the range as mixed before the attributes change",
        },
        new("E-K25", "removing a huge private entry takes the data of its other pages", P, "", [3, 2], "NoDataLost", 11)
        {
            Drop = ["zap.split"],
            Class = BugClass.Integrity,
            Mistake = Mistake.HullOfRange,
            Source = "Yan Zhao, the huge page series for TDX (2025)",
            Mechanism = "A page in the middle of a huge private entry becomes shared, and the whole entry is removed. On TDX, removing a "
                + "private entry destroys the contents of all of its pages, also of those that stay private.",
            Prevention = "The entry is split at the boundary first, so the pages that are not converted keep small entries.",
            Fix = "the entries at the ends of the range are split before the zap",
        },
        new("E-L1", "a range with pages of both flavours is zapped whole", P, "", [3, 2], "NoDataLost", 11)
        {
            Drop = ["zap.flavour"],
            Class = BugClass.Integrity,
            Mistake = Mistake.HullOfRange,
            Source = "Suzuki Poulose on patch 13 of 46, version 8 of the series for conversion in place (July 2026)",
            Mechanism = "A conversion to private of a range in which some pages are private already zaps the entries of both flavours. "
                + "On TDX and CCA, the zap of a private entry destroys the data of the page.",
            Prevention = "Only entries of the abandoned flavour are zapped.",
            Fix = "the filter of the invalidation is the flavour that the range leaves",
        },
        new("E-L13", "a failure in the middle of a range leaves its beginning converted", P, "", [3, 2], "GuestAgrees", 4)
        {
            Drop = ["store.undo"],
            Class = BugClass.Integrity,
            Mistake = Mistake.ErrorPath,
            Source = "review of the first version of the series for conversion in place (May 2025)",
            Mechanism = "The attributes are stored part by part, and storing a later part fails. The error is returned, but the parts "
                + "before it keep their new attribute, of which the guest does not know.",
            Prevention = "A failure in the middle of the range restores the attributes of the pages before it.",
            Fix = "all memory for the attributes is reserved before the first is stored",
        },
        new("E-G11", "the guest takes a request that is done in part for one that is done", P, "", [3, 2], "GuestAgrees", 6)
        {
            Drop = ["guest.rest"],
            Class = BugClass.Safety,
            Mistake = Mistake.ErrorPath,
            Source = "edk2 8a41004643, the status RETRY of TDG.VP.VMCALL<MapGPA>",
            Mechanism = "The host converts a first part of the range, and answers that the guest must ask again for the rest. The guest "
                + "does not look at this status, and uses the whole range with the new flavour.",
            Prevention = "The guest asks again for the rest of a range of which a part is done.",
            Fix = "the guest's firmware repeats the call from the address that the host returned",
        },
    ];
}
