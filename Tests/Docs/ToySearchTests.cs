using Checker.Composition.Protocols;
using Checker.Solver.Instance;
using Checker.Tests.Explicit;

namespace Checker.Tests.Docs;

public sealed class ToySearchTests
{
    [Theory]
    [InlineData("Counter", "Counter", "", "NoLostUpdate")]
    [InlineData("Counter", "Counter", "lock", "NoLostUpdate")]
    [InlineData("PageLifecycle", "separate,spurious", "", "SecretStaysPrivate")]
    [InlineData("PageLifecycle", "separate,honest", "punch.sanitise", "SecretStaysPrivate")]
    [InlineData("PageLifecycle", "inplace,honest", "map.revoked", "HostNeverReachesPrivate")]
    public void The_tutorials_checker_agrees_with_the_real_one(string protocol, string design, string dropped, string property)
    {
        var entry = Registry.Get(protocol);
        var system = entry.Build(entry.Designs.Single(d => d.ToString() == design))
            .Without(dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        system = system with { Properties = [.. system.Properties.Where(p => p.Name == property)] };
        var scope = new Scope(system, entry.BoundSorts.Zip(entry.DefaultBounds).ToDictionary(b => b.First, b => b.Second));

        var (states, trace) = ToySearch.Run(scope, system.Properties[0].Formula);
        var real = Explore.Run(scope);

        // The real one reports the number of states of a violation, and visits the whole level of the violation.
        Assert.Equal(real.FirstViolation?.Trace!.Length, trace?.Count + 1);
        Assert.True(trace is null ? states == real.Distinct : states <= real.Distinct);
        Assert.Equal(dropped.Length > 0, trace is not null);
    }
}
