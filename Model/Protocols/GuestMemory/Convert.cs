using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Model.Protocols.GuestMemory;

public sealed partial class GuestMemory
{
    /// <summary>
    /// KVM_SET_MEMORY_ATTRIBUTES2 on the private fd, __kvm_gmem_set_attributes: converts a page whose two flavours are one frame.
    /// To private, the host has to lose every way to the frame before the guest may trust it; to shared, the firmware has to let go of it
    /// before the host may touch it.
    /// </summary>
    private void Convert()
    {
        By("VMM");

        // Under the invalidate lock. unmap_mapping_pages: afterwards a new reference can only come from a new fault.
        Action<Thread, Page, Alias>("ConvertBegin", (t, p, to) =>
        {
            Require(Idle(t) & !Busy(OpKind.Convert, OpKind.Punch, OpKind.Fill) & attr[p] != to);
            if (!Spurious)
            {
                Require(Asked(p, to));
            }

            Begin(t, OpKind.Convert, p, to, Done.Begun);
            Step("convert.unmap_user", () => If(to == Alias.Private, () => upte[p] = None));
        });

        By("host");
        Action<Thread, Page>("ConvertHostFlush", (t, p) =>
        {
            Require(At(t, OpKind.Convert, p, Done.Begun));
            Step("convert.host_flush", () => If(op[t].To == Alias.Private, () => utlb[p] = None));
            op[t].Done = Done.HostFlushed;
        });

        By("KVM");

        // -EAGAIN: somebody still uses the frame. Nothing has been converted.
        Action<Thread, Page>("ConvertRefuse", (t, p) =>
        {
            Require(At(t, OpKind.Convert, p, Done.HostFlushed) & op[t].To == Alias.Private);
            Require(Has("convert.refcount") & InUse(p));
            op[t].Reset();
        });

        // kvm_gmem_invalidate_start, for the flavour that is left.
        Action<Thread, Page, Alias>("ConvertZap", (t, p, to) =>
        {
            Require(At(t, OpKind.Convert, p, Done.HostFlushed) & op[t].To == to);
            Require("convert.refcount", (to == Alias.Private).Implies(!InUse(p)));
            Stale(p);
            Step("convert.zap", () => Zap(p, Other(to)));
            op[t].Done = Done.Zapped;
        });

        Action<Thread, Page, Alias>("ConvertFlush", (t, p, to) =>
        {
            Require(At(t, OpKind.Convert, p, Done.Zapped) & op[t].To == to);
            Step("convert.flush", () => Flush(p, Other(to)));
            op[t].Done = Done.Flushed;
        });

        By("firmware");
        if (Platform == Platform.Pkvm)
        {
            // EL2 shares nothing on the host's word alone.
            Action<Thread, Page>("ConvertDeny", (t, p) =>
            {
                Require(At(t, OpKind.Convert, p, Done.Flushed));
                Require(Has("convert.guest_consent") & !Consents(t, p));
                op[t].Done = Done.Settled;
            });
        }

        // kvm_arch_gmem_make_shared. SNP: RMPUPDATE, TDX: PAGE.REMOVE, CCA: DATA_DESTROY. pKVM keeps what the guest left in the frame.
        Action<Thread, Page>("ConvertReclaim", (t, p) =>
        {
            Require(At(t, OpKind.Convert, p, Done.Flushed));
            if (Platform == Platform.Pkvm)
            {
                Require("convert.guest_consent", Consents(t, p));
            }

            Step("convert.reclaim", () => ForEach<Frame>(f => If(op[t].To == Alias.Shared & gmem[p] == f & own[f] != Owner.Host, () =>
            {
                if (Platform != Platform.Pkvm)
                {
                    data[f] = Reclaimed(f);
                }

                own[f] = Owner.Host;
                gpa[f] = None;
            })));
            op[t].Done = Done.Reclaimed;
        });

        By("KVM");
        Action<Thread, Page>("ConvertStore", (t, p) =>
        {
            Require(At(t, OpKind.Convert, p, Done.Reclaimed));
            attr[p] = op[t].To;
            op[t].Done = Done.Settled;
        });

        End("ConvertEnd", OpKind.Convert);
    }

    /// <summary>folio_mapped, or more references than the page cache has.</summary>
    private Term<bool> InUse(Term<Page> p) =>
        Define(p, Exists<Frame>(f => gmem[p] == f & (Held(f) | Exists<Page>(q => upte[q] == f))));

    private Term<bool> Consents(Term<Thread> t, Term<Page> p) =>
        Define(t, p, (op[t].To == Alias.Shared).Implies(guest[p] == View.Shared));
}
