using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.GuestMemory.Labels;

/// <summary>
/// The labels which no property misses at the default bounds, each with the reason. The command <c>mutate</c> checks each entry.
/// </summary>
internal static class Survivors
{
    public static ImmutableArray<Survivor> All { get; } =
    [
        Size("guest.flush", "*,*,separate,honest", [1, 2, 2, 1, 0], "a violation needs a second vCPU in the middle of an access"),
        Size("guest.flush", "sw,*,inplace,honest", [1, 2, 2, 1, 0], "a violation needs a second vCPU in the middle of an access"),
        Size("guest.flush", "snp,*,inplace,honest", [1, 2, 2, 1, 0], "a violation needs a second vCPU in the middle of an access"),
        Size("guest.flush", "tdx,*,inplace,honest", [1, 2, 2, 1, 0], "a violation needs a second vCPU in the middle of an access"),
        Size("guest.flush", "cca,*,inplace,honest", [1, 2, 2, 1, 0], "a violation needs a second vCPU in the middle of an access"),
        Redundant(
            "guest.flush",
            "pkvm,*,*,honest",
            "EL2 checks the page tables itself, and decides by the guest's view of the page and not by waiting vCPUs"),
        Redundant(
            "guest.flush",
            "*,*,*,spurious",
            "it protects a guest from its own haste, but not from a spurious VMM. With such a VMM, "
                + "the remaining claims hold for every behaviour of the guest"),

        Size(
            "fault.check_private",
            "*,*,*,honest",
            [1, 2, 2, 1, 0],
            "an honest VMM resumes a vCPU only once the page has the requested flavour; a violation needs a second vCPU without a request"),
        Redundant(
            "fault.snapshot_first",
            "*,*,*,honest",
            "a page is converted only for a waiting vCPU, and the guest requests it only while no fault on the page is in progress. "
                + "So the check of a fault stays valid"),
        Redundant(
            "fault.no_fill",
            "*,hole,*,honest",
            "the page is not punched while a private fault on it is in progress, so there is no hole to fill"),
        Size(
            "fault.retry_on_invalidate",
            "*,*,separate,honest",
            [1, 2, 1, 2, 0],
            "the guest waits for the conversion itself; a violation needs a second operation, a punch or a discard"),
        Redundant(
            "fault.get_pfn_locked",
            "*,*,inplace,honest",
            "only SNP prepares the frame when it is looked up, and an honest VMM converts no page during a fault on it"),
        Redundant(
            "fault.get_pfn_locked",
            "sw,*,inplace,spurious",
            "without firmware nothing is prepared when the frame is looked up, and nothing is installed during an invalidation"),
        Redundant(
            "fault.get_pfn_locked",
            "tdx,*,inplace,spurious",
            "TDX takes the frame when the entry is installed, and nothing is installed during an invalidation"),
        Redundant(
            "fault.get_pfn_locked",
            "cca,*,inplace,spurious",
            "the RMM takes the frame when the entry is installed, and nothing is installed during an invalidation"),
        Redundant(
            "fault.get_pfn_locked",
            "pkvm,*,inplace,spurious",
            "EL2 takes the frame when the entry is installed, and nothing is installed during an invalidation"),

        Redundant(
            "punch.zap",
            "*,attribute,separate,honest",
            "an honest VMM punches shared pages, whose private entries were removed by their conversion"),
        Redundant(
            "punch.flush",
            "*,attribute,separate,honest",
            "an honest VMM punches shared pages, whose private entries were flushed by their conversion"),
        Size(
            "punch.unmap_user",
            "*,*,inplace,*",
            [2, 1, 1, 1, 0],
            "a violation needs a second page which gets the frame while the VMM still has it mapped"),
        Size(
            "punch.folio_lock",
            "*,*,inplace,*",
            [2, 1, 1, 1, 0],
            "a violation needs a second page which gets the frame while the VMM still has it mapped"),
        Redundant("punch.reclaim", "sw,*,*,*", "there is no firmware, so it holds no frame"),
        Redundant(
            "punch.reclaim",
            "tdx,attribute,*,honest",
            "an honest VMM punches shared pages, whose frames the firmware gave back at their conversion"),
        Redundant(
            "punch.reclaim",
            "cca,attribute,*,honest",
            "an honest VMM punches shared pages, whose frames the firmware gave back at their conversion"),
        Redundant(
            "punch.reclaim",
            "snp,attribute,inplace,honest",
            "an honest VMM punches shared pages, whose frames the firmware gave back at their conversion"),
        Redundant("punch.reclaim", "pkvm,*,*,*", "EL2 refuses to punch a frame owned by the guest"),
        Redundant(
            "punch.sanitise",
            "sw,*,inplace,*",
            "an honest VMM punches only published pages, and with a spurious VMM secrecy is not claimed in this design"),
        Redundant("punch.sanitise", "snp,*,*,*", "a frame given back by the firmware contains ciphertext whose key is gone"),
        Redundant("punch.sanitise", "tdx,*,*,*", "a frame given back by the firmware contains ciphertext whose key is gone"),
        Redundant("punch.sanitise", "cca,*,*,*", "the RMM wipes a frame before giving it back"),
        Redundant("punch.sanitise", "pkvm,*,*,*", "EL2 wipes a frame before giving it back, and the guest has published its shared pages"),
        Redundant("punch.guest_consent", "pkvm,*,*,honest", "an honest VMM punches only pages which the guest has shared"),

        Redundant(
            "discard.zap",
            "*,*,separate,honest",
            "an honest VMM discards the shared memory of private pages, whose shared entries were removed by their conversion"),
        Redundant(
            "discard.flush",
            "*,*,separate,honest",
            "an honest VMM discards the shared memory of private pages, whose shared entries were flushed by their conversion"),

        Redundant("convert.guest_consent", "pkvm,*,*,honest", "an honest VMM converts to shared only pages which the guest has shared"),
        Redundant("convert.reclaim", "sw,*,inplace,*", "there is no firmware, so it holds no frame"),
    ];

    private static Survivor Redundant(string label, string designs, string reason) =>
        new("GuestMemory", label, designs, Because.Redundant, reason);

    private static Survivor Size(string label, string designs, ImmutableArray<int> bounds, string reason) =>
        new("GuestMemory", label, designs, Because.Size, reason) { Bounds = bounds };
}
