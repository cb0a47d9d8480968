using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.PageLifecycle;

/// <summary>The properties of PageLifecycle in words.</summary>
internal static class PageLifecycleClaims
{
    public static ImmutableArray<Claim> All { get; } =
    [
        new("PageLifecycle", "HostNeverReachesPrivate", "No host access ever reaches a frame that the guest has to itself.",
            "It is what a confidential guest is promised. Where the firmware enforces it, "
                + "an access that gets through does not read a secret but takes the host down.",
            "C1, V1; S2, S23, S25, S27"),
        new(
            "PageLifecycle",
            "SecretStaysPrivate",
            "A frame with a guest's secret in it is in the private file, and nobody on the host has it mapped.",
            "Whoever is given the frame next would find the secret there.", "C2; S17, S26"),
        new("PageLifecycle", "NoSilentLoss", "A page that the guest can use, and counts on, has in it what the guest stored there.",
            "A VMM could otherwise take a page away and put another one in its place, and the guest would compute on with it.",
            "I1, V4; S18, S19, S20, S34"),
        new("PageLifecycle", "NoMappingOutlivesItsFrame", "The guest's mapping of a page leads to the frame that the file has there.",
            "A frame that was freed belongs to somebody else.", "I8; S14, S16"),
        new(
            "PageLifecycle",
            "FrameHasOneUse",
            "No two pages have the same frame.",
            "One page's guest would write into the other.",
            "C4, I2"),
        new("PageLifecycle", "GuestSurvives", "The guest never takes a fatal fault.",
            "A guest whose VMM keeps to what was agreed loses nothing. Against a VMM that does not, "
                + "it is not claimed: dying is then what saves the guest's data.",
            "V3; S15")
        {
            Designs = ["*,honest"],
        },
        new(
            "PageLifecycle",
            "NeverDirectlyPrivate",
            "A shared page becomes usable as a private one only by way of a frame that the guest has accepted, "
                + "or that the firmware vouches for.",
            "In a frame that was shared a moment ago is what the host has put there.", "I3; S18, S28"),
        new("PageLifecycle", "OnlyTheGuestUnshares", "No private frame is mapped for a page that the guest takes for shared.",
            "What is private and what is shared the guest asks for and the VMM decides; KVM never does so on its own.",
            "I5, V5; S4, S5, S12, S14"),

        new("PageLifecycle", "Takes(state -> state)", "This step of a page's life is possible.",
            "A life cycle with an edge that no page takes would allow GuestMemory what nobody has looked at.",
            "the life cycle's own guards"),
        new("PageLifecycle", "RoundTrip", "A page can become private, be used, be shared, and be the host's to map.",
            "Conversions are what the protocol is for.", "S3, S27"),
        new(
            "PageLifecycle",
            "InitialImage",
            "A page of the initial image can be used without the guest accepting it.",
            "A guest has to start somewhere.",
            "I7; S18"),
        new("PageLifecycle", "ReplacedPageKills", "A guest that touches a page which the VMM has replaced dies.",
            "That it stops is how it learns of the replacement.", "V4; S18, S19")
        {
            Designs = ["*,spurious"],
        },
    ];
}
