using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>
    /// The host's accesses to memory, at any time: the VMM touches its mapping, devices write through pins, and the allocator gives
    /// free frames to other users, who overwrite them.
    /// </summary>
    private void Host()
    {
        By("VMM");
        if (Separate)
        {
            // Shared memory is ordinary memory: the fault finds or allocates a frame and maps it.
            Action<Page, Frame>("HostFault", (p, f) =>
            {
                Require(upte[p] == None);
                FindOrAllocate(shm, p, f);
                upte[p] = f;
            });
        }
        else
        {
            // kvm_gmem_fault_user_mapping: SIGBUS if private. The fault finds and holds the folio, then drops the lock. The entry
            // is not yet written.
            Action<Page, Frame>("HostFault", (p, f) =>
            {
                Require(upte[p] == None & ufault[p] == None);
                Require("gmem.fault_shared_only", attr[p] == Alias.Shared);
                Require("gmem.fault_locked", !ConvertsOrPunches(p));
                FindOrAllocate(gmem, p, f);
                ufault[p] = f;
            });

            // finish_fault: writes the entry and drops the reference. It refuses a folio truncated in the meantime.
            By("host");
            Action<Page>("HostFaultInstall", p =>
            {
                Require(ufault[p] != None);
                If(gmem[p] == ufault[p], () => upte[p] = ufault[p]);
                ufault[p] = None;
            });
        }

        By("host");
        Action<Page>("FillHostTlb", p =>
        {
            Require(upte[p] != None & utlb[p] == None);
            utlb[p] = upte[p];
        });

        By("VMM");
        Action<Page, Frame>("HostWrite", (p, f) =>
        {
            Require(utlb[p] == f);
            data[f] = Data.Host;
        });

        // pin_user_pages(FOLL_LONGTERM)
        By("host");
        Action<Pin, Page>("TakePin", (k, p) =>
        {
            Require(pin[k] == None & upte[p] != None);
            pin[k] = upte[p];
        });
        Action<Pin>("DropPin", k =>
        {
            Require(pin[k] != None);
            pin[k] = None;
        });

        By("device");
        Action<Pin, Frame>("PinWrite", (k, f) =>
        {
            Require(pin[k] == f);
            data[f] = Data.Host;
        });

        By("host");
        Action<Frame>("HostAlloc", f =>
        {
            Require(Free(f));
            hostf[f] = true;
        });
        Action<Frame>("HostUse", f =>
        {
            Require(hostf[f] & data[f] != Data.Host);
            data[f] = Data.Host;
        });
        Action<Frame>("HostFree", f =>
        {
            Require(hostf[f]);
            hostf[f] = false;
        });
    }
}
