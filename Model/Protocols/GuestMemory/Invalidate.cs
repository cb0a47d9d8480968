using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    // The common parts of the VMM's operations. Each operation is a system call on one page: a begin, a few steps with other actors
    // running in between, and an end. From begin to end the page counts as being invalidated.

    /// <summary>True if a vCPU's exit waits for this conversion.</summary>
    private Term<bool> Asked(Term<Page> p, Term<Alias> a) =>
        Define(p, a, Exists<Vcpu>(v => vcpu[v].State != VcpuState.Run & vcpu[v].Page == p & vcpu[v].Alias == a));

    private Term<bool> Idle(Term<Thread> t) => Define(t, op[t].Kind == OpKind.Idle);

    private Term<bool> Busy(params ReadOnlySpan<OpKind> kinds)
    {
        var them = kinds.ToArray();
        return Exists<Thread>(t => op[t].Kind.In(them));
    }

    private void Begin(Term<Thread> t, OpKind kind, Term<Page> p, Term<Alias> to, Done done)
    {
        op[t].Kind = kind;
        op[t].Page = p;
        op[t].To = to;
        op[t].Done = done;
    }

    /// <summary>True if the thread's operation is on this page and at this point.</summary>
    private Term<bool> At(Term<Thread> t, OpKind kind, Term<Page> p, Done done) =>
        op[t].Kind == kind & op[t].Done == done & op[t].Page == p;

    /// <summary>
    /// Counts an invalidation against the faults in flight on the page: kvm_mmu_invalidate_start, kvm_mmu_invalidate_end.
    /// </summary>
    private void Stale(Term<Page> p) => ForEach<Vcpu>(v => If(fault[v].Page == p, () => fault[v].Stale = true));

    /// <summary>kvm_tdp_mmu_unmap_gfn_range with a filter: removes the entries of one flavour.</summary>
    private void Zap(Term<Page> p, Term<Alias> a) => spte[p, a] = None;

    /// <summary>kvm_flush_remote_tlbs, or the platform's TLBI.</summary>
    private void Flush(Term<Page> p, Term<Alias> a) => ForEach<Vcpu>(v => gtlb[v, p, a] = None);

    /// <summary>invalidate_end, then the return of the system call.</summary>
    /// <param name="invalidates">False if invalidate_end has happened before.</param>
    private void End(string name, OpKind kind, bool invalidates = true) => Action<Thread, Page>(name, (t, p) =>
    {
        Require(At(t, kind, p, Done.Settled));
        if (invalidates)
        {
            Stale(p);
        }

        op[t].Reset();
    });

    /// <summary>The contents of a frame after the firmware has given it back.</summary>
    private Term<Data> Reclaimed(Term<Frame> f) => Platform switch
    {
        Platform.Snp or Platform.Tdx => Data.Junk,    // the key for its contents is gone
        Platform.Cca or Platform.Pkvm => Data.Zero,   // the RMM and EL2 wipe it
        _ => data[f],
    };
}
