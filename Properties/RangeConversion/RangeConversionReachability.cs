using Checker.Model.Language;
using Checker.Protocols.RangeConversion;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.RangeConversion;

/// <summary>The abilities of RangeConversion, without which its invariants would say nothing.</summary>
internal static class RangeConversionReachability
{
    public static void Declare(RangeConversionModel m)
    {
        m.Reachable("HugePrivate", Exists<Region>(r => m.huge[r] == (Term<Flavour>)Flavour.Private));
        m.Reachable("Mixed", Exists<Region>(r => m.mixed[r]));
        m.Reachable("PartDone", m.phase.Value == Phase.Asked & m.to.Value == Flavour.Private
            & Exists<Page, Page>((p, q) => p < q & m.view[p] == Flavour.Private & m.view[q] == Flavour.Shared & m.asked[q]));
        m.Reachable("RefusedForPin", m.phase.Value == Phase.Asked
            & Exists<Page>(p => m.asked[p] & m.pinned[p] & m.to.Value == Flavour.Private));
        m.Scenario("Split", ["Ask", "...", "End", "Return", "Fault", "Check", "Map", "Ask", "Begin", "Store", "End", "Return"],
            Exists<Page, Page>((p, q) => m.region[p] == m.region[q]
                & m.leaf[p] == (Term<Flavour>)Flavour.Private & m.attr[q] == Flavour.Shared));
        m.Scenario("RoundTrip", ["Ask", "...", "Return", "Fault", "Check", "Map", "Ask", "...", "Return", "Pin"],
            Exists<Page>(p => m.pinned[p] & m.view[p] == Flavour.Shared));
        m.Scenario("Retries", ["Fault", "...", "Check", "...", "Retry"], m.fault.Value == None);
        m.Scenario("GivesUp", ["Pin", "Ask", "Refuse", "Unpin"], m.phase.Value == Phase.Idle);
        m.Scenario("Fails", ["Ask", "Begin", "Fail"], m.phase.Value == Phase.Idle);
        m.Scenario("Mismatch", ["Fault", "Exit"], m.phase.Value == Phase.Idle);
    }
}
