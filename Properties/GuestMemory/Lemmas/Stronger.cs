using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

/// <content>
/// Lemmas which no design needs for its own proof. They show that a design does not need some label: the situation guarded
/// against cannot occur. Lemmas broken by a mutant are given up when it is tried.
/// </content>
internal sealed partial class GuestMemoryLemmas
{
    private void DeclareStronger()
    {
        m.Lemma(
            "FaultStaysRight",
            "MappingFollowsDesignation",
            "the check of a fault stays valid to its end: a page is converted only for a vCPU with a request, "
                + "and the guest makes requests only while no fault is in progress",
            Forall<Vcpu, Page>((v, p) =>
                (m.fault[v].Page == p & m.fault[v].Ok).Implies(m.IsPrivate(p) == (m.fault[v].Alias == Alias.Private))));

        if (m.Separate)
        {
            if (_attribute)
            {
                m.Lemma(
                    "PunchUncached",
                    "NoMappingOutlivesItsFrame",
                    "an honest VMM punches shared pages, of which no vCPU has a private entry, and none gets one meanwhile",
                    Forall<Thread, Page, Vcpu>((t, p, v) =>
                        On(t, OpKind.Punch, p).Implies(m.gtlb[v, p, Alias.Private] == None & m.spte[p, Alias.Private] == None)));
            }

            m.Lemma(
                "DiscardUncached",
                "NoMappingOutlivesItsFrame",
                "an honest VMM discards shared frames no longer used by private pages; no vCPU has a shared entry to them, "
                    + "and none gets one in the meantime",
                Forall<Thread, Page, Vcpu>((t, p, v) =>
                    On(t, OpKind.Discard, p).Implies(m.gtlb[v, p, Alias.Shared] == None & m.spte[p, Alias.Shared] == None)));
        }

        if (_attribute)
        {
            m.Lemma(
                "PunchHosts",
                "FirmwareOwnsOnlyBackedFrames",
                "an honest VMM punches shared pages, whose frames the firmware has given back when they were converted",
                Forall<Thread, Page, Frame>((t, p, f) => (On(t, OpKind.Punch, p) & m.gmem[p] == f).Implies(m.own[f] == Owner.Host)));
            if (_reclaims)
            {
                m.Lemma(
                    "SharedHosts",
                    "PunchHosts",
                    "a page that is shared has no frame that the firmware holds: it gave the frame back when the page was converted, "
                        + "and takes none while no private entry is made",
                    Forall<Page, Frame>((p, f) => (m.attr[p] == Alias.Shared & m.gmem[p] == f).Implies(m.own[f] == Owner.Host)));
                m.Lemma("SetReclaimed", "SharedHosts", "a change to shared has the firmware give the frame back before it is stored",
                    Forall<Thread, Page, Frame>((t, p, f) =>
                        (On(t, OpKind.Set, p, Done.Reclaimed, Done.Settled) & m.op[t].To == Alias.Shared & m.gmem[p] == f)
                            .Implies(m.own[f] == Owner.Host)));
            }

            if (!m.Separate)
            {
                m.Lemma(
                    "SharedNoSecret",
                    "SecretStaysPrivate",
                    "the guest publishes the contents of a page when it requests the page to be shared",
                    Forall<Page, Frame>((p, f) =>
                        ((m.guest[p] == View.Shared | m.attr[p] == Alias.Shared) & m.gmem[p] == f).Implies(m.data[f] != Data.Secret)));
                m.Lemma("PunchNoSecret", "SecretStaysPrivate", "an honest VMM punches only shared pages, and these contain no secret",
                    Forall<Thread, Page, Frame>((t, p, f) => (On(t, OpKind.Punch, p) & m.gmem[p] == f).Implies(m.data[f] != Data.Secret)));
            }
        }
    }
}
