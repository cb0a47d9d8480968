using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.VmmDevices.Bugs;

/// <summary>Known bugs of VMMs and devices: stale maps, forgotten discards, pins, and failures reported as success.</summary>
internal static class VmmDevicesBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new(
            "E-Q1",
            "QEMU: a page becomes private while the IOMMU still maps its old frame",
            "VmmDevices",
            "separate",
            [2, 2, 1],
            "DevicesReachSharedMemory",
            7)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.ForgottenFlush,
            Source = "QEMU, RAMBlock: make guest_memfd require coordinate discard, May 2025",
            Mechanism = "The VMM converts and discards a shared page without a word to VFIO. The IOMMU still leads to the old frame, and "
                + "the device writes there while the page has another one.",
            Prevention = "A page is unmapped from the IOMMU before it becomes private.",
            Fix = "ram-block-attributes and the discard listener of VFIO in QEMU",
            Drop = ["private.unmap"],
        },
        new(
            "E-Q3",
            "QEMU: a failed conversion is reported to the guest as success",
            "VmmDevices",
            "separate",
            [2, 2, 1],
            "GuestKnowsTheKind",
            5)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ErrorPath,
            Source = "QEMU up to 9.2; a comment in arch/x86/kvm/vmx/tdx.c",
            Mechanism = "The conversion fails, and the VMM leaves the result of the hypercall as it is, which means success. The guest "
                + "takes the page for converted.",
            Prevention = "The VMM stores the result of the conversion in the answer.",
            Fix = "the handler of KVM_HC_MAP_GPA_RANGE in QEMU",
            Drop = ["reply.result"],
        },
        new("E-Q5", "QEMU: the failure of a conversion is ignored", "VmmDevices", "separate", [2, 2, 1], "GuestKnowsTheKind", 6)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.ErrorPath,
            Source = "early patches of QEMU for guest_memfd",
            Mechanism = "The function for conversions returns an error, and its caller does not look. The VMM discards the memory, and "
                + "the guest runs on as if the page were converted.",
            Prevention = "The VMM goes on only if KVM has converted the page.",
            Fix = "the callers of kvm_convert_memory in QEMU",
            Drop = ["convert.failed"],
        },
        new(
            "E-Q6",
            "QEMU: shared memory backed by huge pages is never discarded",
            "VmmDevices",
            "separate",
            [2, 2, 1],
            "LeftMemoryIsFreed",
            7)
        {
            Class = BugClass.Leak,
            Mistake = Mistake.MissingGuard,
            Source = "the branch for hugetlb in kvm_convert_memory, QEMU",
            Mechanism = "The page becomes private, and its shared memory is left alone because it is backed by huge pages. The guest's "
                + "memory is doubled.",
            Prevention = "The shared memory of a page which became private is discarded.",
            Fix = "kvm_convert_memory in accel/kvm/kvm-all.c",
            Drop = ["private.discard"],
        },
        new(
            "P-24",
            "A VMM: the private memory of a page which became shared is never punched",
            "VmmDevices",
            "separate",
            [2, 2, 1],
            "LeftMemoryIsFreed",
            11)
        {
            Class = BugClass.Leak,
            Mistake = Mistake.MissingGuard,
            Source = "a VMM, May 2026",
            Mechanism = "The page becomes shared, and the private file keeps its frame. Each converted page costs two frames from then "
                + "on.",
            Prevention = "The private memory of a page which became shared is punched.",
            Fix = "the conversion to shared of the VMM",
            Drop = ["shared.punch"],
        },
        new(
            "P-26",
            "A VMM: a discard drops page-table entries and frees nothing",
            "VmmDevices",
            "separate",
            [2, 2, 1],
            "LeftMemoryIsFreed",
            7)
        {
            Class = BugClass.Leak,
            Mistake = Mistake.MissingGuard,
            Source = "a VMM, 2026",
            Mechanism = "The discard removes the VMM's page-table entries, and the file behind them keeps the frame. The VMM reports "
                + "success, and memory is never freed.",
            Prevention = "Discarding shared memory frees the frame, and not only the page-table entry.",
            Fix = "the discard function of the VMM",
            Drop = ["discard.free"],
        },
        new(
            "P-5",
            "Notifier: device translations are flushed for an empty range",
            "VmmDevices",
            "inplace",
            [2, 2, 1],
            "DevicesReachSharedMemory",
            9)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ForgottenFlush,
            Source = "KVM arm64, March 2025; a hypervisor, March 2026",
            Mechanism = "The loop which flushes the CPUs moves the start of the range on. The devices are then told to flush an empty "
                + "range, and a device writes through its old translation into a page which became private.",
            Prevention = "Unmapping a page drops the translations cached by devices as well.",
            Fix = "the range passed to the notifier of the device's TLB",
            Drop = ["unmap.iotlb"],
        },
        new(
            "E-L11",
            "VMM in place: a page is converted before it is unmapped from VFIO",
            "VmmDevices",
            "inplace",
            [2, 2, 1],
            "NoOwnPinBlocks",
            8)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.WrongOrder,
            Source = "review of QEMU's in-place conversion, 17 July 2025",
            Mechanism = "The VMM asks KVM for a private page while its own VFIO map pins the frame. KVM answers EAGAIN, and would do so "
                + "for ever.",
            Prevention = "The VMM unmaps the page from VFIO, and then asks KVM.",
            Fix = "memory/guest_memfd: Enable in-place conversion when available",
            Drop = ["private.unmap"],
        },
        new(
            "P-7",
            "Pinning a file: the frame is looked up, converted, and then pinned",
            "VmmDevices",
            "inplace",
            [2, 2, 1],
            "DevicesReachSharedMemory",
            8)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.CheckAndActApart,
            Source = "memfd pinning by file offset, November 2026",
            Mechanism = "A folio is looked up by its offset and pinned afterwards. The page becomes private in between, and the device "
                + "gets a pin of private memory.",
            Prevention = "The frame is pinned only if it is still the frame of the shared page.",
            Fix = "memfd_pin_folios in mm/gup.c",
            Drop = ["pin.recheck"],
        },
        new(
            "P-8",
            "SEV: the communication page of a vCPU which has ended stays pinned",
            "VmmDevices",
            "inplace",
            [2, 2, 1],
            "DeadHoldsNoPin",
            4)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.Count,
            Source = "KVM SEV fix, July 2026",
            Mechanism = "A vCPU ends while its communication page is pinned, and the pin is never dropped. The conversion of the page is "
                + "refused for ever.",
            Prevention = "A vCPU which ends unpins its communication page.",
            Fix = "sev_free_vcpu in arch/x86/kvm/svm/sev.c",
            Drop = ["halt.unpin"],
        },
        new(
            "E-L5",
            "In place: a reference of a CPU's batch delays a conversion for ever",
            "VmmDevices",
            "inplace",
            [2, 2, 1],
            "RefusedForAPin",
            5)
        {
            Class = BugClass.Liveness,
            Mistake = Mistake.Count,
            Source = "in-place conversion v3 to v8, Handle lru_add fbatch refcounts",
            Mechanism = "A new folio waits in a CPU's batch, which holds a reference. KVM counts it as a user, and answers EAGAIN until "
                + "the batch is drained by chance.",
            Prevention = "The batches are drained before the references are counted.",
            Fix = "lru_add_drain_all in kvm_gmem's test for references",
            Drop = ["convert.drain"],
        },
    ];
}
