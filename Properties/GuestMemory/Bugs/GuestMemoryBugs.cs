using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.GuestMemory.Bugs;

/// <summary>Known bugs of the path from guest_memfd to the second stage.</summary>
internal static class GuestMemoryBugs
{
    private const string P = "GuestMemory";
    private const string Series = "the series for conversion in place";

    public static ImmutableArray<Bug> All { get; } =
    [
        new(
            "E-K3",
            "the flavour is checked before the snapshot of the invalidation sequence",
            P,
            "pkvm,attribute,inplace,spurious",
            [1, 2, 1, 1, 1],
            "MappingFollowsDesignation",
            12)
        {
            Drop = ["fault.snapshot_first"],
            Class = BugClass.Integrity,
            Mistake = Mistake.WrongOrder,
            Source = "the comment in kvm_mmu_faultin_pfn; 44f42ef37deb moved the check (2024). No release is known to have had the "
                + "wrong order",
            Mechanism = "A fault reads the attribute, and a whole conversion happens before the fault takes its snapshot of mmu_seq. The "
                + "snapshot is then newer than the conversion, so nothing makes the fault start again.",
            Prevention = "The invalidation sequence is read before the check, so no conversion in between goes unnoticed.",
            Fix = "kvm_mmu_faultin_pfn takes the snapshot first, with a read barrier",
        },
        new(
            "E-K4",
            "a fault is not checked against a running invalidation",
            P,
            "cca,attribute,inplace,honest",
            [1, 2, 1, 1, 1],
            "NoMappingOutlivesItsFrame",
            9)
        {
            Drop = ["fault.retry_on_invalidate"],
            Class = BugClass.Integrity,
            Mistake = Mistake.CheckAndActApart,
            Source = "the check is_page_fault_stale; f7a3be227619 asserts it where a page is mapped without a fault",
            Mechanism = "A fault looks its frame up, and the page is punched before the fault installs its entry. Without the second "
                + "look under mmu_lock, the entry leads to a frame that has been freed.",
            Prevention = "A fault installs nothing if an invalidation runs, or ran since its snapshot.",
            Fix = "is_page_fault_stale, under mmu_lock",
        },
        new(
            "E-K23",
            "punching a hole misses the entries of the page's new flavour",
            P,
            "cca,attribute,inplace,honest",
            [1, 2, 1, 1, 1],
            "NoMappingOutlivesItsFrame",
            9)
        {
            Drop = ["punch.zap"],
            Class = BugClass.Integrity,
            Mistake = Mistake.ForgottenFlush,
            Source = $"e088c7f86bef and 2f7f4e102880, in {Series} (2026)",
            Mechanism = "The filter of the invalidation is fixed when the file is created. After a conversion, the entries of the page "
                + "have the other flavour, so the punch leaves them, and they lead to a frame that has been freed.",
            Prevention = "Punching a hole zaps the entries that point at the frame, of whatever flavour they are.",
            Fix = "an invalidation for a punch or a conversion takes both flavours",
        },
        new(
            "E-L2",
            "a freed frame is treated like a converted one, and is not scrubbed",
            P,
            "sw,hole,separate,honest",
            [1, 2, 1, 1, 1],
            "SecretStaysPrivate",
            19)
        {
            Drop = ["punch.sanitise"],
            Class = BugClass.Safety,
            Mistake = Mistake.Identity,
            Source = $"Fuad Tabba on patch 15 of 46, version 8 of {Series} (June 2026)",
            Mechanism = "One hook of the architecture serves two purposes: a conversion, which must keep the contents, and a free, which "
                + "must scrub them. If the hook of a conversion is called for a free, the next user of the frame finds the guest's data.",
            Prevention = "A frame that no firmware wipes is zeroed before it is freed.",
            Fix = "two hooks, one to make a page shared and one to free it",
        },
        new(
            "E-L3",
            "a page without an attribute counts as shared, and the host faults it in",
            P,
            "cca,attribute,inplace,honest",
            [1, 2, 1, 1, 1],
            "HostNeverReachesPrivate",
            11)
        {
            Drop = ["gmem.fault_shared_only"],
            Class = BugClass.Safety,
            Mistake = Mistake.MissingGuard,
            Source = $"Binbin Wu on patch 1 of 46, version 8 of {Series} (June 2026)",
            Mechanism = "A missing entry of the tree of attributes reads as zero, and zero means shared. The host then faults in a page "
                + "that belongs to the guest alone.",
            Prevention = "In place, the VMM can fault in only pages that are shared.",
            Fix = "a missing entry is an error, and the fault is refused",
        },
        new(
            "E-L4",
            "a conversion to private leaves the page in the VMM's page table",
            P,
            "snp,attribute,inplace,spurious",
            [1, 2, 1, 1, 1],
            "HostNeverReachesPrivate",
            9)
        {
            Drop = ["convert.unmap_user", "convert.refcount"],
            Class = BugClass.Safety,
            Mistake = Mistake.ForgottenFlush,
            Source = $"Xiaoyao Li, a proof of concept on TDX for {Series} (2025)",
            Mechanism = "The VMM's mapping is not revoked when the page becomes private. A later write of the VMM poisons the line on "
                + "TDX, and the guest takes a machine check.",
            Prevention = "A conversion to private first takes the page out of the VMM's page table, and gives up if a reference is left.",
            Fix = "unmap_mapping_pages, and then the check of the reference count",
        },
    ];
}
