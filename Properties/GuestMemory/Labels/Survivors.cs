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
        Size("guest.flush", "*,*,separate,honest", [1, 2, 2, 1, 0], "it takes a second vCPU that is in the middle of an access"),
        Size("guest.flush", "sw,*,inplace,honest", [1, 2, 2, 1, 0], "it takes a second vCPU that is in the middle of an access"),
        Size("guest.flush", "snp,*,inplace,honest", [1, 2, 2, 1, 0], "it takes a second vCPU that is in the middle of an access"),
        Size("guest.flush", "tdx,*,inplace,honest", [1, 2, 2, 1, 0], "it takes a second vCPU that is in the middle of an access"),
        Size("guest.flush", "cca,*,inplace,honest", [1, 2, 2, 1, 0], "it takes a second vCPU that is in the middle of an access"),
        Redundant(
            "guest.flush",
            "pkvm,*,*,honest",
            "EL2 looks at the page tables itself and goes by what the guest takes the page for, not by who is waiting for an answer"),
        Redundant(
            "guest.flush",
            "*,*,*,spurious",
            "it protects a guest from its own haste. From a VMM that keeps to no contract it protects nothing: what is claimed then "
                + "holds whatever the guest does"),

        Size(
            "fault.check_private",
            "*,*,*,honest",
            [1, 2, 2, 1, 0],
            "an honest VMM resumes a vCPU only once the page is what it asked for; it takes a second vCPU that did not ask"),
        Redundant(
            "fault.snapshot_first",
            "*,*,*,honest",
            "a page is converted only for a vCPU that waits, and the guest asks only when no fault on the page is under way: what a "
                + "fault has checked stays right"),
        Redundant(
            "fault.no_fill",
            "*,hole,*,honest",
            "the page is not punched while a private fault on it is under way, so there is no hole to be filled"),
        Size(
            "fault.retry_on_invalidate",
            "*,*,separate,honest",
            [1, 2, 1, 2, 0],
            "the guest waits for the conversion itself; it takes a second operation, a punch or a discard, beside it"),
        Redundant(
            "fault.get_pfn_locked",
            "*,*,inplace,honest",
            "only SNP prepares the frame when it is looked up, and an honest VMM converts no page that is being faulted in"),
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
            "an honest VMM punches pages that are shared, and private entries of these are gone since they were converted"),
        Redundant(
            "punch.flush",
            "*,attribute,separate,honest",
            "an honest VMM punches pages that are shared, and private entries of these are flushed since they were converted"),
        Size(
            "punch.unmap_user",
            "*,*,inplace,*",
            [2, 1, 1, 1, 0],
            "the frame has to become another page's before the VMM's mapping of it is wrong"),
        Size(
            "punch.folio_lock",
            "*,*,inplace,*",
            [2, 1, 1, 1, 0],
            "the frame has to become another page's before the VMM's mapping of it is wrong"),
        Redundant("punch.reclaim", "sw,*,*,*", "there is no firmware that holds the frame"),
        Redundant(
            "punch.reclaim",
            "tdx,attribute,*,honest",
            "what an honest VMM punches is shared, and the firmware gave its frame back when it was converted"),
        Redundant(
            "punch.reclaim",
            "cca,attribute,*,honest",
            "what an honest VMM punches is shared, and the firmware gave its frame back when it was converted"),
        Redundant(
            "punch.reclaim",
            "snp,attribute,inplace,honest",
            "what an honest VMM punches is shared, and the firmware gave its frame back when it was converted"),
        Redundant("punch.reclaim", "pkvm,*,*,*", "EL2 lets nobody punch a frame that the guest owns"),
        Redundant(
            "punch.sanitise",
            "sw,*,inplace,*",
            "an honest VMM punches what the guest has published; of a VMM that is not, secrecy is not claimed here"),
        Redundant("punch.sanitise", "snp,*,*,*", "what the firmware gives back is ciphertext under a key that is gone"),
        Redundant("punch.sanitise", "tdx,*,*,*", "what the firmware gives back is ciphertext under a key that is gone"),
        Redundant("punch.sanitise", "cca,*,*,*", "the RMM wipes what it gives back"),
        Redundant("punch.sanitise", "pkvm,*,*,*", "EL2 wipes what it gives back, and what the guest has shared it has published"),
        Redundant("punch.guest_consent", "pkvm,*,*,honest", "an honest VMM punches only what the guest has shared"),

        Redundant(
            "discard.zap",
            "*,*,separate,honest",
            "an honest VMM discards the shared memory of pages that are private, and shared entries of these are gone since they were "
                + "converted"),
        Redundant(
            "discard.flush",
            "*,*,separate,honest",
            "an honest VMM discards the shared memory of pages that are private, and shared entries of these are flushed since they were "
                + "converted"),

        Redundant("convert.guest_consent", "pkvm,*,*,honest", "an honest VMM converts to shared only what the guest has shared"),
        Redundant("convert.reclaim", "sw,*,inplace,*", "there is no firmware that holds the frame"),
    ];

    private static Survivor Redundant(string label, string designs, string reason) =>
        new("GuestMemory", label, designs, Because.Redundant, reason);

    private static Survivor Size(string label, string designs, ImmutableArray<int> bounds, string reason) =>
        new("GuestMemory", label, designs, Because.Size, reason) { Bounds = bounds };
}
