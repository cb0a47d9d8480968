using Checker.Protocols.VmmDevices;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.VmmDevices;

/// <summary>The situations which must never occur with devices. The first invariant is part of the model itself.</summary>
internal static class VmmDevicesSafety
{
    public static void Declare(VmmDevicesModel m, bool inplace)
    {
        m.Invariant("GuestKnowsTheKind", Forall<Page>(p => m.asked[p] | m.told[p] == m.kind[p]));

        m.Invariant("FrameHasOneUse", Forall<Page, Page, Frame>((p, q, f) =>
            (m.memory[p] == f).Implies(m.hidden[q] != f & (p == q | m.memory[q] != f))));

        if (!inplace)
        {
            m.Invariant("VmmKnowsTheKind", Forall<Page>(p =>
                (m.duty[p] == Duty.Converted).Implies(m.kind[p] == Kind.Private)
                & (m.duty[p] == Duty.Opened).Implies(m.kind[p] == Kind.Shared)));

            m.Invariant("LeftMemoryIsFreed", Forall<Page>(p => (m.duty[p] == Duty.None)
                .Implies(Cond<bool>(m.kind[p] == Kind.Private, m.memory[p] == None, m.hidden[p] == None))));
            return;
        }

        m.Invariant("VmmReachesSharedMemory", Forall<Page>(p => m.mapped[p].Implies(m.kind[p] == Kind.Shared)));

        m.Invariant("NoPinOfPrivate", Forall<Page, Frame>((p, f) =>
            (m.memory[p] == f & m.kind[p] == Kind.Private).Implies(m.comms.Value != f)));

        m.Invariant("NoOwnPinBlocks", Forall<Page>(p => (m.duty[p] == Duty.Again).Implies(m.iommu[p] == None)));

        m.Invariant("DeadHoldsNoPin", m.halted.Value.Implies(m.comms.Value == None));

        m.Invariant("RefusedForAPin", Forall<Page, Frame>((p, f) => (m.duty[p] == Duty.Drained & m.memory[p] == f).Implies(!m.batched[f])));
    }
}
