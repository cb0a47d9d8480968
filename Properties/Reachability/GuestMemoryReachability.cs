using System.Collections.Immutable;
using Checker.Model.Protocols.GuestMemory;

namespace Checker.Properties.Reachability;

internal sealed class GuestMemoryReachability(GuestMemory m)
{
    public static IReadOnlyDictionary<string, string> NeverFires(Design design) => ImmutableDictionary<string, string>.Empty;

    public void Declare() => _ = m;
}
