using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>
    /// fallocate on the private fd, kvm_gmem_allocate: puts a frame into a hole. In the hole design this makes the page private,
    /// so it has to invalidate. In the attribute designs it only allocates early.
    /// </summary>
    private void Fill()
    {
        bool converts = Designation == Designation.Hole;

        By("VMM");
        Action<Thread, Page>("FillBegin", (t, p) =>
        {
            Require(Idle(t) & !Busy(OpKind.Punch, OpKind.Convert, OpKind.Fill) & gmem[p] == None);
            if (!Spurious)
            {
                Require(converts ? Asked(p, Alias.Private) : attr[p] == Alias.Private);
            }

            Begin(t, OpKind.Fill, p, Alias.Private, Done.Zapped);
            if (converts)
            {
                Stale(p);
                Step("fill.zap", () => Zap(p, Alias.Shared));
            }
        });

        By("KVM");
        Action<Thread, Page>("FillFlush", (t, p) =>
        {
            Require(At(t, OpKind.Fill, p, Done.Zapped));
            if (converts)
            {
                Step("fill.flush", () => Flush(p, Alias.Shared));
            }

            op[t].Done = Done.Flushed;
        });

        // kvm_gmem_get_folio: if a fault was faster, the frame is already there.
        Action<Thread, Page, Frame>("FillStore", (t, p, f) =>
        {
            Require(At(t, OpKind.Fill, p, Done.Flushed));
            FindOrAllocate(gmem, p, f);
            op[t].Done = Done.Settled;
        });

        // -ENOMEM
        Action<Thread, Page>("FillFail", (t, p) =>
        {
            Require(At(t, OpKind.Fill, p, Done.Flushed));
            Require(gmem[p] == None & Forall<Frame>(f => !Free(f)));
            op[t].Done = Done.Settled;
        });

        End("FillEnd", OpKind.Fill);
    }
}
