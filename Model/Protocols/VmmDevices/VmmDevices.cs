using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.VmmDevices;

public readonly struct Page : ISort;     // of the guest's memory
public readonly struct Frame : ISort;    // of the host's
public readonly struct Device : ISort;   // assigned to the guest

public enum Kind { Shared, Private }
public enum Duty { None, Unmapped, Drained, Converted, Opened, Finished, Again, Failed }   // the VMM's progress with a request

/// <summary>
/// A VMM converts pages while devices use the shared ones. VFIO maps a shared page into the IOMMU and pins its frame; a device caches
/// translations, which hold no pin. Separate: shared and private memory have different frames. In place: they have the same.
/// </summary>
public sealed class VmmDevicesModel : Spec
{
    public readonly Var<Page, Kind> kind = new();                 // as KVM sees the page
    public readonly Var<Page, Kind> told = new();                 // as the guest sees the page
    public readonly Var<Page, bool> asked = new();                // the guest waits for the answer to a request
    public readonly Var<Page, Duty> duty = new();
    public readonly Var<Page, Option<Frame>> memory = new();      // the frame of the shared memory; in place, of both
    public readonly Var<Page, Option<Frame>> hidden = new();      // the frame in the private file, if it is separate
    public readonly Var<Page, bool> mapped = new();               // the VMM's page table maps the shared memory
    public readonly Var<Page, Option<Frame>> found = new();       // the frame which VFIO has looked up, and not pinned yet
    public readonly Var<Page, Option<Frame>> iommu = new();       // the frame in the IOMMU's table, which VFIO has pinned
    public readonly Var<Device, Page, Option<Frame>> cached = new();   // in the IOMMU's TLB, or by the device itself (ATS)
    public readonly Var<Frame, bool> batched = new();             // a CPU's batch of new frames holds a reference
    public readonly Var<Option<Frame>> comms = new();             // the frame pinned as the communication page of a vCPU
    public readonly Var<bool> halted = new();                     // the vCPU has ended

    public VmmDevicesModel(bool inplace)
    {
        Label("private.unmap", "a page is unmapped from the IOMMU before it becomes private");
        Label("unmap.iotlb", "unmapping a page from the IOMMU drops the translations cached by devices");
        Label("convert.unmap", "in place, a page is unmapped from the VMM before it becomes private");
        Label("convert.drain", "the batches of new frames are drained before the references are counted");
        Label("convert.unpinned", "in place, a page becomes private only if no other part of the host has pinned its frame");
        Label("convert.failed", "the VMM goes on only if KVM has converted the page");
        Label("private.discard", "the shared memory of a page which became private is discarded");
        Label("discard.free", "discarding shared memory frees the frame, and not only the page-table entry");
        Label("shared.punch", "the private memory of a page which became shared is punched");
        Label("reply.result", "the guest is told of a failed conversion");
        Label("pin.recheck", "a frame is pinned only if it is still the frame of the shared page");
        Label("halt.unpin", "a vCPU which ends unpins its communication page");

        By("guest");
        Action<Page>("Ask", p => { Require(!asked[p]); asked[p] = true; });   // for the other kind
        if (inplace) Action<Page, Frame>("Register", (p, f) =>
        {
            Require(comms.Value == None & !halted.Value & kind[p] == Kind.Shared & memory[p] == f & duty[p] == Duty.None);
            comms.Value = f;
        });
        if (inplace) Action("Halt", () =>
        {
            Require(!halted.Value);
            halted.Value = true;
            Step("halt.unpin", () => comms.Value = None);
        });

        By("VMM");
        Action<Page>("BeginPrivate", p =>     // the VMM takes its devices off the page first
        {
            Require(asked[p] & kind[p] == Kind.Shared & duty[p] == Duty.None);
            duty[p] = Duty.Unmapped;
            Step("private.unmap", () =>
            {
                iommu[p] = None;
                Step("unmap.iotlb", () => ForEach<Device>(d => cached[d, p] = None));
            });
        });
        if (inplace) InPlace(); else Separate();
        Action<Page>("Reply", p =>
        {
            Require(duty[p] == Duty.Finished);
            (told[p], asked[p], duty[p]) = (Other(told[p]), false, Duty.None);
        });
        Action<Page>("Refuse", p =>
        {
            Require(duty[p].In(Duty.Failed, Duty.Again));
            (asked[p], duty[p]) = (false, Duty.None);
            Step("reply.result", Unchanged, () => told[p] = Other(told[p]));
        });

        By("host");
        Action<Page, Frame>("Touch", (p, f) =>   // by the VMM, or by the guest and KVM
        {
            Require(kind[p] == Kind.Shared & memory[p] == None & Unused(f));
            (memory[p], mapped[p]) = (f, true);
            if (inplace) batched[f] = true;
        });
        if (inplace) Action<Page>("MapAgain", p =>
        {
            Require(kind[p] == Kind.Shared & memory[p] != None & !mapped[p] & duty[p] != Duty.Drained);
            mapped[p] = true;
        });
        Action<Page, Frame>("Find", (p, f) =>    // VFIO looks up a frame
        {
            Require(kind[p] == Kind.Shared & memory[p] == f & duty[p] == Duty.None & found[p] == None & iommu[p] == None);
            found[p] = f;
        });
        Action<Page, Frame>("Pin", (p, f) =>
        {
            Require(found[p] == f);
            Require("pin.recheck", kind[p] == Kind.Shared & memory[p] == f & duty[p] == Duty.None);
            (found[p], iommu[p]) = (None, f);
        });
        Action<Page>("Forget", p => { Require(found[p] != None); found[p] = None; });

        By("device");
        Action<Device, Page, Frame>("Access", (d, p, f) => { Require(iommu[p] == f & cached[d, p] == None); cached[d, p] = f; });

        Operation("conversion", Exists<Page>(p => duty[p] != Duty.None));
        Invariant("DevicesReachSharedMemory", Forall<Page, Frame>((p, f) =>
            (iommu[p] == f | Exists<Device>(d => cached[d, p] == f)).Implies(kind[p] == Kind.Shared & memory[p] == f)));

        void Separate()
        {
            Action<Page>("MakePrivate", p =>
            {
                Require(duty[p] == Duty.Unmapped);
                Attempt("convert.failed", call: () => kind[p] = Kind.Private,
                    then: () => duty[p] = Duty.Converted, failed: () => duty[p] = Duty.Failed);
            });
            Action<Page>("Discard", p =>
            {
                Require(duty[p] == Duty.Converted);
                duty[p] = Duty.Finished;
                Step("private.discard", () => { mapped[p] = false; Step("discard.free", () => memory[p] = None); });
            });
            Action<Page>("MakeShared", p =>
            {
                Require(asked[p] & kind[p] == Kind.Private & duty[p] == Duty.None);
                Attempt("convert.failed", call: () => kind[p] = Kind.Shared,
                    then: () => duty[p] = Duty.Opened, failed: () => duty[p] = Duty.Failed);
            });
            Action<Page>("Punch", p =>
            {
                Require(duty[p] == Duty.Opened);
                duty[p] = Duty.Finished;
                Step("shared.punch", () => hidden[p] = None);
            });
            By("KVM");
            Action<Page, Frame>("Fill", (p, f) =>   // serves a private access of the guest
            {
                Require(kind[p] == Kind.Private & hidden[p] == None & Unused(f));
                hidden[p] = f;
            });
        }

        void InPlace()
        {
            Action<Page, Frame>("Drain", (p, f) =>
            {
                Require(duty[p] == Duty.Unmapped & memory[p] == f);
                duty[p] = Duty.Drained;
                Step("convert.unmap", () => mapped[p] = false);
                Step("convert.drain", () => batched[f] = false);
            });
            Action<Page, Frame>("MakePrivate", (p, f) =>
            {
                Require(duty[p] == Duty.Drained & memory[p] == f & !batched[f]);
                Require("convert.unpinned", iommu[p] == None & comms.Value != f);
                Attempt("convert.failed", call: () => kind[p] = Kind.Private,
                    then: () => duty[p] = Duty.Finished, failed: () => duty[p] = Duty.Failed);
            });
            Action<Page, Frame>("TryAgain", (p, f) =>   // KVM has found another reference
            {
                Require(duty[p] == Duty.Drained & memory[p] == f & (iommu[p] != None | comms.Value == f | batched[f]));
                duty[p] = Duty.Again;
            });
            Action<Page>("MakeShared", p =>
            {
                Require(asked[p] & kind[p] == Kind.Private & duty[p] == Duty.None);
                Attempt("convert.failed", call: () => kind[p] = Kind.Shared,
                    then: () => duty[p] = Duty.Finished, failed: () => duty[p] = Duty.Failed);
            });
        }

        Term<bool> Unused(Term<Frame> f) => Define(f, comms.Value != f
            & Forall<Page>(q => memory[q] != f & hidden[q] != f & iommu[q] != f), "Unused");

        static Term<Kind> Other(Term<Kind> k) => Cond<Kind>(k == Kind.Shared, Kind.Private, Kind.Shared);
    }
}
