using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.Binding;

public readonly struct Slot : ISort;   // of a VM's memory; each covers the whole file
public readonly struct Page : ISort;   // of the private file

public enum Life { Open, Dying, Released }                        // Dying: the last reference is gone, the release has not run yet
public enum SlotState { Absent, Creating, Prepared, Ready, Deleting }
public enum Owner { Free, Punch, Failure, Populate }              // of the file's invalidate lock
public enum PunchStep { Idle, Locked, Unmapped, Truncated }
public enum FailureStep { Idle, Locked, Waiting, Unmapped }       // Locked: the folio; Waiting: for the invalidate lock

/// <summary>
/// The memory slots of a VM are bound to a private file. The file may die before its slots. A punch and the handling of a memory error
/// find the mappings to remove through the bindings. Locks: slots, then mmap, then invalidate, then folio.
/// </summary>
public sealed class BindingModel : Spec
{
    public readonly Var<Life> file = new();
    public readonly Var<Slot, SlotState> slot = new();
    public readonly Var<Slot, bool> named = new();               // the slot points to the file
    public readonly Var<Page, Option<Slot>> binding = new();     // in the file, by page
    public readonly Var<Slot, Page, bool> mapped = new();        // the guest reaches the page through the slot
    public readonly Var<Page, bool> present = new();             // the file has a frame at the page
    public readonly Var<Page, Option<Slot>> assigned = new();    // the firmware has the frame at the guest address of the slot
    public readonly Var<Slot, bool> fault = new();               // a vCPU handles a fault in the slot, and holds SRCU
    public readonly Var<bool> inprogress = new();                // an invalidation is in progress, so that no fault may map
    public readonly Var<Owner> inval = new();                    // the invalidate lock
    public readonly Var<Page, PunchStep> punch = new();
    public readonly Var<Page, FailureStep> failure = new();      // the handling of a memory error; unless idle, it holds the folio lock
    public readonly Var<bool> pinned = new();                    // populate has pinned its source page
    public readonly Var<bool> mmap = new();                      // a user's fault holds the mmap lock, and needs the invalidate lock

    public BindingModel()
    {
        Label("bind.ready", "a slot is bound only after it is complete");
        Label("bind.overlap", "a page of the file is bound to one slot only");
        Label("bind.store", "a slot is created only if its binding could be stored");
        Label("update.flag", "an update of a slot's flags cannot take the file from the slot");
        Label("delete.sync", "a slot is freed only after all faults in it have ended");
        Label("delete.zap", "deleting a slot removes its mappings");
        Label("fault.leave", "a fault which is repeated ends when its slot is being deleted");
        Label("unbind.dying", "a slot is unbound from a dying file as well");
        Label("unbind.lock", "the binding to a dying file is removed under the invalidate lock");
        Label("release.unbind", "the release of a file makes its slots forget the file");
        Label("map.retry", "a fault maps nothing while an invalidation is in progress");
        Label("map.assign", "a frame mapped at another guest address is assigned to that address");
        Label("punch.walk", "a punch removes the mappings of the slots to which the page is bound");
        Label("failure.trylock", "the handling of a memory error does not wait for the invalidate lock");
        Label("populate.pin", "the source page of a populate is pinned before the invalidate lock is taken");

        By("VMM");
        Action<Slot>("Create", s =>
        {
            Require(slot[s] == SlotState.Absent & NoSlotChanges());
            slot[s] = SlotState.Creating;
        });
        Action<Slot>("Prepare", s => { Require(slot[s] == SlotState.Creating); slot[s] = SlotState.Prepared; });
        Action<Slot>("Bind", s =>
        {
            Require(slot[s].In(SlotState.Creating, SlotState.Prepared) & file.Value == Life.Open & inval.Value == Owner.Free);
            Require("bind.ready", slot[s] == SlotState.Prepared);
            Require("bind.overlap", Forall<Page>(p => binding[p] == None));
            Attempt("bind.store", call: () => ForEach<Page>(p => binding[p] = s),
                then: () => { If(slot[s] == SlotState.Prepared, () => slot[s] = SlotState.Ready); named[s] = true; },
                failed: () => slot[s] = SlotState.Absent);
        });
        Action<Slot>("GiveUp", s => { Require(slot[s] == SlotState.Prepared); slot[s] = SlotState.Absent; });
        Action<Slot>("Update", s =>   // takes the file from a slot; refused
        {
            Require(slot[s] == SlotState.Ready & !fault[s] & NoSlotChanges());
            Step("update.flag", Unchanged, () => slot[s] = SlotState.Absent);
        });
        Action<Slot>("Delete", s =>
        {
            Require(slot[s] == SlotState.Ready & NoSlotChanges());
            slot[s] = SlotState.Deleting;
            Step("delete.zap", () => ForEach<Page>(p => mapped[s, p] = false));
        });
        Action<Slot>("Unbind", s =>
        {
            Require(slot[s] == SlotState.Deleting & (file.Value == Life.Dying | inval.Value == Owner.Free));
            Require("delete.sync", !fault[s]);
            Require("unbind.lock", inval.Value == Owner.Free);
            slot[s] = SlotState.Absent;
            If(file.Value == Life.Dying, () => Step("unbind.dying", Forget), Forget);

            void Forget()
            {
                named[s] = false;
                ForEach<Page>(p => If(binding[p] == s, () => binding[p] = None));
            }
        });
        Action("Close", () =>
        {
            Require(file.Value == Life.Open & inval.Value.In(Owner.Free, Owner.Failure) & !pinned.Value);
            file.Value = Life.Dying;
        });
        Action("PopulatePin", () => { Require(!pinned.Value & !mmap.Value & file.Value == Life.Open); pinned.Value = true; });
        Action("PopulateLock", () =>
        {
            Require(inval.Value == Owner.Free & file.Value == Life.Open);
            Require("populate.pin", pinned.Value);
            inval.Value = Owner.Populate;
        });
        Action("PopulateEnd", () =>
        {
            Require(inval.Value == Owner.Populate & (pinned.Value | !mmap.Value));
            (inval.Value, pinned.Value) = (Owner.Free, false);
        });
        Action("Touch", () => { Require(!mmap.Value); mmap.Value = true; });
        Action("TouchEnd", () => { Require(mmap.Value & inval.Value == Owner.Free); mmap.Value = false; });
        Action<Page>("PunchLock", p =>
        {
            Require(punch[p] == PunchStep.Idle & inval.Value == Owner.Free & file.Value == Life.Open);
            (inval.Value, punch[p]) = (Owner.Punch, PunchStep.Locked);
        });
        Action<Page>("PunchUnmap", p =>
        {
            Require(punch[p] == PunchStep.Locked);
            punch[p] = PunchStep.Unmapped;
            Invalidate(p);
        });
        Action<Page>("PunchTruncate", p =>
        {
            Require(punch[p] == PunchStep.Unmapped & failure[p] == FailureStep.Idle);   // it needs the folio lock
            (punch[p], present[p], assigned[p]) = (PunchStep.Truncated, false, None);
        });
        Action<Page>("PunchEnd", p =>
        {
            Require(punch[p] == PunchStep.Truncated);
            (punch[p], inval.Value) = (PunchStep.Idle, Owner.Free);
            If(binding[p] != None, () => inprogress.Value = false);
        });

        By("KVM");
        Action<Slot>("Fault", s => { Require(slot[s] == SlotState.Ready & !fault[s]); fault[s] = true; });
        Action<Slot, Page>("Map", (s, p) =>
        {
            Require(fault[s] & slot[s] == SlotState.Ready & file.Value == Life.Open & !mapped[s, p] & binding[p] == s);
            Require("map.retry", !inprogress.Value);
            (fault[s], mapped[s, p], present[p]) = (false, true, true);
            Step("map.assign", () => assigned[p] = s, () => If(assigned[p] == None, () => assigned[p] = s));
        });
        Action<Slot>("Leave", s => { Require(fault[s] & (slot[s] == SlotState.Ready | Has("fault.leave"))); fault[s] = false; });
        Action("Release", () =>
        {
            Require(file.Value == Life.Dying & inval.Value == Owner.Free & NoSlotChanges());
            file.Value = Life.Released;
            ForEach<Page>(p => (binding[p], present[p], assigned[p]) = (None, false, None));
            ForEach<Slot>(s => { Step("release.unbind", () => named[s] = false); ForEach<Page>(p => mapped[s, p] = false); });
        });

        By("memory failure");
        Action<Page>("FailLock", p =>
        {
            Require(failure[p] == FailureStep.Idle & present[p]);
            failure[p] = FailureStep.Locked;
        });
        Action<Page>("FailUnmap", p =>
        {
            Require(failure[p].In(FailureStep.Locked, FailureStep.Waiting) & inval.Value == Owner.Free);
            (failure[p], inval.Value) = (FailureStep.Unmapped, Owner.Failure);
            Invalidate(p);
        });
        Action<Page>("FailBusy", p =>   // gives the recovery up
        {
            Require(failure[p] == FailureStep.Locked & inval.Value != Owner.Free);
            Step("failure.trylock", () => failure[p] = FailureStep.Idle, () => failure[p] = FailureStep.Waiting);
        });
        Action<Page>("FailEnd", p =>
        {
            Require(failure[p] == FailureStep.Unmapped);
            (failure[p], inval.Value) = (FailureStep.Idle, Owner.Free);
            If(binding[p] != None, () => inprogress.Value = false);
        });

        Operation("invalidation", inprogress.Value);
        Invariant("MappedPageExists", Forall<Slot, Page>((s, p) => mapped[s, p].Implies(present[p] & slot[s] == SlotState.Ready)));

        Term<bool> NoSlotChanges() =>   // the slots lock is free
            Define(Forall<Slot>(t => slot[t].In(SlotState.Absent, SlotState.Ready)), "NoSlotChanges");

        void Invalidate(Term<Page> p)
        {
            If(binding[p] != None, () => inprogress.Value = true);
            Step("punch.walk", () => ForEach<Slot>(s => If(binding[p] == s, () => mapped[s, p] = false)));
        }
    }
}
