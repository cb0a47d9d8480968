using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>The VMM lets a vCPU run again. An honest VMM first waits until the page has the requested flavour.</summary>
    private void VmmResume()
    {
        By("VMM");
        if (Spurious)
        {
            Action<Vcpu>("Resume", v =>
            {
                Require(vcpu[v].State != VcpuState.Run);
                vcpu[v].Reset();
            });
        }
        else
        {
            Action<Vcpu, Page>("Resume", (v, p) =>
            {
                Require(vcpu[v].State != VcpuState.Run & vcpu[v].Page == p);
                Require(IsPrivate(p) == (vcpu[v].Alias == Alias.Private));
                vcpu[v].Reset();
            });
        }
    }

    /// <summary>KVM_SET_MEMORY_ATTRIBUTES, kvm_vm_set_mem_attributes: converts a page whose two flavours have two frames.</summary>
    private void VmmAttributes()
    {
        By("VMM");

        // kvm_pre_set_memory_attributes, under mmu_lock: invalidation begins, and the abandoned flavour is zapped.
        Action<Thread, Page, Alias>("SetBegin", (t, p, to) =>
        {
            Require(Idle(t) & !Busy(OpKind.Set) & attr[p] != to);   // slots_lock: one at a time
            if (!Spurious)
            {
                Require(Asked(p, to));
            }

            Begin(t, OpKind.Set, p, to, Done.Zapped);
            Stale(p);
            Step("set.zap", () => Zap(p, Other(to)));
        });

        By("KVM");

        Action<Thread, Page, Alias>("SetFlush", (t, p, to) =>
        {
            Require(At(t, OpKind.Set, p, Done.Zapped) & op[t].To == to);
            Step("set.flush", () => Flush(p, Other(to)));
            op[t].Done = Done.Flushed;
        });

        // On unmapping a private page, TDX removes it (PAGE.REMOVE) and CCA destroys it (DATA_DESTROY). SNP keeps it until it is punched.
        Action<Thread, Page>("SetReclaim", (t, p) =>
        {
            Require(At(t, OpKind.Set, p, Done.Flushed));
            if (Platform is Platform.Tdx or Platform.Cca)
            {
                ForEach<Frame>(f => If(gmem[p] == f & own[f] != Owner.Host, () =>
                {
                    data[f] = Reclaimed(f);
                    own[f] = Owner.Host;
                    gpa[f] = None;
                }));
            }

            op[t].Done = Done.Reclaimed;
        });

        // xa_store
        Action<Thread, Page>("SetStore", (t, p) =>
        {
            Require(At(t, OpKind.Set, p, Done.Reclaimed));
            attr[p] = op[t].To;
            op[t].Done = Done.Settled;
        });

        End("SetEnd", OpKind.Set);
    }
}
