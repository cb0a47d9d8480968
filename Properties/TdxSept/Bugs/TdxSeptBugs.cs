using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.TdxSept.Bugs;

/// <summary>Known bugs of second stages: removals, kicks, and calls which failed.</summary>
internal static class TdxSeptBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new("E-K17", "TDX: a page removal which is refused as busy kills the VM", "TdxSept", "module", [2, 2, 2], "NeverRefused", 6)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.ErrorPath,
            Source = "Linux 4b2abc49712b, KVM: TDX: Kick off vCPUs when SEAMCALL is busy during TD page removal",
            Mechanism = "A vCPU in a call of the module holds a lock of the second stage, so that the module refuses KVM's call as busy. "
                + "KVM took the refusal for a defect, killed the VM and lost the frame.",
            Prevention = "KVM asks all vCPUs to leave the guest, keeps them out, and repeats the call once.",
            Fix = "tdh_do_no_vcpus in arch/x86/kvm/vmx/tdx.c",
            Drop = ["busy.retry"],
        },
        new("P-1", "TDX: an entry is removed although blocking it was refused", "TdxSept", "module", [2, 2, 2], "NeverRefused", 9)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.ErrorPath,
            Source = "KVM TDX patches of 2024, review of the zap path",
            Mechanism = "The module answers busy when KVM blocks an entry, and the caller does not look. It goes on to TRACK and REMOVE, "
                + "which the module refuses because the entry is not blocked: the frame stays with the guest.",
            Prevention = "KVM goes on to TRACK only if the entry could be blocked.",
            Fix = "tdx_sept_zap_private_spte in arch/x86/kvm/vmx/tdx.c",
            Drop = ["block.busy"],
        },
        new(
            "E-K19",
            "TDX: a removed frame is freed although its cache lines could not be written back",
            "TdxSept",
            "module",
            [2, 2, 2],
            "FreeFrameIsClean",
            12)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.ErrorPath,
            Source = "KVM mailing list, 1 April 2026",
            Mechanism = "After the removal of a frame its cache lines must be written back under the guest's key. When that call failed, "
                + "the frame was returned all the same, and a late line could poison it for its next user.",
            Prevention = "A frame whose cache lines could not be written back is leaked.",
            Fix = "the error path of tdh_phymem_page_wbinvd_hkid in tdx_sept_remove_private_spte",
            Drop = ["free.wbinvd"],
        },
        new(
            "E-G3",
            "TDX guest: a replaced page is accepted by the handler of the fault",
            "TdxSept",
            "module",
            [2, 2, 2],
            "NoSilentLoss",
            18)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.MissingGuard,
            Source = "Linux 373e715e31bf, x86/tdx: Panic on bad configs that #VE on private memory access",
            Mechanism = "The host removes a page of the guest and adds a new frame, which is pending. A guest which accepts the page in "
                + "its exception handler continues with zeroes where its data was.",
            Prevention = "The guest accepts no page on whose data it relies; the fault is fatal.",
            Fix = "ve_raise_fault and tdx_setup in arch/x86/coco/tdx/tdx.c",
            Drop = ["accept.once"],
        },
        new(
            "P-3",
            "KVM arm64: a vCPU looks for requests before it announces its entry",
            "TdxSept",
            "requests",
            [2, 2, 2],
            "NoStaleAccess",
            10)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.WrongOrder,
            Source = "KVM arm64 fix, November 2026",
            Mechanism = "A vCPU finds no request, and announces only then that it enters the guest. A thread which unmaps a page in "
                + "between sees the vCPU outside, does not wait for it, and frees the frame; the vCPU enters with the old "
                + "translation.",
            Prevention = "A vCPU looks for requests after it has announced its entry.",
            Fix = "kvm_arch_vcpu_ioctl_run and kvm_vcpu_exit_request in arch/arm64/kvm/arm.c",
            Drop = ["enter.recheck"],
        },
        new(
            "P-17",
            "Port of pKVM: a page changes its owner before the kicked vCPUs have left",
            "TdxSept",
            "requests",
            [2, 2, 2],
            "NoStaleAccess",
            7)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ForgottenFlush,
            Source = "a port of pKVM, March 2026, and a paravisor, October 2025",
            Mechanism = "The flush is queued and the vCPUs are kicked, and the owner of the page changes at once. A vCPU which is still "
                + "in the guest uses its cached translation of a frame which the host has reused.",
            Prevention = "The owner changes only after each vCPU that was kicked has left the guest.",
            Fix = "the wait for the acknowledgement of the kick, before the change of owner",
            Drop = ["kick.await"],
        },
    ];
}
