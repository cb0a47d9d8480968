using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.SnpRmp;

/// <summary>The properties of SnpRmp in words.</summary>
internal static class SnpRmpClaims
{
    private static readonly ImmutableArray<string> s_kvm = ["none", "vmm"];

    public static ImmutableArray<Claim> All { get; } =
    [
        new("SnpRmp", "OneValidFrame", "At most one frame is valid for an address of the guest.",
            "With two valid frames the host can exchange them, and the guest continues with old data.", "I2, I3"),
        new("SnpRmp", "NoSilentReplacement", "The guest's accesses to its data reach the frame in which it has stored them.",
            "Otherwise the guest computes with data which the host has chosen.", "I1"),
        new("SnpRmp", "ValidIsClean", "A validated frame holds nothing but the measured image and the guest's own data.",
            "The host could prepare the contents of a frame, and the guest would take them for its own.", "C3, I1"),
        new("SnpRmp", "FreeFrameIsTheHosts", "A free frame is not assigned in the RMP.",
            "The next user in the host writes to it, and the fault takes the host down.", "C4, V1")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "MappedFrameIsAssigned", "A frame mapped for a page is the page's frame in the file, and is assigned to its address.",
            "The guest's access would fault for ever, or reach a frame with another user.", "I2, L1")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "RegistersInPlace", "The registers of each vCPU lie in a valid frame of the file which has no other use.",
            "A frame cannot be taken back while a vCPU runs on it; and a guest could write the registers of a higher privilege.", "C4, V1")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "ImageIsMeasured", "Until the initial image is finished, each assigned frame is a measured one.",
            "The firmware refuses a frame which is already assigned, and an unmeasured page would enter the image.", "I7")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "RequestsInBounds", "KVM reads no entry outside of the guest's buffer.",
            "A guest could make the host read or write memory of other users.", "I13")
        {
            Designs = ["none"],
        },
        new("SnpRmp", "NoFalseAlarm", "KVM reports no error of its own for a race which is allowed.",
            "Hosts which stop at a warning would be taken down by a guest.", "V1, V2")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "LeakedOnce", "No frame is on the list of leaked frames twice.",
            "The list would be corrupted, and the host with it.", "Q4")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "UsedPageIsValid", "A page used by the guest has a valid frame in the file.",
            "A guest whose VMM keeps to the protocol loses no page: the claim does not cover other VMMs.", "V3")
        {
            Designs = ["none"],
        },

        new("SnpRmp", "FirstUse", "A page can be assigned, mapped, validated and used.",
            "Private memory is the purpose of the protocol.",
            "I3"),
        new("SnpRmp", "RoundTrip", "A page can become shared and private again, and can then be used.",
            "Conversions are the purpose of the protocol.", "S3")
        {
            Designs = ["none"],
        },
        new("SnpRmp", "InitialImage", "A page of the initial image can be used without being validated again.",
            "A guest needs some usable pages at its start.", "I7")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "SecondVcpu", "The guest can start a vCPU on registers in its own memory.",
            "Guests with one vCPU prove little.", "C4")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "Leaks", "A frame which cannot be taken back is leaked.",
            "Without failures, the error paths would not be examined.",
            "C6, Q4")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "FaultMeetsPunch", "A frame can be taken back between a fault and the split of its entry.",
            "Without this race, the recheck would be untested.", "V1")
        {
            Designs = s_kvm,
        },
        new("SnpRmp", "ReplacedPageIsInvalid", "The host can replace a page in use, and the guest notices by a fault.",
            "Without it, no attack would be examined.", "V4; S18")
        {
            Designs = ["vmm", "hypervisor"],
        },
    ];
}
