using Checker.Model.Language;
using Checker.Protocols.GuestConversion;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.GuestConversion;

/// <summary>The situations which must be possible: a round trip, refusals with their error paths, and a successor kernel.</summary>
internal static class GuestConversionReachability
{
    public static void Declare(GuestConversionModel m)
    {
        string[] first = ["Claim", "Accept", "Allocate"];
        string[] share = [.. first, "Share", "ShareMark", "ShareFlush", "ShareAsk", "ShareDone"];
        m.Scenario("RoundTrip",
            [.. share, "Publish", "Unpublish", "Hide", "HideAsk", "HideMark", "HideFlush", "Release", "Allocate", "Touch", "Free"],
            Exists<Page>(p => m.use[p] == Use.Free));
        m.Scenario("RangeIsSharedHalfWay",
            [.. first, .. first, "Share", "Share", "ShareMark", "ShareFlush", "ShareAsk", "ShareAsk", "ShareUndo"],
            Exists<Page>(p => m.use[p] == Use.Leaked & m.memory[p] == Memory.Shared)
                & Exists<Page>(p => m.use[p] == Use.Leaked & m.memory[p] == Memory.Private));
        m.Scenario("HideRefused", [.. share, "Hide", "HideAsk", "HideUndo"], Exists<Page>(p => m.memory[p] == Memory.Shared));
        m.Scenario("Kexec", [.. share, "Stop", "Sweep", "Start", "Allocate"], m.kexec.Value == Kexec.Started);
        m.Reachable("StrayTouch", Exists<Cpu, Page>((c, p) => m.tlb[c, p] == Kind.Shared & m.use[p] == Use.Hidden));
    }
}
