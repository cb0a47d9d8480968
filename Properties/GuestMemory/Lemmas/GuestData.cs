using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.GuestMemory.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>The presence of the guest's stored data.</summary>
    private void GuestData()
    {
        if (!_pkvm || stronger)
        {
            m.Lemma(
                "OwesAccepted",
                "RefinesLifecycle",
                "the guest stores secrets only in pages that it has accepted, and forgets about them before it gives the page up",
                Forall<Page>(p => m.owes[p].Implies(m.guest[p] == View.Accepted)));
        }

        if (_sw && m.Spurious)
        {
            return;   // such a VMM can replace a frame at any time
        }

        if (m.Acceptance)
        {
            m.Lemma(
                "OwesData",
                "NoSilentCorruption",
                "a page's secret is in its frame as long as the guest has the frame: one that is put in its place is pending, "
                    + "and the guest does not accept a page twice",
                Forall<Page, Frame>((p, f) =>
                    (m.owes[p] & m.gmem[p] == f & m.own[f] == Owner.Validated).Implies(m.data[f] == Data.Secret)));
            return;
        }

        if (_attribute)
        {
            m.Lemma("OwesSome", "OwesData", "the frame in which the guest has stored something stays the page's",
                Forall<Page>(p => m.owes[p].Implies(m.gmem[p] != None)));
        }

        m.Lemma(
            "OwesData",
            "NoSilentCorruption",
            "a page's secret is in its frame, which is neither replaced nor overwritten while the guest relies on it",
            Forall<Page, Frame>((p, f) => (m.owes[p] & m.gmem[p] == f).Implies(
                _pkvm ? m.data[f] == Data.Secret & m.own[f] == Owner.Validated : m.data[f] == Data.Secret)));

        if (!m.Separate)
        {
            m.Lemma(
                "SecretGuest",
                _pkvm ? "SecretOwn" : "SecretBacked",
                "the guest publishes the contents of a page before it requests the page to be shared, "
                    + "so a secret is only in pages which it considers private",
                Forall<Page, Frame>((p, f) => (m.data[f] == Data.Secret & m.gmem[p] == f).Implies(m.guest[p] == View.Accepted)));
        }
    }
}
