using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>
    /// fallocate(FALLOC_FL_PUNCH_HOLE) on the private fd, kvm_gmem_punch_hole: frees a frame. In the hole design this makes the
    /// page shared. In the other designs an honest VMM punches pages which have become shared.
    /// </summary>
    private void Punch()
    {
        By("VMM");

        // kvm_gmem_invalidate_start, under the invalidate lock. Only one operation on the fd holds it at a time.
        Action<Thread, Page, Frame>("PunchBegin", (t, p, f) =>
        {
            Require(Idle(t) & !Busy(OpKind.Punch, OpKind.Convert, OpKind.Fill) & gmem[p] == f);
            if (!Spurious)
            {
                Require(Designation == Designation.Hole ? Asked(p, Alias.Shared) : attr[p] == Alias.Shared);
            }

            if (Platform == Platform.Pkvm)
            {
                Require("punch.guest_consent", own[f] == Owner.Host);
            }

            Begin(t, OpKind.Punch, p, Alias.Shared, Done.Zapped);
            Stale(p);
            Step("punch.zap", () =>
            {
                Zap(p, Alias.Private);
                if (!Separate)
                {
                    Zap(p, Alias.Shared);   // it points at the same frame
                }
            });
        });

        By("KVM");

        Action<Thread, Page>("PunchFlush", (t, p) =>
        {
            Require(At(t, OpKind.Punch, p, Done.Zapped));
            Step("punch.flush", () =>
            {
                Flush(p, Alias.Private);
                if (!Separate)
                {
                    Flush(p, Alias.Shared);
                }
            });
            op[t].Done = Done.Flushed;
        });

        By("host");

        // truncate_inode_pages_range: with the folio locked, unmap_mapping_pages removes the frame from user page tables and host TLBs.
        Action<Thread, Page>("PunchUnmapUser", (t, p) =>
        {
            Require(At(t, OpKind.Punch, p, Done.Flushed));
            if (!Separate)
            {
                Require("punch.folio_lock", ufault[p] == None);
                Step("punch.unmap_user", () =>
                {
                    upte[p] = None;
                    utlb[p] = None;
                });
            }

            op[t].Done = Done.Unmapped;
        });

        // kvm_gmem_free_folio: the firmware gives the frame back, it is wiped, and the allocator gets it.
        Action<Thread, Page>("PunchFree", (t, p) =>
        {
            Require(At(t, OpKind.Punch, p, Done.Unmapped));
            ForEach<Frame>(f => If(gmem[p] == f, () =>
            {
                data[f] = Cond(own[f] != Owner.Host, Reclaimed(f), Cond(Has("punch.sanitise"), Data.Zero, data[f]));
                Step("punch.reclaim", () =>
                {
                    own[f] = Owner.Host;
                    gpa[f] = None;
                });
            }));
            gmem[p] = None;
            op[t].Done = Done.Settled;
        });

        By("KVM");
        End("PunchEnd", OpKind.Punch);
    }
}
