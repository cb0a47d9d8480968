using Checker.Model.Catalogue;

namespace Checker.Protocols.VmmDevices;

/// <summary>The picture of a state: devices with their cached translations, pages as each party sees them, and frames.</summary>
public static class VmmDevicesPicture
{
    public static Picture Definition { get; } = new(
        new("Device", "device", 0) { Arrows = [new("cached", "cached", "device", IsCopy: true)] },
        new("Page", "page", 1)
        {
            Marks =
            [
                new("kind", "for KVM"), new("told", "for the guest"), new("asked", "waits for an answer"), new("duty", "VMM's progress"),
                new("mapped", "mapped by the VMM"),
            ],
            Arrows =
            [
                new("memory", "shared memory", "VMM"), new("hidden", "private file", "KVM"), new("iommu", "IOMMU", "device"),
                new("found", "looked up", "VFIO"),
            ],
        },
        new("Frame", "frame", 2) { Marks = [new("batched", "is in a batch")] })
    {
        Marks = [new("comms", "communication page"), new("halted", "the vCPU has ended")],
    };
}
