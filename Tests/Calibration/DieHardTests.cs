using Checker.Solver.Explicit;
using Checker.Tests.Explicit;

namespace Checker.Tests.Calibration;

/// <summary>TLC's numbers for DieHard: 97 states generated, 16 distinct; four litres after six steps.</summary>
public sealed class DieHardTests
{
    [Fact]
    public void States_are_as_many_as_tlc_says()
    {
        var result = Explore.Run(Explore.Scope(new DieHard().Build()), new() { EveryProperty = true });

        Assert.Equal((Outcome.Complete, 16L, 97L), (result.Outcome, result.Distinct, result.Generated));
        Assert.Equal([16, 16, 16, 16, 16, 16], result.Fired);
        Assert.Equal(16, Explore.States(Explore.Scope(new DieHard().Build())).Count);
    }

    [Fact]
    public void Four_litres_take_six_steps()
    {
        var trace = Explore.Run(Explore.Scope(new DieHard().Build())).FirstViolation!.Trace!;

        Assert.Equal("NeverFourLitres", trace.Property!.Name);
        Assert.Equal(
            ["FillBig", "BigToSmall", "EmptySmall", "BigToSmall", "FillBig", "BigToSmall"],
            trace.States.Skip(1).Select(s => s.Instance!.Action.Name));
        Assert.EndsWith("small=3 big=4", Explore.Text(trace), StringComparison.Ordinal);
    }

    [Fact]
    public void No_sum_leaves_its_range()
    {
        var result = Explore.Run(Explore.Scope(new DieHard().Build()), new() { EveryProperty = true });

        Assert.All(
            result.Properties.Where(p => p.Property.Name.StartsWith("InRange", StringComparison.Ordinal)),
            p => Assert.True(p.Holds, p.Property.Name));
        Assert.Equal(4, result.Properties.Count(p => p.Property.Name.StartsWith("InRange", StringComparison.Ordinal)));
    }
}
