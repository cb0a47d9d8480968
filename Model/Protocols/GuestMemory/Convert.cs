using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>
    /// KVM_SET_MEMORY_ATTRIBUTES2 on the private fd, __kvm_gmem_set_attributes: converts a page whose two flavours share one frame.
    /// To private, the host must lose every way to the frame before the guest may trust it. To shared, the firmware must release the
    /// frame before the host may touch it. This file defines the steps, written in the order of the merged series;
    /// <see cref="Protocols.GuestMemory.Conversion"/> sets their order.
    /// </summary>
    private void Convert()
    {
        By("VMM");

        // Under the invalidate lock.
        Action<Thread, Page, Alias>("ConvertBegin", (t, p, to) =>
        {
            Require(Idle(t) & !Busy(OpKind.Convert, OpKind.Punch, OpKind.Fill) & (Conversion.ConvertsAgain ? true : attr[p] != to));
            if (!Spurious)
            {
                Require(Conversion.ConvertsAgain ? Asked(p, to) | attr[p] == to : Asked(p, to));
            }

            Begin(t, OpKind.Convert, p, to, Done.Begun);
            if (Conversion.UnmapsAtOnce)
            {
                UnmapUser(p, to);
            }
        });

        By("host");
        if (!Conversion.UnmapsAtOnce)
        {
            Action<Thread, Page, Alias>("ConvertUnmap", (t, p, to) =>
            {
                Require(Due(t, p, ConversionStep.Unmap) & op[t].To == to);
                UnmapUser(p, to);
                Took(t, ConversionStep.Unmap);
            });
        }

        Action<Thread, Page>("ConvertHostFlush", (t, p) =>
        {
            Require(Due(t, p, ConversionStep.HostFlush));
            Step("convert.host_flush", () => If(op[t].To == Alias.Private, () => utlb[p] = None));
            Took(t, ConversionStep.HostFlush);
        });

        By("KVM");

        // -EAGAIN: the frame is still in use. Nothing has been converted. If an invalidation has begun, it ends.
        Action<Thread, Page>("ConvertRefuse", (t, p) =>
        {
            Require(Due(t, p, ConversionStep.Check) & op[t].To == Alias.Private);
            Require(Has("convert.refcount") & InUse(p));
            if (Conversion.Precedes(Alias.Private, ConversionStep.Zap, ConversionStep.Check))
            {
                Stale(p);
            }

            op[t].Reset();
        });

        if (!Conversion.ChecksWithZap)
        {
            Action<Thread, Page>("ConvertCheck", (t, p) =>
            {
                Require(Due(t, p, ConversionStep.Check));
                Require("convert.refcount", (op[t].To == Alias.Private).Implies(!InUse(p)));
                Took(t, ConversionStep.Check);
            });
        }

        // kvm_gmem_invalidate_start, for the abandoned flavour.
        Action<Thread, Page, Alias>("ConvertZap", (t, p, to) =>
        {
            Require(Due(t, p, ConversionStep.Zap) & op[t].To == to);
            if (Conversion.ChecksWithZap)
            {
                Require("convert.refcount", (to == Alias.Private).Implies(!InUse(p)));
            }

            Stale(p);
            Step("convert.zap", () => ZapConverted(p, to));
            Took(t, ConversionStep.Zap);
        });

        Action<Thread, Page, Alias>("ConvertFlush", (t, p, to) =>
        {
            Require(Due(t, p, ConversionStep.Flush) & op[t].To == to);
            Step("convert.flush", () =>
            {
                if (!Conversion.ZapsBoth)
                {
                    Flush(p, Other(to));
                    return;
                }

                Flush(p, Alias.Private);
                Flush(p, Alias.Shared);
            });
            if (Conversion.ZapsBoth && (Platform is Platform.Tdx or Platform.Cca))
            {
                // On these platforms an unmapped private page outside of all TLBs is removed, and its data is lost.
                ForEach<Frame>(f => If(to == Alias.Private & gmem[p] == f & own[f] != Owner.Host, () => GiveBack(f)));
            }

            if (Conversion.Window == InvalidationWindow.UntilFlush)
            {
                Stale(p);
            }

            Took(t, ConversionStep.Flush);
        });

        By("firmware");
        if (Platform == Platform.Pkvm)
        {
            // EL2 shares no page on the host's word alone.
            Action<Thread, Page>("ConvertDeny", (t, p) =>
            {
                Require(Due(t, p, ConversionStep.Reclaim));
                Require(Has("convert.guest_consent") & !Consents(t, p));
                op[t].Done = Done.Settled;
            });
        }

        // kvm_arch_gmem_make_shared. SNP: RMPUPDATE, TDX: PAGE.REMOVE, CCA: DATA_DESTROY. pKVM keeps the frame's contents.
        Action<Thread, Page>("ConvertReclaim", (t, p) =>
        {
            Require(Due(t, p, ConversionStep.Reclaim));
            if (Platform == Platform.Pkvm)
            {
                Require("convert.guest_consent", Consents(t, p));
            }

            Step(
                "convert.reclaim",
                () => ForEach<Frame>(f => If(op[t].To == Alias.Shared & gmem[p] == f & own[f] != Owner.Host, () => GiveBack(f))));
            Took(t, ConversionStep.Reclaim);
        });

        By("KVM");
        Action<Thread, Page>("ConvertStore", (t, p) =>
        {
            Require(Due(t, p, ConversionStep.Store));
            attr[p] = op[t].To;
            Took(t, ConversionStep.Store);
        });

        End("ConvertEnd", OpKind.Convert, invalidates: Conversion.Window != InvalidationWindow.UntilFlush);
    }

    /// <summary>True if this step is the thread's next one in its conversion of the page.</summary>
    private Term<bool> Due(Term<Thread> t, Term<Page> p, ConversionStep step) =>
        (Conversion.Before(Alias.Private, step), Conversion.Before(Alias.Shared, step)) switch
        {
            ({ } there, { } back) when there == back => At(t, OpKind.Convert, p, there),
            ({ } there, { } back) =>
                (At(t, OpKind.Convert, p, there) & op[t].To == Alias.Private) | (At(t, OpKind.Convert, p, back) & op[t].To == Alias.Shared),
            ({ } there, null) => At(t, OpKind.Convert, p, there) & op[t].To == Alias.Private,
            (null, { } back) => At(t, OpKind.Convert, p, back) & op[t].To == Alias.Shared,
            _ => false,
        };

    /// <summary>Records the step as taken.</summary>
    private void Took(Term<Thread> t, ConversionStep step)
    {
        var (there, back) = (Conversion.After(Alias.Private, step), Conversion.After(Alias.Shared, step));
        var (one, other) = ((there ?? back)!.Value, (back ?? there)!.Value);
        op[t].Done = one == other ? one : Cond<Done>(op[t].To == Alias.Private, one, other);
    }

    /// <summary>unmap_mapping_pages: afterwards only a new fault can create a reference.</summary>
    private void UnmapUser(Term<Page> p, Term<Alias> to) => Step("convert.unmap_user", () => If(to == Alias.Private, () => upte[p] = None));

    private void ZapConverted(Term<Page> p, Term<Alias> to)
    {
        if (!Conversion.ZapsBoth)
        {
            Zap(p, Other(to));
            return;
        }

        Zap(p, Alias.Private);
        Zap(p, Alias.Shared);
    }

    /// <summary>Makes the firmware give one of the guest's frames to the host.</summary>
    private void GiveBack(Term<Frame> f)
    {
        if (Platform != Platform.Pkvm)
        {
            data[f] = Reclaimed(f);
        }

        own[f] = Owner.Host;
        gpa[f] = None;
    }

    /// <summary>folio_mapped, or more references than the page cache's own.</summary>
    private Term<bool> InUse(Term<Page> p) =>
        Define(p, Exists<Frame>(f => gmem[p] == f & (Held(f) | Exists<Page>(q => upte[q] == f))));

    private Term<bool> Consents(Term<Thread> t, Term<Page> p) =>
        Define(t, p, (op[t].To == Alias.Shared).Implies(guest[p] == View.Shared));
}
