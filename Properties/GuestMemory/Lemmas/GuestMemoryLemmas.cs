using System.Collections.Immutable;
using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

/// <summary>
/// The lemmas for the proofs of <c>GuestMemorySafety</c> for any number of pages, frames, vCPUs, threads and pins. Together with
/// the properties to prove, they hold in the initial state, and every step keeps them. A design declares only those it needs.
/// </summary>
/// <remarks>
/// The formulas leave the solver little to guess. If the frame matters, they say "gmem[p] == f" with f bound. An existential
/// always stands between the page and the other bound variables (for every page there is a thread such that for every
/// vCPU ..). So the witness depends on the page alone.
/// </remarks>
/// <param name="stronger">True to add lemmas which the design's own proof does not need: see Stronger.cs.</param>
internal sealed partial class GuestMemoryLemmas(GuestMemoryModel m, bool stronger = false)
{
    // The differences between the designs.
    private readonly bool _attribute = m.Designation == Designation.Attribute;
    private readonly bool _sw = !m.Firmware;
    private readonly bool _pkvm = m.Platform == Platform.Pkvm;
    private readonly bool _honest = !m.Spurious;

    /// <summary>The firmware gives a frame back at a change of the page's attribute, and not only at a punch.</summary>
    private readonly bool _reclaims = m.Separate && m.Designation == Designation.Attribute && m.Platform is Platform.Tdx or Platform.Cca;

    /// <summary>
    /// The proof needs every conversion to be requested by a waiting vCPU. On pKVM it does not, because EL2 asks the guest itself.
    /// Without firmware and with separate frames, it is enough that the entry is still mapped.
    /// </summary>
    private readonly bool _waits = !m.Spurious && (stronger || m.Acceptance || (!m.Firmware && !m.Separate));

    /// <summary>A conversion to shared stores the attribute before the firmware gives the frame back.</summary>
    private readonly bool _storesFirst = !m.Separate
        && m.Firmware
        && m.Conversion.Precedes(Alias.Shared, ConversionStep.Store, ConversionStep.Reclaim);

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

    /// <summary>The progress of an operation, step by step, as defined in State.cs and in the files of the operations.</summary>
    private static ImmutableArray<Done> Steps(OpKind kind) => kind switch
    {
        OpKind.Set => [Done.Zapped, Done.Flushed, Done.Reclaimed, Done.Settled],
        OpKind.Punch or OpKind.Discard => [Done.Zapped, Done.Flushed, Done.Unmapped, Done.Settled],
        OpKind.Fill => [Done.Zapped, Done.Flushed, Done.Settled],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no operation"),
    };

    /// <summary>
    /// States that a claim holds unless one thread is the reason for its failure. Without threads it holds. The thread is chosen
    /// before the elements of the claim, so in a proof it depends on none of them.
    /// </summary>
    /// <param name="reason">The condition for a thread to be the reason.</param>
    /// <param name="claim">The claim, given its possible reason for failure.</param>
    internal static Term<bool> HoldsUnless(Func<Term<Thread>, Term<bool>> reason, Func<Term<bool>, Term<bool>> claim) =>
        claim(false) | Exists<Thread>(t => claim(reason(t)));

    /// <summary>The thread's operation is of this kind and on this page.</summary>
    private Term<bool> On(Term<Thread> t, OpKind kind, Term<Page> p) => m.op[t].Kind == kind & m.op[t].Page == p;

    /// <summary>The thread's operation is of this kind and on this page, and its latest progress is between these two.</summary>
    private Term<bool> On(Term<Thread> t, OpKind kind, Term<Page> p, Done first, Done last)
    {
        var steps = Steps(kind);
        Done[] between = [.. steps[steps.IndexOf(first)..(steps.IndexOf(last) + 1)]];
        return between.Length == steps.Length ? On(t, kind, p) : On(t, kind, p) & m.op[t].Done.In(between);
    }

    /// <summary>
    /// The thread converts the page in place. It has taken the one step (null: has begun) and not yet the other (null: not ended).
    /// </summary>
    private Term<bool> Converts(Term<Thread> t, Term<Page> p, ConversionStep? from, ConversionStep? until)
    {
        var (there, back) = (m.Conversion.Between(Alias.Private, from, until), m.Conversion.Between(Alias.Shared, from, until));
        return there.SequenceEqual(back)
            ? In(there, whole: from is null && until is null)
            : (In(there, whole: false) & m.op[t].To == Alias.Private) | (In(back, whole: false) & m.op[t].To == Alias.Shared);

        Term<bool> In(ImmutableArray<Done> between, bool whole) =>
            whole ? On(t, OpKind.Convert, p) : On(t, OpKind.Convert, p) & m.op[t].Done.In([.. between]);
    }

    /// <summary>The thread converts the page in place to this flavour, and is between the two steps.</summary>
    private Term<bool> Converts(Term<Thread> t, Term<Page> p, Alias to, ConversionStep? from, ConversionStep? until) =>
        On(t, OpKind.Convert, p) & m.op[t].Done.In([.. m.Conversion.Between(to, from, until)]) & m.op[t].To == to;

    /// <summary>The operation's outcome is fixed, and the operation has not ended.</summary>
    private Term<bool> Settled(Term<Thread> t, OpKind kind, Term<Page> p) => On(t, kind, p, Done.Settled, Done.Settled);
}
