using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.PageLifecycle;

/// <summary>The properties of PageLifecycle in words.</summary>
internal static class PageLifecycleClaims
{
    public static ImmutableArray<Claim> All { get; } =
    [
        new("PageLifecycle", "HostNeverReachesPrivate", "No host access ever reaches a frame which belongs to the guest alone.",
            "Confidential guests rely on it. If the firmware enforces it, a forbidden access does not read a secret but takes the host "
                + "down.",
            "C1, V1; S2, S23, S25, S27"),
        new(
            "PageLifecycle",
            "SecretStaysPrivate",
            "A frame with a guest's secret is in the private file, and no part of the host has mapped it.",
            "The next user of the frame would find the secret.", "C2; S17, S26"),
        new("PageLifecycle", "NoSilentLoss", "A usable page on which the guest relies contains the guest's data.",
            "Otherwise a VMM could replace a page, and the guest would continue with wrong data.",
            "I1, V4; S18, S19, S20, S34"),
        new("PageLifecycle", "NoMappingOutlivesItsFrame", "The guest's mapping of a page leads to the frame of the page in the file.",
            "A freed frame may have another user.", "I8; S14, S16"),
        new(
            "PageLifecycle",
            "FrameHasOneUse",
            "No two pages have the same frame.",
            "Writes to one page would change the other.",
            "C4, I2"),
        new("PageLifecycle", "GuestSurvives", "The guest never takes a fatal fault.",
            "A guest loses nothing if its VMM keeps to the protocol. The claim does not cover other VMMs: against them, "
                + "the guest saves its data by dying.",
            "V3; S15")
        {
            Designs = ["*,honest"],
        },
        new(
            "PageLifecycle",
            "NeverDirectlyPrivate",
            "A shared page becomes usable as a private one only with a frame which the guest has accepted, "
                + "or for which the firmware vouches.",
            "A recently shared frame contains data of the host.", "I3; S18, S28"),
        new("PageLifecycle", "OnlyTheGuestUnshares", "No private frame is mapped for a page which the guest considers shared.",
            "The guest requests a page to be private or shared, and the VMM decides. KVM never decides by itself.",
            "I5, V5; S4, S5, S12, S14"),

        new("PageLifecycle", "Takes(state -> state)", "This step of a page's life is possible.",
            "A life cycle with an impossible edge would allow behaviour of GuestMemory which was never examined.",
            "the life cycle's own guards"),
        new("PageLifecycle", "RoundTrip", "A page can become private, be used, become shared, and be mapped by the host.",
            "Conversions are the purpose of the protocol.", "S3, S27"),
        new(
            "PageLifecycle",
            "InitialImage",
            "A page of the initial image can be used without the guest accepting it.",
            "A guest needs some usable pages at its start.",
            "I7; S18"),
        new("PageLifecycle", "ReplacedPageKills", "A guest which touches a replaced page dies.",
            "The fault is the only sign of the replacement.", "V4; S18, S19")
        {
            Designs = ["*,spurious"],
        },
    ];
}
