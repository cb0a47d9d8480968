using Checker.Model.Language;
using Checker.Protocols.VmmDevices;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.VmmDevices;

/// <summary>The situations which must be possible: conversions in both directions with a device, and refusals.</summary>
internal static class VmmDevicesReachability
{
    public static void Declare(VmmDevicesModel m, bool inplace)
    {
        string[] use = ["Touch", "Find", "Pin", "Access", "Ask", "Unmap"];
        if (inplace)
        {
            m.Scenario("RoundTrip", [.. use, "Drain", "MakePrivate", "Reply", "Ask", "MakeShared", "Reply", "Find", "Pin", "Access"],
                Exists<Page>(p => m.told[p] == Kind.Shared & m.iommu[p] != None));
            m.Scenario("PinDelays", ["Touch", "Register", "Ask", "Unmap", "Drain", "TryAgain", "Refuse", "Halt", "Ask", "Unmap", "Drain",
                "MakePrivate", "Reply"], Exists<Page>(p => m.told[p] == Kind.Private));
        }
        else
        {
            m.Scenario("RoundTrip", [.. use, "MakePrivate", "Discard", "Reply", "Fill", "Ask", "MakeShared", "Punch", "Reply", "Touch",
                "Find", "Pin"], Exists<Page>(p => m.told[p] == Kind.Shared & m.iommu[p] != None));
        }

        m.Scenario("FailureIsTold", ["...", "MakePrivate", "Refuse"], Exists<Page>(p => m.told[p] == Kind.Shared & !m.asked[p]));
        m.Scenario("LookupIsLate", ["Touch", "Find", "Ask", "Unmap", "...", "MakePrivate", "Forget"],
            Exists<Page>(p => m.kind[p] == Kind.Private));
    }
}
