using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.GuestConversion.Bugs;

/// <summary>Known bugs of guests: conversions which failed, steps in the wrong order, and forgotten flushes.</summary>
internal static class GuestConversionBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new(
            "E-G1",
            "TDX guest: the page-table bit changes before the page is accepted",
            "GuestConversion",
            "",
            [2, 2],
            "StrayAccessIsHarmless",
            11)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.WrongOrder,
            Source = "Linux 195edce08b63, x86/tdx: Fix race between set_memory_encrypted() and load_unaligned_zeropad()",
            Mechanism = "The guest's page table maps the page as private while the host still has it shared. load_unaligned_zeropad on "
                + "another CPU reads beyond its own page into this one, and the guest dies.",
            Prevention = "All pages of the range are accepted before the page-table bit changes.",
            Fix = "tdx_enc_status_change_prepare in arch/x86/coco/tdx/tdx.c",
            Drop = ["hide.order"],
        },
        new("E-G4", "Guest: two CPUs accept the same page", "GuestConversion", "", [2, 2], "AcceptedOnce", 5)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.CheckAndActApart,
            Source = "Linux 50e782a86c98, efi/unaccepted: Fix soft lockups caused by parallel memory acceptance",
            Mechanism = "The bitmap of unaccepted memory is read under a lock, and the acceptance happens outside of it. Without a list "
                + "of the ranges in progress, a second CPU finds the same page unaccepted, and accepts it again.",
            Prevention = "A CPU accepts a range only if no other CPU is accepting a part of it.",
            Fix = "accept_memory and accepting_list in drivers/firmware/efi/unaccepted_memory.c",
            Drop = ["accept.claim"],
        },
        new(
            "E-G5",
            "TDX guest: kexec starts a kernel which takes shared pages for private ones",
            "GuestConversion",
            "",
            [2, 2],
            "AllocatorHasPrivatePages",
            12)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.MissingGuard,
            Source = "Linux 859e63b789d6, x86/tdx: Convert shared memory back to private on kexec",
            Mechanism = "The new kernel knows nothing about the pages which the old one has shared. It uses them as ordinary memory, "
                + "which the host can still write.",
            Prevention = "The old kernel makes all shared pages private before the new one starts.",
            Fix = "tdx_kexec_finish in arch/x86/coco/tdx/tdx.c",
            Drop = ["kexec.sweep"],
        },
        new(
            "E-G6",
            "Hyper-V guest: a buffer which could not be made private is freed",
            "GuestConversion",
            "",
            [2, 2],
            "AllocatorHasPrivatePages",
            12)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ErrorPath,
            Source = "CVE-2024-36909, CVE-2024-36910, CVE-2024-36911 and CVE-2024-36913 (Linux 03f5a999adba)",
            Mechanism = "The host refuses to make a shared buffer private. The driver frees the buffer all the same, and the next user of "
                + "the page stores its data where the host can read it.",
            Prevention = "A page which could not be made private is leaked.",
            Fix = "vmbus_free_ring, vmbus_disconnect, netvsc and uio_hv_generic",
            Drop = ["hide.leak"],
        },
        new("E-G7", "Guest DMA: a buffer which could not be shared is freed", "GuestConversion", "", [2, 2], "DataStaysPrivate", 9)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ErrorPath,
            Source = "CVE-2024-35939, dma-direct: Leak pages on dma_set_decrypted() failure",
            Mechanism = "The conversion of a DMA buffer fails after the page-table bit was changed. The buffer is freed in this unknown "
                + "state, and ordinary data is stored through a shared mapping.",
            Prevention = "A page whose conversion failed is leaked.",
            Fix = "dma_direct_alloc in kernel/dma/direct.c",
            Drop = ["share.leak"],
        },
        new("E-G8", "Guest swiotlb: a pool is used although it could not be shared", "GuestConversion", "", [2, 2], "BufferIsShared", 9)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ErrorPath,
            Source = "kernel/dma/swiotlb.c in Linux 7.2",
            Mechanism = "The result of set_memory_decrypted is not looked at. The pool is used as shared memory although the host sees "
                + "private pages.",
            Prevention = "The pool is used only if the host has agreed to share it.",
            Fix = "the callers of set_memory_decrypted in kernel/dma/swiotlb.c",
            Drop = ["share.failed"],
        },
        new(
            "E-G12",
            "OVMF: a failed conversion to private memory is not noticed",
            "GuestConversion",
            "",
            [2, 2],
            "StrayAccessIsHarmless",
            12)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ErrorPath,
            Source = "edk2 5c7a611353",
            Mechanism = "The status of the conversion is not checked. The firmware goes on with a page which it takes for private and "
                + "which the host still has shared.",
            Prevention = "A page counts as private only if the host has agreed and the page is accepted.",
            Fix = "SetOrClearSharedBit in OvmfPkg",
            Drop = ["hide.failed"],
        },
        new(
            "E-G14",
            "SVSM: shared translations outlive the conversion to private memory",
            "GuestConversion",
            "",
            [2, 2],
            "DataStaysPrivate",
            15)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ForgottenFlush,
            Source = "COCONUT-SVSM 338cbc2d",
            Mechanism = "The page of the GHCB becomes private again, and the old translation stays in the TLB. Later data in the page is "
                + "stored without encryption, where the host can read it.",
            Prevention = "The flush after the page-table bit drops shared translations.",
            Fix = "the release of the GHCB page in COCONUT-SVSM",
            Drop = ["hide.flush"],
        },
        new("E-G16", "SVSM: the pages shared before a failure are freed", "GuestConversion", "", [2, 2], "AllocatorHasPrivatePages", 14)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ErrorPath,
            Source = "COCONUT-SVSM 57f9c198",
            Mechanism = "Sharing a range fails at one of its pages. The pages before it stay shared and go back to the allocator with the "
                + "others.",
            Prevention = "The error path covers the pages which were shared before the failure as well.",
            Fix = "the constructor of the shared box in COCONUT-SVSM",
            Drop = ["share.undo"],
        },
        new(
            "E-G21",
            "Hyper-V guest: a hypercall page can be found before it is shared",
            "GuestConversion",
            "",
            [2, 2],
            "FoundOnlyShared",
            6)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.WrongOrder,
            Source = "drivers/hv/hv_common.c, the comment at hyperv_pcpu_input_arg",
            Mechanism = "The pointer to a per-CPU page for hypercalls was stored before the page was shared. The conversion itself makes "
                + "a hypercall, and used the page while it was still private.",
            Prevention = "The pointer is stored only after the page is shared.",
            Fix = "hv_common_cpu_init in drivers/hv/hv_common.c",
            Drop = ["publish.after"],
        },
        new(
            "P-32",
            "Paravisor: a page which is private again does not get its rights back",
            "GuestConversion",
            "",
            [2, 2],
            "RightsComeBack",
            14)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.ErrorPath,
            Source = "a paravisor, August 2025",
            Mechanism = "Sharing a page takes rights of the guest away. Making the page private again does not give them back, and the "
                + "next access kills the guest.",
            Prevention = "A page which becomes private gets all rights back.",
            Fix = "the path of the paravisor which makes a page private",
            Drop = ["hide.rights"],
        },
        new("P-45", "Firmware: memory is used before it is accepted", "GuestConversion", "", [2, 2], "AllocatorHasPrivatePages", 2)
        {
            Class = BugClass.Crash,
            Mistake = Mistake.MissingGuard,
            Source = "guest firmware, 2024",
            Mechanism = "The firmware uses a page which was not accepted yet. The access kills the guest.",
            Prevention = "Only accepted pages are allocated.",
            Fix = "the acceptance of memory before its first use",
            Drop = ["allocate.accepted"],
        },
        new(
            "P-47",
            "Firmware: a shared page is given to the system as ordinary memory",
            "GuestConversion",
            "",
            [2, 2],
            "AllocatorHasPrivatePages",
            10)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.MissingGuard,
            Source = "guest firmware, 2022",
            Mechanism = "A page which the firmware shares with the host is in the memory map of the system as ordinary memory. The system "
                + "stores its data there, and the host can read it.",
            Prevention = "A shared page returns to the allocator only after it was made private.",
            Fix = "the release of the firmware's shared pages before the system starts",
            Drop = ["release.private"],
        },
    ];
}
