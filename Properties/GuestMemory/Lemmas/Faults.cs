using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>
    /// The knowledge of a fault in flight. It is still true, or it was made false by an operation which has not ended and which will
    /// mark the fault stale.
    /// </summary>
    private void Faults()
    {
        m.Lemma("FaultIdle", "FaultMatches", "a fault that is over leaves nothing behind, so the next one starts unchecked",
            Forall<Vcpu>(v => m.fault[v].Ok.Implies(m.fault[v].Page != None)));

        m.Lemma("FaultOk", "FaultFrameP", "a fault looks a frame up only after it has checked the page's flavour",
            Forall<Vcpu, Frame>((v, f) => (m.fault[v].Frame == f).Implies(m.fault[v].Ok)));

        m.Lemma(
            "FaultMatches",
            "SpteP",
            "the flavour checked by a fault stays valid, except between a conversion's store and its end: the end marks the fault stale, "
                + "and until then no fault installs anything",
            Forall<Page>(p => HoldsUnless(t => Stored(t, p), stored => Forall<Vcpu>(v =>
                (Fresh(v, p) & m.IsPrivate(p) != (m.fault[v].Alias == Alias.Private)).Implies(stored)))));

        m.Lemma(
            "FaultFrameP",
            "SpteP",
            "the frame that a fault has found stays the page's, except between a punch's free and its end, which marks the fault stale",
            Forall<Page>(p => HoldsUnless(t => Settled(t, OpKind.Punch, p), freed => Forall<Vcpu, Frame>((v, f) =>
                (m.Separate
                    ? Found(v, p, f) & m.fault[v].Alias == Alias.Private & m.gmem[p] != f
                    : Found(v, p, f) & m.gmem[p] != f).Implies(freed)))));

        if (m.Separate)
        {
            m.Lemma(
                "FaultFrameS",
                "SpteS",
                "the frame that a shared fault has found stays the page's, except between a discard's free and its end, "
                    + "which marks the fault stale",
                Forall<Page>(p => HoldsUnless(t => Settled(t, OpKind.Discard, p), freed => Forall<Vcpu, Frame>((v, f) =>
                    (Found(v, p, f) & m.fault[v].Alias == Alias.Shared & m.shm[p] != f).Implies(freed)))));
        }
    }

    /// <summary>The vCPU's fault on the page has passed the check, and no invalidation has been counted since its snapshot.</summary>
    private Term<bool> Fresh(Term<Vcpu> v, Term<Page> p) => Define(v, p, m.fault[v].Page == p & m.fault[v].Ok & !m.fault[v].Stale);

    private Term<bool> Found(Term<Vcpu> v, Term<Page> p, Term<Frame> f) => Fresh(v, p) & m.fault[v].Frame == f;

    /// <summary>The thread's operation has just changed the page's flavour.</summary>
    private Term<bool> Stored(Term<Thread> t, Term<Page> p) => Define(t, p,
        !m.Separate ? Converts(t, p, ConversionStep.Store, null)
        : _attribute ? Settled(t, OpKind.Set, p)
        : Settled(t, OpKind.Punch, p) | Settled(t, OpKind.Fill, p));
}
