using Checker.Protocols.Binding;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.Binding;

/// <summary>The lemmas for the proofs of Binding.</summary>
internal static class BindingLemmas
{
    public static void Declare(BindingModel m)
    {
        m.Lemma("PunchHasLock", "InvalidationEnds", "a punch holds the invalidate lock, and its page is the only one",
            Forall<Page, Page>((p, q) => (m.punch[p] != PunchStep.Idle)
                .Implies(m.inval.Value == Owner.Punch & (p == q | m.punch[q] == PunchStep.Idle))));
        m.Lemma("FailureHasLock", "InvalidationEnds", "the handling of a memory error holds the invalidate lock while it unmaps",
            Forall<Page, Page>((p, q) => (m.failure[p] == FailureStep.Unmapped)
                .Implies(m.inval.Value == Owner.Failure & (p == q | m.failure[q] != FailureStep.Unmapped))));
        m.Lemma("EndMatchesStart", "InvalidationEnds", "bindings do not change under the invalidate lock",
            Forall<Page>(p => (m.punch[p].In(PunchStep.Unmapped, PunchStep.Truncated) | m.failure[p] == FailureStep.Unmapped)
                .Implies(m.inprogress.Value == (m.binding[p] != None))));
        m.Lemma("NeverWaits", "NoWaitInACircle", "the handling of a memory error gives up if the lock is taken",
            Forall<Page>(p => m.failure[p] != FailureStep.Waiting));
        m.Lemma("PopulateHasPinned", "NoWaitForMmap", "populate takes the lock after it has pinned its source",
            (m.inval.Value == Owner.Populate).Implies(m.pinned.Value));
        m.Lemma("MappedIsBound", "MappedPageExists", "a fault maps a page through its binding",
            Forall<Slot, Page>((s, p) => m.mapped[s, p].Implies(m.binding[p] == s)));
        m.Lemma("NewSlotIsUnbound", "BindingNamesCompleteSlot", "a slot is bound in the step which makes it ready",
            Forall<Page, Slot>((p, s) => (m.slot[s] == SlotState.Prepared).Implies(m.binding[p] != s & !m.named[s])));
        m.Lemma("TruncatedIsUnmapped", "MappedPageExists", "a punch unmaps a page before it frees the frame",
            Forall<Slot, Page>((s, p) => m.punch[p].In(PunchStep.Unmapped, PunchStep.Truncated).Implies(!m.mapped[s, p])));
        m.Lemma("NamedIsLive", "SlotNamesLiveFile", "a slot points to the file from its binding on",
            Forall<Slot>(s => m.named[s].Implies(m.slot[s].In(SlotState.Ready, SlotState.Deleting))));
        m.Lemma("BoundWhileOpen", "BindingNamesLiveSlot", "the release of the file removes all bindings",
            (m.file.Value == Life.Released).Implies(Forall<Page>(p => m.binding[p] == None)));
        m.Lemma("OneChange", "BindingNamesLiveSlot", "one slot changes at a time",
            Forall<Slot, Slot>((s, t) => (s != t & !m.slot[s].In(SlotState.Absent, SlotState.Ready))
                .Implies(m.slot[t].In(SlotState.Absent, SlotState.Ready))));
    }
}
