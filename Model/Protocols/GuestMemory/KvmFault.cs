using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>
    /// KVM's handler of second-stage faults, kvm_mmu_faultin_pfn and its caller. It reads the sequence count, checks the flavour,
    /// and finds the frame. It installs the frame only if no invalidation came in between.
    /// </summary>
    private void KvmFault()
    {
        By("KVM");

        // Reads mmu_invalidate_seq.
        Action<Vcpu, Page, Alias>("FaultStart", (v, p, a) =>
        {
            Require(Running(v) & MayTouch(p, a) & gtlb[v, p, a] == None & spte[p, a] == None);
            fault[v].Page = p;
            fault[v].Alias = a;
        });

        // kvm_mmu_prepare_memory_fault_exit: the VMM decides. KVM never converts by itself.
        Action<Vcpu, Page>("FaultMismatch", (v, p) =>
        {
            Require(fault[v].Page == p & !fault[v].Ok);
            Require(Has("fault.check_private") & !Matches(v, p));
            vcpu[v].State = VcpuState.MemoryFault;
            vcpu[v].Page = p;
            vcpu[v].Alias = fault[v].Alias;
            fault[v].Reset();
        });

        // kvm_mem_is_private agrees with the guest's address.
        Action<Vcpu, Page>("FaultCheck", (v, p) =>
        {
            Require(fault[v].Page == p & !fault[v].Ok);
            Require("fault.check_private", Matches(v, p));
            fault[v].Ok = true;
        });

        // kvm_gmem_get_pfn: the folio at the index, or a new one, zeroed. In place, shared pages come from there as well.
        Action<Vcpu, Page, Frame>("FaultResolveGmem", (v, p, f) =>
        {
            Require(fault[v].Page == p & fault[v].Ok & fault[v].Frame == None);
            if (Separate)
            {
                Require(fault[v].Alias == Alias.Private);
            }
            else
            {
                Require("fault.get_pfn_locked", !ConvertsOrPunches(p));
            }

            if (Designation == Designation.Hole)
            {
                Require("fault.no_fill", gmem[p] != None);
            }

            FindOrAllocate(gmem, p, f);
            if (Platform == Platform.Snp)
            {
                // rmp_make_private: prepares the frame before it is mapped. In place the attribute decides, rather than the access.
                var wantsPrivate = Separate || Conversion.PreparesByClaim ? fault[v].Alias == Alias.Private : attr[p] == Alias.Private;
                If(own[f] == Owner.Host & wantsPrivate, () =>
                {
                    own[f] = Owner.Pending;
                    gpa[f] = p;
                });
            }

            Resolved(v, f);
        });

        if (Designation == Designation.Hole)
        {
            // The page was punched after the check: try again.
            Action<Vcpu, Page>("FaultHole", (v, p) =>
            {
                Require(Has("fault.no_fill"));
                Require(fault[v].Page == p & fault[v].Ok & fault[v].Frame == None & fault[v].Alias == Alias.Private);
                Require(gmem[p] == None);
                fault[v].Reset();
            });
        }

        if (Separate)
        {
            // get_user_pages on the VMM's mapping, which is populated by the call.
            Action<Vcpu, Page, Frame>("FaultResolveShared", (v, p, f) =>
            {
                Require(fault[v].Page == p & fault[v].Ok & fault[v].Frame == None & fault[v].Alias == Alias.Shared);
                FindOrAllocate(shm, p, f);
                upte[p] = f;
                Resolved(v, f);
            });
        }

        // is_page_fault_stale, under mmu_lock: RET_PF_RETRY.
        Action<Vcpu, Page>("FaultRetry", (v, p) =>
        {
            Require(fault[v].Page == p & fault[v].Frame != None);
            Require(Has("fault.retry_on_invalidate") & Invalidated(v, p));
            fault[v].Reset();
        });

        // kvm_tdp_mmu_map, in the same critical section. TDX: PAGE.AUG, CCA: DATA_CREATE_UNKNOWN, pKVM: host_donate_guest.
        Action<Vcpu, Page, Alias, Frame>("FaultInstall", (v, p, a, f) =>
        {
            Require(fault[v].Page == p & fault[v].Alias == a & fault[v].Frame == f);
            Require("fault.retry_on_invalidate", !Invalidated(v, p));
            spte[p, a] = f;
            if (Platform is Platform.Tdx or Platform.Cca or Platform.Pkvm)
            {
                If(a == Alias.Private & own[f] == Owner.Host, () =>
                {
                    own[f] = Platform == Platform.Pkvm ? Owner.Validated : Owner.Pending;
                    gpa[f] = p;
                });
            }

            fault[v].Reset();
        });
    }

    private Term<bool> Matches(Term<Vcpu> v, Term<Page> p) => Define(v, p, IsPrivate(p) == (fault[v].Alias == Alias.Private));

    /// <summary>mmu_invalidate_retry_gfn: an invalidation of the page has ended since the snapshot, or is in progress.</summary>
    private Term<bool> Invalidated(Term<Vcpu> v, Term<Page> p) => Define(v, p, fault[v].Stale | Invalidating(p));

    /// <summary>mmu_invalidate_in_progress. It covers the whole operation, unless the conversion defines another window.</summary>
    private Term<bool> Invalidating(Term<Page> p) => Conversion.Window == InvalidationWindow.Operation
        ? InProgress(p)
        : Define(p, Exists<Thread>(t => op[t].Kind != OpKind.Idle & op[t].Page == p & (op[t].Kind == OpKind.Convert).Implies(
            WindowIsOpen(t, Alias.Private) | WindowIsOpen(t, Alias.Shared))));

    private Term<bool> WindowIsOpen(Term<Thread> t, Alias to) => op[t].To == to & op[t].Done.In(
        [.. Conversion.Between(to, ConversionStep.Zap, Conversion.Window == InvalidationWindow.UntilFlush ? ConversionStep.Flush : null)]);

    /// <summary>True if an operation holds the invalidate lock for the page.</summary>
    private Term<bool> ConvertsOrPunches(Term<Page> p) =>
        Define(p, Exists<Thread>(t => op[t].Kind.In(OpKind.Convert, OpKind.Punch) & op[t].Page == p));

    private void Resolved(Term<Vcpu> v, Term<Frame> f)
    {
        fault[v].Frame = f;
        If(!Has("fault.snapshot_first"), () => fault[v].Stale = false);   // a snapshot taken only now has missed earlier invalidations
    }
}
