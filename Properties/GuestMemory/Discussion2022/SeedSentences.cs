using System.Collections.Immutable;

namespace Checker.Properties.GuestMemory.Discussion2022;

/// <summary>The sentences of the properties used only by the claims.</summary>
internal static class SeedSentences
{
    public static ImmutableSortedDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RequestIsAnExit"] = "When the guest requests a conversion, one vCPU leaves with an exit which names the page and the requested "
            + "flavour.",
        ["RequestChangesNothing"] = "In the step of the guest's request, neither KVM nor the firmware nor the VMM's mapping changes.",
        ["NothingMappedBeforeConversion"] = "While a vCPU waits for a pending conversion, KVM enters no mapping of the page, "
            + "of either variant.",
        ["UnusableBeforeConversion"] = "While a vCPU waits for a pending conversion, neither KVM's tables nor a guest TLB have the "
            + "requested variant.",

        ["FaultGoesByPresence"] = "A fault passes exactly if the access is private and the private file has a frame, "
            + "or if it is shared and the file has a hole.",
        ["FaultPassesOnMatch"] = "A fault passes only if the access has the flavour of the page.",
        ["FaultExitsOnMismatch"] = "A fault ends in an exit only if the access does not have the flavour of the page.",
        ["FaultPasses"] = "A fault of this variant can find a match and pass.",
        ["FaultExits"] = "A fault of this variant can find a mismatch and exit to the VMM.",
        ["HoleIsNotServed"] = "A private access is not served if the private file has a hole.",

        ["OnlyPunchShares"] = "A private page becomes shared only during a punch.",
        ["ResumedOnlyWhenConverted"] = "A vCPU waiting in an exit runs again only when the page has the requested flavour.",
        ["AlwaysPunchable"] = "The VMM can always punch a page with a frame, unless another operation holds the private file's lock.",
        ["AlwaysConvertible"] = "The VMM can always begin to convert a page, unless another operation holds the lock.",
        ["ConversionsSucceed"] = "When a conversion ends, the page has the requested flavour.",

        ["HostMapsWhilePrivate"] = "The VMM can have a page's shared variant mapped while the page is private.",
        ["BothLive"] = "A page can have a frame of its own behind each variant.",
        ["PrivateHidesShared"] = "While the private file has a frame for a page, no entry of the guest leads to the shared frame.",
        ["DifferentFrames"] = "The frames behind a page's two variants are different.",
        ["StoresChangeApart"] = "No step changes both the private and the shared memory of a page.",
        ["PrivateMappedSharedKept"] = "The guest can have the private variant mapped while there is a frame for the shared one.",
        ["SharedMappedPrivateKept"] = "The guest can have the shared variant mapped while there is a frame for the private one.",
        ["PunchKeepsFrame"] = "A punch can end with the page's frame still in its place.",

        ["PunchUnmapsFirst"] = "When a frame leaves the private file, no second-stage entry and no guest TLB entry leads to it.",
        ["PunchedFrameIsWiped"] = "A frame which leaves the private file contains none of the stored data.",
        ["SecretIsNeverFree"] = "A frame with a guest's secret is not free.",
        ["UnmappedIsDestroyed"] = "A page's frame contains a secret only while the guest has mapped it or an operation is in progress.",
        ["GivenBackIsDestroyed"] = "A frame given back by the firmware contains none of the guest's data.",
        ["GivenBackWithContent"] = "The firmware can give a frame back to the host in place, with the guest's data in it.",
        ["OnlyAcceptedIsUsed"] = "The guest uses a private frame only after accepting it for this page.",
        ["AcceptedOnlyByTheGuest"] = "A frame becomes usable only when the guest accepts it.",

        ["PrivateFileNeverMapped"] = "The VMM has no frame of the private file mapped.",
        ["FileNeverMapped"] = "The host has no frame of the private file mapped.",
        ["VmmReachesSharedOnly"] = "The VMM's mapping of a page leads to the shared variant's frame or nowhere.",
        ["MappedPrivateIsNotTheHosts"] = "No user mapping leads to a frame which the guest has mapped as private.",

        ["KeepsContentInPlace"] = "After a private page was shared in place, the host can read the data which the guest stored there.",
        ["PrivateFileMapped"] = "The VMM can have a frame of the private file mapped.",
        ["SharedIsMappable"] = "The VMM can map every shared page which is not being converted.",
        ["UnusedIsMappable"] = "The VMM can map every page which the guest has not mapped as private.",
        ["RevokedBeforePrivate"] = "When a page becomes private in place, no part of the host has its frame mapped, cached or pinned.",
        ["PrivateAgainWithoutAHole"] = "A page written by the VMM can become private in place, and the guest can keep a secret there.",
        ["FilledWhileShared"] = "The host's data in a shared page can be there when the guest uses the page as private.",
        ["PrivateAccessIsRefused"] = "The VMM's access to a private page is refused.",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
