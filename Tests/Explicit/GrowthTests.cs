using Checker.Solver.Explicit;

namespace Checker.Tests.Explicit;

/// <summary>The table grows while a level is half expanded. No state is lost or counted twice.</summary>
public sealed class GrowthTests
{
    [Theory]
    [InlineData(14, 1)]
    [InlineData(17, 1)]
    [InlineData(17, 3)]
    [InlineData(20, 1)]
    [InlineData(20, 2)]
    [InlineData(20, 4)]
    public void A_model_of_known_size_is_counted_exactly(int lines, int threads)
    {
        var result = Explore.Run(
            Explore.Scope(new Subsets().Build(), ("Line", lines), ("Bit", 1)),
            new() { Symmetry = false, Threads = threads });

        Assert.Equal(
            (Outcome.Complete, 1L << lines, 1 + (lines * (1L << (lines - 1))), lines + 1),
            (result.Outcome, result.Distinct, result.Generated, result.Depth));
        Assert.Equal(lines * (1L << (lines - 1)), result.Fired[0]);
        Assert.Equal(1, result.Deadlocks);
    }

    [Fact]
    public void The_table_has_grown_many_times()
    {
        var small = Explore.Run(Explore.Scope(new Subsets().Build(), ("Line", 10), ("Bit", 1)), new() { Symmetry = false });
        var large = Explore.Run(Explore.Scope(new Subsets().Build(), ("Line", 20), ("Bit", 1)), new() { Symmetry = false });

        // The smallest table has 2^16 slots. To hold a million states, it must have grown at least four times.
        Assert.InRange(small.Bytes, 1, 4_000_000);
        Assert.InRange(large.Bytes, (1 << 20) * (4L + 12), 40_000_000);
    }

    [Fact]
    public void Nothing_is_lost_in_the_reference_model_either()
    {
        foreach (int threads in new[] { 1, 2, 4 })
        {
            var result = Explore.Run(
                Explore.GuestMemory("snp,attribute,separate,spurious", "1,2,1,1,1"),
                new() { Symmetry = false, Threads = threads, Vacuity = false });
            Assert.Equal((410_678L, 2_248_175L, 59), (result.Distinct, result.Generated, result.Depth));
        }
    }
}
