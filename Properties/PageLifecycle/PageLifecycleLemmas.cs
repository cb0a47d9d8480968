using Checker.Model.Language;
using Checker.Protocols.PageLifecycle;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.PageLifecycle;

/// <summary>
/// The lemmas for the proofs of PageLifecycle. A true property need not be inductive: it may hold in an unreachable state from
/// which a step breaks it. A lemma excludes such states. These lemmas hold in the initial state (no files, no mappings, no
/// secrets). Each action keeps each of them, provided all of them hold before it.
/// </summary>
internal static class PageLifecycleLemmas
{
    public static void Declare(PageLifecycleModel m, bool inplace, bool spurious)
    {
        m.Lemma("OneFilePage", "FrameHasOneUse", "a hole is filled only with a frame that is nowhere in the file",
            Forall<Page, Page, Frame>((p, q, f) => (m.file[p] == f & m.file[q] == f).Implies(p == q)));

        m.Lemma("MapsTheFile", "NoMappingOutlivesItsFrame", "KVM maps only frames of the file, and unmaps them before they are punched",
            Forall<Page, Frame>((p, f) => (m.spte[p] == f).Implies(m.file[p] == f)));

        m.Lemma("HostOut", "HostNeverReachesPrivate",
            inplace ? "the host maps no frame that the guest has mapped, and the guest is given none that the host has mapped"
                : "the host maps no frame of the file, and the file takes none that the host has mapped",
            Forall<Page, Frame>((p, f) => m.mapped[f].Implies((inplace ? m.spte[p] : m.file[p]) != f)));

        m.Lemma("SecretMapped", "SecretStaysPrivate", "the guest stores through its mapping, and a frame that leaves the mapping is wiped",
            Forall<Frame>(f => m.secret[f].Implies(Exists<Page>(p => m.spte[p] == f))));

        m.Lemma(
            "UsableMapped",
            "NoSilentLoss",
            "a page is tainted from the moment that a frame is mapped, usable only after that, "
                + "and punched again when the frame is unmapped",
            Forall<Page>(p => m.state[p].In(PageState.Tainted, PageState.Private, PageState.Accepted).Implies(m.spte[p] != None)));

        m.Lemma(
            "CountedSecret",
            "NoSilentLoss",
            "the data on which the guest relies is in the page's frame: a replaced frame leaves the page tainted, "
                + "and the guest accepts no page on which it relies",
            Forall<Page, Frame>((p, f) =>
                (m.counts[p] & m.state[p].In(PageState.Private, PageState.Accepted) & m.spte[p] == f).Implies(m.secret[f])));

        if (!spurious)
        {
            m.Lemma("CountsAccepted", "Survives", "an honest VMM replaces no frame of a page on which the guest relies",
                Forall<Page>(p => m.counts[p].Implies(m.state[p] == PageState.Accepted)));

            m.Lemma(
                "Survives",
                "GuestSurvives",
                "only a tainted page on which the guest relies kills it, and there is no such page",
                !m.dead.Value);
        }
    }
}
