using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.GuestMemory;

/// <summary>The properties of GuestMemory in words.</summary>
internal static class GuestMemoryClaims
{
    private static readonly ImmutableArray<int> s_withoutPin = [1, 2, 1, 1, 0];
    private static readonly ImmutableArray<int> s_withPin = [1, 2, 1, 1, 1];

    public static ImmutableArray<Claim> All { get; } =
    [
        new(
            "GuestMemory",
            "TypeOK",
            "Every variable has a value of its type.",
            "The rest of the catalogue takes it for granted.",
            "the model language")
        {
            ByConstruction = "a variable is a total function into a finite type, and an update that could leave the type is refused "
                + "(M104) or becomes an InRange property",
        },
        new(
            "GuestMemory",
            "HostNeverReachesPrivate",
            "No page-table entry, TLB entry, pin or other use of the host reaches a frame that the guest has to itself.",
            "It is what a confidential guest is promised. On SNP and TDX, besides, a host access to such a frame can take the host down.",
            "C1, V1; S2, S23, S25, S27"),
        new("GuestMemory", "SecretStaysPrivate", "A frame with a guest's secret in it is neither within the host's reach nor free.",
            "Whoever is given the frame next would find the secret there.", "C2; S17, S26")
        {
            Violated = [(
                "sw,*,inplace,spurious",
                "nothing but the VMM's word keeps a page private where no firmware does: converted in place, "
                    + "the secret is in a frame that the host may map")],
        },
        new("GuestMemory", "PrivateAndSharedNeverBothMapped", "KVM never has a page's private and shared entry at the same time.",
            "A page is one or the other; with both, two vCPUs could see two contents.", "I5; S11, S12"),
        new(
            "GuestMemory",
            "NoMappingOutlivesItsFrame",
            "No second-stage entry and no guest TLB entry leads to a frame that has left the page.",
            "The frame has been freed: the guest would read and write somebody else's memory, or have its own read.", "I4, I8, C4; S16"),
        new(
            "GuestMemory",
            "MappingFollowsDesignation",
            "What second-stage tables and guest TLBs hold of a page is what KVM says that the page is, at every moment.",
            "After a conversion some vCPU would go on in the memory that was left.", "I4, I5, I8; S4, S12"),
        new("GuestMemory", "FrameHasOneUse", "A frame is in at most one place of at most one backing store.",
            "Two pages in one frame overwrite each other.", "C4, I2"),
        new(
            "GuestMemory",
            "FirmwareOwnsOnlyBackedFrames",
            "A frame that trusted metadata gives to the guest is the frame of the page that the metadata names.",
            "Otherwise the host has freed a frame that it must not touch: its next use is a fatal fault.", "I2, V1, C6"),
        new("GuestMemory", "NoSilentCorruption", "The guest never reads from a private page anything but what it stored there.",
            "A VMM could otherwise replace what the guest computes with.", "I1, V4; S18, S19, S20, S34")
        {
            Violated = [(
                "sw,*,*,spurious",
                "without firmware the guest does not notice that the VMM has punched a page and filled it again")],
        },
        new("GuestMemory", "GuestSurvives", "The guest never takes a fatal fault.",
            "A guest whose VMM keeps to the contract loses nothing. Against one that does not it is not claimed: dying is then what "
                + "saves the guest's data.",
            "V3; S15")
        {
            Designs = ["*,*,*,honest"],
        },
        new("GuestMemory", "OnlyTheVmmConverts", "What a page is changes only in a step of an operation that the VMM has begun.",
            "KVM and the guest's own accesses must not decide what is private.", "V5; S1, S14, S32"),
        new("GuestMemory", "RefinesLifecycle", "Every step leaves a page where it is in its life, or is an edge of PageLifecycle.",
            "What one learns from the small model is then true of the large one.", "PageLifecycle"),

        new(
            "GuestMemory",
            "StoresSecret",
            "The guest can get a private page and store a secret in it.",
            "Without secrets nothing could go wrong.",
            "S12, S18")
        {
            Needs = s_withoutPin,
        },
        new("GuestMemory", "RoundTrip", "A page can become private, be used, become shared again, and be written by the host.",
            "Conversions are what the protocol is for.", "S3, S27, S29")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "SharesAtFirst",
            "The guest can write to a page that is shared from the start, and the host as well.",
            "It is how the two talk.",
            "S9, S21")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "HostReusesFrame",
            "The host can take a free frame, overwrite it, and free it.",
            "Somebody has to be there who would find a leaked secret.",
            "S26, S31")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "DiscardsShared",
            "The VMM can discard the shared frame of a page that has become private.",
            "Otherwise every page costs two frames for ever.",
            "Q5; S10, S31")
        {
            Designs = ["*,*,separate,*"],
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "PinOutlivesDiscard",
            "A device can still have a pin on a frame that was discarded.",
            "It is why a pinned frame does not count as free.",
            "C1")
        {
            Designs = ["*,*,separate,*"],
            Needs = s_withPin,
        },
        new(
            "GuestMemory",
            "PinDelaysConversion",
            "A conversion is refused while a device has the page pinned, and succeeds when it has let go.",
            "A refusal that stayed would be no protocol.", "L2; S28")
        {
            Designs = ["*,*,inplace,*"],
            Needs = s_withPin,
        },
        new("GuestMemory", "PinBlocksConversion", "A conversion to private can meet a pin that is still there after the page was unmapped.",
            "It is the case that the reference count is there for.", "C1; S28")
        {
            Designs = ["*,*,inplace,*"],
            Needs = s_withPin,
        },
        new("GuestMemory", "Completes(operation)", "Each of the VMM's system calls can return, and its thread make another one.",
            "A thread that stays in an operation holds up all others, and a model in which that happens hides what they would do.", "S32")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "FaultMeetsInvalidation",
            "A fault can have found its frame while an operation on the page is under way.",
            "It is the race that every guard of the fault handler is about.",
            "I4")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "FaultIsStale",
            "A fault can have found its frame before an invalidation that is over by now.",
            "The same race, seen too late.",
            "I4")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "ExitWaitsForConversion",
            "A vCPU can wait in an exit while its page is being converted.",
            "It is what exits are for.",
            "S1, S13")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "MemoryRunsOut",
            "There may be no free frame.",
            "What does not fit must fail, not take a frame that is in use.",
            "S10")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "VmmTakesSecret",
            "A VMM can make a page shared, or punch it, while the guest relies on a secret in it.",
            "It is the attack.",
            "S15, S32")
        {
            Designs = ["sw,*,*,spurious", "snp,*,*,spurious", "tdx,*,*,spurious", "cca,*,*,spurious"],
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "GuestNoticesReplacement",
            "A guest whose page was replaced dies when it touches it.",
            "It is how the attack ends where there is firmware.",
            "V4; S18, S20")
        {
            Designs = ["snp,*,*,spurious", "tdx,*,*,spurious", "cca,*,*,spurious"],
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "HypervisorDenies",
            "EL2 is asked to share a page that the guest has not shared.",
            "It is how the attack ends on pKVM.",
            "C1; S7")
        {
            Designs = ["pkvm,*,*,spurious"],
            Needs = s_withoutPin,
        },
    ];
}
