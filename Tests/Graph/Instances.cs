using Checker.Composition.Protocols;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;

namespace Checker.Tests.Graph;

internal static class Instances
{
    /// <summary>A design at its protocol's default bounds.</summary>
    public static Scope Of(string protocol, string design, string dropped = "")
    {
        var entry = Registry.Get(protocol);
        var system = entry.Build(entry.Designs.Single(d => d.ToString() == design))
            .Without(dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        return new(system, entry.BoundSorts.Zip(entry.DefaultBounds).ToDictionary(b => b.First, b => b.Second));
    }

    public static StateSpace Space(Scope scope) => StateSpace.Explore(scope, cancellation: TestContext.Current.CancellationToken);
}
