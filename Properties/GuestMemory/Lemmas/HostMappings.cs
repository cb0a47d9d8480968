using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>The restriction of the host's access paths to shared memory.</summary>
    private void HostMappings()
    {
        if (m.Separate)
        {
            m.Lemma(
                "UserMapsShared",
                "HostNeverReachesPrivate",
                "the VMM has the shared backing mapped and nothing else; discarding takes a frame out of the page table and the TLBs "
                    + "before it frees it",
                Forall<Page, Frame>((p, f) => (m.upte[p] == f | m.utlb[p] == f).Implies(m.shm[p] == f)));

            m.Lemma(
                "PinNotPrivate",
                "HostNeverReachesPrivate",
                "a pin is taken through the VMM's mapping, so of a shared frame, and the allocator does not hand out a pinned frame",
                Forall<Pin, Page, Frame>((k, p, f) => (m.pin[k] == f).Implies(m.gmem[p] != f)));
            return;
        }

        m.Lemma(
            "UserMapsShared",
            "HostNeverReachesPrivate",
            "the VMM faults in only shared pages, and a conversion to private stores the attribute only when the VMM no longer has the "
                + "page mapped",
            Forall<Page, Frame>((p, f) => UserMaps(p, f).Implies(m.attr[p] == Alias.Shared)));

        m.Lemma(
            "UserMapsGmem",
            "HostNeverReachesPrivate",
            "a frame mapped by the VMM, or found by its fault in progress, is the page's own frame: punching unmaps it, "
                + "and waits for the fault, before it frees the frame",
            Forall<Page, Frame>((p, f) => UserMaps(p, f).Implies(m.gmem[p] == f)));

        m.Lemma(
            "PinNotPrivate",
            "HostNeverReachesPrivate",
            "a pin is taken through the VMM's mapping, so of a shared page; a pinned frame is neither handed out again nor converted to "
                + "private",
            Forall<Pin, Page, Frame>((k, p, f) => (m.pin[k] == f & m.gmem[p] == f).Implies(m.attr[p] == Alias.Shared)));

        m.Lemma(
            "PunchUnmapped",
            "UserMapsGmem",
            "punching has unmapped the page from the VMM, and while it has the invalidate lock no user fault gets it back",
            Forall<Thread, Page, Frame>((t, p, f) => On(t, OpKind.Punch, p, Done.Unmapped, Done.Unmapped).Implies(!UserMaps(p, f))));

        m.Lemma(
            "ConvertTlb",
            "ConvertUnmapped",
            "a conversion to private has flushed the host's TLBs, so they hold only what the page table still holds; "
                + "that is why looking for users of the frame need not look at TLBs",
            Forall<Thread, Page, Frame>((t, p, f) =>
                (Converts(t, p, Alias.Private, ConversionStep.HostFlush, ConversionStep.Check) & m.utlb[p] == f).Implies(m.upte[p] == f)));

        // The result of the check stays true. For host TLBs it does so only after their flush.
        bool flushedFirst = m.Conversion.Precedes(Alias.Private, ConversionStep.HostFlush, ConversionStep.Check);
        m.Lemma(
            "ConvertUnmapped",
            "UserMapsShared",
            "a conversion to private continues only if the frame is not mapped, and while it has the invalidate lock no user fault "
                + "maps it again",
            Forall<Thread, Page, Frame>((t, p, f) =>
                Converts(t, p, Alias.Private, flushedFirst ? ConversionStep.Check : ConversionStep.HostFlush, null)
                    .Implies(!UserMaps(p, f))));
        if (!flushedFirst)
        {
            m.Lemma(
                "ConvertChecked",
                "ConvertUnmapped",
                "a conversion to private goes on only if no page table has the frame, and while it has the invalidate lock no user fault "
                    + "maps it again",
                Forall<Thread, Page, Frame>((t, p, f) =>
                    Converts(t, p, Alias.Private, ConversionStep.Check, null).Implies(m.upte[p] != f & m.ufault[p] != f)));
        }

        m.Lemma(
            "ConvertUnpinned",
            "PinNotPrivate",
            "a conversion to private continues only if the frame has no other reference, and a new pin needs a mapping",
            Forall<Thread, Page, Frame>((t, p, f) =>
                (Converts(t, p, Alias.Private, ConversionStep.Check, null) & m.gmem[p] == f).Implies(Forall<Pin>(k => m.pin[k] != f))));
    }

    /// <summary>The VMM has mapped the frame at the page, or is about to.</summary>
    private Term<bool> UserMaps(Term<Page> p, Term<Frame> f) => Define(p, f, m.upte[p] == f | m.utlb[p] == f | m.ufault[p] == f);
}
