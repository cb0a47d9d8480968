using Checker.Protocols.PkvmOwnership;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.PkvmOwnership;

/// <summary>The situations which must never occur for a frame and for its owners.</summary>
internal static class PkvmOwnershipSafety
{
    public static void Declare(PkvmOwnershipModel m)
    {
        m.Invariant("HostReachesNoForeignFrame", Forall<Page, Frame>((p, f) =>
            (m.hyp[f] | m.s2[p] == f & m.guest[p] == Guest.Owned).Implies(!m.HostReaches(f))));

        m.Invariant("HostReachesNoSecret", Forall<Frame>(f => m.HostReaches(f).Implies(!m.secret[f])));

        m.Invariant("OneOwner", Forall<Page, Frame>((p, f) =>
            (m.hyp[f]).Implies(m.host[f] == Host.None & m.s2[p] != f)
            & (m.s2[p] == f).Implies(m.host[f].In(Host.None, Host.Borrowed))));

        m.Invariant("FrameHasOneUse", Forall<Page, Page>((p, q) => (p != q & m.s2[p] != None).Implies(m.s2[p] != m.s2[q])));

        m.Invariant("EveryFrameHasAnOwner", Forall<Frame>(f => (m.host[f] == Host.None & m.move[f] == Move.None).Implies(
            m.hyp[f] | Exists<Page>(p => m.s2[p] == f))));

        m.Invariant("OnlyMemoryIsGiven", Forall<Page, Frame>((p, f) => m.device[f].Implies(!m.hyp[f] & m.s2[p] != f)));

        m.Invariant("NoSilentLoss", Forall<Page, Frame>((p, f) =>
            (m.data[p] != None & m.s2[p] == f).Implies(m.data[p] == f & m.secret[f])));

        m.Invariant("TranslationsAreCurrent", Forall<Page, Frame>((p, f) => (m.gtlb[p] == f).Implies(m.s2[p] == f)));

        m.Invariant("MessagesInBounds", !m.wild.Value);

        m.Invariant("OnlyTheHostsAreLent", Forall<Page, Frame>((p, f) =>
            (m.host[f] == Host.Lent).Implies(!m.hyp[f] & m.s2[p] != f & m.pte[f] != Pte.Annotated)));
    }
}
