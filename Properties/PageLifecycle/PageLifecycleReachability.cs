using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.Refinement;
using Checker.Protocols.PageLifecycle;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.PageLifecycle;

/// <summary>The situations which must be possible for a page: every edge of its life, and sequences of edges.</summary>
internal static class PageLifecycleReachability
{
    public static IReadOnlyDictionary<string, string> NeverFires(Design design) => design.Is("*,honest")
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Touch"] = "an honest VMM replaces no page on which the guest relies",
        }
        : ImmutableDictionary<string, string>.Empty;

    public static void Declare(PageLifecycleModel m, bool inplace, bool spurious)
    {
        foreach (var edge in Edges.Of(m.Build()))
        {
            m.Reachable($"Takes({edge})", Exists<Page>(p => m.state[p] == edge.From & Next(m.state[p]) == edge.To));
        }

        string[] use = ["Unshare", "Fill", "Map", "Accept", "Store"];
        if (inplace)
        {
            m.Scenario("RoundTrip", [.. use, "Share", "Convert", "HostMap", "HostUnmap", "Unshare", "Map", "Accept"],
                Exists<Page>(p => m.state[p] == PageState.Private));
        }
        else
        {
            m.Scenario("RoundTrip", [.. use, "Share", "Punch", "HostMap"], Exists<Frame>(f => m.mapped[f] & !m.secret[f]));
        }

        m.Scenario("InitialImage", ["Unshare", "Fill", "Donate", "Store"], Exists<Page>(p => m.state[p] == PageState.Accepted));
        if (spurious)
        {
            m.Scenario("ReplacedPageKills", [.. use, "Punch", "Fill", "Map", "Touch"], m.dead.Value);
        }
    }
}
