using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.Binding.Bugs;

/// <summary>Known bugs of slots and private files: lost bindings, dying files, and locks taken in the wrong order.</summary>
internal static class BindingBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new("E-K12", "guest_memfd: a slot is not unbound from a dying file", "Binding", "", [2, 2], "BindingNamesLiveSlot", 7)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.MissingGuard,
            Source = "CVE-2025-40274, Linux ae431059e75d, KVM: guest_memfd: Remove bindings on memslot deletion when gmem is dying",
            Mechanism = "The last reference to the file is gone and its release has not run yet. Deleting the slot takes the file for "
                + "gone already, skips the unbinding and frees the slot, and the release writes to it.",
            Prevention = "A slot is unbound from a dying file as well.",
            Fix = "kvm_gmem_unbind in virt/kvm/guest_memfd.c",
            Drop = ["unbind.dying"],
        },
        new(
            "CVE-2026-99336",
            "guest_memfd: a slot is unbound from a dying file without the lock",
            "Binding",
            "",
            [2, 2],
            "InvalidationEnds",
            12)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.CheckAndActApart,
            Source = "CVE-2026-99336, Linux 1f3359c873db, take the invalidate lock when unbinding a dying file",
            Mechanism = "An invalidation begins for the VM which it finds through the binding. The binding is removed before the "
                + "invalidation ends, so the end finds no VM: the invalidation stays in progress, and every fault is repeated for "
                + "ever.",
            Prevention = "The binding to a dying file is removed under the invalidate lock.",
            Fix = "kvm_gmem_unbind in virt/kvm/guest_memfd.c",
            Drop = ["unbind.lock"],
        },
        new("E-K13", "guest_memfd: the failure to store a binding is ignored", "Binding", "", [2, 2], "ReadySlotIsBound", 4)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.ErrorPath,
            Source = "CVE-2026-99473, Linux e6ecb88711d9, Gracefully handle xarray errors when binding",
            Mechanism = "The result of xa_store_range is not looked at, and the slot is created without a complete binding. Invalidations "
                + "do not find the slot, and its faults fail for ever.",
            Prevention = "A slot is created only if its binding could be stored.",
            Fix = "kvm_gmem_bind in virt/kvm/guest_memfd.c",
            Drop = ["bind.store"],
        },
        new("E-K14", "guest_memfd: a slot is bound before it is complete", "Binding", "", [2, 2], "BindingNamesCompleteSlot", 3)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.WrongOrder,
            Source = "Linux 3fe5d2944e5a, Establish bindings after memslot is ready",
            Mechanism = "The slot is stored in the file's bindings before the architecture has allocated its data. A punch which runs at "
                + "this time walks the bindings and uses data which does not exist yet.",
            Prevention = "A slot is bound only after it is complete.",
            Fix = "kvm_gmem_bind, split into preparation and commit",
            Drop = ["bind.ready"],
        },
        new("E-K15", "KVM: an update of flags takes the file from a slot", "Binding", "", [2, 2], "BindingNamesLiveSlot", 5)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.MissingGuard,
            Source = "CVE-2025-68810, fixes of Linux 6.19",
            Mechanism = "An update of a slot clears the flag KVM_MEM_GUEST_MEMFD. The old slot is freed without being unbound, and the "
                + "file's bindings still lead to it.",
            Prevention = "An update of a slot's flags cannot take the file from the slot.",
            Fix = "kvm_set_memory_region in virt/kvm/kvm_main.c",
            Drop = ["update.flag"],
        },
        new("E-K10", "guest_memfd: populate pins its source under the invalidate lock", "Binding", "", [2, 2], "NoWaitForMmap", 3)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.Waiting,
            Source = "Linux 2a62345b3052, GUP source pages prior to populating",
            Mechanism = "Populate holds the invalidate lock and needs the mmap lock for its source page. A user's fault holds the mmap "
                + "lock and needs the invalidate lock: both wait for ever.",
            Prevention = "The source page is pinned before the invalidate lock is taken.",
            Fix = "kvm_gmem_populate in virt/kvm/guest_memfd.c",
            Drop = ["populate.pin"],
        },
        new("E-K18", "TDX: a fault is repeated while its slot is being deleted", "Binding", "", [2, 2], "DeletionEnds", 6)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.Waiting,
            Source = "Linux 6.18, the comment in tdx_handle_ept_violation",
            Mechanism = "KVM repeats a fault in a loop, and holds SRCU. The slot is being deleted, so each try is told to repeat, and the "
                + "deletion waits in synchronize_srcu for the loop.",
            Prevention = "The loop ends when the slot is being deleted.",
            Fix = "tdx_handle_ept_violation in arch/x86/kvm/vmx/tdx.c",
            Drop = ["fault.leave"],
        },
        new("AB-BA", "guest_memfd: a memory error and a punch wait for each other", "Binding", "", [2, 2], "NoWaitInACircle", 10)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.Waiting,
            Source = "guest_memfd since Linux 6.8, fixed on 28 September 2026",
            Mechanism = "The handling of a memory error holds the folio lock and waits for the invalidate lock. A punch holds the "
                + "invalidate lock and waits for the folio lock to truncate the page.",
            Prevention = "The handling of a memory error tries the invalidate lock, and otherwise gives the recovery up.",
            Fix = "kvm_gmem_error_folio in virt/kvm/guest_memfd.c",
            Drop = ["failure.trylock"],
        },
    ];
}
