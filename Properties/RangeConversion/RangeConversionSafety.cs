using Checker.Protocols.RangeConversion;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.RangeConversion;

/// <summary>The invariants of RangeConversion.</summary>
internal static class RangeConversionSafety
{
    public static void Declare(RangeConversionModel m)
    {
        m.Invariant("HugeEntryMatches", Forall<Page>(p => m.huge[m.region[p]] == None | m.huge[m.region[p]] == m.attr[p]));
        m.Invariant("SmallEntryMatches", Forall<Page>(p => m.leaf[p] == None | m.leaf[p] == m.attr[p]));
        m.Invariant("MixedIsMarked", Forall<Page, Page>((p, q) =>
            (m.region[p] == m.region[q] & !m.mixed[m.region[p]]).Implies(m.attr[p] == m.attr[q])));
        m.Invariant("PrivateIsNotPinned", Forall<Page>(p => m.pinned[p].Implies(m.attr[p] == Flavour.Shared)));
        m.Invariant("NoDataLost", !m.lost.Value);
        m.Invariant("GuestAgrees", (m.phase.Value == Phase.Idle).Implies(Forall<Page>(p => m.view[p] == m.attr[p])));
    }
}
