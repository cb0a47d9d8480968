using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>The contents of trusted metadata, and their consequences.</summary>
    private void Firmware()
    {
        // With an honest VMM, AcceptedVal says the same: such a VMM leaves accepted pages alone.
        if (_pkvm || m.Spurious)
        {
            m.Lemma(
                "GtlbOwn",
                "SecretOwn",
                "the page walk caches a private entry only of a frame that the guest has, and TLBs are flushed before the firmware gives "
                    + "a frame back",
                Forall<Vcpu, Page, Frame>((v, p, f) => (m.gtlb[v, p, Alias.Private] == f).Implies(m.own[f] == Owner.Validated)));
        }

        m.Lemma(
            "SecretOwn",
            "SecretStaysPrivate",
            "the guest writes secrets only through private TLB entries, and a frame that the firmware gives back has been wiped, "
                + "or published by the guest",
            Forall<Frame>(f => (m.data[f] == Data.Secret).Implies(m.own[f] == Owner.Validated)));

        if (_pkvm)
        {
            if (_honest)
            {
                m.Lemma("NoPend", "GuestSurvives", "EL2 gives the guest a frame at once: there is nothing to accept",
                    Forall<Frame>(f => m.own[f] != Owner.Pending));
            }

            m.Lemma(
                "PunchConsent",
                "OwesSome",
                "EL2 lets the host punch only frames not owned by the guest, and during the punch no fault donates the frame",
                Forall<Thread, Page, Frame>((t, p, f) =>
                    (On(t, OpKind.Punch, p, Done.Zapped, Done.Unmapped) & m.gmem[p] == f).Implies(m.own[f] == Owner.Host)));
        }

        if (!m.Separate)
        {
            OwnPrivate();

            m.Lemma(
                "Reclaimed",
                "OwnPrivate",
                "a conversion to shared has the firmware give the frame back before it stores the attribute, "
                    + "and no fault gives it to the firmware again before the conversion ends",
                Forall<Thread, Page, Frame>((t, p, f) =>
                    (Converts(t, p, Alias.Shared, ConversionStep.Reclaim, ConversionStep.Store) & m.gmem[p] == f)
                        .Implies(m.own[f] == Owner.Host)));
        }
    }

    private void OwnPrivate()
    {
        if (!_storesFirst)
        {
            m.Lemma(
                "OwnPrivate",
                "HostNeverReachesPrivate",
                "the firmware is given frames of private pages alone, and has given them back when the page becomes shared",
                Forall<Page, Frame>((p, f) => (m.own[f] != Owner.Host & m.gmem[p] == f).Implies(m.attr[p] == Alias.Private)));
            return;
        }

        m.Lemma(
            "OwnPrivate",
            "HostNeverReachesPrivate",
            "the firmware is given frames of private pages alone, and gives them back before a conversion to shared ends",
            Forall<Page>(p =>
                HoldsUnless(t => Converts(t, p, Alias.Shared, ConversionStep.Store, ConversionStep.Reclaim), stored => Forall<Frame>(f =>
                (m.own[f] != Owner.Host & m.gmem[p] == f & m.attr[p] != Alias.Private).Implies(stored)))));
        m.Lemma(
            "StoredUnmapped",
            "HostNeverReachesPrivate",
            "no part of the host uses a formerly private frame, and while a conversion has the invalidate lock no user fault maps it",
            Forall<Thread, Page, Frame>((t, p, f) =>
                (Converts(t, p, Alias.Shared, ConversionStep.Store, ConversionStep.Reclaim) & m.gmem[p] == f).Implies(
                !UserMaps(p, f) & Forall<Pin>(k => m.pin[k] != f))));
        m.Lemma("StoredShared", _honest ? "AcceptedVal" : "OwnPrivate", "until a conversion ends, no other operation stores the attribute",
            Forall<Thread, Page>((t, p) =>
                Converts(t, p, Alias.Shared, ConversionStep.Store, ConversionStep.Reclaim).Implies(m.attr[p] == Alias.Shared)));
    }

    /// <summary>The case without trusted metadata. A secret is kept by its place alone.</summary>
    private void NoFirmware()
    {
        m.Lemma("NoOwn", "HostNeverReachesPrivate", "there is no firmware that could take a frame",
            Forall<Frame>(f => m.own[f] == Owner.Host));

        if (m.Separate || _honest)
        {
            m.Lemma("SecretBacked", "SecretStaysPrivate",
                m.Separate ? "the guest stores secrets in frames of the private fd, and a frame is wiped before it leaves that"
                    : "the guest stores secrets in frames of private pages; it publishes their contents before the page becomes shared, "
                        + "and a frame is wiped before it is freed",
                Forall<Frame>(f => (m.data[f] == Data.Secret).Implies(Exists<Page>(p =>
                    m.Separate ? m.gmem[p] == f : m.gmem[p] == f & m.attr[p] == Alias.Private))));
        }
    }
}
