using Checker.Protocols.PkvmOwnership;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.PkvmOwnership;

/// <summary>The situations which must be possible.</summary>
internal static class PkvmOwnershipReachability
{
    public static void Declare(PkvmOwnershipModel m)
    {
        m.Scenario("FirstUse", ["...", "BeginAccess", "...", "BeginDonate", "...", "EndDonate", "...", "Store"],
            Exists<Page>(p => m.data[p] != None));
        m.Scenario("RoundTrip", ["...", "Store", "...", "Share", "...", "BeginAccess", "...", "BeginUnshare", "...", "EndUnshare", "Store"],
            Exists<Page>(p => m.data[p] != None));
        m.Scenario("Reclaims", ["...", "Store", "...", "ForceReclaim", "...", "BeginAccess"],
            Exists<Page>(p => m.guest[p] == Guest.Poisoned));
        m.Scenario("Ends", ["...", "Store", "...", "Die", "...", "ReclaimDying", "...", "BeginAccess"], Exists<Frame>(f => m.access[f]));
        m.Scenario("HypHasMemory", ["...", "BeginDonateHyp", "EndDonateHyp", "...", "ReturnHyp"], Forall<Frame>(f => !m.hyp[f]));
        m.Scenario("Lends", ["...", "CheckMessage", "Overwrite", "Lend", "Return"], Forall<Frame>(f => m.host[f] == Host.Owned));
        m.Reachable("BlockIsMapped", Forall<Frame>(f => m.pte[f] == Pte.Mapped));
        m.Reachable("HypHasStackAndDevice", Exists<Frame>(f => m.hyp[f]) & Exists<Frame>(f => m.device[f]));
    }
}
