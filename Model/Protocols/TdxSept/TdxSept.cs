using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.TdxSept;

public readonly struct Page : ISort;    // of the guest's memory
public readonly struct Frame : ISort;   // of the host's, all in one region of 2 MB
public readonly struct Vcpu : ISort;

public enum Entry { Free, Pending, Mapped, Blocked, Tracked }   // an entry of the second stage; Tracked: the epoch changed since BLOCK
public enum Mode { Outside, Entering, Inside }
public enum Stage { Idle, Adding, Blocked, Tracked, Removed }    // the progress of KVM with a page
public enum Home { Host, Guest, Lost }                           // the owner of a frame, as KVM knows it; Lost: given to no user again

/// <summary>
/// Frames enter and leave the second stage of a guest while its vCPUs run. Cached translations must be gone before a frame is reused.
/// The TDX module counts epochs, refuses a removal which is too early, and may answer that it is busy. Without a module, KVM itself
/// asks the vCPUs to flush, and awaits them.
/// </summary>
public sealed class TdxSeptModel : Spec
{
    public readonly Var<Page, Entry> sept = new();
    public readonly Var<Page, Option<Frame>> leaf = new();        // the frame in the entry
    public readonly Var<Page, Option<Frame>> mirror = new();      // the frame in KVM's copy of the entry
    public readonly Var<Page, Stage> stage = new();
    public readonly Var<Frame, Home> home = new();
    public readonly Var<Frame, bool> lines = new();               // the caches hold lines of the frame, encrypted with the guest's key
    public readonly Var<Frame, bool> charged = new();             // the frame counts as a user of the region's metadata
    public readonly Var<bool> pamt = new();                       // the region has metadata pages (Dynamic PAMT)
    public readonly Var<Vcpu, Mode> mode = new();
    public readonly Var<Vcpu, bool> request = new();              // a request which the vCPU must serve before it enters the guest
    public readonly Var<Vcpu, bool> old = new();                  // the vCPU entered before the epoch changed
    public readonly Var<Vcpu, Page, Option<Frame>> tlb = new();
    public readonly Var<bool> hold = new();                       // no vCPU may enter until a refused call has been repeated
    public readonly Var<bool> dead = new();                       // KVM has met a refusal which it takes for impossible
    public readonly Var<Page, bool> relies = new();               // the guest relies on its data in the page
    public readonly Var<Page, bool> zeroed = new();               // the page was accepted, and nothing was stored there since

    /// <param name="module">True if the TDX module owns the entries; false if KVM does, as on arm64.</param>
    public TdxSeptModel(bool module)
    {
        Label("pamt.get", "a frame is added only if its metadata could be allocated");
        Label("pamt.put", "a removed frame gives its reference to the metadata back");
        Label("pamt.last", "the metadata pages are freed only with the last reference");
        Label("aug.busy", "KVM maps no frame which the module refused to add");
        Label("aug.put", "a frame which could not be added gives its reference to the metadata back");
        Label("aug.pending", "an added frame is pending until the guest accepts it");
        Label("accept.once", "the guest accepts no page on whose data it relies");
        Label("block.busy", "KVM goes on only if the entry could be blocked");
        Label("track.busy", "KVM goes on only if the epoch could be changed");
        Label("track.kick", "after an entry changes, every vCPU is asked to leave the guest");
        Label("remove.busy", "KVM frees no frame which the module refused to remove");
        Label("busy.retry", "a call refused as busy is repeated after all vCPUs have left the guest");
        Label("kick.await", "KVM waits until each vCPU that was asked to leave the guest has left");
        Label("enter.hold", "no vCPU enters the guest until a refused call has been repeated");
        Label("enter.recheck", "a vCPU looks for requests after it has announced that it enters the guest");
        Label("serve.flush", "a vCPU which serves a request drops its cached translations");
        Label("free.flush", "the cache lines of a removed frame are written back before the frame is freed");
        Label("free.wbinvd", "a frame whose cache lines could not be written back is given to no user again");

        By("guest");
        Action<Vcpu, Page, Frame>("Store", (v, p, f) =>
        {
            Require(mode[v] == Mode.Inside & (tlb[v, p] == f | (sept[p] == Entry.Mapped & leaf[p] == f)));
            (tlb[v, p], lines[f]) = (f, true);
            if (module) (relies[p], zeroed[p]) = (true, false);
        });
        if (module) Action<Vcpu, Page>("Accept", (v, p) =>
        {
            Require(mode[v] == Mode.Inside & sept[p] == Entry.Pending);
            Require("accept.once", !relies[p]);
            (sept[p], zeroed[p]) = (Entry.Mapped, true);
        });
        if (module) Action<Page>("GiveUp", p => { Require(relies[p]); relies[p] = false; });   // before it asks for a shared page

        By("vCPU");
        Action<Vcpu>("Enter", v =>   // announces that it enters
        {
            Require(mode[v] == Mode.Outside & !request[v]);
            if (module) Require("enter.hold", !hold.Value);
            mode[v] = Mode.Entering;
        });
        Action<Vcpu>("Run", v =>
        {
            Require(mode[v] == Mode.Entering);
            Require("enter.recheck", !request[v]);
            mode[v] = Mode.Inside;
            if (module) ForEach<Page>(q => tlb[v, q] = None);   // the module flushes, and the vCPU is of the new epoch
        });
        Action<Vcpu>("Cancel", v => { Require(mode[v] == Mode.Entering & request[v]); mode[v] = Mode.Outside; });
        Action<Vcpu>("Exit", v => { Require(mode[v] == Mode.Inside); (mode[v], old[v]) = (Mode.Outside, false); });
        Action<Vcpu>("Serve", v =>
        {
            Require(mode[v] == Mode.Outside & request[v]);
            request[v] = false;
            if (!module) Step("serve.flush", () => ForEach<Page>(q => tlb[v, q] = None));
        });

        By("KVM");
        if (module) WithModule(); else Alone();

        Operation("removal", Exists<Page>(p => stage[p].In(Stage.Blocked, Stage.Tracked, Stage.Removed)));
        Invariant("NoStaleAccess", Forall<Vcpu, Page, Frame>((v, p, f) =>
            (mode[v] == Mode.Inside & tlb[v, p] == f).Implies(home[f] == Home.Guest)));

        void WithModule()
        {
            Action<Page, Frame>("Charge", (p, f) =>
            {
                Require(mirror[p] == None & home[f] == Home.Host & NoRemoval());
                Attempt("pamt.get", call: () => (charged[f], pamt.Value) = (true, true),
                    then: () => (mirror[p], home[f], stage[p]) = (f, Home.Guest, Stage.Adding), failed: Unchanged);
            });
            Action<Page, Frame>("Aug", (p, f) =>
            {
                Require(stage[p] == Stage.Adding & mirror[p] == f);
                Attempt("aug.busy", possible: AnyInside(),
                    call: () => { leaf[p] = f; Step("aug.pending", () => sept[p] = Entry.Pending, () => sept[p] = Entry.Mapped); },
                    then: () => stage[p] = Stage.Idle,
                    failed: () => { (mirror[p], home[f], stage[p]) = (None, Home.Host, Stage.Idle); Step("aug.put", () => Put(f)); });
            });
            Action<Page, Frame>("Block", (p, f) =>
            {
                Require(mirror[p] == f & Forall<Page>(q => stage[q] == Stage.Idle));
                Require("kick.await", Kicked());
                Attempt("block.busy", possible: AnyInside(),
                    call: () => If(sept[p].In(Entry.Pending, Entry.Mapped), () => sept[p] = Entry.Blocked),
                    then: () => (stage[p], hold.Value) = (Stage.Blocked, false), failed: Busy);
            });
            Action<Page>("Track", p =>
            {
                Require(stage[p] == Stage.Blocked);
                Require("kick.await", Kicked());
                Attempt("track.busy", possible: AnyInside(),
                    call: () =>
                    {
                        ForEach<Vcpu>(v => If(mode[v] == Mode.Inside, () => old[v] = true));
                        If(sept[p] == Entry.Blocked, () => sept[p] = Entry.Tracked);
                    },
                    then: () => { (stage[p], hold.Value) = (Stage.Tracked, false); Step("track.kick", AskAll); }, failed: Busy);
            });
            Action<Page, Frame>("Remove", (p, f) =>
            {
                Require(stage[p] == Stage.Tracked & mirror[p] == f);
                Require("kick.await", Kicked());
                If(sept[p] == Entry.Tracked & Forall<Vcpu>(v => !old[v]), () =>
                    Attempt("remove.busy", possible: AnyInside(),
                        call: () => (sept[p], leaf[p]) = (Entry.Free, None),
                        then: () => { (stage[p], hold.Value) = (Stage.Removed, false); Step("pamt.put", () => Put(f)); }, failed: Busy),
                    () => dead.Value = true);
            });
            Action<Page, Frame>("Free", (p, f) =>
            {
                Require(stage[p] == Stage.Removed & mirror[p] == f);
                (mirror[p], stage[p]) = (None, Stage.Idle);
                Attempt("free.wbinvd", call: () => Step("free.flush", () => lines[f] = false),
                    then: () => home[f] = Home.Host, failed: () => home[f] = Home.Lost);
            });
        }

        void Alone()
        {
            Action<Page, Frame>("Map", (p, f) =>
            {
                Require(mirror[p] == None & home[f] == Home.Host & NoRemoval());
                (mirror[p], leaf[p], sept[p], home[f]) = (f, f, Entry.Mapped, Home.Guest);
            });
            Action<Page, Frame>("Unmap", (p, f) =>
            {
                Require(mirror[p] == f & NoRemoval());
                (leaf[p], sept[p], stage[p]) = (None, Entry.Free, Stage.Tracked);
                Step("track.kick", AskAll);
            });
            Action<Page, Frame>("Free", (p, f) =>
            {
                Require(stage[p] == Stage.Tracked & mirror[p] == f);
                Require("kick.await", Kicked());
                (mirror[p], home[f], stage[p]) = (None, Home.Host, Stage.Idle);
                Step("free.flush", () => lines[f] = false);
            });
        }

        Term<bool> AnyInside() => Define(Exists<Vcpu>(v => mode[v] == Mode.Inside), "AnyInside");

        Term<bool> Kicked() => Define(Forall<Vcpu>(v => !(request[v] & mode[v] == Mode.Inside)), "Kicked");

        Term<bool> NoRemoval() => Define(Forall<Page>(q => stage[q].In(Stage.Idle, Stage.Adding)), "NoRemoval");

        void AskAll() => ForEach<Vcpu>(v => request[v] = true);

        void Busy() => Step("busy.retry", () =>   // a second refusal is taken for impossible
        {
            If(hold.Value, () => dead.Value = true);
            hold.Value = true;
            AskAll();
        }, () => dead.Value = true);

        void Put(Term<Frame> f)
        {
            Step("pamt.last", () => If(Forall<Frame>(g => g == f | !charged[g]), () => pamt.Value = false), () => pamt.Value = false);
            charged[f] = false;
        }
    }
}
