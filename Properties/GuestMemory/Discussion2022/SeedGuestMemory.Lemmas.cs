using Checker.Model.Language;
using Checker.Properties.GuestMemory.Lemmas;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Discussion2022;

internal sealed partial class SeedGuestMemory
{
    /// <summary>Declares the lemmas for the proofs of the claims, in addition to the design's own.</summary>
    private void Lemmas()
    {
        Lemma(
            "FaultView",
            "NothingMappedBeforeConversion",
            "a fault is of the flavour that the guest takes the page for: the guest changes its mind only when no vCPU has an access "
                + "under way",
            Forall<Vcpu, Page>((v, p) => (m.fault[v].Page == p).Implies((m.fault[v].Alias == Alias.Shared) == Sharing(p))));

        Lemma(
            "ExitView",
            "NothingMappedBeforeConversion",
            "an exit requests the flavour of the guest's view, and the guest does not change its view until the vCPU is resumed",
            Forall<Vcpu, Page>((v, p) => (m.vcpu[v].Page == p).Implies((m.vcpu[v].Alias == Alias.Shared) == Sharing(p))));

        if (m.Acceptance)
        {
            Lemma(
                "GtlbOwn",
                "OnlyAcceptedIsUsed",
                "the page walk caches a private entry only of a frame that the guest has, and TLBs are flushed before the firmware gives "
                    + "a frame back",
                Forall<Vcpu, Page, Frame>((v, p, f) => (m.gtlb[v, p, Alias.Private] == f).Implies(m.own[f] == Owner.Validated)));

            if (m.Platform != Platform.Snp || m.Designation == Designation.Hole || !m.Separate)
            {
                Lemma(
                    "CachedMapped",
                    "SecretMapped",
                    "a TLB has a private entry from KVM's, which only an operation takes away, and that flushes next",
                    Forall<Page>(p => GuestMemoryLemmas.HoldsUnless(t => Takes(t, p, Done.Zapped), taken => Forall<Vcpu, Frame>((v, f) =>
                        (m.gtlb[v, p, Alias.Private] == f).Implies(m.spte[p, Alias.Private] == f | taken)))));

                Lemma(
                    "SecretMapped",
                    "UnmappedIsDestroyed",
                    "a secret is written through a mapping, and the operation that takes the mapping away has the content destroyed "
                        + "before it ends",
                    Forall<Page>(p =>
                        GuestMemoryLemmas.HoldsUnless(
                            t => Takes(t, p, Done.Zapped, Done.Flushed, Done.Unmapped),
                            taken => Forall<Frame>(f =>
                        (m.gmem[p] == f & m.data[f] == Data.Secret).Implies(m.spte[p, Alias.Private] == f | taken)))));
            }
        }

        if (!m.Firmware && !m.Separate)
        {
            Lemma(
                "SecretInFile",
                "SecretIsNeverFree",
                "the guest stores secrets in frames of the private file, and a frame is wiped before it leaves that",
                Forall<Frame>(f => (m.data[f] == Data.Secret).Implies(Exists<Page>(p => m.gmem[p] == f))));
        }

        if (m.Separate && m.Designation == Designation.Attribute)
        {
            Lemma("OneSet", "SetDone", "slots_lock lets in one change of attributes at a time",
                Forall<Thread, Thread>((t, u) => (m.op[t].Kind == OpKind.Set & m.op[u].Kind == OpKind.Set).Implies(t == u)));

            Lemma(
                "SetDone",
                "ConversionsSucceed",
                "the attribute stored by a change stays until the change ends, because no other change can begin",
                Forall<Thread, Page>((t, p) => (Runs(t, OpKind.Set, p) & m.op[t].Done == Done.Settled).Implies(m.attr[p] == m.op[t].To)));
        }
    }

    /// <summary>Declares a lemma, unless the design already has it under the same name.</summary>
    private void Lemma(string name, string serves, string because, Term<bool> formula)
    {
        if (!_declared.Contains(name))
        {
            m.Lemma(name, serves, because, formula);
        }
    }

    /// <summary>The operation removes the private mapping of the page, and these are the possible values of its latest progress.</summary>
    private Term<bool> Takes(Term<Thread> t, Term<Page> p, params ReadOnlySpan<Done> done) => m.op[t].Page == p & m.op[t].Done.In(done)
        & (m.op[t].Kind == OpKind.Punch | (m.op[t].Kind.In(OpKind.Set, OpKind.Convert) & m.op[t].To == Alias.Shared));
}
