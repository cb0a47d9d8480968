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
            "All other properties assume it.",
            "the model language")
        {
            ByConstruction = "a variable is a total function into a finite type, and an update that could leave the type is refused "
                + "(M104) or becomes an InRange property",
        },
        new(
            "GuestMemory",
            "HostNeverReachesPrivate",
            "No page-table entry, TLB entry, pin or other use by the host reaches a frame which belongs to the guest alone.",
            "Confidential guests rely on it. On SNP and TDX a host access to such a frame can also take the host down.",
            "C1, V1; S2, S23, S25, S27"),
        new("GuestMemory", "SecretStaysPrivate", "A frame with a guest's secret is neither accessible to the host nor free.",
            "The next user of the frame would find the secret.", "C2; S17, S26")
        {
            Violated = [(
                "sw,*,inplace,spurious",
                "without firmware only the VMM keeps a page private: after a conversion in place, "
                    + "the secret is in a frame which the host may map")],
        },
        new("GuestMemory", "PrivateAndSharedNeverBothMapped", "KVM never has a page's private and shared entry at the same time.",
            "With both entries, two vCPUs could see two different contents of the page.", "I5; S11, S12"),
        new(
            "GuestMemory",
            "NoMappingOutlivesItsFrame",
            "No second-stage entry and no guest TLB entry leads to a frame which no longer belongs to the page.",
            "The frame was freed: the guest would read and write the memory of another user, or the user would read the guest's.",
            "I4, I8, C4; S16"),
        new(
            "GuestMemory",
            "MappingFollowsDesignation",
            "Second-stage tables and guest TLBs contain only entries of the flavour which KVM assigns to the page.",
            "After a conversion some vCPU would continue to use the old memory.", "I4, I5, I8; S4, S12"),
        new("GuestMemory", "FrameHasOneUse", "A frame is in at most one place of at most one backing store.",
            "Two pages in one frame overwrite each other.", "C4, I2"),
        new(
            "GuestMemory",
            "FirmwareOwnsOnlyBackedFrames",
            "A frame assigned to the guest by trusted metadata is the frame of the page named in the metadata.",
            "Otherwise the host has freed a frame which it must not touch, and the frame's next use is a fatal fault.", "I2, V1, C6"),
        new("GuestMemory", "NoSilentCorruption", "A read from a private page always returns the data which the guest stored there.",
            "Otherwise a VMM could replace the guest's data.", "I1, V4; S18, S19, S20, S34")
        {
            Violated = [(
                "sw,*,*,spurious",
                "without firmware the guest does not notice if the VMM punches a page and fills it again")],
        },
        new("GuestMemory", "GuestSurvives", "The guest never takes a fatal fault.",
            "A guest loses nothing if its VMM keeps to the protocol. The claim does not cover other VMMs: against them, "
                + "the guest saves its data by dying.",
            "V3; S15")
        {
            Designs = ["*,*,*,honest"],
        },
        new(
            "GuestMemory",
            "OnlyTheVmmConverts",
            "A page changes between private and shared only in a step of an operation begun by the VMM.",
            "Neither KVM nor the guest's accesses may decide if a page is private.", "V5; S1, S14, S32"),
        new("GuestMemory", "RefinesLifecycle", "Every step leaves each page in its PageLifecycle state, or takes an edge of PageLifecycle.",
            "Then the properties of the small model hold in the large one.", "PageLifecycle"),

        new(
            "GuestMemory",
            "StoresSecret",
            "The guest can get a private page and store a secret in it.",
            "Without secrets, secrecy would hold trivially.",
            "S12, S18")
        {
            Needs = s_withoutPin,
        },
        new("GuestMemory", "RoundTrip", "A page can become private, be used, become shared again, and be written by the host.",
            "Conversions are the purpose of the protocol.", "S3, S27, S29")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "SharesAtFirst",
            "The guest can write to a page that is shared from the start, and the host as well.",
            "Guest and host communicate this way.",
            "S9, S21")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "HostReusesFrame",
            "The host can take a free frame, overwrite it, and free it.",
            "A leaked secret matters only if another user can read it.",
            "S26, S31")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "DiscardsShared",
            "The VMM can discard the shared frame of a page which has become private.",
            "Otherwise every page costs two frames for ever.",
            "Q5; S10, S31")
        {
            Designs = ["*,*,separate,*"],
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "PinOutlivesDiscard",
            "A device can still have a pin on a discarded frame.",
            "For this reason a pinned frame does not count as free.",
            "C1")
        {
            Designs = ["*,*,separate,*"],
            Needs = s_withPin,
        },
        new(
            "GuestMemory",
            "PinDelaysConversion",
            "A conversion is refused while a device has pinned the page, and succeeds after the device has released it.",
            "A permanent refusal would make the protocol useless.", "L2; S28")
        {
            Designs = ["*,*,inplace,*"],
            Needs = s_withPin,
        },
        new("GuestMemory", "PinBlocksConversion", "A conversion to private can meet a pin which remains after the page was unmapped.",
            "The check of the reference count exists for this case.", "C1; S28")
        {
            Designs = ["*,*,inplace,*"],
            Needs = s_withPin,
        },
        new("GuestMemory", "Completes(operation)", "Each of the VMM's system calls can return, and its thread can make another one.",
            "A thread stuck in an operation blocks all others, and the model would then hide their behaviour.", "S32")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "FaultMeetsInvalidation",
            "A fault can have found its frame while an operation on the page is in progress.",
            "Every guard of the fault handler is about this race.",
            "I4")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "FaultIsStale",
            "A fault can have found its frame before an invalidation which has already ended.",
            "It is the same race, after its end.",
            "I4")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "ExitWaitsForConversion",
            "A vCPU can wait in an exit while its page is being converted.",
            "It is the purpose of exits.",
            "S1, S13")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "MemoryRunsOut",
            "There may be no free frame.",
            "Without a free frame, an allocation must fail and not take a used frame.",
            "S10")
        {
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "VmmTakesSecret",
            "A VMM can make a page shared, or punch it, while the guest relies on a secret in it.",
            "This is the attack.",
            "S15, S32")
        {
            Designs = ["sw,*,*,spurious", "snp,*,*,spurious", "tdx,*,*,spurious", "cca,*,*,spurious"],
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "GuestNoticesReplacement",
            "A guest dies when it touches a replaced page.",
            "With firmware, the attack ends this way.",
            "V4; S18, S20")
        {
            Designs = ["snp,*,*,spurious", "tdx,*,*,spurious", "cca,*,*,spurious"],
            Needs = s_withoutPin,
        },
        new(
            "GuestMemory",
            "HypervisorDenies",
            "EL2 is asked to share a page which the guest has not shared.",
            "On pKVM, the attack ends this way.",
            "C1; S7")
        {
            Designs = ["pkvm,*,*,spurious"],
            Needs = s_withoutPin,
        },
    ];
}
