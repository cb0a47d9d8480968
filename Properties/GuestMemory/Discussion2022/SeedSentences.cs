using System.Collections.Immutable;

namespace Checker.Properties.GuestMemory.Discussion2022;

/// <summary>The sentences of the properties used only by the claims.</summary>
internal static class SeedSentences
{
    public static ImmutableSortedDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RequestIsAnExit"] = "When the guest changes its mind about a page, one vCPU leaves with an exit that names the page and what "
            + "it should become.",
        ["RequestChangesNothing"] = "In the step in which the guest asks, neither KVM nor the firmware nor the VMM's mapping changes.",
        ["NothingMappedBeforeConversion"] = "While a vCPU waits for a conversion that is still to be made, "
            + "KVM enters no mapping of the page, of either variant.",
        ["UnusableBeforeConversion"] = "While a vCPU waits for a conversion that is still to be made, "
            + "neither KVM's tables nor a guest TLB have the variant that it asked for.",

        ["FaultGoesByPresence"] = "A fault goes on exactly if the access is private and the private file has a frame, "
            + "or shared and it has a hole.",
        ["FaultPassesOnMatch"] = "A fault goes on only if the access claims what the page is.",
        ["FaultExitsOnMismatch"] = "A fault ends in an exit only if the access claims what the page is not.",
        ["FaultPasses"] = "A fault of this variant can find a match and go on.",
        ["FaultExits"] = "A fault of this variant can find a mismatch and lead to the VMM.",
        ["HoleIsNotServed"] = "A private access is not served where the private file has a hole.",

        ["OnlyPunchShares"] = "A private page becomes shared only in the course of a punch.",
        ["ResumedOnlyWhenConverted"] = "A vCPU that waits in an exit runs again only when the page is what it asked for.",
        ["AlwaysPunchable"] = "Whatever else is so, the VMM can punch a page that has a frame, "
            + "if no other operation has the private file's lock.",
        ["AlwaysConvertible"] = "Whatever else is so, the VMM can begin to convert a page, if no other operation has the lock.",
        ["ConversionsSucceed"] = "When a conversion ends the page is what it was to become.",

        ["HostMapsWhilePrivate"] = "The VMM can have a page's shared variant mapped while the page is private.",
        ["BothLive"] = "A page can have a frame of its own behind each variant.",
        ["PrivateHidesShared"] = "While the private file has a frame for a page, nothing of the guest's leads to the shared one.",
        ["DifferentFrames"] = "The frames behind a page's two variants are not the same one.",
        ["StoresChangeApart"] = "No step changes both what is behind the private variant and what is behind the shared one.",
        ["PrivateMappedSharedKept"] = "The guest can have the private variant mapped while there is a frame for the shared one.",
        ["SharedMappedPrivateKept"] = "The guest can have the shared variant mapped while there is a frame for the private one.",
        ["PunchKeepsFrame"] = "A punch can end with the page's frame still in its place.",

        ["PunchUnmapsFirst"] = "When a frame leaves the private file, no second-stage entry and no guest TLB entry leads to it any more.",
        ["PunchedFrameIsWiped"] = "A frame that leaves the private file has nothing in it that was stored there.",
        ["SecretIsNeverFree"] = "A frame with a guest's secret in it is not free.",
        ["UnmappedIsDestroyed"] = "A secret that is still in a page's frame is in one that the guest has mapped, "
            + "but while an operation is under way.",
        ["GivenBackIsDestroyed"] = "A frame that the firmware gives back has nothing in it that the guest stored there.",
        ["GivenBackWithContent"] = "The firmware can give a frame back to the host in its place, with what the guest has left there.",
        ["OnlyAcceptedIsUsed"] = "The guest uses no private frame but one that it has accepted for that page.",
        ["AcceptedOnlyByTheGuest"] = "A frame becomes usable only in the step in which the guest accepts it.",

        ["PrivateFileNeverMapped"] = "The VMM has no frame of the private file mapped.",
        ["FileNeverMapped"] = "The host has no frame of the private file mapped.",
        ["VmmReachesSharedOnly"] = "The VMM's mapping of a page leads to the shared variant's frame or nowhere.",
        ["MappedPrivateIsNotTheHosts"] = "What the guest has mapped as private, no user mapping leads to.",

        ["KeepsContentInPlace"] = "What the guest has stored in a page that was private, the host can read after the page was shared in "
            + "place.",
        ["PrivateFileMapped"] = "The VMM can have a frame of the private file mapped.",
        ["SharedIsMappable"] = "The VMM can map every page that is shared and not being converted.",
        ["UnusedIsMappable"] = "The VMM can map every page that the guest does not have mapped as private.",
        ["RevokedBeforePrivate"] = "When a page becomes private in place, nobody on the host has its frame mapped, cached or pinned.",
        ["PrivateAgainWithoutAHole"] = "A page that the VMM has written to can become private in place, "
            + "and the guest can keep a secret there.",
        ["FilledWhileShared"] = "What the host has stored in a shared page can be there when the guest uses the page as private.",
        ["PrivateAccessIsRefused"] = "The VMM's access to a private page is refused.",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
