using System.Collections.Immutable;

namespace Checker.Properties.GuestMemory.Discussion2022;

/// <summary>The claims of the discussion, in the order of their ids, each with the properties that decide it.</summary>
public static class SeedClaims
{
    private const string G = "GuestMemory";
    private const string L = "PageLifecycle";

    private const string Christopherson = "Sean Christopherson";
    private const string Perret = "Quentin Perret";
    private const string Price = "Steven Price";

    private const string First = "28 March 2022, 17:13";
    private const string Second = "28 March 2022, 18:58";
    private const string Third = "29 March 2022";
    private const string Reply = "in reply to the mail of 29 March 2022";

    private const string OneStore = "there one frame is behind both variants";
    private const string NoHole = "there an attribute says what a page is, whether the private file has a frame or not";
    private const string NoFirmware = "there is no firmware that could destroy, taint or refuse anything";
    private const string KeepsContent = "EL2 takes the frame out of its own tables and leaves what is in it: S7";
    private const string NoAcceptance = "EL2 donates a frame to the guest at once, and the guest has nothing to accept";

    private static readonly (string, string) s_inPlace = ("*,*,inplace,*", OneStore);
    private static readonly (string, string) s_separate = (
        "*,*,separate,*",
        "there the private file can never be mapped: it is what the proposal would change");
    private static readonly (string, string) s_sw = ("sw,*,*,*", NoFirmware);
    private static readonly (string, string) s_pkvm = ("pkvm,*,*,*", NoAcceptance);
    private static readonly (string, string) s_honest = ("*,*,*,honest", "an honest VMM does not try it");
    private static readonly (string, string) s_cheated = (
        "sw,*,*,spurious",
        "without firmware the guest does not notice that the VMM has punched a page and filled it again");

    private static readonly (string, string) s_oneVcpu = (
        "*,*,*,honest",
        "it takes a second vCPU: one alone waits in its own exit until the page is what it asked for");
    private static readonly ImmutableArray<(string, string)> s_onlyPkvm = [.. Except("pkvm", "it is said of pKVM")];
    private static readonly ImmutableArray<(string, string)> s_onlyCca = [.. Except("cca", "it is said of CCA")];

    public static ImmutableArray<SeedClaim> All { get; } =
    [
        // ---- the conversion of a page ----
        new("S1", Christopherson, First, [Ask("RequestIsAnExit"), Ask("RequestChangesNothing"), Ask("ExitWaitsForConversion")]),
        new("S2", Christopherson, First,
        [
            Ask("PrivateFileNeverMapped") with
            {
                Refuted = [(
                    "*,*,inplace,*",
                    "there the VMM maps what is shared from the very file that has the private pages, as S27 proposes")]
            },
            Small("FileNeverMapped") with { Refuted = [("inplace,*", "there the file has the shared pages too")] },
        ]),
        new("S3", Christopherson, First,
        [
            Ask("OnlyPunchShares") with
            {
                Refuted = [(
                    "*,attribute,*,*",
                    "there a page becomes shared when the attribute is stored, and the frame may be punched later, or never")]
            },
        ]),
        new("S4", Christopherson, First,
        [
            Ask("FaultGoesByPresence") with { Refuted = [("*,attribute,*,*", NoHole)] },
        ])
        {
            Beyond = "That memory without a private file is always shared is not decided: in the model every page has its place in the "
                + "file",
        },
        new("S5", Christopherson, Second, [Ask("NothingMappedBeforeConversion"), Ask("UnusableBeforeConversion")]),

        // ---- two memories or one ----
        new("S6", Christopherson, Second,
        [
            Ask("GivenBackWithContent") with
            {
                Claimed = false,
                NotAbout = [("sw,*,*,*", "there is no architecture behind it that protects memory")],
                Refuted = [("pkvm,*,*,*", KeepsContent)],
            },
            Ask("GivenBackIsDestroyed") with
            {
                NotAbout = [("sw,*,*,*", "there is no architecture behind it that protects memory")],
                Refuted = [("pkvm,*,*,*", KeepsContent)]
            },
            Ask("PrivateAndSharedNeverBothMapped"),
        ])
        {
            Beyond = "What s390 does when it swaps is a fact about s390, of which there is no model here",
        },
        new("S7", Perret, Third,
        [
            Ask("GivenBackWithContent") with { NotAbout = s_onlyPkvm },
            Ask("KeepsContentInPlace") with { NotAbout = s_onlyPkvm },
        ]),
        new("S8", Price, Reply,
        [
            Ask("GivenBackWithContent") with { Claimed = false, NotAbout = s_onlyCca },
            Ask("GivenBackIsDestroyed") with { NotAbout = s_onlyCca },
            Ask("KeepsContentInPlace") with { Claimed = false, NotAbout = [.. s_onlyCca, s_separate] },
        ])
        {
            Beyond = "How often the initial content is copied on its way depends on how the firmware is called; "
                + "the models do not count copies",
        },
        new("S9", Christopherson, Second,
        [
            Ask("HostMapsWhilePrivate") with
            {
                Refuted = [("*,*,inplace,*", "there a conversion to private takes the page out of the VMM's page table first")]
            },
            Ask("PrivateFileNeverMapped") with
            {
                Refuted = [("*,*,inplace,*", "there the shared variant is mapped from the private file: no other mapping is needed")]
            },
        ]),
        new("S10", Christopherson, Second,
        [
            Ask("BothLive") with { Refuted = [s_inPlace] },
            Ask("DiscardsShared") with { NotAbout = [s_inPlace] },
        ])
        {
            Beyond = "That it is at most double needs no search: each store has one place for a page. "
                + "How much memory a VMM really has populated is for measurement",
        },
        new("S11", Price, Reply,
        [
            Ask("BothLive") with { NotAbout = [s_inPlace] },
            Ask("PrivateHidesShared") with
            {
                NotAbout = [s_inPlace],
                Refuted = [(
                    "*,attribute,separate,*",
                    "there the attribute hides one of them, not the frame: a shared page may still have its private frame")]
            },
            Ask("PrivateAndSharedNeverBothMapped"),
        ]),

        // ---- the deciding party ----
        new("S12", Price, Reply,
        [
            Ask("FaultPassesOnMatch"), Ask("FaultExitsOnMismatch"), Ask("FaultPasses(Private)"), Ask("FaultPasses(Shared)"),
            Ask("FaultExits(Private)") with { NotAbout = [s_oneVcpu] }, Ask("FaultExits(Shared)") with { NotAbout = [s_oneVcpu] },
            Ask("MappingFollowsDesignation"),
        ]),
        new("S13", Price, Reply,
        [
            Ask("ResumedOnlyWhenConverted") with
            {
                Refuted = [(
                    "*,*,*,spurious",
                    "nothing forces a VMM to do what it is expected to: it may let the vCPU run into the same exit again")]
            },
        ])
        {
            Beyond = "To kill the guest is not a step of the model: a VMM that does so never resumes the vCPU",
        },
        new("S14", Christopherson, First, [Ask("OnlyTheVmmConverts")]),
        new("S15", Christopherson, Second,
        [
            Ask("AlwaysPunchable") with
            {
                NotAbout = [s_honest],
                Refuted = [("pkvm,*,*,*", "EL2 refuses to take a frame that the guest owns")]
            },
            Ask("VmmTakesSecret") with { NotAbout = [s_honest, ("pkvm,*,*,*", "there the VMM cannot: HypervisorDenies")] },
            Ask("GuestSurvives") with { NotAbout = [("*,*,*,spurious", "it is what keeping to the contract gives the guest")] },
        ]),

        // ---- the fate of the contents ----
        new("S16", Christopherson, Second,
        [
            Ask("PunchUnmapsFirst"), Ask("NoMappingOutlivesItsFrame"), Small("NoMappingOutlivesItsFrame"),
            Ask("HoleIsNotServed") with
            {
                Refuted = [(
                    "*,attribute,*,*",
                    "there the attribute leads an access to the VMM, not the hole: a private page's hole is filled by the access itself, "
                        + "and only the firmware tells the guest")]
            },
        ]),
        new("S17", Christopherson, Second,
        [
            Ask("GivenBackIsDestroyed") with { NotAbout = [s_sw, ("pkvm,*,*,*", "pKVM protects memory by page tables alone: S7")] },
            Ask("UnmappedIsDestroyed") with
            {
                NotAbout = [s_sw, ("pkvm,*,*,*", "pKVM protects memory by page tables alone: S7")],
                Refuted = [(
                    "snp,attribute,separate,*",
                    "a change of the attribute unmaps the page and leaves the RMP alone: the secret is there until the page is punched")],
            },
        ]),
        new("S18", Christopherson, Second,
        [
            Ask("OnlyAcceptedIsUsed") with { NotAbout = [s_sw, s_pkvm] },
            Ask("AcceptedOnlyByTheGuest") with { NotAbout = [s_sw, s_pkvm] },
            Ask("GuestNoticesReplacement") with { NotAbout = [s_sw, s_pkvm, s_honest] },
            Small("NeverDirectlyPrivate"), Small("InitialImage"),
        ])
        {
            Beyond = "What a guest's kernel does with the fault (that it panics) is for the guest; in the models it is dead",
        },
        new("S19", Perret, Third,
        [
            Ask("NoSilentCorruption") with { Refuted = [s_cheated] },
            Small("NoSilentLoss"), Small("ReplacedPageKills") with { NotAbout = [("*,honest", "an honest VMM replaces no page")] },
        ]),
        new("S20", Price, Reply,
        [
            Ask("AcceptedOnlyByTheGuest") with { NotAbout = [s_sw, s_pkvm] },
            Ask("GuestNoticesReplacement") with { NotAbout = [s_sw, s_pkvm, s_honest] },
            Small("NoSilentLoss"), Small("ReplacedPageKills") with { NotAbout = [("*,honest", "an honest VMM replaces no page")] },
        ]),

        // ---- the host ----
        new("S21", Christopherson, First,
        [
            Ask("StoresChangeApart") with { Refuted = [s_inPlace] },
            Ask("DifferentFrames") with { Refuted = [s_inPlace] },
        ]),
        new("S22", Christopherson, First,
        [
            Ask("VmmReachesSharedOnly"), Ask("HostNeverReachesPrivate"),
        ])
        {
            Beyond = "The models' guest asks for whatever it likes at any time, but knows what it shares; "
                + "what a VMM's devices do with addresses that a malicious one gives them is not in the models",
        },
        new(
            "S23",
            Christopherson,
            Second,
            [
                Ask("HostNeverReachesPrivate"),
                Ask("FirmwareOwnsOnlyBackedFrames") with { NotAbout = [s_sw] },
                Small("HostNeverReachesPrivate"),
            ])
        {
            Beyond = "How hard it would be to recover from such an access is an engineer's judgement: the models only show that there is "
                + "none to recover from",
        },
        new("S24", Christopherson, Second,
        [
            Ask("PunchKeepsFrame") with
            {
                Refuted = [("*", "a page is one frame here, there are no huge pages, and a punch frees what it takes out")]
            },
        ])
        {
            Beyond = "Whether a file keeps a part of a huge page is for who builds it: it was said as an example, not as a plan",
        },
        new("S25", Christopherson, Second, [Ask("HostNeverReachesPrivate"), Small("HostNeverReachesPrivate")])
        {
            Beyond = "The direct map is the one way to a frame that the models leave out: whether a kernel keeps it is a build's and a "
                + "platform's choice",
        },
        new("S26", Christopherson, Second, [Ask("PunchedFrameIsWiped"), Ask("SecretIsNeverFree"), Small("SecretStaysPrivate")]),

        // ---- the proposal ----
        new("S27", Perret, Third,
        [
            Ask("MappedPrivateIsNotTheHosts"),
            Ask("PrivateFileMapped") with { NotAbout = [s_separate] },
            Ask("SharedIsMappable") with { NotAbout = [s_separate] },
            Ask("UnusedIsMappable") with
            {
                NotAbout = [s_separate],
                Refuted = [(
                    "*,*,inplace,*",
                    "it was proposed that everything else can be mapped, and what was built is stricter: a private page cannot, "
                        + "even while the guest does not have it mapped")]
            },
        ]),
        new("S28", Price, Reply,
        [
            Ask("PrivateAgainWithoutAHole") with { NotAbout = [s_separate] },
            Ask("RevokedBeforePrivate") with { NotAbout = [s_separate] },
            Ask("PinDelaysConversion") with { NotAbout = [s_separate] },
            Ask("HostNeverReachesPrivate") with { NotAbout = [s_separate] },
            Small("NeverDirectlyPrivate") with { NotAbout = [("separate,*", "there the hole is the way back")] },
        ]),
        new("S29", Price, Reply,
        [
            Ask("FilledWhileShared") with
            {
                NotAbout = [s_separate],
                Refuted = [.. new[] { "snp", "tdx", "cca" }.Select(p =>
                    (
                        $"{p},*,*,*",
                        "a page that the guest accepts is empty; content gets in only by way of the firmware's measured load, "
                            + "which is in PageLifecycle alone (InitialImage)"))],
            },
            Small("InitialImage"),
        ]),

        // ---- control and independence ----
        new("S30", $"{Perret} and {Price}", $"a question of {Third} and its answer",
        [
            Ask("FaultExits(Shared)") with { NotAbout = [s_oneVcpu] }, Ask("FaultExitsOnMismatch"), Ask("OnlyTheVmmConverts"),
        ])
        {
            Beyond = "Whether an access where there is no memory at all is MMIO is a matter of KVM's memory slots, "
                + "and every page has one in the models",
        },
        new("S31", Christopherson, Second,
        [
            Ask("DifferentFrames") with { Refuted = [s_inPlace] },
            Ask("PrivateMappedSharedKept") with { NotAbout = [s_inPlace] },
            Ask("SharedMappedPrivateKept") with
            {
                NotAbout = [s_inPlace],
                Refuted = [(
                    "*,hole,*,*",
                    "where a frame in the file is what makes a page private, its being freed is what makes the page shared")]
            },
        ]),
        new("S32", Christopherson, First,
        [
            Ask("AlwaysConvertible") with { NotAbout = [s_honest] },
            Ask("ConversionsSucceed") with
            {
                Refuted =
                [
                    ("*,hole,*,*", "filling a hole takes a frame, and there may be none"),
                    (
                        "*,*,inplace,*",
                        "somebody may still use the frame, and then the conversion to private is refused; "
                            + "on pKVM the guest has a say as well"),
                ],
            },
        ]),
        new("S33", Christopherson, First,
        [
            Ask("VmmReachesSharedOnly"),
            Ask("PrivateAccessIsRefused") with
            {
                NotAbout = [("*,*,separate,*", "there shared memory is ordinary memory, which an access populates: S9")]
            },
        ])
        {
            Beyond = "What a VMM does when the signal comes is for the VMM",
        },
        new("S34", Price, Reply, [Ask("NoSilentCorruption") with { Refuted = [s_cheated] }, Small("NoSilentLoss")]),
    ];

    private static IEnumerable<(string, string)> Except(string platform, string reason) =>
        new[] { "sw", "snp", "tdx", "cca", "pkvm" }.Where(p => p != platform).Select(p => ($"{p},*,*,*", reason));

    private static SeedQuestion Ask(string property) => new(G, property);

    private static SeedQuestion Small(string property) => new(L, property);
}
