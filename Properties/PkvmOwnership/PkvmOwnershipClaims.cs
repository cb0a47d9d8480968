using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.PkvmOwnership;

/// <summary>The properties of PkvmOwnership in words.</summary>
internal static class PkvmOwnershipClaims
{
    public static ImmutableArray<Claim> All { get; } =
    [
        new("PkvmOwnership", "HostReachesNoForeignFrame",
            "No access of the host reaches a frame of the hypervisor, or one of the guest alone.",
            "The hypervisor protects guests from the host by its stage 2 alone: there is no encryption.", "C1, C4, I8"),
        new("PkvmOwnership", "HostReachesNoSecret", "No access of the host reaches a frame with data of the guest or of the hypervisor.",
            "A frame which changes its owner carries its contents along.", "C2"),
        new("PkvmOwnership", "OneOwner", "A frame of the hypervisor or of the guest is no frame of the host, except for a shared one.",
            "Two owners would both trust the contents.", "C4"),
        new("PkvmOwnership", "FrameHasOneUse", "No two pages of the guest have the same frame.",
            "Writes to one page would change the other.", "C4, I2"),
        new("PkvmOwnership", "EveryFrameHasAnOwner", "Between changes, each frame has an owner.",
            "A frame without an owner is lost until the machine is started again.", "C4, Q4, V7"),
        new("PkvmOwnership", "OnlyMemoryIsGiven", "The hypervisor and the guest get memory, and no device.",
            "The host could answer the guest's accesses, or make the hypervisor write to a device.", "C4"),
        new("PkvmOwnership", "NoSilentLoss", "A mapped page on which the guest relies contains the guest's data.",
            "Otherwise the host could replace a page, and the guest would continue with zeroes.", "I1, V4"),
        new("PkvmOwnership", "TranslationsAreCurrent", "A cached translation of the guest agrees with its stage 2.",
            "The guest would write to a frame of the host.", "I8"),
        new("PkvmOwnership", "MessagesInBounds", "The hypervisor reads no part of a message out of bounds.",
            "The host controls the contents of its messages at all times.", "I13"),
        new("PkvmOwnership", "OnlyTheHostsAreLent", "A frame shared with the secure world is the host's.",
            "The secure world would read memory of a guest.", "C4"),

        new("PkvmOwnership", "FirstUse", "A frame can be used by the host, given to the guest, and used there.",
            "Donation is the purpose of the protocol.", "S7"),
        new("PkvmOwnership", "RoundTrip", "The guest can share a page with the host, and make it private again.",
            "Sharing in place is the purpose of the protocol.", "S7"),
        new("PkvmOwnership", "Reclaims", "The host can take a frame of the guest by force, and use it.",
            "Otherwise the host's kernel would die of each wrong access.", "V1"),
        new("PkvmOwnership", "Ends", "The host can use the frames of a dead guest.", "Memory is given back.", "V7"),
        new("PkvmOwnership", "HypHasMemory", "The hypervisor can take a frame, and give it back.", "The hypervisor needs tables.", "V7"),
        new("PkvmOwnership", "Lends", "The host can share a frame with the secure world while it changes its message.",
            "Without the change, the copy would be untested.", "I13"),
        new("PkvmOwnership", "BlockIsMapped", "One entry of the host's stage 2 can map many frames.",
            "Blocks are the default for hosts.", "I6"),
        new("PkvmOwnership", "HypHasStackAndDevice", "The hypervisor has memory of its own from the start, beside devices.",
            "Without them, the rules for the start would be untested.", "C4"),
    ];
}
