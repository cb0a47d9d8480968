using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestConversion;

public readonly struct Page : ISort;   // of the guest's memory
public readonly struct Cpu : ISort;    // of the guest

public enum Use
{
    Unaccepted,   // the guest has never used the page; every page starts in this state
    Free,         // in the guest's allocator, as ordinary memory
    Data,         // in use as ordinary memory
    Sharing,      // in a range that becomes shared; the host was not asked yet
    Shared,       // in a range that becomes shared; the host has agreed
    Buffer,       // in use for data exchanged with the host
    Hiding,       // in a range that becomes private; the host was not asked yet
    Hidden,       // in a range that becomes private; the host has agreed, and the page is accepted
    Private,      // private again, but not yet given back to the allocator
    Leaked,       // given to no user again
}

public enum Kind { None, Private, Shared }
public enum Memory { Unaccepted, Private, Shared }          // the page as the host and the firmware see it
public enum Phase { Idle, ShareBegun, ShareMarked, ShareAsking, ShareFailed, HideAsking, HideMarked, HideFailed }
public enum Kexec { Running, Stopped, Swept, Started }

/// <summary>
/// A guest converts ranges of its own pages, in the order of a TDX guest. To share: page-table bit, flush, request. To make private
/// again: request, acceptance, page-table bit, flush. The host may refuse at any page of a range.
/// </summary>
public sealed class GuestConversionModel : Spec
{
    public readonly Var<Page, Use> use = new();
    public readonly Var<Page, Kind> pte = new(Kind.Private);       // the guest's page table maps all pages, even unaccepted ones
    public readonly Var<Page, Memory> memory = new();
    public readonly Var<Cpu, Page, Kind> tlb = new();
    public readonly Var<Page, bool> published = new();             // other CPUs can find the page as a buffer
    public readonly Var<Page, bool> barred = new();                // the paravisor lets the guest no longer use the page fully
    public readonly Var<Cpu, Page, bool> accepting = new();
    public readonly Var<Phase> phase = new();
    public readonly Var<Kexec> kexec = new();
    public readonly Var<bool> twice = new();                       // a page was accepted although it was accepted already

    public GuestConversionModel()
    {
        Label("accept.claim", "a CPU accepts a page only if no other CPU is accepting it");
        Label("allocate.accepted", "only accepted pages are allocated");
        Label("share.flush", "the flush after the page-table bit drops private translations before the host is asked");
        Label("share.failed", "a page counts as shared only if the host has agreed");
        Label("share.whole", "a range counts as shared only if the host has agreed to every page of it");
        Label("share.leak", "a page at which the host refused is given to no user again");
        Label("share.undo", "the pages of a range which were shared before the host refused are given to no user again");
        Label("publish.after", "a buffer can be found only after it is shared");
        Label("hide.unpublish", "a buffer can be found by no CPU when it is made private");
        Label("hide.failed", "a page counts as private only if the host has agreed and the page is accepted");
        Label("hide.leak", "a page which could not be made private is given to no user again");
        Label("hide.order", "all pages of a range are accepted before the page-table bit changes");
        Label("hide.flush", "the flush after the page-table bit drops shared translations");
        Label("hide.rights", "a page which becomes private gets all rights back");
        Label("release.private", "a buffer returns to the allocator only after it was made private");
        Label("kexec.block", "no conversion begins after the kernel has stopped for its successor");
        Label("kexec.wait", "the kernel waits for the conversion in progress before it looks for shared pages");
        Label("kexec.sweep", "the kernel makes all shared pages private before its successor starts");

        By("guest");
        Action<Cpu, Page>("Claim", (c, p) =>
        {
            Require(use[p] == Use.Unaccepted & !accepting[c, p] & kexec.Value == Kexec.Running);
            Require("accept.claim", Forall<Cpu>(d => !accepting[d, p]));
            accepting[c, p] = true;
        });
        Action<Cpu, Page>("Accept", (c, p) =>
        {
            Require(accepting[c, p]);
            accepting[c, p] = false;
            If(memory[p] == Memory.Unaccepted, () => (memory[p], use[p]) = (Memory.Private, Use.Free), () => twice.Value = true);
        });
        Action<Page>("Allocate", p =>
        {
            Require(use[p].In(Use.Unaccepted, Use.Free));
            Require("allocate.accepted", use[p] == Use.Free);
            use[p] = Use.Data;
        });
        Action<Page>("Free", p => { Require(use[p] == Use.Data); use[p] = Use.Free; });
        Action<Cpu, Page>("Touch", (c, p) =>   // load_unaligned_zeropad touches pages which it does not own
        {
            Require(tlb[c, p] == Kind.None & use[p] != Use.Unaccepted);
            tlb[c, p] = pte[p];
        });

        Action<Page>("Share", p =>         // adds a page to the range
        {
            Require(use[p] == Use.Data & phase.Value.In(Phase.Idle, Phase.ShareBegun));
            Require("kexec.block", kexec.Value == Kexec.Running);
            (use[p], phase.Value) = (Use.Sharing, Phase.ShareBegun);
        });
        Action("ShareMark", () =>
        {
            Require(phase.Value == Phase.ShareBegun);
            phase.Value = Phase.ShareMarked;
            ForEach<Page>(p => If(use[p] == Use.Sharing, () => pte[p] = Kind.Shared));
        });
        Action("ShareFlush", () =>
        {
            Require(phase.Value == Phase.ShareMarked);
            phase.Value = Phase.ShareAsking;
            Step("share.flush", () => Flush(Use.Sharing));
        });
        Action<Page>("ShareAsk", p =>
        {
            Require(phase.Value == Phase.ShareAsking & use[p] == Use.Sharing);
            Attempt("share.failed", call: () => (memory[p], barred[p]) = (Memory.Shared, true),
                then: () => use[p] = Use.Shared, failed: () => phase.Value = Phase.ShareFailed);
        });
        Action("ShareDone", () =>
        {
            Require(phase.Value == Phase.ShareAsking);
            Require("share.whole", Forall<Page>(p => use[p] != Use.Sharing));
            phase.Value = Phase.Idle;
            ForEach<Page>(p => If(use[p].In(Use.Sharing, Use.Shared), () => use[p] = Use.Buffer));
        });
        Action("ShareUndo", () =>
        {
            Require(phase.Value == Phase.ShareFailed);
            phase.Value = Phase.Idle;
            ForEach<Page>(p =>
            {
                var (refused, done) = (use[p] == Use.Sharing, use[p] == Use.Shared);
                If(refused, () => Step("share.leak", () => use[p] = Use.Leaked, () => use[p] = Use.Free));
                If(done, () => Step("share.undo", () => use[p] = Use.Leaked, () => use[p] = Use.Free));
            });
        });

        Action<Page>("Publish", p =>
        {
            Require(!published[p] & use[p].In(Use.Sharing, Use.Shared, Use.Buffer));
            Require("publish.after", use[p] == Use.Buffer);
            published[p] = true;
        });
        Action<Page>("Unpublish", p => { Require(published[p]); published[p] = false; });

        Action<Page>("Hide", p =>          // adds a page to the range
        {
            Require(use[p] == Use.Buffer & phase.Value.In(Phase.Idle, Phase.HideAsking));
            Require("kexec.block", kexec.Value == Kexec.Running);
            Require("hide.unpublish", !published[p]);
            (use[p], phase.Value) = (Use.Hiding, Phase.HideAsking);
        });
        Action<Page>("HideAsk", p =>
        {
            Require(phase.Value == Phase.HideAsking & use[p] == Use.Hiding);
            Attempt("hide.failed",
                call: () => { memory[p] = Memory.Private; Step("hide.rights", () => barred[p] = false); },
                then: () => use[p] = Use.Hidden, failed: () => phase.Value = Phase.HideFailed);
        });
        Action("HideMark", () =>
        {
            Require(phase.Value == Phase.HideAsking & Exists<Page>(p => use[p].In(Use.Hiding, Use.Hidden)));
            Require("hide.order", Forall<Page>(p => use[p] != Use.Hiding));
            phase.Value = Phase.HideMarked;
            ForEach<Page>(p => If(use[p].In(Use.Hiding, Use.Hidden), () => pte[p] = Kind.Private));
        });
        Action("HideFlush", () =>
        {
            Require(phase.Value == Phase.HideMarked);
            phase.Value = Phase.Idle;
            Step("hide.flush", () => Flush(Use.Hidden));
            ForEach<Page>(p => If(use[p] == Use.Hidden, () => use[p] = Use.Private));
        });
        Action("HideUndo", () =>
        {
            Require(phase.Value == Phase.HideFailed);
            phase.Value = Phase.Idle;
            ForEach<Page>(p => If(use[p].In(Use.Hiding, Use.Hidden), () =>
                Step("hide.leak", () => use[p] = Use.Leaked, () => use[p] = Use.Free)));
        });
        Action<Page>("Release", p =>
        {
            Require(use[p].In(Use.Buffer, Use.Private) & !published[p]);
            Require("release.private", use[p] == Use.Private);
            use[p] = Use.Free;
        });

        By("kexec");
        Action("Stop", () => { Require(kexec.Value == Kexec.Running); kexec.Value = Kexec.Stopped; });
        Action("Sweep", () =>
        {
            Require(kexec.Value == Kexec.Stopped & Forall<Cpu, Page>((c, p) => !accepting[c, p]));
            Require("kexec.wait", phase.Value == Phase.Idle);
            kexec.Value = Kexec.Swept;
            Step("kexec.sweep", () => ForEach<Page>(p => If(memory[p] == Memory.Shared, () =>
                (memory[p], barred[p], use[p], published[p]) = (Memory.Private, false, Use.Leaked, false))));
        });
        Action("Start", () =>               // the successor has new page tables, and takes all accepted pages for its own
        {
            Require(kexec.Value == Kexec.Swept);
            (kexec.Value, phase.Value) = (Kexec.Started, Phase.Idle);
            ForEach<Page>(p =>
            {
                (pte[p], published[p]) = (Kind.Private, false);
                If(use[p] != Use.Unaccepted, () => use[p] = Use.Free);
                ForEach<Cpu>(c => tlb[c, p] = Kind.None);
            });
        });

        Operation("conversion", phase.Value != Phase.Idle);
        Invariant("AllocatorHasPrivatePages", Forall<Page>(p => use[p].In(Use.Free, Use.Data).Implies(memory[p] == Memory.Private)));

        void Flush(Use range) => ForEach<Cpu>(c => ForEach<Page>(p => If(use[p] == range, () => tlb[c, p] = Kind.None)));
    }
}
