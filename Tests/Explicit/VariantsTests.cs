using Checker.Composition.Protocols;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Reference;

namespace Checker.Tests.Explicit;

/// <summary>Variants which share code are explored as if each were alone.</summary>
public sealed class VariantsTests
{
    public static TheoryData<string> Designs =>
        [.. Row.All.Where(r => r.Dropped.Length > 0).Select(r => $"{r.Design} {r.Bounds}").Distinct(StringComparer.Ordinal)];

    [Theory, Trait("Tier", "slow")]
    [MemberData(nameof(Designs))]
    public void A_mutant_is_found_as_if_it_were_alone(string design)
    {
        var rows = Row.All.Where(r => $"{r.Design} {r.Bounds}" == design).ToList();
        var sizes = rows[0].Scope().System.Sorts.ToDictionary(s => s.Name, rows[0].Scope().SizeOf);
        var variants = new Variants(rows[0].Scope().System.Without(), sizes);

        foreach (var row in rows)
        {
            // Each is a separate model, built anew.
            var scope = row.Scope();
            var alone = new Exhaustive(scope, new() { Vacuity = false }).Run();
            var together = variants.Explore(scope.System, new() { Vacuity = false });

            AssertSame(alone, together);
        }
    }

    [Theory]
    [InlineData("tdx,hole,separate,spurious", "discard.host_flush")]
    [InlineData("cca,attribute,inplace,honest", "convert.refcount")]
    public void Every_property_is_decided_alike(string design, string label)
    {
        var protocol = Registry.Get("GuestMemory");
        var model = protocol.Build(protocol.Designs.Single(d => d.Id == design));
        var sizes = protocol.BoundSorts.Zip(protocol.DefaultBounds).ToDictionary(p => p.First, p => p.Second);
        var variants = new Variants(model, sizes);
        foreach (var variant in new[] { model, model.Without(label) })
        {
            var options = new ExplorationOptions { EveryProperty = true, Lemmas = true };
            AssertSame(new Exhaustive(new Scope(variant, sizes), options).Run(), variants.Explore(variant, options));
        }
    }

    [Fact]
    public void Another_protocol_is_refused()
    {
        var counter = Registry.Get("Counter");
        var life = Registry.Get("PageLifecycle");
        var variants = new Variants(counter.Build(counter.Designs[0]), new Dictionary<string, int> { ["Worker"] = 2 });

        Assert.Throws<ArgumentException>(() => variants.Explore(life.Build(life.Designs[0]), new()));
    }

    private static void AssertSame(ExplorationResult alone, ExplorationResult together)
    {
        Assert.Equal(alone.Outcome, together.Outcome);
        Assert.Equal(
            (alone.Distinct, alone.Generated, alone.Depth, alone.Deadlocks),
            (together.Distinct, together.Generated, together.Depth, together.Deadlocks));
        Assert.Equal(alone.Fired, together.Fired);
        Assert.Equal(alone.Properties.Select(Describe), together.Properties.Select(Describe));
        Assert.Equal(alone.FirstViolation?.Trace!.Length, together.FirstViolation?.Trace!.Length);
        Assert.Equal(alone.Vacuity?.ActionsNeverEnabled ?? [], together.Vacuity?.ActionsNeverEnabled ?? []);
        Assert.Equal(alone.Vacuity?.LabelsNeverRelevant ?? [], together.Vacuity?.LabelsNeverRelevant ?? []);
        Assert.Equal(alone.Vacuity?.AntecedentsNeverTrue ?? [], together.Vacuity?.AntecedentsNeverTrue ?? []);

        static string Describe(PropertyResult result) => $"{result.Property.Name} {result.Holds} {result.Trace?.Length}";
    }
}
