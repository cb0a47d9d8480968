using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.PkvmOwnership;

public readonly struct Page : ISort;    // of the guest's memory
public readonly struct Frame : ISort;   // of the machine's memory

public enum Host   // the state of a frame for the host, in the hypervisor's table of frames
{
    Owned,
    Borrowed,      // owned by the guest, and shared with the host
    Lent,          // owned by the host, and shared with the secure world
    None,          // owned by the guest or by the hypervisor
}

public enum Pte    // an entry of the host's stage 2, in which each frame has its own address
{
    Invalid,       // filled at the host's next access
    Mapped,
    Annotated,     // invalid, with a note that the frame has another owner
}

public enum Guest  // the state of a page for the guest
{
    Empty,
    Owned,
    Shared,
    Poisoned,      // the host has taken the frame by force; each access fails for ever
}

public enum Move   // a change of owner in progress: the host has lost the frame, and no one has it yet
{
    None,
    ToGuest,
    ToHyp,
    Unshare,
}

/// <summary>
/// Owners of memory under pKVM on arm64. Each frame belongs to the host, to the hypervisor at EL2, or to a guest. The hypervisor changes
/// the owner at the request of one side, and may share a frame between two. It holds its locks during a change.
/// </summary>
public sealed class PkvmOwnershipModel : Spec
{
    public readonly Var<Frame, Host> host = new();
    public readonly Var<Frame, Pte> pte = new();
    public readonly Var<Frame, bool> tlb = new();            // a CPU of the host has cached a translation to the frame
    public readonly Var<Frame, bool> access = new();         // an access of the host has passed its translation, and is not complete
    public readonly Var<Frame, bool> device = new();         // the address belongs to a device, and is no memory
    public readonly Var<Frame, bool> hyp = new();            // the hypervisor owns the frame
    public readonly Var<Frame, bool> secret = new();         // the frame holds data of the guest or of the hypervisor
    public readonly Var<Frame, Move> move = new();
    public readonly Var<Frame, Option<Page>> target = new(); // the page of the change
    public readonly Var<Page, Option<Frame>> s2 = new();     // the guest's stage 2
    public readonly Var<Page, Guest> guest = new();
    public readonly Var<Page, Option<Frame>> gtlb = new();   // a translation cached by a CPU which runs the guest
    public readonly Var<Page, Option<Frame>> data = new();   // the frame in which the guest has stored its data of the page
    public readonly Var<bool> memcache = new();              // the guest's cache has a page for a new table
    public readonly Var<Option<Frame>> message = new();      // the host's message to the secure world; None is an offset out of bounds
    public readonly Var<Option<Frame>> request = new();      // the hypervisor's checked copy
    public readonly Var<bool> wild = new();                  // the hypervisor has read out of bounds
    public readonly Var<bool> ready = new();                 // the hypervisor is initialised
    public readonly Var<bool> dying = new();                 // the guest no longer runs

    public PkvmOwnershipModel()
    {
        Label("init.unmap", "the hypervisor takes its own pages out of the host's stage 2");
        Label("donate.memory", "only memory can be given to the guest or to the hypervisor");
        Label("donate.capacity", "the guest's cache has the pages for all new tables before the host loses a frame");
        Label("donate.poison", "no frame is given to a poisoned page");
        Label("sync.flush", "a new owner gets a frame only after all CPUs have flushed the host's translation");
        Label("sync.drain", "a new owner gets a frame only after the host's accesses in flight are complete");
        Label("block.annotated", "no block is mapped over an entry which notes another owner");
        Label("reclaim.poison", "a page whose frame is taken by force is poisoned");
        Label("reclaim.zero", "a frame taken by force is wiped");
        Label("reclaim.tlbi", "the guest's translation is flushed when its frame is taken by force");
        Label("dying.zero", "a frame owned by a dying guest is wiped before the host gets it");
        Label("hyp.zero", "a frame given back by the hypervisor is wiped");
        Label("ffa.copy", "the hypervisor uses its own checked copy of a message which the host can change");
        Label("ffa.owned", "the host can share only its own frames with the secure world");

        By("hypervisor");
        Action<Frame>("TakeStack", f =>                   // a frame used by the hypervisor from the start
        {
            Require(!ready.Value & host[f] == Host.Owned & !hyp[f] & !device[f]);
            (hyp[f], secret[f]) = (true, true);
            Step("init.unmap", () => (host[f], pte[f]) = (Host.None, Pte.Annotated));
        });
        Action<Frame>("FindDevice", f => { Require(!ready.Value & !hyp[f]); device[f] = true; });
        Action("FinishInit", () => { Require(!ready.Value); ready.Value = true; });

        Accesses();
        Donations();
        SecureWorld();

        By("guest");
        Action<Page, Frame>("Touch", (p, f) => { Require(!dying.Value & s2[p] == f); gtlb[p] = f; });
        Action<Page, Frame>("Store", (p, f) =>
        {
            Require(gtlb[p] == f & guest[p] == Guest.Owned);
            (data[p], secret[f]) = (f, true);
        });
        Action<Page, Frame>("Share", (p, f) =>            // publishes the contents
        {
            Require(!dying.Value & Unlocked() & s2[p] == f & guest[p] == Guest.Owned);
            (guest[p], data[p], secret[f], host[f], pte[f]) = (Guest.Shared, None, false, Host.Borrowed, Pte.Invalid);
        });
        Action<Page, Frame>("BeginUnshare", (p, f) =>
        {
            Require(!dying.Value & Unlocked() & s2[p] == f & guest[p] == Guest.Shared);
            TakeFromHost(f, Move.Unshare);
        });
        Action<Page, Frame>("EndUnshare", (p, f) =>
        {
            Require(move[f] == Move.Unshare & s2[p] == f);
            RequireSync(f);
            (move[f], guest[p]) = (Move.None, Guest.Owned);
        });
        Action("Die", () =>
        {
            Require(!dying.Value);
            dying.Value = true;
            ForEach<Page>(p => (gtlb[p], data[p]) = (None, None));
        });

        Operation("change of owner", Exists<Frame>(f => move[f] != Move.None));
    }

    private void Accesses()
    {
        By("host");
        Action<Frame>("Fault", f => { Require(ready.Value & pte[f] == Pte.Invalid); pte[f] = Pte.Mapped; });
        Action("FaultBlock", () =>                        // one entry for all frames
        {
            Require(ready.Value & Exists<Frame>(f => pte[f] == Pte.Invalid));
            Require("block.annotated", Forall<Frame>(f => pte[f] != Pte.Annotated));
            ForEach<Frame>(f => pte[f] = Pte.Mapped);
        });
        Action<Frame>("Translate", f => { Require(pte[f] == Pte.Mapped); tlb[f] = true; });
        Action<Frame>("BeginAccess", f => { Require(tlb[f]); access[f] = true; });
        Action<Frame>("EndAccess", f => { Require(access[f]); access[f] = false; });
        Action<Frame>("Flush", f => { Require(tlb[f] & pte[f] != Pte.Mapped); tlb[f] = false; });   // as requested by the hypervisor
    }

    private void Donations()
    {
        By("host");
        Action("TopUp", () => { Require(ready.Value & !memcache.Value); memcache.Value = true; });
        Action<Page, Frame>("BeginDonate", (p, f) =>
        {
            Require(ready.Value & !dying.Value & Unlocked() & host[f] == Host.Owned & s2[p] == None);
            Require("donate.memory", !device[f]);
            Require("donate.capacity", memcache.Value);
            Require("donate.poison", guest[p] != Guest.Poisoned);
            TakeFromHost(f, Move.ToGuest);
            target[f] = p;
        });
        Action<Page, Frame>("EndDonate", (p, f) =>
        {
            Require(move[f] == Move.ToGuest & target[f] == p);
            RequireSync(f);
            (move[f], target[f]) = (Move.None, None);
            If(memcache.Value, () => (s2[p], guest[p], memcache.Value) = (f, Guest.Owned, false));   // the host frame is gone in any case
        });
        Action<Frame>("BeginDonateHyp", f =>
        {
            Require(ready.Value & Unlocked() & host[f] == Host.Owned);
            Require("donate.memory", !device[f]);
            TakeFromHost(f, Move.ToHyp);
        });
        Action<Frame>("EndDonateHyp", f =>
        {
            Require(move[f] == Move.ToHyp);
            RequireSync(f);
            (move[f], hyp[f], secret[f]) = (Move.None, true, true);
        });
        Action<Frame>("ReturnHyp", f =>
        {
            Require(ready.Value & Unlocked() & hyp[f]);
            hyp[f] = false;
            GiveToHost(f);
            Step("hyp.zero", () => secret[f] = false);
        });
        Action<Page, Frame>("ForceReclaim", (p, f) =>     // the host's kernel has touched the frame
        {
            Require(!dying.Value & Unlocked() & s2[p] == f & guest[p] == Guest.Owned);
            s2[p] = None;
            Step("reclaim.poison", () => guest[p] = Guest.Poisoned, () => guest[p] = Guest.Empty);
            Step("reclaim.tlbi", () => gtlb[p] = None);
            GiveToHost(f);
            Step("reclaim.zero", () => secret[f] = false);
        });
        Action<Page, Frame>("ReclaimDying", (p, f) =>
        {
            Require(dying.Value & Unlocked() & s2[p] == f);
            Step("dying.zero", () => If(guest[p] == Guest.Owned, () => secret[f] = false));
            (s2[p], guest[p]) = (None, Guest.Empty);
            GiveToHost(f);
        });
    }

    private void SecureWorld()
    {
        By("host");
        Action<Frame>("Write", f => { Require(ready.Value & message.Value == None); message.Value = f; });
        Action("Overwrite", () => { Require(message.Value != None); message.Value = None; });

        By("hypervisor");
        Action<Frame>("CheckMessage", f =>
        {
            Require(Unlocked() & message.Value == f);
            Require("ffa.owned", host[f] == Host.Owned);
            request.Value = f;
        });
        Action<Frame>("Lend", f =>
        {
            Require(request.Value == f);
            Step("ffa.copy", () => host[f] = Host.Lent, () => If(message.Value == f, () => host[f] = Host.Lent, () => wild.Value = true));
            (request.Value, message.Value) = (None, None);
        });
        Action<Frame>("Return", f => { Require(Unlocked() & host[f] == Host.Lent); host[f] = Host.Owned; });
    }

    /// <summary>No change of owner is in progress: the hypervisor's locks are free.</summary>
    public Term<bool> Unlocked() => Define(request.Value == None & Forall<Frame>(f => move[f] == Move.None));

    /// <summary>The host's accesses reach the frame, or can still reach it.</summary>
    public Term<bool> HostReaches(Term<Frame> f) => Define(f, pte[f] == Pte.Mapped | tlb[f] | access[f]);

    private void TakeFromHost(Term<Frame> f, Move to) => (host[f], pte[f], move[f]) = (Host.None, Pte.Annotated, to);

    private void GiveToHost(Term<Frame> f) => (host[f], pte[f]) = (Host.Owned, Pte.Invalid);

    private void RequireSync(Term<Frame> f)
    {
        Require("sync.flush", !tlb[f]);
        Require("sync.drain", !access[f]);
    }
}
