using Checker.Model.Language;
using Checker.Protocols.PageLifecycle;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.PageLifecycle;

/// <summary>The situations which must never occur for a page. The first invariant is part of the model itself.</summary>
internal static class PageLifecycleSafety
{
    public static void Declare(PageLifecycleModel m, bool spurious)
    {
        m.Invariant("SecretStaysPrivate", Forall<Frame>(f =>
            m.secret[f].Implies(!m.mapped[f] & Exists<Page>(p => m.file[p] == f))));

        m.Invariant("NoSilentLoss", Forall<Page>(p =>
            (m.counts[p] & m.state[p].In(PageState.Private, PageState.Accepted))
                .Implies(Exists<Frame>(f => m.spte[p] == f & m.secret[f]))));

        m.Invariant("NoMappingOutlivesItsFrame", Forall<Page, Frame>((p, f) => (m.spte[p] == f).Implies(m.file[p] == f)));

        m.Invariant("FrameHasOneUse", Forall<Page, Page>((p, q) => (p != q).Implies(m.file[p] == None | m.file[p] != m.file[q])));

        if (!spurious)
        {
            m.Invariant("GuestSurvives", !m.dead.Value);
        }

        m.StepInvariant("NeverDirectlyPrivate", Forall<Page>(p =>
            (m.state[p] == PageState.Shared).Implies(Next(m.state[p]).In(PageState.Shared, PageState.Punched, PageState.Tainted))));

        m.StepInvariant("OnlyTheGuestUnshares", Forall<Page>(p =>
            (m.state[p] == PageState.Shared & m.spte[p] == None).Implies(Next(m.spte[p]) == None)));
    }
}
