using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Tests.Explicit;

/// <summary>States of more than one word, of every width for which the explorer is compiled.</summary>
public sealed class WideTests
{
    [Theory]
    [InlineData(6, 10, 1)]
    [InlineData(10, 10, 2)]
    [InlineData(10, 18, 3)]
    [InlineData(10, 25, 4)]
    [InlineData(10, 32, 6)]
    [InlineData(10, 38, 6)]
    [InlineData(10, 50, 8)]
    [InlineData(12, 62, 16)]
    public void Counts_are_right_whatever_the_width(int lines, int bits, int words)
    {
        var scope = Explore.Scope(new Subsets().Build(), ("Line", lines), ("Bit", bits));

        Assert.Equal(words, new CompiledModel(new FiniteModel(scope)).Words);
        foreach (int threads in new[] { 1, 3 })
        {
            var result = Explore.Run(scope, new() { Symmetry = false, Threads = threads });
            Assert.Equal(
                (Outcome.Complete, 1L << lines, 1 + (lines * (1L << (lines - 1))), lines + 1, 1L),
                (result.Outcome, result.Distinct, result.Generated, result.Depth, result.Deadlocks));
            Assert.Equal(lines * bits, result.BitsPerState);
            Assert.True(result.Result("StopsWhenAllAreFilled").Holds);
            Assert.Equal(lines + 1, result.Result("AllFilled").Trace?.Length);
        }
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    public void Symmetry_is_right_whatever_the_width(int lines, int bits)
    {
        var result = Explore.Run(Explore.Scope(new Subsets().Build(), ("Line", lines), ("Bit", bits)), new());

        Assert.Equal((Outcome.Complete, lines + 1L, lines + 1), (result.Outcome, result.Distinct, result.Depth));
    }

    [Fact]
    public void A_state_that_is_too_wide_is_refused()
    {
        var refused = Assert.Throws<InstanceTooLargeException>(() =>
            new Exhaustive(Explore.Scope(new Subsets().Build(), ("Line", 17), ("Bit", 62)), new()));

        Assert.StartsWith("a state of 1054 bits is larger than 1024: choose smaller bounds", refused.Message);
    }

    /// <summary>
    /// The real protocol at sizes too large for exploration: on the states of the first levels, compiled steps equal the
    /// interpreter's.
    /// </summary>
    [Theory, Trait("Tier", "slow")]
    [InlineData("snp,attribute,separate,spurious", "2,3,2,1,2", 2)]
    [InlineData("tdx,hole,separate,honest", "3,3,2,2,2", 3)]
    [InlineData("snp,attribute,inplace,spurious", "4,4,2,2,2", 4)]
    [InlineData("sw,attribute,separate,spurious", "6,5,3,2,2", 6)]
    public void Successors_of_a_large_instance_are_the_interpreters(string design, string bounds, int words)
    {
        var scope = Explore.GuestMemory(design, bounds);
        var (model, interpreter) = (new CompiledModel(new FiniteModel(scope)), new Interpreter(scope));
        Assert.Equal(words, model.Words);
        // Every state of the first levels, then a few of each level, to include deeper states.
        List<ulong[]> level = [model.InitialState()];
        for (int depth = 0; depth < 14; depth++)
        {
            foreach (ulong[] state in level)
            {
                Explore.AssertSameSuccessors(interpreter, model, model.Layout.Unpack(state));
            }

            var next = level.SelectMany(model.Successors).DistinctBy(s => string.Join(' ', s)).ToList();
            level = [.. next.Where((_, i) => i % Math.Max(1, next.Count / 12) == 0)];
        }
    }

    [Fact, Trait("Tier", "slow")]
    public void A_large_instance_is_explored_as_far_as_memory_allows()
    {
        var scope = Explore.GuestMemory("snp,attribute,inplace,spurious", "4,4,2,2,2");

        var one = Explore.Run(scope, new() { Symmetry = false, MemoryBudget = 1, Vacuity = false });
        var two = Explore.Run(scope, new() { Symmetry = false, MemoryBudget = 60_000_000, Vacuity = false, Threads = 2 });

        Assert.Equal((Outcome.OutOfMemory, Outcome.OutOfMemory), (one.Outcome, two.Outcome));
        Assert.True(two.Depth > one.Depth && two.Distinct > one.Distinct);
    }
}
