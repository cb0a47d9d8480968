using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Export;
using Checker.Solver.Instance;
using Checker.Tests.Fuzz;
using Checker.Tests.Fuzz.Generator;
using Checker.Tests.Smt;

namespace Checker.Tests.Export;

/// <summary>Exported BTOR2 has the states and the violations of the exploration.</summary>
public sealed class Btor2Tests
{
    private const int MostStates = 3000;

    [Theory]
    [InlineData("Counter", "2", "")]
    [InlineData("Counter", "3", "lock")]
    [InlineData("PageLifecycle separate,honest", "1,1", "")]
    [InlineData("PageLifecycle separate,honest", "1,2", "punch.zap")]
    [InlineData("PageLifecycle inplace,spurious", "1,1", "")]
    public void A_protocol_is_the_same(string design, string bounds, string dropped)
    {
        var protocol = Registry.Get(design.Split(' ')[0]);
        var model = protocol.Build(protocol.Designs.First(d => d.Id == (design.Split(' ').ElementAtOrDefault(1) ?? "")))
            .Without(dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        AssertSame(new(model, protocol.BoundSorts.Zip(bounds.Split(',')).ToDictionary(b => b.First, b => int.Parse(b.Second))), design);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_awkward_model_is_the_same(int size) => AssertSame(Awkward.Scope(size), $"size {size}");

    [Fact]
    public void A_model_with_negative_sums_and_deadlocks_is_the_same() => AssertSame(Ladder.Scope(), "ladder");

    [Fact]
    public void Random_models_are_the_same()
    {
        int compared = 0;
        for (ulong number = 1; number <= 40; number++)
        {
            var model = Models.Of(number, new Tally());
            compared += AssertSame(new(model.System, model.Sizes), model.ToString()!) ? 1 : 0;
        }

        Assert.InRange(compared, 10, 40);
    }

    [Theory]
    [InlineData("--to btor2 --property AllDone", "AllDone asks for a witness")]
    [InlineData("--to smtlib --property AllDone", "AllDone asks for a witness")]
    [InlineData("--to btor2 --steps 3", "--steps is for --to smtlib")]
    [InlineData("--to smtlib --steps -1", "allowed is a number from 0 to 1000")]
    [InlineData("--to smtlib --steps many", "allowed is a number from 0 to 1000")]
    public void A_format_which_cannot_express_it_refuses(string options, string reason)
    {
        var refused = Cli.Program.Call($"export --protocol Counter {options}");
        Assert.Equal(2, refused.Code);
        Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
    }

    private static bool AssertSame(Scope scope, string what)
    {
        var ours = new Exhaustive(scope, new() { Symmetry = false, EveryProperty = true, Lemmas = true, MemoryBudget = 8 << 20 }).Run();
        if (ours.Outcome != Solver.Explicit.Outcome.Complete || ours.Distinct > MostStates)
        {
            return false;
        }

        var (states, bad) = new Btor2File(Exporter.Write(ExportFormat.Btor2, scope, ["a test"], "Test").Text).Explore();

        Assert.True(ours.Distinct == states, $"{states} states, not {ours.Distinct}: {what}");
        // The violating step of a property about steps is one more.
        Assert.Equal(
            ours.Properties.Where(p => !p.Property.IsWitnessed && p.Property.Subject != PropertySubject.Sequence).Index()
                .Where(p => p.Item.Trace is not null)
                .Select(p => (p.Index, p.Item.Trace!.Length - (p.Item.Property.IsAboutSteps ? 2 : 1))),
            bad.OrderBy(b => b.Key).Select(b => (b.Key, b.Value)));
        return true;
    }
}
