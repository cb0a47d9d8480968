using Checker.Protocols.CcaRealm;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.CcaRealm;

/// <summary>The lemmas for the proofs of CcaRealm.</summary>
internal static class CcaRealmLemmas
{
    public static void Declare(CcaRealmModel m)
    {
        m.Lemma("El3Entering", "RealmMemoryIsProtected",
            "EL3 opens a frame to the realm world first, and flushes the host's translations then",
            Forall<Frame>(f => m.el3[f].In(El3.Written, El3.Flushed).Implies(
                m.granule[f] == Granule.Undelegated & m.gpt[f] == Pas.Realm & (m.el3[f] == El3.Flushed).Implies(!m.host[f]))));

        m.Lemma("El3Leaving", "HostReachesNoSecret", "a frame leaves the realm world wiped, and without users",
            Forall<Frame>(f => m.el3[f].In(El3.Leaving, El3.Blocked, El3.Cleaned).Implies(
                m.granule[f] == Granule.Delegated & !m.host[f] & !m.secret[f] & !m.tags[f])));

        m.Lemma("El3Blocked", "NoRealmLineInHostMemory", "no world fetches cache lines of a blocked frame",
            Forall<Frame>(f => m.el3[f].In(El3.Blocked, El3.Cleaned).Implies(
                m.gpt[f] == Pas.NoAccess & (m.el3[f] == El3.Cleaned).Implies(!m.line[f]))));

        m.Lemma("RealmFrames", "RealmMemoryIsProtected", "a frame of the realm world was given to it by EL3",
            Forall<Frame>(f => (m.granule[f] != Granule.Undelegated & m.el3[f].In(El3.Idle, El3.Leaving)).Implies(
                m.gpt[f] == Pas.Realm & !m.host[f])));

        m.Lemma("UsedFrames", "El3Leaving", "a frame with a use has no change of its GPT entry",
            Forall<Frame>(f => m.granule[f].In(Granule.Data, Granule.Table).Implies(m.el3[f] == El3.Idle)));

        m.Lemma("HostFramesHoldNothing", "HostReachesNoSecret", "a frame of the host was wiped",
            Forall<Frame>(f => (m.granule[f] == Granule.Undelegated).Implies(!m.secret[f] & !m.tags[f])));

        m.Lemma("MappedIsData", "FrameHasOneUse", "a protected page has a data granule",
            Forall<Page, Frame>((p, f) => (m.rtt[p] == f & !m.ns[p]).Implies(m.granule[f] == Granule.Data)));

        m.Lemma("SharedIsEmpty", "TranslationsAreCurrent", "the host's memory is mapped only where the realm expects it",
            Forall<Page>(p => m.ns[p].Implies(m.rtt[p] != None & m.ripas[p] == Ripas.Empty & m.ask[p] == Ask.None)));

        m.Lemma("DataHasFrame", "NoSilentLoss", "the realm's data stays in its frame, or the page is destroyed",
            Forall<Page, Frame>((p, f) => (m.data[p] == f).Implies(
                m.ripas[p] == Ripas.Destroyed | m.ripas[p] == Ripas.Ram & m.rtt[p] == f)));

        m.Lemma("AskedWhileActive", "DataIsRelinquished", "only a running realm asks",
            Forall<Page>(p => (m.ask[p] != Ask.None).Implies(m.active.Value)));

        m.Lemma("DataIsRelinquished", "DataHasFrame", "a realm which accepts a loss, or gives a page up, no longer relies on its data",
            Forall<Page>(p => m.ask[p].In(Ask.RamAnyway, Ask.Empty).Implies(m.data[p] == None)));
    }
}
