namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>Declares the labels of all designs. Each sentence gives the purpose of its guard or step.</summary>
    private void Labels()
    {
        Label("guest.flush", "the guest requests a conversion only while none of its vCPUs is accessing the page");

        Label("fault.check_private", "a fault is served only if the page has the flavour of the access");
        Label("fault.snapshot_first", "the invalidation sequence is read before the check, so no conversion in between goes unnoticed");
        Label("fault.no_fill", "in the hole design, a private fault never fills a hole, because the hole makes the page shared");
        Label("fault.get_pfn_locked", "in place, a fault looks its frame up under the invalidate lock");
        Label("fault.retry_on_invalidate", "a fault installs nothing if an invalidation runs, or ran since its snapshot");

        Label("set.zap", "a change of the attribute zaps the entries of the old flavour");
        Label("set.flush", "a change of the attribute flushes the zapped entries from guest TLBs before it stores the attribute");

        Label("punch.zap", "punching a hole zaps the entries that point at the frame");
        Label("punch.flush", "punching a hole flushes the zapped entries from guest TLBs before the frame is freed");
        Label("punch.unmap_user", "in place, punching a hole takes the frame out of the VMM's page table and host TLBs");
        Label("punch.folio_lock", "in place, punching a hole waits for a user fault which holds the folio lock");
        Label("punch.reclaim", "the firmware gives a punched frame back before the allocator gets it");
        Label("punch.sanitise", "a frame that no firmware wipes is zeroed before it is freed");
        Label("punch.guest_consent", "pKVM: a frame owned by the guest is not punched");

        Label("fill.zap", "in the hole design, filling the hole zaps shared entries: the page becomes private");
        Label("fill.flush", "in the hole design, filling the hole flushes shared entries from guest TLBs before the frame is there");

        Label("discard.zap", "discarding shared memory zaps shared entries (the MMU notifier)");
        Label("discard.flush", "discarding shared memory flushes the zapped entries from guest TLBs before the frame is freed");
        Label("discard.host_flush", "discarding shared memory also flushes host TLBs");

        Label("convert.unmap_user", "a conversion to private first takes the page out of the VMM's page table");
        Label("convert.host_flush", "a conversion to private also flushes host TLBs");
        Label("convert.refcount", "a conversion to private gives up if the frame is still mapped or referenced");
        Label("convert.zap", "a conversion zaps the entries of the old flavour");
        Label("convert.flush", "a conversion flushes the zapped entries from guest TLBs before it stores the attribute");
        Label("convert.guest_consent", "pKVM: the hypervisor shares only pages which the guest has shared");
        Label("convert.reclaim", "in a conversion to shared the firmware gives the frame back before the host may map it");

        Label("gmem.fault_shared_only", "in place, the VMM can fault in only shared pages");
        Label("gmem.fault_locked", "in place, a user fault reads the attribute and the folio under the invalidate lock");
    }
}
