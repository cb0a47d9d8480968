using Checker.Model.Language;
using Checker.Protocols.RangeConversion;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.RangeConversion;

/// <summary>The lemmas for the proofs of RangeConversion.</summary>
internal static class RangeConversionLemmas
{
    public static void Declare(RangeConversionModel m)
    {
        m.Lemma("DoingIsAsked", "GuestAgrees", "a conversion is a part of the request",
            Forall<Page>(p => m.doing[p].Implies(m.asked[p])));
        m.Lemma("IdleHasNoRange", "GuestAgrees", "the range is forgotten at the end of the request",
            Forall<Page>(p => m.asked[p].Implies(m.phase.Value != Phase.Idle)
                & m.doing[p].Implies(!m.phase.Value.In(Phase.Idle, Phase.Asked))));
        m.Lemma("ViewFollows", "GuestAgrees", "the guest learns of each stored page when the call returns, and of no other",
            Forall<Page>(p => m.view[p] == m.attr[p]
                | (m.phase.Value.In(Phase.Stored, Phase.Returned) & m.doing[p])));
        m.Lemma("StoredIsWanted", "GuestAgrees", "the store gives all pages of the conversion one attribute",
            Forall<Page>(p => (m.phase.Value.In(Phase.Stored, Phase.Returned) & m.doing[p]).Implies(m.attr[p] == m.to.Value)));
        m.Lemma("BegunHasNoOldEntry", "SmallEntryMatches", "the zap removes the entries of the old flavour, and faults in the range retry",
            Forall<Page>(p => (m.phase.Value == Phase.Begun & m.doing[p]).Implies(
                (m.leaf[p] == None | m.leaf[p] == m.to.Value)
                & (m.huge[m.region[p]] == None | m.huge[m.region[p]] == m.to.Value))));
        m.Lemma("BegunIsNotPinned", "PrivateIsNotPinned", "pins are looked at before the begin, and none is taken during the conversion",
            Forall<Page>(p => (m.phase.Value.In(Phase.Begun, Phase.Stored) & m.to.Value == Flavour.Private & m.doing[p]).Implies(
                !m.pinned[p])));
        m.Lemma("NoFaultIsNotReady", "SmallEntryMatches", "the end of a fault forgets what it has checked",
            (m.fault.Value == None).Implies(!m.ready.Value));
        m.Lemma("ReadyIsCurrent", "SmallEntryMatches", "the attribute changes only in a conversion, which makes the fault retry",
            Forall<Page>(p => (m.fault.Value == p & m.ready.Value & !m.stale.Value).Implies(
                m.attr[p] == m.wants.Value | (m.phase.Value == Phase.Stored & m.doing[p]))));
        m.Lemma("LargeIsUniform", "HugeEntryMatches", "a region that is not mixed has one attribute, until a conversion in its hull",
            Forall<Page, Page>((p, q) => (m.fault.Value == p & m.ready.Value & m.large.Value & !m.stale.Value
                    & m.region[p] == m.region[q]).Implies(
                m.attr[q] == m.wants.Value | (m.phase.Value == Phase.Stored & Hull(p)))));

        Term<bool> Hull(Term<Page> p) => Exists<Page>(q => m.doing[q] & m.region[q] == m.region[p]);
    }
}
