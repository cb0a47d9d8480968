using Checker.Protocols.SnpRmp;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.SnpRmp;

/// <summary>The situations which must never occur: those of the guest against any host, and those of the host itself.</summary>
internal static class SnpRmpSafety
{
    public static void Declare(SnpRmpModel m, bool spurious, bool hypervisor)
    {
        m.Invariant("OneValidFrame", Forall<Frame, Frame>((f, g) =>
            (f != g & m.rmp[f] == Rmp.Valid & m.rmp[g] == Rmp.Valid).Implies(m.gpa[f] != m.gpa[g])));

        m.Invariant("NoSilentReplacement", Forall<Page, Frame>((p, f) =>
            (m.data[p] != None & m.Reaches(p, f) & m.rmp[f] == Rmp.Valid).Implies(m.data[p] == f)));

        m.Invariant("ValidIsClean", Forall<Frame>(f => (m.rmp[f] == Rmp.Valid).Implies(m.clean[f])));

        if (hypervisor)
        {
            return;
        }

        m.Invariant("FreeFrameIsTheHosts", Forall<Frame>(f =>
            (m.place[f] == Place.Free).Implies(m.rmp[f] == Rmp.Hypervisor)));

        m.Invariant("MappedFrameIsAssigned", Forall<Page, Frame>((p, f) =>
            (m.npt[p] == f).Implies(m.file[p] == f & m.rmp[f].In(Rmp.Invalid, Rmp.Valid) & m.gpa[f] == p)));

        m.Invariant("RegistersInPlace", Forall<Vcpu, Frame>((v, f) => (m.vmsa[v] == f).Implies(
            m.rmp[f] == Rmp.Valid
                & Forall<Page>(p => (m.gpa[f] == p).Implies(m.file[p] == f & m.use[p] == Use.Vmsa)))));

        m.Invariant("ImageIsMeasured", m.started.Value | Forall<Frame>(f => m.rmp[f] != Rmp.Invalid));

        m.Invariant("NoFalseAlarm", !m.warned.Value);

        m.Invariant("LeakedOnce", Forall<Frame>(f => m.place[f] != Place.LeakedTwice));

        if (!spurious)
        {
            m.Invariant("RequestsInBounds", !m.wild.Value);

            m.Invariant("UsedPageIsValid", Forall<Page>(p => (m.use[p] != Use.None).Implies(m.file[p] != None
                & Forall<Frame>(f => (m.file[p] == f).Implies(m.rmp[f] == Rmp.Valid & m.gpa[f] == p)))));
        }
    }
}
