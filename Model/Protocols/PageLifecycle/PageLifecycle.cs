using Checker.Model.Language;
using static Checker.Model.Language.Logic;
using static Checker.Protocols.PageLifecycle.PageState;

namespace Checker.Protocols.PageLifecycle;

public readonly struct Page : ISort;    // of the guest's memory
public readonly struct Frame : ISort;   // of the host's

public enum PageState
{
    Shared,     // the guest and the host both use the page; every page starts in this state
    Punched,    // the guest considers the page private, but there is no frame for it
    Tainted,    // there is a new frame; the guest must accept it before touching the page
    Private,    // only the guest uses the page; it is accepted and empty
    Accepted,   // as Private, and the guest relies on data stored there
}

/// <summary>
/// The life of a confidential guest's page. Private memory is a file. The VMM fills the file, KVM maps it to the guest, and the
/// firmware makes sure the guest notices a replaced frame. In place, shared memory is in the same file.
/// (S12 and the like refer to claims of March 2022; Properties/Requirements/Sources.cs lists them.)
/// </summary>
public sealed class PageLifecycleModel : Spec
{
    public readonly Var<Page, PageState> state = new();
    public readonly Var<Page, Option<Frame>> file = new();    // the frame at the page's index, or a hole
    public readonly Var<Page, Option<Frame>> spte = new();    // the frame reached by the guest's private accesses
    public readonly Var<Frame, bool> mapped = new();          // the VMM, or another part of the host, has mapped the frame
    public readonly Var<Frame, bool> secret = new();          // the frame holds data stored by the guest
    public readonly Var<Page, bool> counts = new();           // the guest relies on its data in the page
    public readonly Var<bool> dead = new();                   // the guest has taken a fatal fault

    /// <param name="spurious">True if the VMM may punch and convert pages without a request of the guest (S15).</param>
    public PageLifecycleModel(bool inplace, bool spurious)
    {
        Label("accept.once", "the guest accepts no page on which it already relies, because its frame was replaced");   // S18, S20
        Label("fill.free", "a hole is filled only with a frame which has no other user");
        Label("file.no_mmap", "a frame which belongs to the guest alone cannot be mapped");                             // S2, S27
        Label("punch.zap", "before a frame is freed, KVM unmaps it from the guest");                                    // S16
        Label("punch.sanitise", "before a frame is freed, it is wiped");                                                // S26
        Label("convert.destroy", "a frame returned to the host in place loses the guest's data");                       // S17
        Label("map.claim", "a private frame is mapped only if the guest considers the page private");                   // S12
        Label("map.no_fill", "KVM maps the frames of the file, and adds none itself");                                  // S14
        Label("map.revoked", "in place, a frame becomes the guest's only after the host has unmapped it");              // S28
        Label("map.pending", "the firmware lets the guest use a new frame only after it has accepted it");              // S18, S19
        Label("donate.once", "the firmware donates no frame to a page on which the guest relies");                      // S20

        By("guest");
        Action<Page>("Unshare", p =>   // asks for the page to become private
        {
            Require(!dead.Value & state[p] == Shared);
            state[p] = Cond<PageState>(spte[p] == None, Punched, Tainted);
        });
        Action<Page>("Share", p =>     // gives the page up, before the VMM converts it; in place it publishes the frame's contents
        {
            Require(!dead.Value & state[p] != Shared);
            (state[p], counts[p]) = (Shared, false);
            if (inplace) ForEach<Frame>(f => If(spte[p] == f, () => secret[f] = false));
        });
        Action<Page, Frame>("Accept", (p, f) =>
        {
            Require(!dead.Value & state[p] == Tainted & spte[p] == f);
            Require("accept.once", !counts[p]);
            (state[p], secret[f]) = (Private, false);
        });
        Action<Page, Frame>("Store", (p, f) =>
        {
            Require(!dead.Value & state[p].In(Private, Accepted) & spte[p] == f);
            (state[p], secret[f], counts[p]) = (Accepted, true, true);
        });
        Action<Page>("Touch", p => { Require(!dead.Value & state[p] == Tainted & counts[p]); dead.Value = true; });

        By("VMM");
        Action<Page, Frame>("Fill", (p, f) =>
        {
            Require(file[p] == None);
            Require("fill.free", !mapped[f] & Forall<Page>(q => file[q] != f));
            if (!spurious & !inplace) Require(state[p] != Shared);
            file[p] = f;
        });
        Action<Page, Frame>("Punch", (p, f) =>      // makes a page shared, if it is not in place (S3)
        {
            Require(file[p] == f);
            if (!spurious) Require(state[p].In(Shared, Tainted));   // it may be late: the guest has requested the page again
            Step("punch.zap", () => Unmap(p));
            Step("punch.sanitise", () => secret[f] = false);
            file[p] = None;
        });
        if (inplace) Action<Page, Frame>("Convert", (p, f) =>   // to shared: the frame stays in the file
        {
            Require(spte[p] == f);
            if (!spurious) Require(state[p] == Shared);
            Unmap(p);
            Step("convert.destroy", () => secret[f] = false);
        });
        Action<Frame>("HostMap", f => { Require(!mapped[f]); Require("file.no_mmap", !GuestPrivate(f)); mapped[f] = true; });
        Action<Frame>("HostUnmap", f => { Require(mapped[f]); mapped[f] = false; });

        By("KVM");
        Action<Page, Frame>("Map", (p, f) =>      // serves the guest's fault; the firmware takes the frame as pending
        {
            Require("map.no_fill", file[p] == f);
            Require("map.claim", state[p] == Punched);
            MapPrivate(p, f);
            Step("map.pending", () => state[p] = Tainted, () => state[p] = Cond<PageState>(counts[p], Accepted, Private));
        });

        By("firmware");
        Action<Page, Frame>("Donate", (p, f) =>   // vouches for the contents: the measured initial image; on pKVM, zeroes
        {
            Require(file[p] == f & state[p] == Punched);
            Require("donate.once", !counts[p]);
            MapPrivate(p, f);
            (state[p], secret[f]) = (Private, false);
        });

        Operation("conversion to private", Exists<Page>(p => state[p].In(Punched, Tainted)));
        Operation("conversion to shared", Exists<Page>(p => state[p] == Shared & spte[p] != None));
        Invariant("HostNeverReachesPrivate", Forall<Frame>(f => mapped[f].Implies(!GuestPrivate(f))));

        Term<bool> GuestPrivate(Term<Frame> f) => Define(f, Exists<Page>(p => (inplace ? spte[p] : file[p]) == f), "GuestPrivate");

        void Unmap(Term<Page> p) { If(state[p] != Shared, () => state[p] = Punched); spte[p] = None; }

        void MapPrivate(Term<Page> p, Term<Frame> f)
        {
            Require(spte[p] == None);
            if (inplace) Require("map.revoked", !mapped[f]);
            spte[p] = f;
        }
    }
}
