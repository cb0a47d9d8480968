using Checker.Model.Language;
using Checker.Protocols.TdxSept;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.TdxSept;

/// <summary>The lemmas for the proofs of TdxSept.</summary>
internal static class TdxSeptLemmas
{
    public static void Declare(TdxSeptModel m, bool module)
    {
        m.Lemma("MirrorIsGuests", "NoStaleAccess", "KVM takes a frame from the host before it maps it, and gives it back last",
            Forall<Page, Frame>((p, f) => (m.mirror[p] == f).Implies(m.home[f] == Home.Guest)));

        if (!module)
        {
            m.Lemma("CachedIsMapped", "NoStaleAccess", "an entry is removed with a request to every vCPU, which flushes before it runs",
                Forall<Vcpu, Page, Frame>((v, p, f) => (m.tlb[v, p] == f).Implies(m.leaf[p] == f | m.request[v])));
            m.Lemma("RemovedIsUnmapped", "NoStaleAccess", "KVM frees a frame after its entry",
                Forall<Page, Frame>((p, f) => (m.stage[p] == Stage.Tracked).Implies(m.leaf[p] != f)));
            m.Lemma("TwoStages", "NoStaleAccess", "without a module, a removal has one stage",
                Forall<Page>(p => m.stage[p].In(Stage.Idle, Stage.Tracked)));
            return;
        }

        m.Lemma("CachedIsMapped", "NoStaleAccess", "the module removes a frame only when no vCPU of the old epoch is in the guest",
            Forall<Vcpu, Page, Frame>((v, p, f) => (m.mode[v] == Mode.Inside & m.tlb[v, p] == f)
                .Implies(m.leaf[p] == f & (m.sept[p].In(Entry.Mapped, Entry.Blocked) | m.old[v]))));
        m.Lemma("FreeHasNoFrame", "EntryIsKnown", "an entry loses its frame when it becomes free",
            Forall<Page, Frame>((p, f) => (m.sept[p] == Entry.Free).Implies(m.leaf[p] != f)));
        m.Lemma("EntryOfStage", "NeverRefused", "the module's entry follows each step of KVM",
            Forall<Page>(p =>
                m.stage[p].In(Stage.Adding, Stage.Removed).Implies(m.sept[p] == Entry.Free)
                & (m.stage[p] == Stage.Blocked).Implies(m.sept[p] == Entry.Blocked)
                & (m.stage[p] == Stage.Tracked).Implies(m.sept[p] == Entry.Tracked)
                & (m.stage[p] == Stage.Idle).Implies(m.sept[p].In(Entry.Free, Entry.Pending, Entry.Mapped))));
        m.Lemma("PresentIsMirrored", "NeverRefused", "KVM clears its copy after the module has removed the frame",
            Forall<Page>(p => (m.mirror[p] == None).Implies(m.sept[p] == Entry.Free & m.stage[p] == Stage.Idle)));
        m.Lemma("IdleIsPresent", "NeverRefused", "KVM has a frame in its copy only after the module has added it",
            Forall<Page, Frame>((p, f) => (m.mirror[p] == f & m.stage[p] == Stage.Idle).Implies(m.sept[p] != Entry.Free)));
        m.Lemma("OldIsAsked", "NeverRefused", "a vCPU becomes one of the old epoch when it is asked to leave, and is none once outside",
            Forall<Vcpu>(v => m.old[v].Implies(m.request[v] & m.mode[v] == Mode.Inside)));
        m.Lemma("HeldIsAsked", "NeverRefused", "after a refusal every vCPU is asked to leave, and none may enter",
            Forall<Vcpu>(v => (m.hold.Value & m.mode[v] != Mode.Outside).Implies(m.request[v])));
        m.Lemma("AddedIsClean", "FreeFrameIsClean", "a frame which is not in the second stage yet was never written by the guest",
            Forall<Page, Frame>((p, f) => (m.stage[p] == Stage.Adding & m.mirror[p] == f).Implies(!m.lines[f])));
        m.Lemma("ChargedWhileMirrored", "MetadataCoversFrame", "KVM charges a frame before it adds it, and gives the reference back last",
            Forall<Page, Frame>((p, f) => (m.mirror[p] == f & m.stage[p] != Stage.Removed).Implies(m.charged[f])));
        m.Lemma("RemovedIsUncharged", "MetadataIsReturned", "a removed frame gives its reference back",
            Forall<Page, Frame>((p, f) => (m.mirror[p] == f & m.stage[p] == Stage.Removed).Implies(!m.charged[f])));
        m.Lemma("ChargedHasMetadata", "MetadataCoversFrame", "the metadata is freed with the last reference",
            Forall<Frame>(f => m.charged[f].Implies(m.pamt.Value)));
    }
}
