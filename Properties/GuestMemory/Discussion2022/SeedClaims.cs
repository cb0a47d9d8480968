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

    private const string OneStore = "in place, one frame is behind both variants";
    private const string NoHole = "here an attribute decides if a page is private, independently of a frame in the private file";
    private const string NoFirmware = "there is no firmware to destroy, taint or refuse anything";
    private const string KeepsContent = "EL2 takes the frame out of its own tables and keeps its contents: S7";
    private const string NoAcceptance = "EL2 donates a frame to the guest at once, and the guest has nothing to accept";

    private static readonly (string, string) s_inPlace = ("*,*,inplace,*", OneStore);
    private static readonly (string, string) s_separate = (
        "*,*,separate,*",
        "with separate backing the private file can never be mapped; the proposal would change this");
    private static readonly (string, string) s_sw = ("sw,*,*,*", NoFirmware);
    private static readonly (string, string) s_pkvm = ("pkvm,*,*,*", NoAcceptance);
    private static readonly (string, string) s_honest = ("*,*,*,honest", "an honest VMM does not try it");
    private static readonly (string, string) s_cheated = (
        "sw,*,*,spurious",
        "without firmware the guest does not notice if the VMM punches a page and fills it again");

    private static readonly (string, string) s_oneVcpu = (
        "*,*,*,honest",
        "it needs a second vCPU: a single one waits in its own exit until the page has the requested flavour");
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
                    "in place, the VMM maps shared pages from the file with the private pages, as S27 proposes")]
            },
            Small("FileNeverMapped") with { Refuted = [("inplace,*", "in place, the file has the shared pages too")] },
        ]),
        new("S3", Christopherson, First,
        [
            Ask("OnlyPunchShares") with
            {
                Refuted = [(
                    "*,attribute,*,*",
                    "with an attribute, a page becomes shared when the attribute is stored; the frame may be punched later, or never")]
            },
        ]),
        new("S4", Christopherson, First,
        [
            Ask("FaultGoesByPresence") with { Refuted = [("*,attribute,*,*", NoHole)] },
        ])
        {
            Beyond = "The claim that memory without a private file is always shared is not decided, "
                + "because in the model every page has its place in the file",
        },
        new("S5", Christopherson, Second, [Ask("NothingMappedBeforeConversion"), Ask("UnusableBeforeConversion")]),

        // ---- two memories or one ----
        new("S6", Christopherson, Second,
        [
            Ask("GivenBackWithContent") with
            {
                Claimed = false,
                NotAbout = [("sw,*,*,*", "no architecture protects memory in this design")],
                Refuted = [("pkvm,*,*,*", KeepsContent)],
            },
            Ask("GivenBackIsDestroyed") with
            {
                NotAbout = [("sw,*,*,*", "no architecture protects memory in this design")],
                Refuted = [("pkvm,*,*,*", KeepsContent)]
            },
            Ask("PrivateAndSharedNeverBothMapped"),
        ])
        {
            Beyond = "The behaviour of s390 during swapping is a fact about s390, which has no model here",
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
            Beyond = "The number of copies of the initial content depends on the calls to the firmware; the models do not count copies",
        },
        new("S9", Christopherson, Second,
        [
            Ask("HostMapsWhilePrivate") with
            {
                Refuted = [("*,*,inplace,*", "in place, a conversion to private first takes the page out of the VMM's page table")]
            },
            Ask("PrivateFileNeverMapped") with
            {
                Refuted = [("*,*,inplace,*", "in place, the shared variant is mapped from the private file, so no other mapping is needed")]
            },
        ]),
        new("S10", Christopherson, Second,
        [
            Ask("BothLive") with { Refuted = [s_inPlace] },
            Ask("DiscardsShared") with { NotAbout = [s_inPlace] },
        ])
        {
            Beyond = "The factor of two needs no search, because each store has one place for a page. "
                + "The real memory use of a VMM is a matter of measurement",
        },
        new("S11", Price, Reply,
        [
            Ask("BothLive") with { NotAbout = [s_inPlace] },
            Ask("PrivateHidesShared") with
            {
                NotAbout = [s_inPlace],
                Refuted = [(
                    "*,attribute,separate,*",
                    "here the attribute hides one of the variants, and not the frame: a shared page may still have its private frame")]
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
                    "nothing forces a VMM to convert the page: it may let the vCPU run into the same exit again")]
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
                Refuted = [("pkvm,*,*,*", "EL2 refuses to take a frame owned by the guest")]
            },
            Ask("VmmTakesSecret") with { NotAbout = [s_honest, ("pkvm,*,*,*", "on pKVM the VMM cannot do it: HypervisorDenies")] },
            Ask("GuestSurvives") with { NotAbout = [("*,*,*,spurious", "the claim is about VMMs which keep to the protocol")] },
        ]),

        // ---- the fate of the contents ----
        new("S16", Christopherson, Second,
        [
            Ask("PunchUnmapsFirst"), Ask("NoMappingOutlivesItsFrame"), Small("NoMappingOutlivesItsFrame"),
            Ask("HoleIsNotServed") with
            {
                Refuted = [(
                    "*,attribute,*,*",
                    "here the attribute leads an access to the VMM, and not the hole. An access to a private page fills its hole, "
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
                    "a change of the attribute unmaps the page but does not change the RMP, "
                        + "so the secret remains until the page is punched")],
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
            Beyond = "The guest's kernel decides how to handle the fault (it panics); in the models the guest is dead",
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
            Beyond = "The models' guest may request anything at any time, but it knows its shared pages. "
                + "The models do not contain a VMM's devices with addresses from a malicious guest",
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
            Beyond = "The difficulty of recovering from such an access is an engineer's judgement: the models only show that no such "
                + "access occurs",
        },
        new("S24", Christopherson, Second,
        [
            Ask("PunchKeepsFrame") with
            {
                Refuted = [("*", "a page is one frame in the models, there are no huge pages, and a punch frees the frame")]
            },
        ])
        {
            Beyond = "The builder of a file decides if it keeps a part of a huge page: the claim was an example, and not a plan",
        },
        new("S25", Christopherson, Second, [Ask("HostNeverReachesPrivate"), Small("HostNeverReachesPrivate")])
        {
            Beyond = "The direct map is the only way to a frame which the models leave out: it is a choice of the kernel's build and of "
                + "the platform",
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
                    "the proposal allows mapping all other pages, and the implementation is stricter: a private page cannot be mapped, "
                        + "even while the guest has not mapped it")]
            },
        ]),
        new("S28", Price, Reply,
        [
            Ask("PrivateAgainWithoutAHole") with { NotAbout = [s_separate] },
            Ask("RevokedBeforePrivate") with { NotAbout = [s_separate] },
            Ask("PinDelaysConversion") with { NotAbout = [s_separate] },
            Ask("HostNeverReachesPrivate") with { NotAbout = [s_separate] },
            Small("NeverDirectlyPrivate") with { NotAbout = [("separate,*", "with separate backing the hole is the way back")] },
        ]),
        new("S29", Price, Reply,
        [
            Ask("FilledWhileShared") with
            {
                NotAbout = [s_separate],
                Refuted = [.. new[] { "snp", "tdx", "cca" }.Select(p =>
                    (
                        $"{p},*,*,*",
                        "an accepted page is empty; only the firmware's measured load adds contents, "
                            + "and it is only in PageLifecycle (InitialImage)"))],
            },
            Small("InitialImage"),
        ]),

        // ---- control and independence ----
        new("S30", $"{Perret} and {Price}", $"a question of {Third} and its answer",
        [
            Ask("FaultExits(Shared)") with { NotAbout = [s_oneVcpu] }, Ask("FaultExitsOnMismatch"), Ask("OnlyTheVmmConverts"),
        ])
        {
            Beyond = "KVM's memory slots decide if an access without any memory is MMIO, and in the models every page has a slot",
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
                    "in the hole design a frame in the file makes a page private, so freeing the frame makes the page shared")]
            },
        ]),
        new("S32", Christopherson, First,
        [
            Ask("AlwaysConvertible") with { NotAbout = [s_honest] },
            Ask("ConversionsSucceed") with
            {
                Refuted =
                [
                    ("*,hole,*,*", "filling a hole needs a frame, and there may be none"),
                    (
                        "*,*,inplace,*",
                        "the frame may still be in use, and then the conversion to private is refused; on pKVM the guest must also agree"),
                ],
            },
        ]),
        new("S33", Christopherson, First,
        [
            Ask("VmmReachesSharedOnly"),
            Ask("PrivateAccessIsRefused") with
            {
                NotAbout = [("*,*,separate,*", "with separate backing, shared memory is ordinary memory, which an access populates: S9")]
            },
        ])
        {
            Beyond = "The handling of the signal is the VMM's own decision",
        },
        new("S34", Price, Reply, [Ask("NoSilentCorruption") with { Refuted = [s_cheated] }, Small("NoSilentLoss")]),
    ];

    private static IEnumerable<(string, string)> Except(string platform, string reason) =>
        new[] { "sw", "snp", "tdx", "cca", "pkvm" }.Where(p => p != platform).Select(p => ($"{p},*,*,*", reason));

    private static SeedQuestion Ask(string property) => new(G, property);

    private static SeedQuestion Small(string property) => new(L, property);
}
