using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.VmmDevices;

/// <summary>One mutant for each label, which the label prevents.</summary>
internal static class VmmDevicesLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("private.unmap", "separate", "DevicesReachSharedMemory", 7),
        Without("unmap.iotlb", "separate", "DevicesReachSharedMemory", 8),
        Without("private.discard", "separate", "LeftMemoryIsFreed", 7),
        Without("discard.free", "separate", "LeftMemoryIsFreed", 7),
        Without("shared.punch", "separate", "LeftMemoryIsFreed", 11),
        Without("reply.result", "separate", "GuestKnowsTheKind", 5),
        Without("pin.recheck", "separate", "DevicesReachSharedMemory", 7),
        Without("convert.failed", "separate", "VmmKnowsTheKind", 4),
        Without("private.unmap", "inplace", "NoOwnPinBlocks", 8),
        Without("unmap.iotlb", "inplace", "DevicesReachSharedMemory", 9),
        Without("convert.unmap", "inplace", "VmmReachesSharedMemory", 6),
        Without("convert.drain", "inplace", "RefusedForAPin", 5),
        Without("convert.unpinned", "inplace", "NoPinOfPrivate", 7),
        Without("reply.result", "inplace", "GuestKnowsTheKind", 7),
        Without("pin.recheck", "inplace", "DevicesReachSharedMemory", 8),
        Without("halt.unpin", "inplace", "DeadHoldsNoPin", 4),
        Without("convert.failed", "inplace", "GuestKnowsTheKind", 7),
    ];

    public static ImmutableArray<Survivor> Survivors { get; } = [];

    private static Mutant Without(string drop, string design, string property, int length) =>
        new("VmmDevices", [drop], design, [2, 2, 1], property, length);
}
