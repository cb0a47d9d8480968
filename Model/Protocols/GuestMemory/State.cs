using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

/// <summary>A page of guest physical memory: one gfn, one index of the private fd, one hva.</summary>
public readonly struct Page : ISort;

/// <summary>A page frame of the host.</summary>
public readonly struct Frame : ISort;

public readonly struct Vcpu : ISort;

/// <summary>A host thread for system calls which change the layout of guest memory.</summary>
public readonly struct Thread : ISort;

/// <summary>A long-term reference to a frame (FOLL_LONGTERM): VFIO, io_uring, RDMA.</summary>
[Prefix("pin")]
public readonly struct Pin : ISort;

/// <summary>
/// The two addresses of a page. They differ in a stolen bit: the C-bit of SNP, the S-bit of TDX, the top bit of a CCA address.
/// </summary>
public enum Alias
{
    Private,
    Shared,
}

/// <summary>The owner of a frame according to trusted metadata.</summary>
public enum Owner
{
    /// <summary>The host may use it: no RMP assignment, no S-EPT leaf, granule undelegated.</summary>
    Host,

    /// <summary>Given to the guest but not yet accepted: RMP assigned but not validated, S-EPT PENDING, RIPAS not RAM.</summary>
    Pending,

    /// <summary>The guest's: RMP validated, S-EPT MAPPED, RIPAS RAM, or a pKVM page owned by the guest.</summary>
    Validated,
}

/// <summary>The contents of a frame.</summary>
public enum Data
{
    Zero,
    Host,
    Public,
    Secret,

    /// <summary>Ciphertext whose key is gone.</summary>
    Junk,
}

/// <summary>The guest's own view of a page.</summary>
public enum View
{
    Shared,
    Unaccepted,
    Accepted,
}

/// <summary>A second-stage fault being handled by KVM: struct kvm_page_fault.</summary>
public sealed class Fault : Record
{
    public Term<Option<Page>> Page { get => Get<Option<Page>>(); set => Set(value); }

    public Term<Alias> Alias { get => Get<Alias>(); set => Set(value); }

    /// <summary>The frame found by kvm_mmu_faultin_pfn.</summary>
    public Term<Option<Frame>> Frame { get => Get<Option<Frame>>(); set => Set(value); }

    /// <summary>The page's flavour was checked against the access.</summary>
    public Term<bool> Ok { get => Get<bool>(); set => Set(value); }

    /// <summary>mmu_invalidate_seq has advanced since the snapshot.</summary>
    public Term<bool> Stale { get => Get<bool>(); set => Set(value); }
}

public enum VcpuState
{
    Run,

    /// <summary>Left with KVM_EXIT_HYPERCALL, KVM_HC_MAP_GPA_RANGE: the guest requests a conversion.</summary>
    Map,

    /// <summary>Left with KVM_EXIT_MEMORY_FAULT: the access did not match.</summary>
    MemoryFault,
}

/// <summary>A vCPU: running, or left with an exit and waiting for the VMM.</summary>
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

/// <summary>The latest progress of an operation.</summary>
public enum Done
{
    Nothing,

    /// <summary>A conversion to private has taken the page out of the VMM's page table.</summary>
    Begun,

    /// <summary>A conversion to private has also flushed the page from the host's TLBs.</summary>
    HostFlushed,

    /// <summary>Invalidation has begun, and the second-stage entries are gone.</summary>
    Zapped,

    /// <summary>The guest's TLBs are flushed.</summary>
    Flushed,

    /// <summary>The host's own page-table entry is gone. Of a conversion: only if the unmap is a separate step.</summary>
    Unmapped,

    /// <summary>The firmware has given the frame back.</summary>
    Reclaimed,

    /// <summary>
    /// The outcome is fixed: the attribute is stored (or the conversion denied), or the frame is in place, or the frame is gone.
    /// </summary>
    Settled,

    /// <summary>The check found no user of the frame. Only if the check is a separate step.</summary>
    Checked,

    /// <summary>The attribute is stored. Only if storing is not the last step.</summary>
    Stored,
}

/// <summary>A system call of the VMM in progress.</summary>
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

    /// <summary>The vCPUs' cached copies of these entries.</summary>
    public readonly Var<Vcpu, Page, Alias, Option<Frame>> gtlb = new();

    public readonly RecordVar<Vcpu, Fault> fault = new();
    public readonly RecordVar<Vcpu, Exit> vcpu = new();
    public readonly RecordVar<Thread, Operation> op = new();

    // ---- frames ----

    public readonly Var<Frame, Owner> own = new();

    /// <summary>The page to which trusted metadata assigns the frame.</summary>
    public readonly Var<Frame, Option<Page>> gpa = new();

    public readonly Var<Frame, Data> data = new();

    /// <summary>The host uses the frame for another purpose.</summary>
    public readonly Var<Frame, bool> hostf = new();

    // ---- the host's access paths to a frame ----

    /// <summary>A user fault in progress: the folio found and held by it.</summary>
    public readonly Var<Page, Option<Frame>> ufault = new();

    /// <summary>The VMM's page-table entry for the page's hva.</summary>
    public readonly Var<Page, Option<Frame>> upte = new();

    /// <summary>The host TLBs' cached copies of this entry.</summary>
    public readonly Var<Page, Option<Frame>> utlb = new();

    public readonly Var<Pin, Option<Frame>> pin = new();

    // ---- the guest ----

    public readonly Var<Page, View> guest = new();

    /// <summary>The guest has stored a secret in the page and relies on finding it.</summary>
    public readonly Var<Page, bool> owes = new();

    /// <summary>The guest has taken a fatal fault.</summary>
    public readonly Var<bool> dead = new();

    /// <summary>The guest has read other data than it stored, without a fault.</summary>
    public readonly Var<bool> corrupt = new();

    // ---- predicates used by several actions ----

    public Term<bool> IsPrivate(Term<Page> p) =>
        Define(p, Designation == Designation.Hole ? gmem[p] != None : attr[p] == Alias.Private);

    /// <summary>An operation on the page has begun and not ended.</summary>
    public Term<bool> InProgress(Term<Page> p) => Define(p, Exists<Thread>(t => op[t].Kind != OpKind.Idle & op[t].Page == p));

    public Term<bool> Pinned(Term<Frame> f) => Define(f, Exists<Pin>(k => pin[k] == f));

    /// <summary>The frame has a reference besides the page cache's own.</summary>
    public Term<bool> Held(Term<Frame> f) => Define(f, Separate ? Pinned(f) : Pinned(f) | Exists<Page>(p => ufault[p] == f));

    /// <summary>The page allocator may hand the frame out.</summary>
    public Term<bool> Free(Term<Frame> f) => Define(f,
        !hostf[f] & !Held(f) & Forall<Page>(p => Separate ? gmem[p] != f & shm[p] != f : gmem[p] != f));

    private static Term<Alias> Other(Term<Alias> a) => Cond<Alias>(a == Alias.Private, Alias.Shared, Alias.Private);

    /// <summary>Takes the frame of the store at the page. If there is none, allocates a free frame, zeroed.</summary>
    private void FindOrAllocate(Var<Page, Option<Frame>> store, Term<Page> p, Term<Frame> f)
    {
        Require(store[p] == f | (store[p] == None & Free(f)));
        If(store[p] == None, () => data[f] = Data.Zero);
        store[p] = f;
    }
}
