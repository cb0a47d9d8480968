using Checker.Model.Catalogue;
using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory;

/// <summary>
/// The situations which must be possible in GuestMemory. They exclude a design that is safe because nothing happens in it.
/// </summary>
internal sealed class GuestMemoryReachability(GuestMemoryModel m)
{
    private static readonly string[] s_resume = ["Resume"];

    /// <summary>The actions which belong to a design but cannot occur in it.</summary>
    public static IReadOnlyDictionary<string, string> NeverFires(Design design)
    {
        var never = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!design.Is("sw,*,*,spurious"))
        {
            never["GuestRead"] = "it reads data which the guest never stored, and NoSilentCorruption excludes this";
        }

        if (design.Is("pkvm,*,*,*"))
        {
            never["FatalTouch"] = "a frame donated by EL2 belongs to the guest at once, so none is ever pending";
        }
        else if (design.Is("*,*,*,honest") && !design.Is("sw,*,*,*"))
        {
            never["FatalTouch"] = "an honest VMM replaces no accepted page";
        }

        if (design.Is("*,*,*,honest"))
        {
            never["FaultMismatch"] = "it needs a second vCPU: a single one waits in its own exit until the page has the requested flavour";
        }

        if (design.Is("*,hole,*,honest"))
        {
            never["FaultHole"] = "an honest VMM punches only pages which the guest has given up, and then no private access is in progress";
        }

        if (design.Is("pkvm,*,*,honest"))
        {
            never["ConvertDeny"] = "an honest VMM converts to shared only pages which the guest has shared";
        }

        return never;
    }

    public void Declare()
    {
        // Ways through the protocol, one of each kind.
        m.Scenario("StoresSecret", [.. ToPrivate, .. UsePrivate], Secret());
        m.Scenario("RoundTrip", [.. ToPrivate, .. UsePrivate, .. ToShared, .. HostFault, .. UseHost],
            Exists<Page, Frame>((p, f) => m.guest[p] == View.Shared & m.utlb[p] == f & m.data[f] == Data.Host));
        m.Scenario("SharesAtFirst", [.. Fault(Alias.Shared), "FillGuestTlb", "GuestWrite", .. m.Separate ? [] : HostFault, .. UseHost],
            Exists<Page, Frame>((p, f) => m.spte[p, Alias.Shared] == f & m.utlb[p] == f & m.data[f] == Data.Host));
        m.Scenario("HostReusesFrame", ["HostAlloc", "HostUse", "HostFree"], Exists<Frame>(f => m.data[f] == Data.Host & m.Free(f)));
        if (m.Separate)
        {
            m.Scenario(
                "DiscardsShared",
                [.. HostFault, .. ToPrivate, "DiscardBegin", "DiscardFlush", "DiscardUnmap", "DiscardFree", "DiscardEnd"],
                Forall<Page>(p => m.shm[p] == None & m.upte[p] == None));
            m.Reachable(
                "PinOutlivesDiscard",
                Exists<Pin, Frame>((k, f) => m.pin[k] == f & Forall<Page>(p => m.shm[p] != f & m.gmem[p] != f)));
        }
        else
        {
            m.Scenario("PinDelaysConversion", [.. HostFault, "TakePin", "PinWrite", "MapRequest",
                .. UntilChecked, "ConvertRefuse", "DropPin", .. Convert(Alias.Private)],
                Exists<Page, Frame>((p, f) => m.gmem[p] == f & m.attr[p] == Alias.Private));
            m.Reachable("PinBlocksConversion", Exists<Thread, Page, Frame>((t, p, f) =>
                m.op[t].Kind == OpKind.Convert
                    & m.op[t].Done == Before(Alias.Private, ConversionStep.Check)
                    & m.op[t].To == Alias.Private
                    & m.op[t].Page == p
                & m.gmem[p] == f & m.Pinned(f)));
        }

        // Every system call ends, and its thread is free for the next.
        foreach (var kind in Operations)
        {
            m.Reachable($"Completes({kind})", Exists<Thread>(t => m.op[t].Kind == kind & Next(m.op[t].Kind) == OpKind.Idle));
        }

        // Races for which the guards exist.
        m.Reachable(
            "FaultMeetsInvalidation",
            Exists<Vcpu, Page>((v, p) => m.fault[v].Page == p & m.fault[v].Frame != None & m.InProgress(p)));
        m.Reachable("FaultIsStale", Exists<Vcpu>(v => m.fault[v].Frame != None & m.fault[v].Stale));
        m.Reachable("ExitWaitsForConversion", Exists<Vcpu, Page>((v, p) => m.vcpu[v].Page == p & m.InProgress(p)));
        m.Reachable("MemoryRunsOut", Forall<Frame>(f => !m.Free(f)));

        // Situations after an attack.
        if (m.Spurious)
        {
            if (m.Acceptance)
            {
                m.Reachable("GuestNoticesReplacement", m.dead.Value);
            }

            if (m.Platform == Platform.Pkvm)
            {
                m.Reachable(
                    "HypervisorDenies",
                    Exists<Thread, Page>((t, p) =>
                        m.op[t].Kind == OpKind.Convert & m.op[t].Done == Before(Alias.Shared, ConversionStep.Reclaim)
                    & m.op[t].To == Alias.Shared & m.op[t].Page == p & m.guest[p] == View.Accepted));
            }
            else
            {
                m.Reachable("VmmTakesSecret", Exists<Page>(p => m.owes[p] & !m.IsPrivate(p)));
            }
        }
    }

    private OpKind[] Operations => m.Separate
        ? m.Designation == Designation.Hole
        ? [OpKind.Punch, OpKind.Fill, OpKind.Discard]
        : [OpKind.Set, OpKind.Punch, OpKind.Fill, OpKind.Discard]
        : [OpKind.Convert, OpKind.Punch, OpKind.Fill];

    internal Term<bool> Secret() =>
        Exists<Page, Frame>((p, f) => m.guest[p] == View.Accepted & m.owes[p] & m.gmem[p] == f & m.data[f] == Data.Secret);

    internal string[] ToPrivate =>
        ["MapRequest", .. m.Separate ? m.Designation == Designation.Hole ? Fill : Set : Convert(Alias.Private), .. s_resume];

    internal string[] ToShared => m.Separate && m.Designation == Designation.Hole
        ? ["MapRequest", .. Punch, .. s_resume]
        : ["MapRequest", .. m.Separate ? Set : Convert(Alias.Shared), .. s_resume, .. m.Separate ? Punch : []];

    internal string[] UsePrivate => [.. Fault(Alias.Private), "Accept", "FillGuestTlb", "GuestWrite"];

    internal string[] HostFault => m.Separate ? ["HostFault"] : ["HostFault", "HostFaultInstall"];

    internal static string[] UseHost => ["FillHostTlb", "HostWrite"];

    private string[] Fault(Alias a) =>
        ["FaultStart", "FaultCheck", a == Alias.Private || !m.Separate ? "FaultResolveGmem" : "FaultResolveShared", "FaultInstall"];

    private static string[] Set => ["SetBegin", "SetFlush", "SetReclaim", "SetStore", "SetEnd"];

    private static string[] Punch => ["PunchBegin", "PunchFlush", "PunchUnmapUser", "PunchFree", "PunchEnd"];

    private static string[] Fill => ["FillBegin", "FillFlush", "FillStore", "FillEnd"];

    private string[] Convert(Alias to) => [.. m.Conversion.Actions(to)];

    /// <summary>The actions of a conversion to private, up to the check for users of the frame.</summary>
    private string[] UntilChecked =>
        [.. m.Conversion.Actions(Alias.Private).TakeWhile(a => a != m.Conversion.ActionOf(ConversionStep.Check))];

    private Done Before(Alias to, ConversionStep step) => m.Conversion.Before(to, step)!.Value;
}
