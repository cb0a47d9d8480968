using Checker.Protocols.SnpRmp;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.SnpRmp;

/// <summary>The lemmas for the proofs of SnpRmp.</summary>
internal static class SnpRmpLemmas
{
    public static void Declare(SnpRmpModel m, bool spurious, bool hypervisor)
    {
        m.Lemma("ValidIsRecorded", "OneValidFrame", "the guest records each page which it validates, and the pages of the initial image",
            Forall<Page, Frame>((p, f) => (m.rmp[f] == Rmp.Valid & m.gpa[f] == p).Implies(m.use[p] != Use.None)));

        m.Lemma("ValidHasAddress", "OneValidFrame", "a frame is assigned together with its address",
            Forall<Frame>(f => (m.rmp[f] == Rmp.Valid).Implies(m.gpa[f] != None)));

        m.Lemma("ValidatesUnused", "ValidIsRecorded", "the record is read and written under one lock",
            Forall<Vcpu, Page>((v, p) => (m.at[v] == p).Implies(
                m.job[v] == Job.Validate & m.use[p] == Use.None | m.job[v] == Job.Rescind & m.use[p] == Use.Memory)));

        m.Lemma("OneAtWork", "ValidatesUnused", "the lock of a page has one holder",
            Forall<Vcpu, Vcpu>((v, w) => (v != w & m.at[v] != None).Implies(m.at[v] != m.at[w])));

        m.Lemma("StartedFirst", "ValidatesUnused", "the guest runs only after its start",
            m.started.Value | (Forall<Vcpu>(v => m.at[v] == None) & Forall<Page>(p => m.data[p] == None)));

        m.Lemma("DataIsValid", "NoSilentReplacement", "the guest stores in the one valid frame, and no second one becomes valid",
            Forall<Page, Frame>((p, f) =>
                (m.data[p] != None & m.rmp[f] == Rmp.Valid & m.gpa[f] == p).Implies(m.data[p] == f)));

        m.Lemma("DataIsInUse", "DataIsValid", "the guest forgets its data when it gives a page up",
            Forall<Page>(p => (m.data[p] != None).Implies(m.use[p] == Use.Memory)));

        if (!hypervisor)
        {
            Host(m);
            if (!spurious)
            {
                m.Lemma("SharedIsUnused", "UsedPageIsValid", "the guest asks for pages which it does not use, and waits for the answer",
                    Forall<Page>(p => (m.shared[p] | m.Asked(p)).Implies(m.started.Value & m.use[p] == Use.None & !m.AtWork(p))));

                m.Lemma("UsedIsPrepared", "UsedPageIsValid", "KVM prepares a frame once for each address",
                    Forall<Page, Frame>((p, f) =>
                        (m.file[p] == f & m.gpa[f] == p & m.rmp[f] == Rmp.Valid).Implies(m.prepared[f] == p)));
            }
        }
    }

    /// <summary>The lemmas about the rules of KVM and of the firmware.</summary>
    private static void Host(SnpRmpModel m)
    {
        m.Lemma("AssignedIsHeld", "FreeFrameIsTheHosts", "a frame becomes free only after the RMP has given it back",
            Forall<Frame>(f => m.rmp[f].In(Rmp.Invalid, Rmp.Valid).Implies(m.place[f].In(Place.File, Place.Leaked))));

        m.Lemma("FileIsHeld", "AssignedIsHeld", "the file takes free frames, and the firmware takes others",
            Forall<Page, Frame>((p, f) => (m.file[p] == f).Implies(m.place[f] == Place.File & m.rmp[f] != Rmp.Firmware)));

        m.Lemma("FileHasOneUse", "MappedFrameIsAssigned", "a frame of the file is not free, so no second page takes it",
            Forall<Page, Page>((p, q) => (p != q & m.file[p] != None).Implies(m.file[p] != m.file[q])));

        m.Lemma("PreparedIsAssigned", "MappedFrameIsAssigned", "KVM marks a frame only after the RMP has assigned it",
            Forall<Page, Frame>((p, f) =>
                (m.prepared[f] == p).Implies(m.rmp[f].In(Rmp.Invalid, Rmp.Valid) & m.gpa[f] == p)));

        m.Lemma("MappedIsPrepared", "MappedFrameIsAssigned", "KVM maps prepared frames, and unmaps one before it moves",
            Forall<Page, Frame>((p, f) => (m.npt[p] == f).Implies(m.prepared[f] == p)));

        m.Lemma("RegistersArePrepared", "RegistersInPlace", "a vCPU begins on a mapped page, and stops before the frame moves",
            Forall<Vcpu, Frame>((v, f) => (m.vmsa[v] == f).Implies(m.prepared[f] != None)));

        m.Lemma("FreshIsAssigned", "NoFalseAlarm", "taking a frame away makes the faults on it stale",
            Forall<Vcpu, Frame>((v, f) => (m.fault[v] == f & !m.stale[v]).Implies(m.rmp[f].In(Rmp.Invalid, Rmp.Valid))));
    }
}
