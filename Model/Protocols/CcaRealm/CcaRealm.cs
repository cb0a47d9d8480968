using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.CcaRealm;

public readonly struct Page : ISort;    // of the realm's memory: an intermediate physical address
public readonly struct Frame : ISort;   // a granule of physical memory

/// <summary>The entry of a frame in the granule protection table (GPT), which the hardware checks for every access.</summary>
public enum Pas
{
    NonSecure,     // the host's accesses reach the frame
    Realm,         // those of realms and of the monitor do
    NoAccess,      // none does
}

public enum Granule   // the monitor's own record of a frame
{
    Undelegated,
    Delegated,
    Data,          // backs a page of a realm
    Table,         // holds a table of the monitor
}

public enum El3   // the step at which EL3 is, in the change of a GPT entry
{
    Idle,
    Written,
    Flushed,
    Leaving,
    Blocked,
    Cleaned,
}

public enum Ripas   // the state of a page to which the realm has agreed
{
    Empty,         // the realm does not use it as private memory
    Ram,
    Destroyed,     // the host has taken it away from the realm; the page stays unusable until the realm accepts the loss
}

public enum Ask   // a pending request of the realm
{
    None,
    Ram,           // if the page was not destroyed
    RamAnyway,     // also if it was destroyed
    Empty,
}

/// <summary>
/// Memory of a realm under Arm CCA. EL3 gives frames to the realm world and takes them back (GPT); the monitor (RMM) puts them into the
/// realm's translation table at the host's request, and changes what the realm relies on only with the realm's consent.
/// </summary>
public sealed class CcaRealmModel : Spec
{
    public readonly Var<Frame, Pas> gpt = new();
    public readonly Var<Frame, Granule> granule = new();
    public readonly Var<Frame, El3> el3 = new();
    public readonly Var<Page, Option<Frame>> rtt = new();   // the realm's translation table
    public readonly Var<Page, bool> ns = new();             // the entry is one for the host's memory
    public readonly Var<Page, Ripas> ripas = new();
    public readonly Var<Page, Ask> ask = new();
    public readonly Var<Page, Option<Frame>> data = new();  // the frame in which the realm has stored its data of the page
    public readonly Var<Page, Option<Frame>> tlb = new();   // a translation cached by a CPU which runs the realm
    public readonly Var<Frame, bool> host = new();          // a translation cached by a CPU of the host, after the check of the GPT
    public readonly Var<Frame, bool> secret = new();        // the frame holds data of a realm or of the monitor
    public readonly Var<Frame, bool> tags = new();          // the frame's memory tags hold data of a realm
    public readonly Var<Frame, bool> line = new();          // a cache line of the frame which belongs to the realm world
    public readonly Var<bool> active = new();               // the initial image is finished, and the realm runs

    public CcaRealmModel()
    {
        Label("delegate.result", "a frame which EL3 does not give to the realm world does not become delegated");
        Label("delegate.barrier", "a GPT entry is written, with effect, before the host's translations are flushed");
        Label("undelegate.delegated", "only a frame without any use by the monitor goes back to the host");
        Label("undelegate.scrub", "a frame is wiped before it leaves the realm world");
        Label("undelegate.tags", "a frame's memory tags are wiped before it leaves the realm world");
        Label("undelegate.block", "no world can access a frame while its cache lines are cleaned");
        Label("undelegate.clean", "the realm world's cache lines of a frame are cleaned before the host gets the frame");
        Label("undelegate.result", "a frame which EL3 does not give back to the host stays with the monitor");
        Label("create.delegated", "only a delegated frame without another use backs a page");
        Label("create.keep", "a frame given to a page without measured contents leaves the page's RIPAS as it is");
        Label("create.result", "a frame which could not be put into the translation table does not become a data granule");
        Label("destroy.taint", "a page of RAM from which the host takes the frame becomes destroyed");
        Label("destroy.tlbi", "the translation of a page is flushed when its frame is taken away");
        Label("table.tlbi", "the translations of all pages of a table are flushed when the table is destroyed");
        Label("ripas.asked", "a page becomes RAM only at the realm's request");
        Label("ripas.destroyed", "a destroyed page becomes RAM only if the realm's request accepts the loss");
        Label("ripas.tlbi", "the translation of a page is flushed when the page is no longer RAM");

        El3Actions();

        By("RMM");
        Action<Frame>("TakeTable", f => { Require(Unused(f)); (granule[f], secret[f]) = (Granule.Table, true); });
        Action<Frame>("FreeTable", f => { Require(granule[f] == Granule.Table); granule[f] = Granule.Delegated; });
        Action<Page>("InitRipas", p => { Require(!active.Value & ripas[p] == Ripas.Empty & !ns[p]); ripas[p] = Ripas.Ram; });
        Action<Page, Frame>("CreateMeasured", (p, f) =>   // DATA_CREATE: a page of the initial image
        {
            Require(!active.Value & ripas[p] == Ripas.Ram & rtt[p] == None & Unused(f));
            (rtt[p], data[p], granule[f], secret[f]) = (f, f, Granule.Data, true);
        });
        Action<Page, Frame>("CreateUnknown", (p, f) =>    // DATA_CREATE_UNKNOWN: the realm cannot rely on the contents
        {
            Require(rtt[p] == None & el3[f] == El3.Idle);
            Require("create.delegated", granule[f] == Granule.Delegated);
            Step("create.keep", Unchanged, () => ripas[p] = Ripas.Ram);
            Attempt(
                "create.result",
                call: () => (rtt[p], secret[f]) = (f, false),
                then: () => granule[f] = Granule.Data,
                failed: Unchanged);
        });
        Action<Page, Frame>("Destroy", (p, f) =>          // DATA_DESTROY
        {
            Require(rtt[p] == f & !ns[p]);
            (rtt[p], granule[f]) = (None, Granule.Delegated);
            Step("destroy.taint", () => If(ripas[p] == Ripas.Ram, () => ripas[p] = Ripas.Destroyed));
            Step("destroy.tlbi", () => tlb[p] = None);
        });
        Action<Page>("SetRam", p =>                       // RTT_SET_RIPAS
        {
            Require(active.Value & !ns[p] & ripas[p] != Ripas.Ram);
            Require("ripas.asked", ask[p].In(Ask.Ram, Ask.RamAnyway));
            Require("ripas.destroyed", (ripas[p] == Ripas.Destroyed).Implies(ask[p] == Ask.RamAnyway));
            (ripas[p], ask[p]) = (Ripas.Ram, Ask.None);
        });
        Action<Page>("SetEmpty", p =>
        {
            Require(ask[p] == Ask.Empty);
            (ripas[p], ask[p]) = (Ripas.Empty, Ask.None);
            Step("ripas.tlbi", () => tlb[p] = None);
        });
        Action<Page, Frame>("MapShared", (p, f) =>        // RTT_MAP_UNPROTECTED: the frame stays the host's
        {
            Require(rtt[p] == None & ripas[p] == Ripas.Empty & ask[p] == Ask.None & granule[f] == Granule.Undelegated);
            (rtt[p], ns[p]) = (f, true);
        });
        Action<Page>("DestroyTable", first =>             // RTT_DESTROY, of the table with all entries for the host's memory
        {
            Require(ns[first]);
            Step("table.tlbi", () => ForEach<Page>(p => If(ns[p], () => tlb[p] = None)), () => tlb[first] = None);
            ForEach<Page>(p => If(ns[p], () => (rtt[p], ns[p]) = (None, false)));
        });

        By("realm");
        Action("Activate", () => { Require(!active.Value); active.Value = true; });
        Action<Page, Frame>("Touch", (p, f) => { Require(active.Value & Reaches(p, f)); tlb[p] = f; });
        Action<Page, Frame>("Store", (p, f) =>
        {
            Require(tlb[p] == f & rtt[p] == f & ripas[p] == Ripas.Ram & ask[p] == Ask.None);
            (data[p], secret[f], tags[f], line[f]) = (f, true, true, true);
        });
        Action<Page>("AskRam", p => { Require(active.Value & ask[p] == Ask.None & !ns[p]); ask[p] = Ask.Ram; });
        Action<Page>("AskRamAnyway", p => GiveUp(p, Ask.RamAnyway));
        Action<Page>("AskEmpty", p => GiveUp(p, Ask.Empty));

        Operation("change of the GPT", Exists<Frame>(f => el3[f] != El3.Idle));
    }

    private void GiveUp(Term<Page> p, Ask request)
    {
        Require(active.Value & ask[p] == Ask.None & !ns[p]);
        (ask[p], data[p]) = (request, None);
    }

    private void El3Actions()
    {
        By("host");
        Action<Frame>("HostTouch", f => { Require(gpt[f] == Pas.NonSecure); host[f] = true; });

        By("EL3");
        Action<Frame>("DelegateWrite", f =>
        {
            Require(el3[f] == El3.Idle & granule[f] == Granule.Undelegated);
            Attempt(
                "delegate.result",
                call: () => Step("delegate.barrier", () => gpt[f] = Pas.Realm),
                then: () => el3[f] = El3.Written,
                failed: Unchanged);
        });
        Action<Frame>("DelegateFlush", f => { Require(el3[f] == El3.Written); (el3[f], host[f]) = (El3.Flushed, false); });
        Action<Frame>("DelegateEnd", f =>
        {
            Require(el3[f] == El3.Flushed);
            (el3[f], granule[f]) = (El3.Idle, Granule.Delegated);
            Step("delegate.barrier", Unchanged, () => gpt[f] = Pas.Realm);   // the write has its effect at last
        });
        Action<Frame>("UndelegateScrub", f =>
        {
            Require(el3[f] == El3.Idle & granule[f] != Granule.Undelegated);
            Require("undelegate.delegated", granule[f] == Granule.Delegated);
            Step("undelegate.scrub", () => secret[f] = false);
            Step("undelegate.tags", () => tags[f] = false);
            el3[f] = El3.Leaving;
        });
        Action<Frame>("UndelegateBlock", f =>
        {
            Require(el3[f] == El3.Leaving);
            Step("undelegate.block", () => gpt[f] = Pas.NoAccess);
            el3[f] = El3.Blocked;
        });
        Action<Frame>("UndelegateClean", f =>
        {
            Require(el3[f] == El3.Blocked);
            Step("undelegate.clean", () => line[f] = false);
            el3[f] = El3.Cleaned;
        });
        Action<Frame>("UndelegateOpen", f =>
        {
            Require(el3[f] == El3.Cleaned);
            Attempt(
                "undelegate.result",
                call: () => gpt[f] = Pas.NonSecure,
                then: () => (el3[f], granule[f]) = (El3.Idle, Granule.Undelegated),
                failed: Unchanged);
        });

        By("hardware");
        Action<Frame>("Prefetch", f =>    // by a CPU in the realm world; it matters only during a change
        {
            Require(gpt[f] == Pas.Realm & el3[f].In(El3.Leaving, El3.Blocked, El3.Cleaned) & !line[f]);
            line[f] = true;
        });
    }

    /// <summary>The frame is delegated, and neither the monitor nor EL3 is using it.</summary>
    public Term<bool> Unused(Term<Frame> f) => Define(f, granule[f] == Granule.Delegated & el3[f] == El3.Idle);

    /// <summary>The realm's accesses to the page reach the frame without a cached translation.</summary>
    public Term<bool> Reaches(Term<Page> p, Term<Frame> f) => Define(p, f, rtt[p] == f & (ns[p] | ripas[p] == Ripas.Ram));

    /// <summary>The host's accesses reach the frame.</summary>
    public Term<bool> HostReaches(Term<Frame> f) => Define(f, gpt[f] == Pas.NonSecure | host[f]);
}
