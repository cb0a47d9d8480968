using System.Collections.Immutable;
using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Discussion2022;

/// <summary>
/// The claims as formulas over GuestMemory, as far as the protocol's own properties do not cover them. A design declares every
/// claim for which it has the variables and actions. <see cref="SeedClaims"/> selects the questions for a design.
/// </summary>
internal sealed partial class SeedGuestMemory(GuestMemoryModel m)
{
    private readonly GuestMemoryReachability _ways = new(m);
    private readonly ImmutableHashSet<string> _declared = [.. m.Build().Properties.Select(p => p.Name)];

    public void Declare()
    {
        Requests();
        Faults();
        Vmm();
        Stores();
        Contents();
        Host();
        if (!m.Separate)
        {
            InPlace();
        }

        Lemmas();
    }

    /// <summary>S1, S5: the guest makes a request, and waits.</summary>
    private void Requests()
    {
        m.StepInvariant("RequestIsAnExit", Forall<Page>(p => (Sharing(p) != Next(Sharing(p))).Implies(Exists<Vcpu>(v =>
            Requests(v) & Next(m.vcpu[v].Page) == p & Next(m.vcpu[v].Alias) == Cond<Alias>(Next(Sharing(p)), Alias.Shared, Alias.Private)
            & Forall<Vcpu>(w => (w != v).Implies(Same(m.vcpu[w].State)))))));

        m.StepInvariant(
            "RequestChangesNothing",
            Forall<Vcpu>(v => Requests(v).Implies(Forall<Page>(p => Forall<Alias>(a => SameFrame(m.spte[p, a]))
            & SameFrame(m.gmem[p]) & (m.Separate ? SameFrame(m.shm[p]) : true) & Same(m.IsPrivate(p)) & SameFrame(m.upte[p]))
            & Forall<Frame>(f => Same(m.own[f])) & Forall<Thread>(t => Same(m.op[t].Kind)))));

        m.StepInvariant("NothingMappedBeforeConversion", Forall<Vcpu, Page>((v, p) =>
            Waits(v, p).Implies(Forall<Alias>(a => (m.spte[p, a] == None).Implies(Next(m.spte[p, a]) == None)))));

        m.Invariant("UnusableBeforeConversion", Forall<Vcpu, Page>((v, p) =>
            Waits(v, p).Implies(Forall<Alias>(a =>
                (m.vcpu[v].Alias == a).Implies(m.spte[p, a] == None & Forall<Vcpu>(w => m.gtlb[w, p, a] == None))))));
    }

    /// <summary>S4, S12, S16, S30: the criteria of KVM's fault handler.</summary>
    private void Faults()
    {
        m.StepInvariant(
            "FaultGoesByPresence",
            Forall<Vcpu, Page>((v, p) => Passes(v, p).Implies((m.fault[v].Alias == Alias.Private) == (m.gmem[p] != None))));

        m.StepInvariant("FaultPassesOnMatch", Forall<Vcpu, Page>((v, p) => Passes(v, p).Implies(Matches(v, p))));

        m.StepInvariant("FaultExitsOnMismatch", Forall<Vcpu, Page>((v, p) => Exits(v, p).Implies(!Matches(v, p))));

        foreach (var a in Enum.GetValues<Alias>())
        {
            m.Reachable($"FaultPasses({a})", Exists<Vcpu, Page>((v, p) => Passes(v, p) & m.fault[v].Alias == a));
            m.Reachable($"FaultExits({a})", Exists<Vcpu, Page>((v, p) => Exits(v, p) & m.fault[v].Alias == a));
        }

        m.StepInvariant("HoleIsNotServed", Forall<Vcpu, Page>((v, p) =>
            (m.fault[v].Page == p & m.fault[v].Alias == Alias.Private & m.gmem[p] == None).Implies(!Passes(v, p))));
    }

    /// <summary>S3, S13, S15, S32: the decisions left to the VMM alone, and its freedom to make them.</summary>
    private void Vmm()
    {
        m.StepInvariant(
            "OnlyPunchShares",
            Forall<Page>(p => (m.IsPrivate(p) & !Next(m.IsPrivate(p))).Implies(Exists<Thread>(t => Runs(t, OpKind.Punch, p)))));

        m.StepInvariant("ResumedOnlyWhenConverted", Forall<Vcpu, Page>((v, p) =>
            (m.vcpu[v].State != VcpuState.Run & m.vcpu[v].Page == p & Next(m.vcpu[v].State) == VcpuState.Run)
                .Implies(m.IsPrivate(p) == (m.vcpu[v].Alias == Alias.Private))));

        m.Invariant("AlwaysPunchable", Forall<Thread, Page>((t, p) =>
            (NoneRuns(OpKind.Punch, OpKind.Convert, OpKind.Fill) & Idle(t) & m.gmem[p] != None).Implies(m.Enabled("PunchBegin", t, p))));

        m.Invariant("AlwaysConvertible", Forall<Thread, Page>((t, p) => m.Designation == Designation.Hole
            ? (NoneRuns(OpKind.Punch, OpKind.Convert, OpKind.Fill) & Idle(t))
                .Implies(Cond(m.IsPrivate(p), m.Enabled("PunchBegin", t, p), m.Enabled("FillBegin", t, p)))
            : m.Separate ? (NoneRuns(OpKind.Set) & Idle(t)).Implies(m.Enabled("SetBegin", t, p))
            : (NoneRuns(OpKind.Punch, OpKind.Convert, OpKind.Fill) & Idle(t)).Implies(m.Enabled("ConvertBegin", t, p))));

        OpKind[] conversions = m.Designation == Designation.Hole ? [OpKind.Punch, OpKind.Fill]
            : m.Separate ? [OpKind.Set]
            : [OpKind.Convert];
        m.StepInvariant("ConversionsSucceed", Forall<Thread, Page>((t, p) =>
            (m.op[t].Kind.In(conversions) & m.op[t].Page == p & Next(Idle(t))).Implies(m.IsPrivate(p) == (m.op[t].To == Alias.Private))));
    }

    /// <summary>S9, S10, S11, S21, S24, S31: two memories, and the fate of the abandoned one.</summary>
    private void Stores()
    {
        m.Reachable("HostMapsWhilePrivate", Exists<Page>(p => m.upte[p] != None & m.IsPrivate(p)));

        m.Reachable(
            "BothLive",
            Exists<Page>(p =>
                Backing(p, Alias.Private) != None
                    & Backing(p, Alias.Shared) != None
                    & Backing(p, Alias.Private) != Backing(p, Alias.Shared)));

        m.Invariant("PrivateHidesShared", Forall<Page>(p =>
            (m.gmem[p] != None).Implies(m.spte[p, Alias.Shared] == None & Forall<Vcpu>(v => m.gtlb[v, p, Alias.Shared] == None))));

        m.Invariant(
            "DifferentFrames",
            Forall<Page>(p => Backing(p, Alias.Private) == None | Backing(p, Alias.Private) != Backing(p, Alias.Shared)));

        m.StepInvariant("StoresChangeApart", Forall<Page>(p => Same(Backing(p, Alias.Private)) | Same(Backing(p, Alias.Shared))));

        m.Reachable("PrivateMappedSharedKept", Exists<Page>(p => m.spte[p, Alias.Private] != None & Backing(p, Alias.Shared) != None));
        m.Reachable("SharedMappedPrivateKept", Exists<Page>(p => m.spte[p, Alias.Shared] != None & Backing(p, Alias.Private) != None));

        m.Reachable("PunchKeepsFrame", Exists<Thread, Page>((t, p) => Runs(t, OpKind.Punch, p)
            & m.op[t].Done == Done.Unmapped & Next(m.op[t].Done) == Done.Settled & m.gmem[p] != None & Same(m.gmem[p])));
    }

    /// <summary>S6, S7, S8, S16, S17, S18, S20, S26: the fate of the guest's data.</summary>
    private void Contents()
    {
        m.StepInvariant("PunchUnmapsFirst", Forall<Page>(p => (m.gmem[p] != None & Next(m.gmem[p]) == None).Implies(Forall<Alias>(a =>
            (m.Separate ? a == Alias.Private : true).Implies(m.spte[p, a] == None & Forall<Vcpu>(v => m.gtlb[v, p, a] == None))))));

        m.StepInvariant("PunchedFrameIsWiped", Forall<Page, Frame>((p, f) => (m.gmem[p] == f & Next(m.gmem[p]) == None).Implies(Wiped(f))));

        m.Invariant("SecretIsNeverFree", Forall<Frame>(f => (m.data[f] == Data.Secret).Implies(!m.Free(f))));

        m.Invariant("UnmappedIsDestroyed", Forall<Page, Frame>((p, f) =>
            (m.gmem[p] == f & m.data[f] == Data.Secret & !m.InProgress(p)).Implies(m.spte[p, Alias.Private] == f)));

        m.StepInvariant("GivenBackIsDestroyed", Forall<Frame>(f => GivenBack(f).Implies(Wiped(f))));

        m.Reachable("GivenBackWithContent", Exists<Page, Frame>((p, f) => GivenBack(f) & m.gpa[f] == p & m.gmem[p] == f & Same(m.gmem[p])
            & m.data[f] == Data.Public & Same(m.data[f])));

        m.Invariant("OnlyAcceptedIsUsed", Forall<Vcpu, Page, Frame>((v, p, f) =>
            (m.gtlb[v, p, Alias.Private] == f).Implies(m.own[f] == Owner.Validated & m.gpa[f] == p)));

        m.StepInvariant(
            "AcceptedOnlyByTheGuest",
            Forall<Frame>(f => (m.own[f] != Owner.Validated & Next(m.own[f]) == Owner.Validated).Implies(
            m.own[f] == Owner.Pending
                & Exists<Page>(p => m.gpa[f] == p & m.guest[p] == View.Unaccepted & Next(m.guest[p]) == View.Accepted))));
    }

    /// <summary>S2, S22, S27, S33: the frames reached by the VMM's mapping.</summary>
    private void Host()
    {
        m.Invariant(
            "PrivateFileNeverMapped",
            Forall<Page, Page, Frame>((p, q, f) => (m.gmem[p] == f).Implies(m.upte[q] != f & m.utlb[q] != f)));

        m.Invariant("VmmReachesSharedOnly", Forall<Page, Frame>((p, f) => (m.upte[p] == f | m.utlb[p] == f).Implies(
            m.own[f] == Owner.Host & Backing(p, Alias.Shared) == f & (m.Separate ? true : !m.IsPrivate(p)))));

        m.Invariant("MappedPrivateIsNotTheHosts", Forall<Page, Page, Frame>((p, q, f) =>
            (m.spte[p, Alias.Private] == f).Implies(m.upte[q] != f & m.utlb[q] != f & (m.Separate ? true : m.ufault[q] != f))));
    }

    // ---- the parts of the formulas ----

    private static Term<bool> Same<T>(Term<T> term) => Next(term) == term;

    /// <summary>
    /// The option keeps its value. It is written frame by frame, because the encoding for any size cannot compare two options as a
    /// whole.
    /// </summary>
    private static Term<bool> SameFrame(Term<Option<Frame>> term) => Forall<Frame>(f => (Next(term) == f) == (term == f));

    /// <summary>The guest considers the page shared.</summary>
    private Term<bool> Sharing(Term<Page> p) => m.guest[p] == View.Shared;

    /// <summary>The step is a vCPU's exit with a request for a conversion.</summary>
    private Term<bool> Requests(Term<Vcpu> v) => Define(v, m.vcpu[v].State == VcpuState.Run & Next(m.vcpu[v].State) == VcpuState.Map);

    /// <summary>The vCPU has requested a conversion, and the page does not yet have the requested flavour.</summary>
    private Term<bool> Waits(Term<Vcpu> v, Term<Page> p) => Define(v, p,
        m.vcpu[v].State == VcpuState.Map & m.vcpu[v].Page == p & m.IsPrivate(p) != (m.vcpu[v].Alias == Alias.Private));

    private Term<bool> Matches(Term<Vcpu> v, Term<Page> p) => Define(v, p, m.IsPrivate(p) == (m.fault[v].Alias == Alias.Private));

    /// <summary>The step is a fault's check, and the fault passes it.</summary>
    private Term<bool> Passes(Term<Vcpu> v, Term<Page> p) => Define(v, p, m.fault[v].Page == p & !m.fault[v].Ok & Next(m.fault[v].Ok));

    /// <summary>The step is a fault's check, and the fault exits to the VMM.</summary>
    private Term<bool> Exits(Term<Vcpu> v, Term<Page> p) => Define(v, p,
        m.fault[v].Page == p & m.vcpu[v].State == VcpuState.Run & Next(m.vcpu[v].State) == VcpuState.MemoryFault);

    private Term<bool> Idle(Term<Thread> t) => m.op[t].Kind == OpKind.Idle;

    private Term<bool> Runs(Term<Thread> t, OpKind kind, Term<Page> p) => m.op[t].Kind == kind & m.op[t].Page == p;

    private Term<bool> NoneRuns(params OpKind[] kinds) => Forall<Thread>(u => !m.op[u].Kind.In(kinds));

    /// <summary>The frame behind the page's flavour. In place, both flavours have the same frame.</summary>
    private Term<Option<Frame>> Backing(Term<Page> p, Alias a) => m.Separate && a == Alias.Shared ? m.shm[p] : m.gmem[p];

    /// <summary>The firmware gives the frame back to the host.</summary>
    private Term<bool> GivenBack(Term<Frame> f) => Define(f, m.own[f] != Owner.Host & Next(m.own[f]) == Owner.Host);

    /// <summary>The step leaves no data of the guest in the frame.</summary>
    private Term<bool> Wiped(Term<Frame> f) => Next(m.data[f]).In(Data.Zero, Data.Junk);
}
