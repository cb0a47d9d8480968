using Checker.Model.Language;
using Checker.Protocols.PageLifecycle;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.PageLifecycle;

/// <summary>
/// The lemmas for the proofs of PageLifecycle. A true property need not be inductive: it may hold in an unreachable state from
/// which a step breaks it. A lemma excludes such states. The lemmas and the properties together hold in the initial state (no
/// files, no mappings, no secrets), and each action keeps them, provided all of them hold before it.
/// </summary>
internal static class PageLifecycleLemmas
{
    public static void Declare(PageLifecycleModel m, bool inplace, bool spurious)
    {
        if (inplace)
        {
            m.Lemma(
                "SecretMapped",
                "SecretStaysPrivate",
                "the guest stores through its mapping, and a frame that leaves the mapping is wiped",
                Forall<Frame>(f => m.secret[f].Implies(Exists<Page>(p => m.spte[p] == f))));
        }

        if (!spurious)
        {
            m.Lemma("CountsAccepted", "GuestSurvives", "an honest VMM replaces no frame of a page on which the guest relies",
                Forall<Page>(p => m.counts[p].Implies(m.state[p] == PageState.Accepted)));
        }
    }
}
