using Checker.Model.Language;
using Checker.Protocols.TdxSept;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.TdxSept;

/// <summary>The situations which must be possible: a page's way in and out, refusals, and vCPUs that are asked to leave.</summary>
internal static class TdxSeptReachability
{
    public static void Declare(TdxSeptModel m, bool module)
    {
        if (module)
        {
            m.Scenario("RoundTrip",
                ["Charge", "Aug", "Enter", "Run", "Accept", "Store", "GiveUp", "Block", "Track", "Exit", "Remove", "Free"],
                Exists<Frame>(f => m.home[f] == Home.Host & !m.lines[f]));
            m.Scenario("RetryAfterKick", ["Charge", "Aug", "Enter", "Run", "Block", "Exit", "Block", "Track", "Remove", "Free", "Serve"],
                !m.hold.Value & !m.dead.Value);
            m.Scenario("BusyAddIsUndone", ["Enter", "Run", "Charge", "Aug"], !m.pamt.Value & Forall<Page>(p => m.mirror[p] == None));
            m.Reachable("FrameIsLost", Exists<Frame>(f => m.home[f] == Home.Lost));
            m.Reachable("RunsDuringRemoval",
                Exists<Vcpu, Page>((v, p) => m.mode[v] == Mode.Inside & m.old[v] & m.sept[p] == Entry.Tracked));
        }
        else
        {
            m.Scenario("RoundTrip", ["Map", "Enter", "Run", "Store", "Unmap", "Exit", "Free"],
                Exists<Frame>(f => m.home[f] == Home.Host & !m.lines[f]));
            m.Scenario("ServedBeforeEntry", ["Map", "Enter", "Run", "Store", "Exit", "Unmap", "Free", "Serve", "Enter", "Run"],
                Forall<Vcpu, Page>((v, p) => m.tlb[v, p] == None));
        }

        m.Scenario("CancelledEntry", ["...", "Enter", "...", "Cancel"], Exists<Vcpu>(v => m.request[v]));
    }
}
