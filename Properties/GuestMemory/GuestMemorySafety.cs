using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.GuestMemory;

/// <summary>The situations which must never occur in GuestMemory. The catalogue has sentences, reasons and sources.</summary>
internal sealed class GuestMemorySafety(GuestMemoryModel m)
{
    public void Declare()
    {
        m.Invariant("HostNeverReachesPrivate", Forall<Frame>(f => HostReaches(f).Implies(!GuestPrivate(f))));

        m.Invariant("SecretStaysPrivate", Forall<Frame>(f => (m.data[f] == Data.Secret).Implies(!HostReaches(f) & !m.Free(f))));

        m.Invariant("PrivateAndSharedNeverBothMapped",
            Forall<Page>(p => m.spte[p, Alias.Private] == None | m.spte[p, Alias.Shared] == None));

        m.Invariant("NoMappingOutlivesItsFrame", Forall<Page, Frame>((p, f) =>
            GuestReaches(p, Alias.Private, f).Implies(m.gmem[p] == f)
            & GuestReaches(p, Alias.Shared, f).Implies(m.Separate ? m.shm[p] == f : m.gmem[p] == f)));

        m.Invariant("MappingFollowsDesignation", Forall<Page>(p =>
            GuestReaches(p, Alias.Private).Implies(m.IsPrivate(p)) & GuestReaches(p, Alias.Shared).Implies(!m.IsPrivate(p))));

        m.Invariant("FrameHasOneUse", OneUse());

        m.Invariant("FirmwareOwnsOnlyBackedFrames", Forall<Frame>(f =>
            (m.own[f] != Owner.Host).Implies(Exists<Page>(p => m.gpa[f] == p & m.gmem[p] == f))));

        m.Invariant("NoSilentCorruption", !m.corrupt.Value);

        if (!m.Spurious)
        {
            m.Invariant("GuestSurvives", !m.dead.Value);
        }

        m.StepInvariant("OnlyTheVmmConverts", Forall<Page>(p => (Next(m.IsPrivate(p)) != m.IsPrivate(p)).Implies(m.InProgress(p))));
    }

    /// <summary>The frame belongs to the guest alone.</summary>
    private Term<bool> GuestPrivate(Term<Frame> f) => Define(f,
        m.own[f] != Owner.Host | Exists<Page>(p => m.Separate ? m.gmem[p] == f : m.gmem[p] == f & m.attr[p] == Alias.Private));

    /// <summary>The host can read or write the frame by another way than its direct map.</summary>
    private Term<bool> HostReaches(Term<Frame> f) => Define(f,
        Exists<Page>(p => m.upte[p] == f | m.utlb[p] == f) | m.Pinned(f) | m.hostf[f]);

    /// <summary>A second-stage entry, or a vCPU's TLB, leads to the frame.</summary>
    private Term<bool> GuestReaches(Term<Page> p, Alias a, Term<Frame> f) => Define(p, (Term<Alias>)a, f,
        m.spte[p, a] == f | Exists<Vcpu>(v => m.gtlb[v, p, a] == f));

    private Term<bool> GuestReaches(Term<Page> p, Alias a) => Define(p, (Term<Alias>)a,
        m.spte[p, a] != None | Exists<Vcpu>(v => m.gtlb[v, p, a] != None));

    private Term<bool> OneUse()
    {
        var gmem = Forall<Page, Page>((p, q) => (p != q).Implies(m.gmem[p] == None | m.gmem[p] != m.gmem[q]));
        if (!m.Separate)
        {
            return gmem;
        }

        var shm = Forall<Page, Page>((p, q) => (p != q).Implies(m.shm[p] == None | m.shm[p] != m.shm[q]));
        return gmem & shm & Forall<Page, Page>((p, q) => m.gmem[p] == None | m.gmem[p] != m.shm[q]);
    }
}
