namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>Declares the labels of all designs. Each sentence gives the purpose of its guard or step.</summary>
    private void Labels()
    {
        Label("guest.flush", "the guest asks for a conversion only when none of its vCPUs has an access to the page under way");

        Label("fault.check_private", "a fault is served only if the page is what the guest takes it for");
        Label("fault.snapshot_first", "the invalidation sequence is read before the check, so that no conversion slips in between");
        Label("fault.no_fill", "a private fault never fills a hole where the hole is what makes the page shared");
        Label("fault.get_pfn_locked", "in place, a fault looks its frame up under the invalidate lock");
        Label("fault.retry_on_invalidate", "a fault installs nothing if an invalidation runs, or ran since its snapshot");

        Label("set.zap", "a change of the attribute zaps the entries of the flavour that is left");
        Label("set.flush", "... and flushes them from guest TLBs before the attribute is stored");

        Label("punch.zap", "punching a hole zaps the entries that point at the frame");
        Label("punch.flush", "... and flushes them from guest TLBs before the frame is freed");
        Label("punch.unmap_user", "in place, punching a hole takes the frame out of the VMM's page table and host TLBs");
        Label("punch.folio_lock", "... and waits for a user fault that has the folio locked");
        Label("punch.reclaim", "the firmware gives a punched frame back before the allocator gets it");
        Label("punch.sanitise", "a frame that no firmware wipes is zeroed before it is freed");
        Label("punch.guest_consent", "pKVM: a frame that the guest owns is not punched");

        Label("fill.zap", "in the hole design, filling the hole zaps shared entries: the page becomes private");
        Label("fill.flush", "... and flushes them from guest TLBs before the frame is there");

        Label("discard.zap", "discarding shared memory zaps shared entries (the MMU notifier)");
        Label("discard.flush", "... and flushes them from guest TLBs before the frame is freed");
        Label("discard.host_flush", "... and from host TLBs");

        Label("convert.unmap_user", "a conversion to private first takes the page out of the VMM's page table");
        Label("convert.host_flush", "... and out of host TLBs");
        Label("convert.refcount", "... and gives up if anybody still has the frame mapped or referenced");
        Label("convert.zap", "a conversion zaps the entries of the flavour that is left");
        Label("convert.flush", "... and flushes them from guest TLBs before the attribute is stored");
        Label("convert.guest_consent", "pKVM: the hypervisor shares only what the guest has shared");
        Label("convert.reclaim", "in a conversion to shared the firmware gives the frame back before the host may map it");

        Label("gmem.fault_shared_only", "in place, the VMM faults in only what is shared");
        Label("gmem.fault_locked", "... and looks at the attribute and the folio under the invalidate lock");
    }
}
