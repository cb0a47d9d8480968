using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>
    /// madvise(MADV_DONTNEED) on the VMM's mapping of shared memory: returns the frame of a page that has become private to the host.
    /// The MMU notifier tells KVM before the host's own page table changes.
    /// </summary>
    private void Discard()
    {
        By("VMM");

        // kvm_mmu_notifier_invalidate_range_start
        Action<Thread, Page>("DiscardBegin", (t, p) =>
        {
            Require(Idle(t) & !Busy(OpKind.Discard) & shm[p] != None);
            if (!Spurious)
            {
                Require(IsPrivate(p));
            }

            Begin(t, OpKind.Discard, p, Alias.Private, Done.Zapped);
            Stale(p);
            Step("discard.zap", () => Zap(p, Alias.Shared));
        });

        By("KVM");
        Action<Thread, Page>("DiscardFlush", (t, p) =>
        {
            Require(At(t, OpKind.Discard, p, Done.Zapped));
            Step("discard.flush", () => Flush(p, Alias.Shared));
            op[t].Done = Done.Flushed;
        });

        // zap_page_range_single: the entry, then the TLBs, then the frame. A pinned frame does not return to the allocator.
        By("host");
        Action<Thread, Page>("DiscardUnmap", (t, p) =>
        {
            Require(At(t, OpKind.Discard, p, Done.Flushed));
            upte[p] = None;
            op[t].Done = Done.Unmapped;
        });

        Action<Thread, Page>("DiscardFree", (t, p) =>
        {
            Require(At(t, OpKind.Discard, p, Done.Unmapped));
            Step("discard.host_flush", () => utlb[p] = None);
            upte[p] = None;   // the VMM may have touched the page again
            shm[p] = None;
            op[t].Done = Done.Settled;
        });

        By("KVM");
        End("DiscardEnd", OpKind.Discard);
    }
}
