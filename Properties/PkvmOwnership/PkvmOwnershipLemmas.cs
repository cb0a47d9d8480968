using Checker.Protocols.PkvmOwnership;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.PkvmOwnership;

/// <summary>The lemmas for the proofs of PkvmOwnership.</summary>
internal static class PkvmOwnershipLemmas
{
    public static void Declare(PkvmOwnershipModel m)
    {
        m.Lemma("ForeignIsAnnotated", "HostReachesNoForeignFrame", "the hypervisor notes another owner in the host's stage 2",
            Forall<Frame>(f => (m.host[f] == Host.None) == (m.pte[f] == Pte.Annotated)));

        m.Lemma("SyncedBeforeOwned", "HostReachesNoForeignFrame", "a new owner waits for the flush and for the accesses in flight",
            Forall<Frame>(f => (m.host[f] == Host.None & m.move[f] == Move.None).Implies(!m.tlb[f] & !m.access[f])));

        m.Lemma("SecretIsForeign", "HostReachesNoSecret", "a frame goes to the host wiped, or published",
            Forall<Frame>(f => m.secret[f].Implies(m.host[f] == Host.None & m.move[f] == Move.None)));

        m.Lemma("MovingIsForeign", "OneOwner", "a change of owner begins with the loss of the host",
            Forall<Frame>(f => (m.move[f] != Move.None).Implies(m.host[f] == Host.None & !m.hyp[f])));

        m.Lemma("MovesUnderLock", "OneOwner", "one change of owner is in progress at a time",
            Forall<Frame, Frame>((f, g) => (m.move[f] != Move.None).Implies(m.request.Value == None & (f == g | m.move[g] == Move.None))));

        m.Lemma("MovingIsUnused", "FrameHasOneUse", "a frame given away has no other user, and is memory",
            Forall<Page, Frame>((p, f) => m.move[f].In(Move.ToGuest, Move.ToHyp).Implies(m.s2[p] != f & !m.device[f])));

        m.Lemma("TargetIsEmpty", "FrameHasOneUse",
            "the page which gets the frame stays empty until then, and the cache has a page for its table",
            Forall<Page, Frame>((p, f) => (m.target[f] == p).Implies(m.move[f] == Move.ToGuest & m.guest[p] == Guest.Empty)
                & (m.move[f] == Move.ToGuest).Implies(m.memcache.Value)));

        m.Lemma("SidesAgree", "OneOwner", "the states of both sides change in one step",
            Forall<Page, Frame>((p, f) => (m.s2[p] == f).Implies(
                m.guest[p] == Guest.Owned & m.host[f] == Host.None & m.move[f] == Move.None
                | m.guest[p] == Guest.Shared & m.host[f] == Host.Borrowed
                | m.guest[p] == Guest.Shared & m.host[f] == Host.None & m.move[f] == Move.Unshare)));

        m.Lemma("UsedIsMapped", "SidesAgree", "a page in use has a frame",
            Forall<Page>(p => m.guest[p].In(Guest.Owned, Guest.Shared) == (m.s2[p] != None)));

        m.Lemma("DataIsOwned", "NoSilentLoss", "the guest relies on pages of its own; a lost one is poisoned",
            Forall<Page>(p => (m.data[p] != None).Implies(m.guest[p].In(Guest.Owned, Guest.Poisoned))));

        m.Lemma("DeadGuestsAreFlushed", "TranslationsAreCurrent", "no CPU runs a dying guest",
            Forall<Page>(p => m.dying.Value.Implies(m.gtlb[p] == None & m.data[p] == None)));

        m.Lemma("RequestIsOwned", "OnlyTheHostsAreLent", "the hypervisor checks the owner under its lock",
            Forall<Frame>(f => (m.request.Value == f).Implies(m.host[f] == Host.Owned & m.ready.Value)));

        m.Lemma("NotReady", "SyncedBeforeOwned", "the host begins when the hypervisor is initialised",
            m.ready.Value | (m.message.Value == None
                & Forall<Page, Frame>((p, f) => !m.HostReaches(f) & m.move[f] == Move.None & m.s2[p] == None)));
    }
}
