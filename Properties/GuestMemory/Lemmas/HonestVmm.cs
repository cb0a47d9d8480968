using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>A VMM which converts only on the guest's request, and a guest which waits for it.</summary>
    private void HonestVmm()
    {
        if (_pkvm && !stronger)
        {
            return;
        }

        m.Lemma(
            "FaultView",
            "ExitView",
            "a fault is of the flavour that the guest takes the page for: the guest changes its mind only when no vCPU has an access "
                + "under way",
            Forall<Vcpu, Page>((v, p) => (m.fault[v].Page == p).Implies(InGuestsView(p, m.fault[v].Alias))));

        m.Lemma(
            "ExitView",
            m.Acceptance ? "AcceptedSome" : "OwesMapped",
            "an exit requests the flavour of the guest's view, and the guest does not change its view until the vCPU is resumed",
            Forall<Vcpu, Page>((v, p) => (m.vcpu[v].Page == p).Implies(InGuestsView(p, m.vcpu[v].Alias))));

        m.Lemma(
            "FaultRuns",
            m.Acceptance ? "StillAsked" : "GtlbAsked",
            "a vCPU faults while it runs, and leaves with an exit only when the fault is over",
            Forall<Vcpu, Page>((v, p) => (m.fault[v].Page == p).Implies(m.vcpu[v].State == VcpuState.Run)));

        if (_waits)
        {
            m.Lemma(
                "StillAsked",
                m.Acceptance ? "AcceptedSome" : "OwesMapped",
                "the vCPU which requested a conversion is not resumed before the page has the requested flavour",
                Forall<Page>(p => Exists<Vcpu>(v => Forall<Thread>(t => Converting(t, p, to => Asks(v, p, to))))));
        }

        if (m.Acceptance)
        {
            m.Lemma(
                "AcceptedSome",
                "AcceptedVal",
                "an honest VMM takes no frame from, and converts no page of, a guest that did not ask for it",
                Forall<Page>(p => (m.guest[p] == View.Accepted).Implies(m.gmem[p] != None & m.IsPrivate(p))));

            m.Lemma("AcceptedVal", "GuestSurvives", "the frame that the guest accepted is still there, and still its own",
                Forall<Page, Frame>((p, f) => (m.guest[p] == View.Accepted & m.gmem[p] == f).Implies(m.own[f] == Owner.Validated)));

            if (_attribute)
            {
                m.Lemma(
                    "PunchUnaccepted",
                    "AcceptedSome",
                    "an honest VMM punches only shared pages, and the guest accepts nothing while there is no private entry",
                    Forall<Thread, Page>((t, p) =>
                        On(t, OpKind.Punch, p, Done.Zapped, Done.Unmapped).Implies(m.guest[p] != View.Accepted)));
            }
        }
        else
        {
            m.Lemma("OwesMapped", "RefinesLifecycle", "a page in which the guest has stored something stays mapped until the guest asks",
                Forall<Page>(p => m.owes[p].Implies(m.spte[p, Alias.Private] != None)));

            m.Lemma(
                "GtlbMapped",
                "OwesMapped",
                "while the guest considers a page private, its private entry is not zapped, so a TLB's copy of the entry is current",
                Forall<Vcpu, Page>((v, p) =>
                    (m.gtlb[v, p, Alias.Private] != None & m.guest[p] != View.Shared).Implies(m.spte[p, Alias.Private] != None)));

            m.Lemma(
                "GtlbAsked",
                "GtlbMapped",
                "once the guest has asked for a page to be shared, TLBs lose their private entries of it before the vCPU that asked is "
                    + "resumed",
                Forall<Page>(p => Exists<Vcpu>(w => Forall<Vcpu>(v =>
                    (m.gtlb[v, p, Alias.Private] != None & m.guest[p] == View.Shared).Implies(Asks(w, p, Alias.Shared))))));
        }
    }

    private Term<bool> InGuestsView(Term<Page> p, Term<Alias> a) => Define(p, a, (a == Alias.Private) == (m.guest[p] != View.Shared));

    /// <summary>The vCPU has left for the VMM and requests this flavour for the page.</summary>
    private Term<bool> Asks(Term<Vcpu> v, Term<Page> p, Term<Alias> a) => Define(v, p, a,
        m.vcpu[v].State != VcpuState.Run & m.vcpu[v].Page == p & m.vcpu[v].Alias == a);

    /// <summary>The condition for an operation which converts the page and has not yet stored the new flavour.</summary>
    private Term<bool> Converting(Term<Thread> t, Term<Page> p, Func<Term<Alias>, Term<bool>> then)
    {
        if (!_attribute)
        {
            return On(t, OpKind.Punch, p, Done.Zapped, Done.Unmapped).Implies(then(Alias.Shared))
                & On(t, OpKind.Fill, p, Done.Zapped, Done.Flushed).Implies(then(Alias.Private));
        }

        return m.Separate
            ? On(t, OpKind.Set, p, Done.Zapped, Done.Reclaimed).Implies(then(m.op[t].To))
            : (m.Conversion.ConvertsAgain
            ? Converts(t, p, null, ConversionStep.Store) & m.attr[p] != m.op[t].To
            : Converts(t, p, null, ConversionStep.Store)).Implies(then(m.op[t].To));
    }
}
