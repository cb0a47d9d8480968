using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.GuestMemory.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>The uniqueness of a frame's place: one page of one store, or another use by the host.</summary>
    private void Frames()
    {
        // These are parts of the claim. The solver finds them sooner than the whole. With one store, the first is the whole claim.
        if (m.Separate)
        {
            m.Lemma(
                "GmInj",
                "FrameHasOneUse",
                "the private fd takes a frame only from the allocator, which hands out only frames that are in no page's place",
                Forall<Page, Page, Frame>((p, q, f) => (m.gmem[p] == f & m.gmem[q] == f).Implies(p == q)));

            m.Lemma(
                "ShInj",
                "FrameHasOneUse",
                "the backing of shared memory takes a frame only from the allocator, which hands out only frames that are in no page's "
                    + "place",
                Forall<Page, Page, Frame>((p, q, f) => (m.shm[p] == f & m.shm[q] == f).Implies(p == q)));

            m.Lemma("GmShDisj", "FrameHasOneUse", "the two stores take their frames from one allocator, so never the same one",
                Forall<Page, Page, Frame>((p, q, f) => !(m.gmem[p] == f & m.shm[q] == f)));
        }
        else
        {
            m.Lemma(
                "HostfDisj",
                "HostNeverReachesPrivate",
                "the allocator gives others no frame of guest memory, and guest memory no frame that others have",
                Forall<Page, Frame>((p, f) => m.hostf[f].Implies(m.gmem[p] != f)));
        }
    }
}
