using Checker.Protocols.TdxSept;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.TdxSept;

/// <summary>The situations which must never occur in the second stage. The first invariant is part of the model itself.</summary>
internal static class TdxSeptSafety
{
    public static void Declare(TdxSeptModel m, bool module)
    {
        m.Invariant("FreeFrameIsClean", Forall<Frame>(f => (m.home[f] == Home.Host).Implies(!m.lines[f])));

        m.Invariant("EntryIsKnown", Forall<Page, Frame>((p, f) =>
            (m.leaf[p] == f).Implies(m.mirror[p] == f & m.home[f] == Home.Guest)));

        m.Invariant("FrameHasOnePage", Forall<Page, Page, Frame>((p, q, f) => (p != q & m.mirror[p] == f).Implies(m.mirror[q] != f)));

        m.Invariant("MirrorIsTrue", Forall<Page, Frame>((p, f) =>
            (m.mirror[p] == f & m.stage[p] == Stage.Idle).Implies(m.leaf[p] == f)));

        m.Invariant("GuestFrameIsKnown", Forall<Frame>(f => (m.home[f] == Home.Guest).Implies(Exists<Page>(p => m.mirror[p] == f))));

        if (!module)
        {
            return;
        }

        m.Invariant("NeverRefused", !m.dead.Value);

        m.Invariant("NoSilentLoss", Forall<Page>(p => (m.relies[p] & m.sept[p] == Entry.Mapped).Implies(!m.zeroed[p])));

        m.StepInvariant("NewPageIsAccepted", Forall<Page>(p => (m.sept[p] == Entry.Free).Implies(Next(m.sept[p]) != Entry.Mapped)));

        m.Invariant("MetadataCoversFrame", Forall<Page, Frame>((p, f) => (m.leaf[p] == f).Implies(m.charged[f] & m.pamt.Value)));

        m.Invariant("MetadataIsReturned", Forall<Frame>(f => m.charged[f].Implies(m.home[f] == Home.Guest))
            & m.pamt.Value.Implies(Exists<Frame>(f => m.charged[f])));
    }
}
