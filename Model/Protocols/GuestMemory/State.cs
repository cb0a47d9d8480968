using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

/// <summary>A page of guest physical memory: one gfn, one index of the private fd, one hva.</summary>
public readonly struct Page : ISort;

/// <summary>A page frame of the host.</summary>
public readonly struct Frame : ISort;

public readonly struct Vcpu : ISort;

/// <summary>A host thread in a system call that changes the layout of guest memory.</summary>
public readonly struct Thread : ISort;

/// <summary>A long-term reference to a frame (FOLL_LONGTERM): VFIO, io_uring, RDMA.</summary>
[Prefix("pin")]
public readonly struct Pin : ISort;

/// <summary>The two addresses of a page, told apart by a stolen bit: the C-bit of SNP, the S-bit of TDX, the top bit of a CCA address.</summary>
public enum Alias
{
    Private,
    Shared,
}

/// <summary>To whom trusted metadata says a frame belongs.</summary>
public enum Owner
{
    /// <summary>The host may use it: no RMP assignment, no S-EPT leaf, granule undelegated.</summary>
    Host,

    /// <summary>Given to the guest, which has not accepted it: RMP assigned but not validated, S-EPT PENDING, RIPAS not RAM.</summary>
    Pending,

    /// <summary>The guest's: RMP validated, S-EPT MAPPED, RIPAS RAM, a pKVM page that the guest owns.</summary>
    Validated,
}

/// <summary>What is in a frame.</summary>
public enum Data
{
    Zero,
    Host,
    Public,
    Secret,

    /// <summary>Ciphertext under a key that is gone.</summary>
    Junk,
}

/// <summary>What the guest takes a page for.</summary>
public enum View
{
    Shared,
    Unaccepted,
    Accepted,
}

/// <summary>A second-stage fault that KVM is handling: struct kvm_page_fault.</summary>
public sealed class Fault : Record
{
    public Term<Option<Page>> Page { get => Get<Option<Page>>(); set => Set(value); }

    public Term<Alias> Alias { get => Get<Alias>(); set => Set(value); }

    /// <summary>What kvm_mmu_faultin_pfn found.</summary>
    public Term<Option<Frame>> Frame { get => Get<Option<Frame>>(); set => Set(value); }

    /// <summary>The page has been seen to be what the guest takes it for.</summary>
    public Term<bool> Ok { get => Get<bool>(); set => Set(value); }

    /// <summary>mmu_invalidate_seq has moved on since the snapshot.</summary>
    public Term<bool> Stale { get => Get<bool>(); set => Set(value); }
}

public enum VcpuState
{
    Run,

    /// <summary>Left with KVM_EXIT_HYPERCALL, KVM_HC_MAP_GPA_RANGE: the guest asks for a conversion.</summary>
    Map,

    /// <summary>Left with KVM_EXIT_MEMORY_FAULT: the access did not match.</summary>
    MemoryFault,
}

/// <summary>A vCPU: running, or out with an exit that waits for the VMM.</summary>
public sealed class Exit : Record
{
    public Term<VcpuState> State { get => Get<VcpuState>(); set => Set(value); }

    public Term<Option<Page>> Page { get => Get<Option<Page>>(); set => Set(value); }

    public Term<Alias> Alias { get => Get<Alias>(); set => Set(value); }
}

public enum OpKind
{
    Idle,
    Set,
    Punch,
    Fill,
    Discard,
    Convert,
}

/// <summary>The last thing that an operation has done.</summary>
public enum Done
{
    Nothing,

    /// <summary>A conversion to private has taken the page out of the VMM's page table.</summary>
    Begun,

    /// <summary>... and out of the host's TLBs.</summary>
    HostFlushed,

    /// <summary>Invalidation has begun; the second-stage entries are gone.</summary>
    Zapped,

    /// <summary>The guest's TLBs are flushed.</summary>
    Flushed,

    /// <summary>The host's own page-table entry is gone (of a conversion, where that is a step of its own).</summary>
    Unmapped,

    /// <summary>The firmware has given the frame back.</summary>
    Reclaimed,

    /// <summary>It is decided: the attribute is stored (or the conversion denied), the frame is there, or gone.</summary>
    Settled,

    /// <summary>Nobody was found to use the frame; where that is a step of its own.</summary>
    Checked,

    /// <summary>The attribute is stored; where that is not the last step.</summary>
    Stored,
}

/// <summary>A system call of the VMM under way.</summary>
public sealed class Operation : Record
{
    public Term<OpKind> Kind { get => Get<OpKind>(); set => Set(value); }

    public Term<Option<Page>> Page { get => Get<Option<Page>>(); set => Set(value); }

    public Term<Alias> To { get => Get<Alias>(); set => Set(value); }

    public Term<Done> Done { get => Get<Done>(); set => Set(value); }
}

public sealed partial class GuestMemoryModel
{
    // ---- KVM and guest_memfd ----

    /// <summary>The private fd: the frame at the page's index, or a hole.</summary>
    public readonly Var<Page, Option<Frame>> gmem = new();

    /// <summary>The shared backing behind the VMM's mapping; not in place.</summary>
    public readonly Var<Page, Option<Frame>> shm = new();

    /// <summary>KVM_MEMORY_ATTRIBUTE_PRIVATE; not in the hole design.</summary>
    public readonly Var<Page, Alias> attr = new();

    /// <summary>KVM's second-stage entries.</summary>
    public readonly Var<Page, Alias, Option<Frame>> spte = new();

    /// <summary>What vCPUs have cached of them.</summary>
    public readonly Var<Vcpu, Page, Alias, Option<Frame>> gtlb = new();

    public readonly RecordVar<Vcpu, Fault> fault = new();
    public readonly RecordVar<Vcpu, Exit> vcpu = new();
    public readonly RecordVar<Thread, Operation> op = new();

    // ---- frames ----

    public readonly Var<Frame, Owner> own = new();

    /// <summary>The page that trusted metadata names for the frame.</summary>
    public readonly Var<Frame, Option<Page>> gpa = new();

    public readonly Var<Frame, Data> data = new();

    /// <summary>The host uses the frame for something else.</summary>
    public readonly Var<Frame, bool> hostf = new();

    // ---- the host's ways to a frame ----

    /// <summary>A user fault under way: the folio that it found, and holds.</summary>
    public readonly Var<Page, Option<Frame>> ufault = new();

    /// <summary>The VMM's page-table entry for the page's hva.</summary>
    public readonly Var<Page, Option<Frame>> upte = new();

    /// <summary>What host TLBs have cached of it.</summary>
    public readonly Var<Page, Option<Frame>> utlb = new();

    public readonly Var<Pin, Option<Frame>> pin = new();

    // ---- the guest ----

    public readonly Var<Page, View> guest = new();

    /// <summary>The guest has stored a secret in the page and relies on it.</summary>
    public readonly Var<Page, bool> owes = new();

    /// <summary>The guest has taken a fatal fault.</summary>
    public readonly Var<bool> dead = new();

    /// <summary>The guest has read something other than what it stored, and no fault told it.</summary>
    public readonly Var<bool> corrupt = new();

    // ---- what several actors say of the state ----

    public Term<bool> IsPrivate(Term<Page> p) =>
        Define(p, Designation == Designation.Hole ? gmem[p] != None : attr[p] == Alias.Private);

    /// <summary>An operation on the page is between its begin and its end.</summary>
    public Term<bool> InProgress(Term<Page> p) => Define(p, Exists<Thread>(t => op[t].Kind != OpKind.Idle & op[t].Page == p));

    public Term<bool> Pinned(Term<Frame> f) => Define(f, Exists<Pin>(k => pin[k] == f));

    /// <summary>Somebody has a reference to the frame beyond the page cache's own.</summary>
    public Term<bool> Held(Term<Frame> f) => Define(f, Separate ? Pinned(f) : Pinned(f) | Exists<Page>(p => ufault[p] == f));

    /// <summary>The page allocator may hand the frame out.</summary>
    public Term<bool> Free(Term<Frame> f) => Define(f,
        !hostf[f] & !Held(f) & Forall<Page>(p => Separate ? gmem[p] != f & shm[p] != f : gmem[p] != f));

    private static Term<Alias> Other(Term<Alias> a) => Cond<Alias>(a == Alias.Private, Alias.Shared, Alias.Private);

    /// <summary>The frame that the store has at the page, or else a free one, zeroed.</summary>
    private void FindOrAllocate(Var<Page, Option<Frame>> store, Term<Page> p, Term<Frame> f)
    {
        Require(store[p] == f | (store[p] == None & Free(f)));
        If(store[p] == None, () => data[f] = Data.Zero);
        store[p] = f;
    }
}
