using Checker.Model.Language;
using static Checker.Model.Language.Logic;
using static Checker.Protocols.SnpRmp.Rmp;

namespace Checker.Protocols.SnpRmp;

public readonly struct Page : ISort;    // of the guest's memory: a guest physical address
public readonly struct Frame : ISort;   // of the host's memory
public readonly struct Vcpu : ISort;

/// <summary>The state of a frame in the reverse map table (RMP). An assigned frame also has the address for which it is valid.</summary>
public enum Rmp
{
    Hypervisor,   // not assigned: the host may write to the frame
    Invalid,      // assigned to the guest, and not yet validated by it
    Valid,        // assigned and validated: the guest's private accesses reach the frame
    Firmware,     // kept by the firmware
}

public enum Place
{
    Free,
    File,         // backs a page of the guest
    Firmware,
    Leaked,       // could not be taken back, and is never used again
    LeakedTwice,  // is on the list of leaked frames twice, so the list is broken
}

public enum Use   // of a page, in the guest's own records
{
    None,         // shared, or not yet validated
    Memory,
    Vmsa,         // holds the registers of a vCPU, and is no memory
}

public enum Job
{
    None,
    Validate,
    Rescind,
}

/// <summary>
/// Private memory under AMD SEV-SNP. KVM assigns frames to addresses of the guest (RMPUPDATE); the guest validates each address
/// (PVALIDATE), once. The guest asks KVM to make a page shared or private with entries in a buffer which both can write.
/// </summary>
public sealed class SnpRmpModel : Spec
{
    public readonly Var<Frame, Rmp> rmp = new();
    public readonly Var<Frame, Option<Page>> gpa = new();        // the address for which the RMP has assigned the frame
    public readonly Var<Frame, bool> large = new();              // the RMP entry has 2M
    public readonly Var<Frame, Place> place = new();
    public readonly Var<Frame, bool> clean = new();              // holds nothing but the measured image and the guest's own data
    public readonly Var<Page, Option<Frame>> file = new();       // the frame at the page's index in the guest's private file
    public readonly Var<Frame, Option<Page>> prepared = new();   // the page for which KVM believes that the frame is assigned
    public readonly Var<Page, Option<Frame>> npt = new();        // the nested page table
    public readonly Var<Page, bool> shared = new();              // KVM's attribute
    public readonly Var<Option<Page>> entry = new();             // in the guest's buffer; None is an entry outside of the buffer
    public readonly Var<Option<Page>> request = new();           // KVM's copy of a checked entry
    public readonly Var<Page, Use> use = new();
    public readonly Var<Page, Option<Frame>> data = new();       // the frame in which the guest has stored its data of the page
    public readonly Var<Vcpu, Job> job = new();                  // the guest's own service is at work on the page `at`
    public readonly Var<Vcpu, Option<Page>> at = new();
    public readonly Var<Vcpu, Option<Frame>> vmsa = new();       // the frame with the registers of the vCPU, as cached by KVM
    public readonly Var<Vcpu, Option<Frame>> fault = new();      // the frame found by KVM for a fault of the vCPU
    public readonly Var<Vcpu, bool> stale = new();               // the frame was taken away since then
    public readonly Var<bool> started = new();                   // the initial image is finished, and the guest runs
    public readonly Var<Frame, Option<Page>> forged = new();     // an entry written by the host before the RMP is in use
    public readonly Var<bool> closed = new();                    // the host can no longer write to the RMP
    public readonly Var<bool> wild = new();                      // KVM has used an entry outside of the buffer
    public readonly Var<bool> warned = new();                    // KVM has reported an error of its own, which can take the host down

    /// <param name="spurious">True if the VMM may punch pages and move its file without a request of the guest.</param>
    /// <param name="hypervisor">True if the hypervisor itself is the attacker: it keeps no rule of its own.</param>
    public SnpRmpModel(bool spurious, bool hypervisor)
    {
        Label("validate.once", "the guest validates no page which is already validated");
        Label("validate.lock", "one vCPU at a time validates or rescinds a page: the record is read and written under a lock");
        Label("validate.result", "a failed PVALIDATE leaves the guest's record as it was");
        Label("validate.zero", "the guest wipes a page after it has validated it");
        Label("image.known", "the guest's record has the pages of the initial image, which are valid from the start");
        Label("vmsa.lock", "a page becomes a VMSA only while no vCPU validates or rescinds it");
        Label("vmsa.role", "a page which is a VMSA is not rescinded");

        By("guest");
        Action<Vcpu, Page>("BeginValidate", (v, p) =>     // looks at the record
        {
            Require(started.Value & job[v] == Job.None & !shared[p] & !Asked(p));
            Require("validate.once", use[p] == Use.None);
            Require("validate.lock", !AtWork(p));
            (job[v], at[v]) = (Job.Validate, p);
        });
        Action<Vcpu, Page, Frame>("Validate", (v, p, f) =>
        {
            Require(job[v] == Job.Validate & at[v] == p & Reaches(p, f) & rmp[f] == Invalid);
            (job[v], at[v]) = (Job.None, None);
            Attempt(
                "validate.result",
                call: () => { rmp[f] = Valid; Step("validate.zero", () => clean[f] = true); },
                then: () => use[p] = Use.Memory,
                failed: Unchanged,
                possible: !large[f]);   // the guest has tried 2M, and the frame has 4K
        });
        Action<Vcpu, Page>("BeginRescind", (v, p) =>
        {
            Require(started.Value & job[v] == Job.None & !AtWork(p) & use[p] != Use.None);
            if (hypervisor) Require(use[p] == Use.Memory);
            else Require("vmsa.role", use[p] == Use.Memory);
            (job[v], at[v]) = (Job.Rescind, p);
        });
        Action<Vcpu, Page, Frame>("Rescind", (v, p, f) =>
        {
            Require(job[v] == Job.Rescind & at[v] == p & Reaches(p, f) & rmp[f] == Valid);
            (job[v], at[v], rmp[f], use[p], data[p]) = (Job.None, None, Invalid, Use.None, None);
        });
        Action<Page, Frame>("Store", (p, f) =>
        {
            Require(started.Value & use[p] == Use.Memory & Reaches(p, f) & rmp[f] == Valid & data[p] == None);
            data[p] = f;
        });

        By("firmware");
        Action<Page, Frame>("LaunchUpdate", (p, f) =>     // adds a page to the measured initial image
        {
            Require(!started.Value & rmp[f] == Hypervisor & place[f] != Place.Free);
            Require(!Exists<Frame>(g => rmp[g] == Valid & gpa[g] == p));   // the guest's owner expects the page once
            if (hypervisor) Require(closed.Value);
            else { Require(file[p] == f); prepared[f] = p; }
            (rmp[f], gpa[f], clean[f]) = (Valid, p, true);
            Step("image.known", () => use[p] = Use.Memory);
        });
        Action("Start", () =>
        {
            Require(!started.Value);
            if (hypervisor) Require(closed.Value);
            started.Value = true;
        });

        if (hypervisor)
        {
            Label("init.reset", "the firmware writes all entries of the RMP after the host can no longer write to it");

            By("firmware");
            Action("InitRmp", () =>
            {
                Require(!closed.Value);
                closed.Value = true;
                Step("init.reset", Unchanged, () =>
                    ForEach<Frame>(f => If(forged[f] != None, () => (rmp[f], gpa[f]) = (Valid, forged[f]))));
            });

            By("hypervisor");
            Action<Page, Frame>("WriteRmp", (p, f) => { Require(!closed.Value & forged[f] == None); forged[f] = p; });
            Action<Page, Frame>("Assign", (p, f) =>
            {
                Require(started.Value);
                (rmp[f], gpa[f], place[f], clean[f]) = (Invalid, p, Place.File, false);
            });
            Action<Frame>("Take", f => { Require(place[f] == Place.Free); place[f] = Place.File; });
            Action<Page, Frame>("Remap", (p, f) => { Require(npt[p] != f); npt[p] = f; });
        }
        else
        {
            HostActions(spurious);
            if (!spurious) Requests();
        }
    }

    private void HostActions(bool spurious)
    {
        Label("prepare.rmp", "a frame which could not be assigned is not marked as prepared");
        Label("prepare.started", "before the initial image is finished, only the firmware assigns frames");
        Label("map.gpa", "KVM maps a frame only at the address for which it was prepared");
        Label("move.zap", "KVM unmaps a page whose frame moves to another address");
        Label("punch.zap", "KVM unmaps a page before its frame is taken back");
        Label("punch.vmsa", "a vCPU whose VMSA lies in a page is stopped before the frame is taken back");
        Label("punch.rmp", "a frame which could not be taken back is leaked and not freed");
        Label("smash.recheck", "KVM does not report a failed split of an entry which was taken away meanwhile");
        Label("firmware.taken", "frames kept by the firmware are taken from the allocator");
        Label("firmware.rmp", "a frame which the firmware does not give back is not freed");
        Label("leak.once", "a frame is put on the list of leaked frames by one function, and not again by its caller");

        By("guest");
        Action<Vcpu, Page, Frame>("CreateVcpu", (v, p, f) =>
        {
            Require(started.Value & vmsa[v] == None & job[v] == Job.None);
            Require(use[p] == Use.Memory & data[p] == None & Reaches(p, f) & rmp[f] == Valid);
            Require("vmsa.lock", !AtWork(p));
            (use[p], vmsa[v]) = (Use.Vmsa, f);
        });

        By("KVM");
        Action<Page, Frame>("Prepare", (p, f) =>          // RMPUPDATE, before the first use of a frame
        {
            Require(file[p] == f & prepared[f] != p);
            Require("prepare.started", started.Value);
            Attempt(
                "prepare.rmp",
                call: () => (rmp[f], gpa[f], large[f], clean[f]) = (Invalid, p, true, false),
                then: () => prepared[f] = p,
                failed: Unchanged);
        });
        Action<Page, Frame>("Map", (p, f) =>
        {
            Require(file[p] == f & prepared[f] != None & npt[p] == None);
            Require("map.gpa", prepared[f] == p);
            npt[p] = f;
        });
        Action<Vcpu, Frame>("Fault", (v, f) => { Require(fault[v] == None & prepared[f] != None & large[f]); fault[v] = f; });
        Action<Vcpu, Frame>("Smash", (v, f) =>            // splits a 2M entry of the RMP, to map 4K
        {
            Require(fault[v] == f);
            If(rmp[f] != Hypervisor, () => large[f] = false);
            Step("smash.recheck", () => If(rmp[f] == Hypervisor & !stale[v], Warn), () => If(rmp[f] == Hypervisor, Warn));
            (fault[v], stale[v]) = (None, false);
        });

        By("VMM");
        Action<Page, Frame>("Fill", (p, f) =>
        {
            Require(file[p] == None & place[f] == Place.Free & !shared[p]);
            (file[p], place[f]) = (f, Place.File);
        });
        Action<Page, Frame>("Punch", (p, f) =>
        {
            Require(file[p] == f);
            if (!spurious) Require(shared[p]);
            file[p] = None;
            prepared[f] = None;
            Step("punch.zap", () => npt[p] = None);
            Step("punch.vmsa", () => StopVcpus(f));
            ForEach<Vcpu>(v => If(fault[v] == f, () => stale[v] = true));
            Attempt(
                "punch.rmp",
                call: () => (rmp[f], gpa[f], large[f]) = (Hypervisor, None, false),
                then: () => place[f] = Place.Free,
                failed: () => place[f] = Place.Leaked);
        });
        if (spurious) Action<Page, Page, Frame>("Move", (p, q, f) =>   // deletes a slot, and creates it at another address
        {
            Require(p != q & file[p] == f & file[q] == None);
            (file[p], file[q]) = (None, f);
            Step("move.zap", () => npt[p] = None);
            StopVcpus(f);
        });

        By("firmware");
        Action<Frame>("TakeFrame", f =>
        {
            Require(place[f] == Place.Free);
            rmp[f] = Firmware;
            Step("firmware.taken", () => place[f] = Place.Firmware);
        });
        Action<Frame>("GiveBack", f =>
        {
            Require(place[f] == Place.Firmware);
            Attempt(
                "firmware.rmp",
                call: () => rmp[f] = Hypervisor,
                then: () => place[f] = Place.Free,
                failed: () => Step("leak.once", () => place[f] = Place.Leaked, () => place[f] = Place.LeakedTwice));
        });

        void Warn() => warned.Value = true;

        void StopVcpus(Term<Frame> f) => ForEach<Vcpu>(v => If(vmsa[v] == f, () => vmsa[v] = None));
    }

    /// <summary>Requests of the guest to change pages. A spurious VMM decides without them.</summary>
    private void Requests()
    {
        Label("psc.copy", "KVM uses its own checked copy of an entry which the guest can change");

        By("guest");
        Action<Page>("Ask", p =>                          // to change the page from private to shared, or back
        {
            Require(started.Value & use[p] == Use.None & !AtWork(p) & !Asked(p));
            entry.Value = p;
        });
        Action("Scribble", () => { Require(entry.Value != None); entry.Value = None; });

        By("KVM");
        Action<Page>("CheckEntry", p => { Require(request.Value == None & entry.Value == p); request.Value = p; });
        Action<Page>("ServeEntry", p =>
        {
            Require(request.Value == p);
            Step("psc.copy", () => Toggle(p), () => If(entry.Value == p, () => Toggle(p), () => wild.Value = true));
            (request.Value, entry.Value) = (None, None);
        });

        void Toggle(Term<Page> p) => shared[p] = !shared[p];
    }

    /// <summary>The guest's private accesses to the page reach the frame, if it is valid.</summary>
    public Term<bool> Reaches(Term<Page> p, Term<Frame> f) => Define(p, f, npt[p] == f & gpa[f] == p);

    /// <summary>A vCPU validates or rescinds the page.</summary>
    public Term<bool> AtWork(Term<Page> p) => Define(p, Exists<Vcpu>(w => at[w] == p));

    /// <summary>The guest has asked for the page to change, and waits.</summary>
    public Term<bool> Asked(Term<Page> p) => Define(p, entry.Value == p | request.Value == p);
}
