using Checker.Model.Language;
using Checker.Protocols.VmmDevices;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.VmmDevices;

/// <summary>The situations which must be possible: conversions in both directions with a device, and refusals.</summary>
internal static class VmmDevicesReachability
{
    public static void Declare(VmmDevicesModel m, bool inplace)
    {
        string[] use = ["Touch", "Find", "Pin", "Access", "Ask", "BeginPrivate"];
        if (inplace)
        {
            m.Scenario("RoundTrip", [.. use, "Drain", "MakePrivate", "Reply", "Ask", "MakeShared", "Reply", "Find", "Pin", "Access"],
                Exists<Page>(p => m.told[p] == Kind.Shared & m.iommu[p] != None));
            string[] ask = ["Ask", "BeginPrivate", "Drain"];
            m.Scenario("PinDelays", ["Touch", "Register", .. ask, "TryAgain", "Refuse", "Halt", .. ask, "MakePrivate", "Reply"],
                Exists<Page>(p => m.told[p] == Kind.Private));
        }
        else
        {
            m.Scenario("RoundTrip", [.. use, "MakePrivate", "Discard", "Reply", "Fill", "Ask", "MakeShared", "Punch", "Reply", "Touch",
                "Find", "Pin"], Exists<Page>(p => m.told[p] == Kind.Shared & m.iommu[p] != None));
        }

        m.Scenario("FailureIsTold", ["...", "MakePrivate", "Refuse"], Exists<Page>(p => m.told[p] == Kind.Shared & !m.asked[p]));
        m.Scenario("LookupIsLate", ["Touch", "Find", "Ask", "BeginPrivate", "...", "MakePrivate", "Forget"],
            Exists<Page>(p => m.kind[p] == Kind.Private));
    }
}
