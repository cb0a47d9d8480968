using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.PkvmOwnership.Bugs;

/// <summary>The known bugs which PkvmOwnership can express.</summary>
internal static class PkvmOwnershipBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new(
            "E-P2",
            "an offset in a message is checked, and read again after the host has changed it",
            "PkvmOwnership",
            "",
            [1, 1],
            "MessagesInBounds",
            6)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.CheckAndActApart,
            Source = "KVM: arm64: fixes of untrusted FF-A offsets",
            Mechanism = "The hypervisor checks the offset of a descriptor in a buffer which the host can write, and reads the "
                + "offset again to use it. The host changes it in between, and the hypervisor reads out of bounds.",
            Prevention = "The descriptor is copied first, and the copy is checked and used.",
            Fix = "arch/arm64/kvm/hyp/nvhe/ffa.c: the composite offset is read once and bounded",
            Drop = ["ffa.copy"],
        },
        new("E-P3", "an address that is no memory is donated", "PkvmOwnership", "", [1, 1], "OnlyMemoryIsGiven", 5)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.MissingGuard,
            Source = "KVM: arm64, fix in Linux 6.4: donated addresses must be memory (2023)",
            Mechanism = "The host donates the address of a device to the guest or to the hypervisor. The new owner takes it "
                + "for memory, and its accesses go to the device.",
            Prevention = "A donation asks whether the address is memory.",
            Fix = "arch/arm64/kvm/hyp/nvhe/mem_protect.c: addr_is_memory in the checks of a transition",
            Drop = ["donate.memory"],
        },
        new("E-P4", "the stack of the hypervisor stays reachable for the host", "PkvmOwnership", "", [1, 1], "HostReachesNoForeignFrame", 4)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.MissingGuard,
            Source = "KVM: arm64: Transfer the hyp stack pages out of the host stage-2 (2026)",
            Mechanism = "The stack pages of the hypervisor stay with the host when its stage 2 is set up. The host maps them "
                + "at its first access.",
            Prevention = "All pages of the hypervisor change their owner before the host runs under its stage 2.",
            Fix = "arch/arm64/kvm/hyp/nvhe/setup.c: the stack pages are among the pages taken from the host",
            Drop = ["init.unmap"],
        },
        new(
            "E-P5",
            "the host gives a page up, and then there is no memory to map it",
            "PkvmOwnership",
            "",
            [1, 1],
            "EveryFrameHasAnOwner",
            4)
        {
            Class = BugClass.Leak,
            Mistake = Mistake.WrongOrder,
            Source = "KVM: arm64, Linux 7.1: check the capacity before a share or a donation (2026)",
            Mechanism = "The host loses the frame first, and mapping it for the guest then fails for want of a page for a "
                + "table. The frame belongs to no side any more.",
            Prevention = "The capacity of the cache is checked before anything changes.",
            Fix = "arch/arm64/kvm/hyp/nvhe/mem_protect.c: the memcache is checked at the start of the transition",
            Drop = ["donate.capacity"],
        },
        new(
            "E-P6",
            "a block mapping of the host forgets who owns a page in it",
            "PkvmOwnership",
            "",
            [1, 2],
            "HostReachesNoForeignFrame",
            4)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.HullOfRange,
            Source = "arch/arm64/kvm/hyp/nvhe/mem_protect.c, the comment at the force_pte callback",
            Mechanism = "A fault of the host is answered with a block, and one of the block's pages has another owner. The "
                + "note of the owner stands in an invalid entry, and the block replaces it.",
            Prevention = "A block is mapped only if no entry below it notes an owner.",
            Fix = "host_stage2_adjust_range and host_stage2_force_pte_cb in mem_protect.c",
            Drop = ["block.annotated"],
        },
        new(
            "E-P7",
            "a page of a dying guest returns to the host without being zeroed",
            "PkvmOwnership",
            "",
            [1, 1],
            "HostReachesNoSecret",
            10)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.MissingGuard,
            Source = "KVM: arm64, the rule for pages of a dying guest in mem_protect.c",
            Mechanism = "A dying guest has pages of its own, and pages shared with the host; only shared ones may skip the "
                + "wipe. Without the distinction, the host gets a page with the guest's data.",
            Prevention = "A page which the guest owns alone is wiped before the host gets it.",
            Fix = "arch/arm64/kvm/hyp/nvhe/mem_protect.c: the reclaim of a dying guest's page calls hyp_poison_page for "
                + "owned pages",
            Drop = ["dying.zero"],
        },
        new(
            "E-P8",
            "the owner changes while an access of the old one is still in flight",
            "PkvmOwnership",
            "",
            [1, 1],
            "HostReachesNoForeignFrame",
            8)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ForgottenFlush,
            Source = "erratum 4193714, pkvm_sme_dvmsync_fw_call",
            Mechanism = "The invalidation of the host's stage 2 is complete, and an access of another unit has passed its "
                + "translation before. The frame gets its new owner while the access is still in flight.",
            Prevention = "The hypervisor waits for the accesses in flight before the owner changes.",
            Fix = "arch/arm64/kvm/hyp/nvhe: the firmware call which drains the unit after each invalidation",
            Drop = ["sync.drain"],
        },
    ];
}
