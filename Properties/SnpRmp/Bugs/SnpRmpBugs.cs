using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.SnpRmp.Bugs;

/// <summary>The known bugs which SnpRmp can express.</summary>
internal static class SnpRmpBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new("E-K5", "a punch frees the frame with the registers of a running vCPU", "SnpRmp", "vmm", [1, 1, 1], "RegistersInPlace", 7)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.ForgottenFlush,
            Source = "KVM: SEV: Forcefully invalidate SNP VMSA if its backing gmem page is zapped (2026)",
            Mechanism = "KVM caches the frame with a vCPU's registers, and holds no reference to it. A punch unmaps the page "
                + "from the guest and takes the frame back, while the vCPU still runs on it.",
            Prevention = "A punch stops each vCPU whose registers lie in the punched page.",
            Fix = "arch/x86/kvm/svm/sev.c: the hook for invalidated ranges of guest_memfd requests a new VMSA",
            Drop = ["punch.vmsa"],
        },
        new(
            "E-K7",
            "KVM reads an entry of a page state change twice, and the guest changes it in between",
            "SnpRmp",
            "none",
            [1, 1, 1],
            "RequestsInBounds",
            6)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.CheckAndActApart,
            Source = "KVM: SEV, fixes of 4af663c2f64a for page state change requests (2025)",
            Mechanism = "KVM checks an entry in a buffer which the guest can write, and reads it a second time to serve it. "
                + "The guest changes the entry in between, and KVM uses an index outside of the buffer.",
            Prevention = "KVM reads each entry once, and uses its checked copy.",
            Fix = "arch/x86/kvm/svm/sev.c: snp_begin_psc reads entries with READ_ONCE and bounds the end index",
            Drop = ["psc.copy"],
        },
        new("E-K11", "a frame is marked as ready although the RMP was not updated", "SnpRmp", "none", [1, 1, 1], "MappedFrameIsAssigned", 5)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.ErrorPath,
            Source = "KVM: guest_memfd, d04c77d23122 and b85524314a3d (2024)",
            Mechanism = "A frame is marked as ready although RMPUPDATE failed. The next fault skips the preparation, and maps "
                + "a frame which the RMP still gives to the host.",
            Prevention = "A frame is marked only after the RMP has assigned it.",
            Fix = "virt/kvm/guest_memfd.c: the folio becomes up to date after the preparation; later, 8622ef05709f "
                + "removes the mark",
            Drop = ["prepare.rmp"],
        },
        new("E-K16", "a page is faulted in before the initial image is finished", "SnpRmp", "none", [1, 1, 1], "ImageIsMeasured", 3)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.WrongOrder,
            Source = "5932ca411e53: KVM: x86: Disallow pre-fault for SNP VMs before initialization (2025)",
            Mechanism = "The VMM faults a page in before the initial image is finished, and the RMP assigns its frame. The "
                + "firmware then refuses to add the page to the image, or the page enters unmeasured.",
            Prevention = "Before the image is finished, frames are assigned by the firmware alone.",
            Fix = "arch/x86/kvm/mmu/mmu.c: kvm_arch_vcpu_pre_fault_memory asks for pre_fault_allowed",
            Drop = ["prepare.started"],
        },
        new(
            "E-K21",
            "a split of an RMP entry that was taken away meanwhile is reported as a defect",
            "SnpRmp",
            "vmm",
            [1, 1, 1],
            "NoFalseAlarm",
            7)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.CheckAndActApart,
            Source = "71a47b7fdec3 and 8b0c8531a5dc: KVM: SEV: Treat an unassigned RMP entry as a benign race on PSMASH "
                + "failure (2026)",
            Mechanism = "KVM looks up the frame of an RMP fault, and a punch then takes the frame back. The split of the RMP "
                + "entry fails, and KVM warns of an error which is none.",
            Prevention = "KVM looks for an invalidation since its lookup before it reports the failure.",
            Fix = "arch/x86/kvm/svm/sev.c: sev_handle_rmp_fault checks mmu_invalidate_retry_gfn before it warns",
            Drop = ["smash.recheck"],
        },
        new(
            "E-K30",
            "a frame keeps its old guest address in the RMP after its file has moved",
            "SnpRmp",
            "vmm",
            [2, 1, 1],
            "MappedFrameIsAssigned",
            5)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.Identity,
            Source = "Linux 7.2.13, sev_gmem_prepare; found by reading the code",
            Mechanism = "The VMM deletes a memory slot, and binds the same part of the file at another address. KVM finds the "
                + "frame assigned and maps it, but the RMP has assigned it to the old address, so each access of the "
                + "guest faults for ever.",
            Prevention = "A frame counts as prepared only for the address which the RMP has.",
            Fix = "sev_gmem_prepare would have to compare the address and the guest of the RMP entry; there is no "
                + "upstream fix yet",
            Drop = ["map.gpa"],
        },
        new("E-G10", "pages of the initial image are validated once more", "SnpRmp", "hypervisor", [1, 2, 1], "OneValidFrame", 9)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.MissingGuard,
            Source = "edk2 11b15336f0, 509ec4ba5e, 3ed3b7a4ae",
            Mechanism = "The firmware of the guest validates its whole memory, also the pages which are valid since the "
                + "launch. The hypervisor gives such a page a second frame, and the guest validates it.",
            Prevention = "The ranges which are valid since the launch are known, and are skipped.",
            Fix = "OvmfPkg: the ranges validated before the start are recorded in the SNP metadata section",
            Drop = ["image.known"],
        },
        new("E-G17", "a page becomes a VMSA while another vCPU rescinds it", "SnpRmp", "none", [1, 1, 2], "RegistersInPlace", 8)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.CheckAndActApart,
            Source = "coconut-svsm d162b9df and 6cae63d9",
            Mechanism = "A request to rescind a page is checked first, and a second request then creates a vCPU with its "
                + "registers in the page. The first one goes on, so the registers lie in a page which is no longer "
                + "valid, or is the guest's to write.",
            Prevention = "Both requests check and change the page under one lock.",
            Fix = "kernel/src/protocols/core.rs: one lock for PVALIDATE and for the list of VMSAs",
            Drop = ["vmsa.lock"],
        },
        new(
            "E-G19",
            "a validation of 2 MB fails on entries of 4 KB, and the guest goes on",
            "SnpRmp",
            "none",
            [1, 1, 1],
            "UsedPageIsValid",
            9)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.ErrorPath,
            Source = "coconut-svsm 12f0d541",
            Mechanism = "The guest validates 2M, and the RMP has entries of 4K: the instruction fails with a size mismatch. "
                + "The guest goes on as if the page were valid, and its next access is fatal.",
            Prevention = "After a size mismatch, the guest validates each page of 4K.",
            Fix = "coconut-svsm: the page size of PVALIDATE follows the size of the mapping",
            Drop = ["validate.result"],
        },
        new("E-G20", "a page is used after its validation without being wiped", "SnpRmp", "hypervisor", [1, 1, 1], "ValidIsClean", 7)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.MissingGuard,
            Source = "coconut-svsm 361e4980, documentation of the attack",
            Mechanism = "Before the first validation, the hypervisor maps a frame with contents of its choice, or of another "
                + "page, at the address. The guest validates the page, and uses it without wiping it.",
            Prevention = "The guest wipes a page after it has validated it.",
            Fix = "coconut-svsm: pages are zeroed after PVALIDATE, before they are used",
            Drop = ["validate.zero"],
        },
        new("E-G22", "a frame that the firmware keeps is leaked twice", "SnpRmp", "none", [1, 1, 1], "LeakedOnce", 3)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.Count,
            Source = "5c52607c43c3: crypto: ccp - Fix leaking the same page twice (v7.0)",
            Mechanism = "The function which takes frames back from the firmware leaks the frames which do not come back. Its "
                + "caller sees the error and leaks the same frames again, which corrupts the list.",
            Prevention = "The function which fails to take a frame back leaks it, and its callers do not.",
            Fix = "drivers/crypto/ccp/sev-dev.c: no snp_leak_pages after a failed snp_reclaim_pages",
            Drop = ["leak.once"],
        },
        new(
            "E-A1",
            "a page is validated twice, and the hypervisor exchanges its two frames",
            "SnpRmp",
            "hypervisor",
            [1, 2, 1],
            "NoSilentReplacement",
            11)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.MissingGuard,
            Source = "AMD, SEV-SNP: Strengthening VM Isolation with Integrity Protection and More (2020)",
            Mechanism = "A guest without a record validates a page again when it faults. The hypervisor assigns a second "
                + "frame for the address and exchanges both at will, so the guest reads old data.",
            Prevention = "The guest records each validated page, and validates none twice.",
            Fix = "every SNP guest: the bitmap of accepted memory, or a fatal error for an access to a page which is "
                + "not valid",
            Drop = ["validate.once"],
        },
        new("E-A3", "the host writes to the RMP before it is closed", "SnpRmp", "hypervisor", [1, 1, 1], "ValidIsClean", 3)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.WrongOrder,
            Source = "CVE-2025-0033, AMD-SB-3020 (Schlueter and Shinde, CCS 2025)",
            Mechanism = "While the firmware sets the RMP up, the host can still write to its memory. An entry written then "
                + "stays, and makes a frame of the host valid for a guest.",
            Prevention = "The memory of the RMP is closed for the host before the firmware writes the entries.",
            Fix = "firmware update of AMD-SB-3020",
            Drop = ["init.reset"],
        },
        new("P-10", "the allocator hands out frames that the firmware keeps", "SnpRmp", "none", [1, 1, 1], "FreeFrameIsTheHosts", 2)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.MissingGuard,
            Source = "SEV-SNP hosts, November 2024",
            Mechanism = "Some frames are kept by the firmware, but the host's allocator does not know it and hands them out. "
                + "Assigning such a frame to a guest fails, and a write of the host faults.",
            Prevention = "The frames which the firmware keeps are taken from the allocator at boot.",
            Fix = "the ranges are reserved in the memory map at boot",
            Drop = ["firmware.taken"],
        },
    ];
}
