using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.Binding;

/// <summary>The properties of Binding in words.</summary>
internal static class BindingClaims
{
    public static ImmutableArray<Claim> All { get; } =
    [
        new("Binding", "MappedPageExists", "Every page which the guest reaches is in the file, and its slot is in use.",
            "The guest would reach a frame which was freed.", "I8; S16"),
        new("Binding", "BindingNamesLiveSlot", "No binding of the file leads to a slot which was freed.",
            "An invalidation, or the release of the file, would write to freed memory.", "V1; kvm_gmem_unbind"),
        new("Binding", "BindingNamesCompleteSlot", "No binding of the file leads to a slot which is not complete.",
            "An invalidation would use data of the slot which does not exist yet.", "V1; kvm_gmem_bind"),
        new("Binding", "ReadySlotIsBound", "While the file lives, every page of it is bound to the slot in use.",
            "Faults would fail for ever, and invalidations would miss the slot's mappings.", "I8; kvm_gmem_get_pfn"),
        new("Binding", "SlotNamesLiveFile", "No slot points to a file which was released.",
            "A fault would use freed memory.", "V1; kvm_gmem_release"),
        new("Binding", "FaultHasSlot", "The slot of a fault in progress is not freed.",
            "The fault would use freed memory.", "V1; synchronize_srcu"),
        new("Binding", "AssignedWhereMapped", "The firmware has each mapped frame at the guest address of its slot.",
            "The firmware would refuse each access, and the guest would fault for ever.", "I2; sev_gmem_prepare"),
        new("Binding", "InvalidationEnds", "No invalidation stays in progress after the operation which began it.",
            "Every later fault would be repeated for ever.", "I4; kvm_mmu_invalidate_end"),
        new("Binding", "DeletionEnds", "A fault in a slot which is being deleted can end.",
            "The deletion waits for the fault, and the fault would be repeated until the slot is gone.", "L4; tdx_handle_ept_violation"),
        new("Binding", "NoWaitInACircle", "A punch and the handling of a memory error never wait for each other.",
            "Both would wait for ever, with the file locked.", "L5; kvm_gmem_error_folio"),
        new("Binding", "NoWaitForMmap", "Populate never waits for a fault of the user which waits for populate.",
            "Both would wait for ever, with the file and the address space locked.", "L5; kvm_gmem_populate"),

        new("Binding", "Rebind", "A slot can be deleted, and the file bound to another one.",
            "A VMM moves memory in this way.", "set_memory_region_test"),
        new("Binding", "SlotDiesAfterItsFile", "A slot can be deleted between the last reference to the file and its release.",
            "The order must exist to be judged.", "kvm_gmem_unbind"),
        new("Binding", "SlotOutlivesItsFile", "A slot can stay in use after the release of the file.",
            "The order must exist to be judged.", "kvm_gmem_release"),
        new("Binding", "Punch", "A page can be punched, and mapped again.",
            "This is the purpose of the bindings.", "S16"),
        new("Binding", "MemoryError", "A memory error can remove a page from the guest.",
            "A model without memory errors says nothing about them.", "kvm_gmem_error_folio"),
        new("Binding", "RecoveryGivesUp", "The handling of a memory error can meet a punch, and gives up.",
            "Without it, the order of the locks would not matter.", "L5"),
        new("Binding", "FaultMeetsDeletion", "A fault can be in progress while its slot is deleted.",
            "Without it, the wait for faults would have no purpose.", "L4"),
        new("Binding", "Populate", "Populate can succeed while a user's fault holds the mmap lock.",
            "Without it, the order of the locks would not matter.", "L5"),
        new("Binding", "BindingFails", "A binding can fail, and the slot is given up.",
            "A model without failures says nothing about them.", "xa_store_range"),
        new("Binding", "UpdateIsRefused", "A VMM can try to take the file from a slot in use.",
            "Without it, the refusal would have no purpose.", "KVM_MEM_GUEST_MEMFD"),
    ];
}
