using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>
    /// A careful guest. It accesses each page through the alias of its own view, asks before it changes the view,
    /// and puts secrets only into accepted pages.
    /// </summary>
    private void Guest()
    {
        By("guest");

        // Linux: set_memory_encrypted, set_memory_decrypted; the hypercall is MapGPA (TDX), a page state change (SNP),
        // RSI_IPA_STATE_SET (CCA), MEM_SHARE and MEM_UNSHARE (pKVM).
        Action<Vcpu, Page, Alias>("MapRequest", (v, p, to) =>
        {
            Require(Running(v));
            Require("guest.flush", Forall<Vcpu>(w => fault[w].Page != p & vcpu[w].Page != p));   // its TLB shootdown waits for every vCPU
            Require(Cond(to == Alias.Shared, guest[p] != View.Shared, guest[p] == View.Shared));
            if (!Separate)
            {
                // The host will read the frame, so the guest publishes its contents.
                ForEach<Frame>(f => If(to == Alias.Shared & gmem[p] == f & data[f] == Data.Secret, () => data[f] = Data.Public));
            }

            guest[p] = Cond<View>(to == Alias.Shared, View.Shared, View.Unaccepted);
            owes[p] = false;
            vcpu[v].State = VcpuState.Map;
            vcpu[v].Page = p;
            vcpu[v].Alias = to;
        });

        // ACCEPT (TDX), PVALIDATE (SNP), RIPAS := RAM (CCA). Without firmware, and on pKVM, the guest uses the page without accepting it.
        if (Acceptance)
        {
            Action<Vcpu, Page, Frame>("Accept", (v, p, f) =>
            {
                Require(Running(v) & guest[p] == View.Unaccepted);
                Require(spte[p, Alias.Private] == f & own[f] == Owner.Pending & gpa[f] == p);
                own[f] = Owner.Validated;
                data[f] = Data.Zero;
                guest[p] = View.Accepted;
            });
        }
        else
        {
            Action<Vcpu, Page>("Accept", (v, p) =>
            {
                Require(Running(v) & guest[p] == View.Unaccepted);
                guest[p] = View.Accepted;
            });
        }

        // The page walk, with the firmware's checks.
        Action<Vcpu, Page, Alias, Frame>("FillGuestTlb", (v, p, a, f) =>
        {
            Require(Running(v) & MayTouch(p, a) & spte[p, a] == f & gtlb[v, p, a] == None);
            Require((a == Alias.Private).Implies(guest[p] == View.Accepted));
            if (Firmware)
            {
                Require(Cond(a == Alias.Private, own[f] == Owner.Validated & gpa[f] == p, own[f] == Owner.Host));
            }

            gtlb[v, p, a] = f;
        });

        if (Firmware)
        {
            // #VE, #VC or an abort on an accepted page: its frame was replaced.
            Action<Vcpu, Page, Frame>("FatalTouch", (v, p, f) =>
            {
                Require(Running(v) & guest[p] == View.Accepted & spte[p, Alias.Private] == f & gtlb[v, p, Alias.Private] == None);
                Require(own[f] == Owner.Pending);
                dead.Value = true;
            });
        }

        Action<Vcpu, Page, Alias, Frame>("GuestWrite", (v, p, a, f) =>
        {
            Require(Running(v) & MayTouch(p, a) & gtlb[v, p, a] == f);
            Require((a == Alias.Private).Implies(guest[p] == View.Accepted));
            data[f] = Cond<Data>(a == Alias.Private, Data.Secret, Data.Public);
            owes[p] = a == Alias.Private;
        });

        // Only a failing read is a step: the guest finds other data than its secret, and no fault tells it.
        Action<Vcpu, Page, Frame>("GuestRead", (v, p, f) =>
        {
            Require(Running(v) & guest[p] == View.Accepted & gtlb[v, p, Alias.Private] == f);
            Require(owes[p] & data[f] != Data.Secret);
            corrupt.Value = true;
        });
    }

    private Term<bool> Running(Term<Vcpu> v) => Define(v, !dead.Value & vcpu[v].State == VcpuState.Run & fault[v].Page == None);

    private Term<bool> MayTouch(Term<Page> p, Term<Alias> a) =>
        Define(p, a, Cond(a == Alias.Private, guest[p] != View.Shared, guest[p] == View.Shared));
}
