using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.VmmDevices;

/// <summary>The properties of VmmDevices in words.</summary>
internal static class VmmDevicesClaims
{
    private static readonly ImmutableArray<string> s_inplace = ["inplace"];

    public static ImmutableArray<Claim> All { get; } =
    [
        new("VmmDevices", "DevicesReachSharedMemory", "Every translation of a device leads to the shared memory of the page.",
            "In place, the device would reach private memory; with separate memory, its writes would be lost in an old frame.",
            "C1, I8; S31"),
        new("VmmDevices", "GuestKnowsTheKind", "Without a request in progress, guest and KVM agree about a page.",
            "A guest which takes a shared page for private stores its secrets there.", "S1, S12"),
        new("VmmDevices", "VmmKnowsTheKind", "The VMM discards memory of the kind which the page has left.",
            "The memory in use would be destroyed.", "V3")
        {
            Designs = ["separate"],
        },
        new("VmmDevices", "FrameHasOneUse", "No frame has two uses.",
            "Writes to one page would change the other.", "C4, I2"),
        new("VmmDevices", "NoOwnPinBlocks", "KVM refuses no conversion because of a device which the VMM itself has mapped.",
            "The VMM would repeat the conversion for ever.", "L2")
        {
            Designs = s_inplace,
        },
        new("VmmDevices", "LeftMemoryIsFreed", "At rest, a page has no memory of the kind which it has left.",
            "The memory of the guest would be doubled, and the VMM would take it for freed.", "Q5; S10")
        {
            Designs = ["separate"],
        },
        new("VmmDevices", "VmmReachesSharedMemory", "The VMM's page table maps shared pages only.",
            "A write to private memory poisons it, and the guest dies when it reads the page.", "C1, V1; S2, S27")
        {
            Designs = s_inplace,
        },
        new("VmmDevices", "NoPinOfPrivate", "No vCPU's communication page is private.",
            "The host writes there on its own.", "C1; S28")
        {
            Designs = s_inplace,
        },
        new("VmmDevices", "DeadHoldsNoPin", "A vCPU which has ended holds no pin.",
            "KVM would refuse to convert the page for ever.", "L2")
        {
            Designs = s_inplace,
        },
        new("VmmDevices", "RefusedForAPin", "KVM counts no reference of its own when it decides if a page can become private.",
            "KVM would refuse the conversion although no other part of the host uses the page.", "L2")
        {
            Designs = s_inplace,
        },

        new("VmmDevices", "RoundTrip", "A page which a device uses can become private, and shared again, and the device can use it again.",
            "Conversions are the purpose of the protocol.", "S3, S27"),
        new("VmmDevices", "FailureIsTold", "A conversion can fail, and the guest can learn of it.",
            "A model without failures says nothing about them.", "S13"),
        new("VmmDevices", "LookupIsLate", "VFIO can find a frame whose page becomes private before it is pinned.",
            "Without it, the second look would have no purpose.", "memfd_pin_folios"),
        new("VmmDevices", "PinDelays", "A pin can delay a conversion, which succeeds once the pin is gone.",
            "Without it, the check for pins would have no purpose.", "L2; S28")
        {
            Designs = s_inplace,
        },
    ];
}
