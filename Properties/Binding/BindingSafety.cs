using Checker.Protocols.Binding;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.Binding;

/// <summary>The situations which must never occur between slots and files. The first invariant is part of the model itself.</summary>
internal static class BindingSafety
{
    public static void Declare(BindingModel m)
    {
        m.Invariant("BindingNamesLiveSlot", Forall<Page, Slot>((p, s) => (m.binding[p] == s).Implies(m.slot[s] != SlotState.Absent)));

        m.Invariant("BindingNamesCompleteSlot", Forall<Page, Slot>((p, s) => (m.binding[p] == s).Implies(m.slot[s] != SlotState.Creating)));

        m.Invariant("ReadySlotIsBound", Forall<Slot, Page>((s, p) =>
            (m.slot[s] == SlotState.Ready & m.file.Value != Life.Released).Implies(m.binding[p] == s)));

        m.Invariant("SlotNamesLiveFile", Forall<Slot>(s => m.named[s].Implies(m.file.Value != Life.Released)));

        m.Invariant("FaultHasSlot", Forall<Slot>(s => m.fault[s].Implies(m.slot[s].In(SlotState.Ready, SlotState.Deleting))));

        m.Invariant("AssignedWhereMapped", Forall<Slot, Page>((s, p) => m.mapped[s, p].Implies(m.assigned[p] == s)));

        m.Invariant("InvalidationEnds", m.inprogress.Value.Implies(Exists<Page>(p =>
            m.punch[p].In(PunchStep.Unmapped, PunchStep.Truncated) | m.failure[p] == FailureStep.Unmapped)));

        m.Invariant("DeletionEnds", Forall<Slot>(s =>
            (m.slot[s] == SlotState.Deleting & m.fault[s]).Implies(m.Enabled("Leave", s))));

        m.Invariant("NoWaitInACircle", Forall<Page>(p => !(m.punch[p] == PunchStep.Unmapped & m.failure[p] == FailureStep.Waiting)));

        m.Invariant("NoWaitForMmap", !(m.inval.Value == Owner.Populate & !m.pinned.Value & m.mmap.Value));
    }
}
