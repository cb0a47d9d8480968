using Checker.Protocols.CcaRealm;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.CcaRealm;

/// <summary>The situations which must never occur for a realm, for the monitor and for the host.</summary>
internal static class CcaRealmSafety
{
    public static void Declare(CcaRealmModel m)
    {
        m.Invariant("HostReachesNoSecret", Forall<Frame>(f => m.HostReaches(f).Implies(!m.secret[f] & !m.tags[f])));

        m.Invariant("RealmMemoryIsProtected", Forall<Frame>(f =>
            m.granule[f].In(Granule.Data, Granule.Table).Implies(m.gpt[f] == Pas.Realm & !m.host[f])));

        m.Invariant("GptMatchesGranule", Forall<Frame>(f => (m.el3[f] == El3.Idle).Implies(
            (m.gpt[f] == Pas.NonSecure) == (m.granule[f] == Granule.Undelegated))));

        m.Invariant("NoRealmLineInHostMemory", Forall<Frame>(f => (m.gpt[f] == Pas.NonSecure).Implies(!m.line[f])));

        m.Invariant("NoSilentLoss", Forall<Page, Frame>((p, f) =>
            (m.data[p] != None & m.rtt[p] == f & m.ripas[p] == Ripas.Ram).Implies(m.data[p] == f & m.secret[f])));

        m.Invariant("TranslationsAreCurrent", Forall<Page, Frame>((p, f) => (m.tlb[p] == f).Implies(m.Reaches(p, f))));

        m.Invariant("FrameHasOneUse", Forall<Page, Page>((p, q) =>
            (p != q & !m.ns[p] & !m.ns[q] & m.rtt[p] != None).Implies(m.rtt[p] != m.rtt[q])));

        m.Invariant("DataIsMapped", Forall<Frame>(f =>
            (m.granule[f] == Granule.Data).Implies(Exists<Page>(p => m.rtt[p] == f & !m.ns[p]))));

        m.StepInvariant("OnlyTheRealmAcceptsRam", Forall<Page>(p =>
            (m.active.Value & m.ripas[p] != Ripas.Ram & Next(m.ripas[p]) == Ripas.Ram).Implies(m.ask[p].In(Ask.Ram, Ask.RamAnyway))));
    }
}
