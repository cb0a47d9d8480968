using System.Collections.Immutable;

namespace Checker.Properties.Requirements;

/// <summary>
/// The meanings of the catalogue's source ids. S: claims of March 2022 about private memory as a file (v5 of the patch series).
/// The others are requirements from the kernel, from firmware and from bugs in both: C confidentiality, I integrity,
/// V availability, Q accounting, L progress.
/// </summary>
public static class Sources
{
    public static ImmutableSortedDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["S1"] = "a guest's request for a conversion becomes one exit to the VMM; KVM changes nothing itself",
        ["S2"] = "the private file can never be mapped by the VMM",
        ["S3"] = "a page becomes shared by a hole punched into the private file",
        ["S4"] = "KVM takes a page for shared because the private file has nothing there",
        ["S5"] = "until the VMM has converted the page, the guest can use neither variant of it",
        ["S6"] = "no architecture decrypts a page in place; s390's method for swapping is not sharing",
        ["S7"] = "pKVM can share in place and keep the content",
        ["S8"] = "CCA cannot in general: memory may be encrypted, so that filling a page goes by way of a temporary one",
        ["S9"] = "the shared variant is a mapping of its own, which may exist all the time",
        ["S10"] = "a page with both variants populated costs two frames",
        ["S11"] = "where both variants exist, the private one hides the shared one",
        ["S12"] = "each guest access claims a variant; KVM compares the claim with the variant of the page, "
            + "and exits to the VMM if they differ",
        ["S13"] = "after such an exit the VMM converts the page or kills the guest",
        ["S14"] = "KVM never decides on a conversion",
        ["S15"] = "the VMM can punch holes at any time; the contract with the guest, not the kernel, forbids it",
        ["S16"] = "a punched page is unmapped from the guest, whose next access leads to the VMM",
        ["S17"] = "where hardware protects the guest, unmapping a private page destroys its content",
        ["S18"] = "a guest must accept a private page that was not in its initial image; touching one that it has not accepted is fatal",
        ["S19"] = "this is so that a VMM cannot fill a hole that it has punched and go on as if nothing had happened",
        ["S20"] = "a hole taints the page: only an explicit acknowledgement by the guest makes it usable again",
        ["S21"] = "private and shared memory are independent; there is no joint transition",
        ["S22"] = "user space needs no new rule: memory that is not there any more is like memory after free, "
            + "and a malicious guest hurts itself alone",
        ["S23"] = "the host must not touch private memory; to handle it if it does is close to impossible",
        ["S24"] = "punching a part of a huge page may leave the frame where it is (an example)",
        ["S25"] = "private memory is mapped nowhere but in the kernel's direct map",
        ["S26"] = "the private file wipes a page before it frees it",
        ["S27"] = "proposal: pages shared by the guest may be mapped from the private file; pages which it has mapped as private may not",
        ["S28"] = "open question then: how does such a page become private again without a hole?",
        ["S29"] = "pages that can be mapped safely could also be filled before the guest starts",
        ["S30"] = "question: is a shared access where the private file has a hole an exit to the VMM, "
            + "or MMIO? Answer: claim and file are compared, and a mismatch is an exit",
        ["S31"] = "which variant the guest has mapped does not depend on whether the other one's frame has been freed",
        ["S32"] = "the VMM has full control over which pages are shared",
        ["S33"] = "user space has to see to it itself that memory is there before it touches it, or handle the signal",
        ["S34"] = "the VMM must not be able to free and reallocate a private page without the guest noticing",

        ["C1"] = "no way of the host to a private frame but its direct map: no page table, no pin, no device",
        ["C2"] = "a frame that leaves the guest is unreadable until what was in it is gone",
        ["C3"] = "a frame holds no data of the host or of another guest when the guest first uses it",
        ["C4"] = "a frame has one owner, except where two share it on purpose",
        ["C5"] = "the guest stores no secret in a page before it is private and accepted, nor after it has given the page up",
        ["C6"] = "a frame whose state is unknown is given to no user",
        ["I1"] = "an accepted page changes only by the guest's own writes, or by a transition that the guest acknowledges",
        ["I2"] = "trusted metadata maps pages and frames one to one",
        ["I3"] = "a guest accepts a page at most once between two requests to give it up",
        ["I4"] = "a fault whose snapshot is older than an invalidation of its page installs nothing",
        ["I5"] = "outside an invalidation, an entry is of the variant that the page is",
        ["I6"] = "a huge entry exists only where all pages under it have one attribute",
        ["I7"] = "the initial image is put in once, before the guest runs, and measured",
        ["I8"] = "a frame is reused only after every vCPU that might have it cached has flushed it",
        ["I13"] = "the host reads a field that the guest can write once, and uses its checked copy",
        ["V1"] = "neither guest nor VMM can make the host kernel take a fatal fault",
        ["V2"] = "a guest that misbehaves hurts itself alone, and a VMM its own guest alone",
        ["V3"] = "a guest and a VMM that keep to the protocol lose no data",
        ["V4"] = "a guest that is cheated stops, rather than going on with wrong data",
        ["V5"] = "KVM starts no conversion",
        ["V7"] = "after the death of a guest, the host can take back every frame, or knows that it is leaked",
        ["L1"] = "a fault that matches the attribute installs an entry in the end, if no invalidation goes on",
        ["L2"] = "a conversion that pins delay succeeds once they are gone",
        ["L4"] = "no slot, guest or punch waits for ever for a vCPU that repeats its fault",
        ["L5"] = "locks are taken in one order: mmap, invalidate, folio; and slots, invalidate, MMU",
        ["L6"] = "a guest that repeats its request for the rest of a range ends, or gives up",
        ["Q4"] = "no frame is lost, except for those that are leaked on purpose",
        ["Q5"] = "two backing stores cost at most twice the memory, and once again after the VMM's discard",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
