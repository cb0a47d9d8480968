using Checker.Protocols.CcaRealm;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.CcaRealm;

/// <summary>The situations which must be possible.</summary>
internal static class CcaRealmReachability
{
    public static void Declare(CcaRealmModel m)
    {
        m.Scenario("FirstUse", ["...", "AskRam", "SetRam", "...", "CreateUnknown", "...", "Store"], Exists<Page>(p => m.data[p] != None));
        m.Scenario("InitialImage", ["...", "CreateMeasured", "Activate", "Touch"],
            Exists<Page, Frame>((p, f) => m.tlb[p] == f & m.data[p] == f));
        m.Scenario("RoundTrip", ["...", "Store", "Destroy", "UndelegateScrub", "...", "UndelegateOpen", "HostTouch"],
            Exists<Frame>(f => m.host[f]));
        m.Scenario("SecondLife", ["...", "Store", "Destroy", "AskRamAnyway", "...", "SetRam", "...", "Store"],
            Exists<Page>(p => m.data[p] != None));
        m.Scenario("Shares", ["Activate", "MapShared", "Touch", "...", "DestroyTable"], Forall<Page>(p => m.tlb[p] == None));
        m.Scenario("GivesUp", ["...", "Store", "AskEmpty", "SetEmpty"], Exists<Page>(p => m.ripas[p] == Ripas.Empty));
        m.Scenario("Tables", ["...", "TakeTable", "FreeTable"], Exists<Frame>(f => m.granule[f] == Granule.Delegated));
        m.Reachable("DestroyedWithFrame", Exists<Page>(p => m.rtt[p] != None & m.ripas[p] == Ripas.Destroyed));
    }
}
