using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.TdxSept;

/// <summary>The properties of TdxSept in words.</summary>
internal static class TdxSeptClaims
{
    private static readonly ImmutableArray<string> s_module = ["module"];
    private static readonly ImmutableArray<string> s_requests = ["requests"];

    public static ImmutableArray<Claim> All { get; } =
    [
        new("TdxSept", "NoStaleAccess", "No vCPU in the guest can reach a frame which the host may reuse.",
            "A cached translation would let the guest read and change memory of the host or of another guest.", "I8; S16"),
        new("TdxSept", "FreeFrameIsClean", "No cache holds lines of a frame which the host may reuse.",
            "A line written back later would destroy the data of the next user, or raise a machine check in the host.", "C2, V1"),
        new("TdxSept", "EntryIsKnown", "Each frame in the second stage is in KVM's copy of the entry, and belongs to the guest.",
            "The host would give the frame to another user while the guest can still reach it.", "C4, C6"),
        new("TdxSept", "FrameHasOnePage", "No frame is mapped at two pages.",
            "Writes to one page would change the other.", "C4, I2"),
        new("TdxSept", "MirrorIsTrue", "Outside a change, each frame in KVM's copy is in the second stage.",
            "The guest's faults would find a mapping in KVM's copy, and repeat for ever.", "tdp_mmu_set_spte_atomic"),
        new("TdxSept", "GuestFrameIsKnown", "KVM knows a page for each frame which belongs to the guest.",
            "A frame without a page is never given back.", "Q4; tdx_sept_remove_private_spte"),
        new("TdxSept", "NeverRefused", "The module refuses no call which KVM takes for certain to succeed.",
            "KVM kills the VM after such a refusal, and loses the frame.", "V1; tdh_do_no_vcpus")
        {
            Designs = s_module,
        },
        new("TdxSept", "NoSilentLoss", "A usable page on which the guest relies was not replaced by a zeroed one.",
            "The guest would continue with wrong data.", "I1, V4; S18, S19, S20")
        {
            Designs = s_module,
        },
        new("TdxSept", "NewPageIsAccepted", "A new page becomes usable only when the guest accepts it.",
            "The host could replace a page, and the guest would not notice.", "I1, I3; S18")
        {
            Designs = s_module,
        },
        new("TdxSept", "MetadataCoversFrame", "The region of each frame in the second stage has metadata, and the frame counts as a user.",
            "The module cannot track the owner of a frame without metadata.", "Dynamic PAMT")
        {
            Designs = s_module,
        },
        new("TdxSept", "MetadataIsReturned", "Only frames of the guest count as users of metadata, and metadata without users is freed.",
            "A reference which is not given back keeps the metadata pages for ever.", "Dynamic PAMT")
        {
            Designs = s_module,
        },

        new("TdxSept", "RoundTrip", "A frame can be mapped, used by the guest, removed, and given back to the host.",
            "This is the purpose of the protocol.", "S16"),
        new("TdxSept", "CancelledEntry", "A vCPU can find a request after it has announced its entry.",
            "The check after the announcement would never be used.", "kvm_vcpu_exit_request"),
        new("TdxSept", "RetryAfterKick", "A call which was refused as busy can succeed after the vCPUs have left the guest.",
            "A model without refusals says nothing about them.", "tdh_do_no_vcpus")
        {
            Designs = s_module,
        },
        new("TdxSept", "BusyAddIsUndone", "The module can refuse to add a frame, and KVM can undo all of the preparation.",
            "A model without refusals says nothing about them.", "tdh_mem_page_aug")
        {
            Designs = s_module,
        },
        new("TdxSept", "FrameIsLost", "A frame whose cache lines could not be written back is kept from all users.",
            "The error path must exist to be judged.", "tdh_phymem_page_wbinvd_hkid")
        {
            Designs = s_module,
        },
        new("TdxSept", "RunsDuringRemoval", "A vCPU of the old epoch can be in the guest after TRACK.",
            "Without it, the wait for vCPUs would have no purpose.", "I8")
        {
            Designs = s_module,
        },
        new("TdxSept", "ServedBeforeEntry", "A vCPU can flush its translation of a freed frame before it enters the guest again.",
            "Without it, the flush would have no purpose.", "I8")
        {
            Designs = s_requests,
        },
    ];
}
