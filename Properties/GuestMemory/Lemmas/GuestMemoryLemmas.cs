using System.Collections.Immutable;
using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

/// <summary>
/// What the proofs of <c>GuestMemorySafety</c> for any number of pages, frames, vCPUs, threads and pins rest on: together
/// with what is to be proved, these hold in the initial state and every step keeps them. A design declares only those that it needs.
/// </summary>
/// <remarks>
/// Written so that the solver has little to guess: where it matters which frame, "gmem[p] == f" with f bound, and an existential always
/// between the page and what else is bound (for every page there is a thread such that for every vCPU ..), so that the witness depends
/// on the page alone.
/// </remarks>
/// <param name="stronger">Also what a proof of the design can do without: see Stronger.cs.</param>
internal sealed partial class GuestMemoryLemmas(GuestMemoryModel m, bool stronger = false)
{
    // What the designs differ in.
    private readonly bool _attribute = m.Designation == Designation.Attribute;
    private readonly bool _sw = !m.Firmware;
    private readonly bool _pkvm = m.Platform == Platform.Pkvm;
    private readonly bool _honest = !m.Spurious;

    /// <summary>The firmware gives a frame back when the page's attribute changes, not only when it is punched.</summary>
    private readonly bool _reclaims = m.Separate && m.Designation == Designation.Attribute && m.Platform is Platform.Tdx or Platform.Cca;

    /// <summary>
    /// The proof needs that a conversion is one that a waiting vCPU asked for. (pKVM's EL2 asks the guest itself; without firmware and
    /// with separate frames it is enough that the entry is still mapped.)
    /// </summary>
    private readonly bool _waits = !m.Spurious && (stronger || m.Acceptance || (!m.Firmware && !m.Separate));

    /// <summary>A conversion to shared stores the attribute before the firmware gives the frame back.</summary>
    private readonly bool _storesFirst = !m.Separate && m.Firmware && m.Conversion.Precedes(Alias.Shared, ConversionStep.Store, ConversionStep.Reclaim);

    public void Declare()
    {
        Frames();
        Operations();
        HostMappings();
        SecondStage();
        Faults();
        if (m.Firmware)
        {
            Firmware();
        }
        else
        {
            NoFirmware();
        }

        GuestData();
        if (_honest)
        {
            HonestVmm();
            if (stronger)
            {
                DeclareStronger();
            }
        }
    }

    /// <summary>What an operation has done last, step by step, as State.cs and the operations' files tell.</summary>
    private static ImmutableArray<Done> Steps(OpKind kind) => kind switch
    {
        OpKind.Set => [Done.Zapped, Done.Flushed, Done.Reclaimed, Done.Settled],
        OpKind.Punch or OpKind.Discard => [Done.Zapped, Done.Flushed, Done.Unmapped, Done.Settled],
        OpKind.Fill => [Done.Zapped, Done.Flushed, Done.Settled],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no operation"),
    };

    /// <summary>
    /// A claim holds, or one thread is the reason that it does not. Without threads it holds. (The thread is chosen before the elements
    /// that the claim is about, so that in a proof it depends on none of them.)
    /// </summary>
    /// <param name="reason">The thread is the reason.</param>
    /// <param name="claim">The claim, given what it may fail for.</param>
    internal static Term<bool> HoldsUnless(Func<Term<Thread>, Term<bool>> reason, Func<Term<bool>, Term<bool>> claim) =>
        claim(false) | Exists<Thread>(t => claim(reason(t)));

    /// <summary>The thread's operation is of this kind and on this page.</summary>
    private Term<bool> On(Term<Thread> t, OpKind kind, Term<Page> p) => m.op[t].Kind == kind & m.op[t].Page == p;

    /// <summary>... and the last thing that it has done is between these two.</summary>
    private Term<bool> On(Term<Thread> t, OpKind kind, Term<Page> p, Done first, Done last)
    {
        var steps = Steps(kind);
        Done[] between = [.. steps[steps.IndexOf(first)..(steps.IndexOf(last) + 1)]];
        return between.Length == steps.Length ? On(t, kind, p) : On(t, kind, p) & m.op[t].Done.In(between);
    }

    /// <summary>The thread converts the page in place, has taken the one step (null: has begun) and not yet the other (null: not ended).</summary>
    private Term<bool> Converts(Term<Thread> t, Term<Page> p, ConversionStep? from, ConversionStep? until)
    {
        var (there, back) = (m.Conversion.Between(Alias.Private, from, until), m.Conversion.Between(Alias.Shared, from, until));
        return there.SequenceEqual(back)
            ? In(there, whole: from is null && until is null)
            : (In(there, whole: false) & m.op[t].To == Alias.Private) | (In(back, whole: false) & m.op[t].To == Alias.Shared);

        Term<bool> In(ImmutableArray<Done> between, bool whole) =>
            whole ? On(t, OpKind.Convert, p) : On(t, OpKind.Convert, p) & m.op[t].Done.In([.. between]);
    }

    /// <summary>... to this flavour.</summary>
    private Term<bool> Converts(Term<Thread> t, Term<Page> p, Alias to, ConversionStep? from, ConversionStep? until) =>
        On(t, OpKind.Convert, p) & m.op[t].Done.In([.. m.Conversion.Between(to, from, until)]) & m.op[t].To == to;

    /// <summary>... is decided and has yet to end.</summary>
    private Term<bool> Settled(Term<Thread> t, OpKind kind, Term<Page> p) => On(t, kind, p, Done.Settled, Done.Settled);
}
