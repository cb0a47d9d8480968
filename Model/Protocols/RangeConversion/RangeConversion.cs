using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.RangeConversion;

/// <summary>A page of guest memory, 4 KB; pages are ordered by their gfn.</summary>
public readonly struct Page : IOrderedSort;

/// <summary>A region of guest memory that one huge entry can map, 2 MB.</summary>
public readonly struct Region : IOrderedSort;

public enum Flavour
{
    Shared,
    Private,
}

/// <summary>The progress of the guest's request.</summary>
public enum Phase
{
    Idle,
    Asked,      // the guest has asked; nothing is done yet, or a part is done and the guest has asked for the rest
    Begun,      // KVM has begun an invalidation, and has zapped the entries of the pages that it converts
    Stored,     // the new attribute is stored
    Returned,   // the invalidation has ended, and the guest learns which part is done
}

/// <summary>
/// A conversion of a range of pages (kvm_vm_set_mem_attributes, and KVM_SET_MEMORY_ATTRIBUTES2 in place), beside the faults of one vCPU and
/// pins of the host. Entries are huge or small. KVM may convert a first part of what the guest asks for, and the guest asks for the rest.
/// </summary>
public sealed class RangeConversionModel : Spec
{
    public readonly BlockMap<Page, Region> region = new();

    public readonly Var<Page, Flavour> attr = new();               // the attribute that KVM has stored
    public readonly Var<Region, bool> mixed = new();               // KVM_LPAGE_MIXED_FLAG: no huge entry
    public readonly Var<Page, Option<Flavour>> leaf = new();       // the small second-stage entry of the page
    public readonly Var<Region, Option<Flavour>> huge = new();     // the huge second-stage entry of the region
    public readonly Var<Page, bool> pinned = new();                // the host holds a long-term reference (FOLL_LONGTERM)
    public readonly Var<bool> lost = new();                        // the guest's data is gone from a page that stayed private
    public readonly Var<Page, Flavour> view = new();               // the guest's own idea of the page

    public readonly Var<Phase> phase = new();
    public readonly Var<Flavour> to = new();
    public readonly Var<Page, bool> asked = new();                 // the pages of the request that are not done
    public readonly Var<Page, bool> doing = new();                 // the pages of the conversion in progress

    public readonly Var<Option<Page>> fault = new();               // the page of the second-stage fault being handled
    public readonly Var<Flavour> wants = new();                    // the flavour of the access
    public readonly Var<bool> ready = new();                       // flavour and level are checked
    public readonly Var<bool> large = new();                       // a huge entry is chosen
    public readonly Var<bool> stale = new();                       // an invalidation has ended since the fault began (mmu_seq)

    public RangeConversionModel()
    {
        Label("begin.hull", "an invalidation covers every region with a page of the range, because a huge entry covers a region");
        Label("begin.check", "a conversion to private gives up before it changes anything if some page of the range is pinned");
        Label("zap.flavour", "entries that have the wanted flavour already are not zapped");
        Label("zap.huge", "a huge entry of the old flavour is removed if a page of its region is converted");
        Label("zap.split", "the pages of a removed huge entry that are not converted keep small entries");
        Label("store.mixed", "a region whose pages have different attributes is marked as mixed");
        Label("end.sequence", "the end of an invalidation makes every fault that began before it start again");
        Label("store.undo", "a failure in the middle of the range restores the attributes of the pages before it");
        Label("level.mixed", "a region that is marked as mixed gets no huge entry");
        Label("map.retry", "a fault starts again if its page is being converted, or if an invalidation has ended since the fault began");
        Label("pin.lock", "the host takes no new pin while a conversion is in progress");
        Label("guest.rest", "the guest asks again for the rest of a range of which a part is done");

        By("guest");
        ActionOnRange<Page, Flavour>("Ask", (range, flavour) =>
        {
            Require(phase.Value == Phase.Idle);
            (phase.Value, to.Value) = (Phase.Asked, flavour);
            ForEach<Page>(p => asked[p] = range.Contains(p));
        });
        Action("Return", () =>      // the hypercall returns, with the part that is done
        {
            Require(phase.Value == Phase.Returned);
            var rest = Exists<Page>(p => asked[p] & !doing[p]);
            ForEach<Page>(p => If(asked[p] & (doing[p] | !Has("guest.rest")), () => view[p] = to.Value));
            ForEach<Page>(p => asked[p] = asked[p] & !doing[p] & Has("guest.rest"));
            ForEach<Page>(p => doing[p] = false);
            If(rest & Has("guest.rest"), () => phase.Value = Phase.Asked, () => (phase.Value, to.Value) = (Phase.Idle, Flavour.Shared));
        });

        By("VMM");
        Action("Refuse", () =>      // EAGAIN, and nothing is changed
        {
            Require(phase.Value == Phase.Asked & to.Value == Flavour.Private & Exists<Page>(p => asked[p] & pinned[p]));
            Finish(Phase.Idle);
        });

        By("KVM");
        Action<Page>("Begin", until =>      // converts the pages of the request up to this one
        {
            Require(phase.Value == Phase.Asked & asked[until]);
            Require("begin.check", (to.Value == Flavour.Private).Implies(Forall<Page>(p => (asked[p] & p <= until).Implies(!pinned[p]))));
            phase.Value = Phase.Begun;
            ForEach<Page>(p => doing[p] = asked[p] & p <= until);
            Zap(p => asked[p] & p <= until);
        });
        Action("Store", () =>
        {
            Require(phase.Value == Phase.Begun);
            phase.Value = Phase.Stored;
            Step("store.mixed", () => ForEach<Region>(r => mixed[r] = Exists<Page, Page>((p, q) =>
                region[p] == r & region[q] == r & After(p) != After(q))));
            ForEach<Page>(p => If(doing[p], () => attr[p] = to.Value));
        });
        Action<Page>("Fail", at =>      // no memory for the attribute of this page
        {
            Require(phase.Value == Phase.Begun & doing[at]);
            Step("store.undo", () => { }, without: () => ForEach<Page>(p => If(doing[p] & p < at, () => attr[p] = to.Value)));
            Finish(Phase.Idle);
            If(fault.Value != None, () => stale.Value = true);
        });
        Action("End", () =>
        {
            Require(phase.Value == Phase.Stored);
            phase.Value = Phase.Returned;
            Step("end.sequence", () => If(fault.Value != None, () => stale.Value = true));
        });

        Action<Page, Flavour>("Fault", (p, flavour) =>
        {
            Require(fault.Value == None & leaf[p] == None & huge[region[p]] == None);
            (fault.Value, wants.Value) = (p, flavour);
        });
        Action<Page, bool>("Check", (p, isLarge) =>      // kvm_mmu_faultin_pfn: the flavour, and the level of the entry
        {
            Require(fault.Value == p & !ready.Value & attr[p] == wants.Value);
            Require("level.mixed", isLarge.Implies(!mixed[region[p]]));
            (ready.Value, large.Value) = (true, isLarge);
        });
        Action<Page>("Map", p =>
        {
            Require(fault.Value == p & ready.Value);
            Require("map.retry", !stale.Value & !InProgress(p));
            If(
                large.Value,
                () =>
                {
                    ForEach<Page>(q => If(region[q] == region[p], () => leaf[q] = None));
                    huge[region[p]] = wants.Value;
                },
                () => leaf[p] = wants.Value);
            EndFault();
        });
        Action<Page>("Retry", p => { Require(fault.Value == p & (stale.Value | InProgress(p))); EndFault(); });
        Action<Page>("Exit", p => { Require(fault.Value == p & !ready.Value & attr[p] != wants.Value); EndFault(); });

        By("host");
        Action<Page>("Pin", p =>
        {
            Require(!pinned[p] & attr[p] == Flavour.Shared);
            Require("pin.lock", !phase.Value.In(Phase.Begun, Phase.Stored));
            pinned[p] = true;
        });
        Action<Page>("Unpin", p => { Require(pinned[p]); pinned[p] = false; });

        Operation("conversion", phase.Value.In(Phase.Begun, Phase.Stored, Phase.Returned));

        // The attribute of a page after the conversion.
        Term<Flavour> After(Term<Page> p) => Cond(doing[p], to.Value, attr[p]);

        // The page is in the range, or in the hull of the range: a huge entry for the page would map a page of the range.
        Term<bool> InProgress(Term<Page> p) => Define(p, phase.Value.In(Phase.Begun, Phase.Stored)
            & Exists<Page>(q => doing[q] & (q == p | (Has("begin.hull") & region[q] == region[p]))));

        void Finish(Phase end)
        {
            (phase.Value, to.Value) = (end, Flavour.Shared);
            ForEach<Page>(p => (asked[p], doing[p]) = (false, false));
        }

        void EndFault() =>
            (fault.Value, wants.Value, ready.Value, large.Value, stale.Value) = (None, Flavour.Shared, false, false, false);

        void Zap(Func<Term<Page>, Term<bool>> range)
        {
            var splits = (Term<Page> p) => huge[region[p]] == Other() & Exists<Page>(q => range(q) & region[q] == region[p]);
            Step(
                "zap.flavour",
                () => ForEach<Page>(p => If(range(p) & leaf[p] == Other(), () => leaf[p] = None)),
                without: () => ForEach<Page>(p => If(range(p) & leaf[p] != None, () =>
                {
                    If(leaf[p] == to.Value & to.Value == Flavour.Private, () => lost.Value = true);
                    leaf[p] = None;
                })));
            Step("zap.huge", () =>
            {
                Step(
                    "zap.split",
                    () => ForEach<Page>(p => If(!range(p) & splits(p), () => leaf[p] = Other())),
                    without: () => ForEach<Page>(p => If(!range(p) & splits(p) & to.Value == Flavour.Shared, () => lost.Value = true)));
                ForEach<Region>(r => If(
                    huge[r] == Other() & Exists<Page>(q => range(q) & region[q] == r),
                    () => huge[r] = None));
            });
        }

        Term<Flavour> Other() => Cond<Flavour>(to.Value == Flavour.Private, Flavour.Shared, Flavour.Private);
    }
}
