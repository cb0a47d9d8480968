using Checker.Protocols.SnpRmp;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.SnpRmp;

/// <summary>The situations which must be possible.</summary>
internal static class SnpRmpReachability
{
    public static void Declare(SnpRmpModel m, bool spurious, bool hypervisor)
    {
        if (hypervisor)
        {
            m.Scenario("FirstUse", ["WriteRmp", "...", "Start", "...", "Validate", "...", "Store"], Exists<Page>(p => m.data[p] != None));
            m.Reachable("ReplacedPageIsInvalid", Exists<Page, Frame>((p, f) =>
                m.data[p] != None & m.data[p] != f & m.Reaches(p, f) & m.rmp[f] == Rmp.Invalid));
            return;
        }

        m.Scenario("FirstUse", ["...", "Fill", "...", "Prepare", "...", "Map", "...", "Validate", "...", "Store"],
            Exists<Page>(p => m.data[p] != None));
        if (!spurious)
        {
            m.Scenario("RoundTrip",
                ["...", "Store", "...", "Rescind", "...", "ServeEntry", "...", "Punch", "...", "ServeEntry", "...", "Store"],
                Exists<Page>(p => m.data[p] != None));
        }

        m.Scenario("InitialImage", ["Fill", "LaunchUpdate", "...", "Store"], Exists<Page>(p => m.data[p] != None));
        m.Reachable("SecondVcpu", Exists<Vcpu>(v => m.vmsa[v] != None));
        m.Reachable("Leaks", Exists<Frame>(f => m.place[f] == Place.Leaked & m.rmp[f].In(Rmp.Valid, Rmp.Invalid)));
        m.Reachable("FaultMeetsPunch", Exists<Vcpu, Frame>((v, f) => m.fault[v] == f & m.stale[v] & m.rmp[f] == Rmp.Hypervisor));
        if (spurious)
        {
            m.Reachable("ReplacedPageIsInvalid", Exists<Page, Frame>((p, f) =>
                m.data[p] != None & m.data[p] != f & m.Reaches(p, f) & m.rmp[f] == Rmp.Invalid));
        }
    }
}
