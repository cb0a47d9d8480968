using Checker.Model.Language;
using Checker.Protocols.VmmDevices;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.VmmDevices;

/// <summary>The lemmas for the proofs of VmmDevices.</summary>
internal static class VmmDevicesLemmas
{
    public static void Declare(VmmDevicesModel m, bool inplace)
    {
        m.Lemma("CachedIsMapped", "DevicesReachSharedMemory", "unmapping a page drops the cached translations",
            Forall<Device, Page, Frame>((d, p, f) => (m.cached[d, p] == f).Implies(m.iommu[p] == f)));
        m.Lemma("BusyIsUnmapped", "DevicesReachSharedMemory", "a page is unmapped first, and mapped only when the VMM has no duty",
            Forall<Page, Frame>((p, f) => m.duty[p].In(Duty.Unmapped, Duty.Drained, Duty.Again).Implies(m.iommu[p] != f)));
        m.Lemma("DutyIsAsked", "GuestKnowsTheKind", "the VMM converts for a request of the guest, and answers it last",
            Forall<Page>(p => (m.duty[p] != Duty.None).Implies(m.asked[p])));
        m.Lemma("OldKindBefore", "GuestKnowsTheKind", "the guest learns of the conversion at the answer",
            Forall<Page>(p => m.duty[p].In(Duty.Converted, Duty.Opened, Duty.Finished) == (m.told[p] != m.kind[p])));
        m.Lemma("UnmappedIsShared", "GuestKnowsTheKind", "only the duty for a shared page begins with the IOMMU",
            Forall<Page>(p => m.duty[p].In(Duty.Unmapped, Duty.Drained, Duty.Opened).Implies(m.kind[p] == Kind.Shared)));
        if (inplace)
        {
            m.Lemma("DrainedHasMemory", "RefusedForAPin", "KVM counts the references of a frame which exists",
                Forall<Page>(p => (m.duty[p] == Duty.Drained).Implies(m.memory[p] != None & !m.mapped[p])));
        }
        else
        {
            m.Lemma("FinishedIsFreed", "LeftMemoryIsFreed", "the VMM frees the memory before it answers",
                Forall<Page>(p => (m.duty[p] != Duty.Converted & m.duty[p] != Duty.Opened)
                    .Implies(Cond<bool>(m.kind[p] == Kind.Private, m.memory[p] == None, m.hidden[p] == None))));
        }

        m.Lemma("IommuIsShared", "DevicesReachSharedMemory", "VFIO maps shared pages only",
            Forall<Page, Frame>((p, f) => (m.iommu[p] == f).Implies(m.kind[p] == Kind.Shared & m.memory[p] == f)));
    }
}
