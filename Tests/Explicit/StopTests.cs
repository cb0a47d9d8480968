using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;

namespace Checker.Tests.Explicit;

/// <summary>Unfinished searches say so, and report their depth truthfully.</summary>
public sealed class StopTests
{
    private const string Design = "snp,hole,separate,spurious";
    private const int Distinct = 123_616;
    private const int Depth = 57;

    private static readonly long[] s_levels = Levels();

    [Theory]
    [InlineData(1)]
    [InlineData(2_000_000)]
    [InlineData(2_200_000)]
    [InlineData(2_500_000)]
    public void A_memory_budget_stops_the_search_cleanly(long budget)
    {
        foreach (int threads in new[] { 1, 2, 4 })
        {
            var result = Explore.Run(
                Explore.GuestMemory(Design, "1,2,1,1,1"),
                new() { Symmetry = false, MemoryBudget = budget, Threads = threads });

            Assert.Equal(Outcome.OutOfMemory, result.Outcome);
            AssertUnfinished(result);
        }
    }

    [Fact]
    public void More_memory_gets_deeper_until_it_is_enough()
    {
        var results = new[] { 2_000_000L, 2_500_000, 20_000_000 }.Select(budget =>
            Explore.Run(Explore.GuestMemory(Design, "1,2,1,1,1"), new() { Symmetry = false, MemoryBudget = budget })).ToList();

        Assert.True(results[0].Depth < results[1].Depth);
        Assert.Equal((Outcome.Complete, (long)Distinct, Depth), (results[2].Outcome, results[2].Distinct, results[2].Depth));
        Assert.InRange(results[2].Bytes, 1, 20_000_000);
    }

    [Fact]
    public void A_search_that_is_cancelled_before_it_starts_has_exhausted_nothing()
    {
        var result = Explore.Run(Explore.GuestMemory(Design, "1,2,1,1,1"), new() { Cancellation = new(canceled: true) });

        Assert.Equal((Outcome.Cancelled, 1L, 0), (result.Outcome, result.Distinct, result.Depth));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_search_stops_when_it_is_cancelled(int threads)
    {
        using var cancel = new CancellationTokenSource();
        // The model is far too large to finish before the stop: 29 million states.
        var exhaustive = new Exhaustive(
            Explore.GuestMemory("snp,attribute,inplace,spurious", "2,2,1,1,1"),
            new() { Threads = threads, Cancellation = cancel.Token });
        var run = Task.Run(exhaustive.Run, TestContext.Current.CancellationToken);
        while ((exhaustive.Progress?.States ?? 0) < 20_000 && !run.IsCompleted)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await cancel.CancelAsync();
        var result = await run;

        Assert.Equal(Outcome.Cancelled, result.Outcome);
        Assert.InRange(result.Distinct, 20_000, 29_000_000);
        Assert.InRange(result.Depth, 1, 60);
        Assert.Null(exhaustive.Progress);
    }

    [Fact]
    public void A_violation_that_was_met_before_the_stop_is_reported()
    {
        var scope = Explore.GuestMemory(Design, "1,2,1,1,1", "punch.flush");

        var result = Explore.Run(scope, new() { Symmetry = false, EveryProperty = true, MemoryBudget = 2_500_000 });

        Assert.Equal(Outcome.OutOfMemory, result.Outcome);
        Assert.Equal(17, result.Result("NoMappingOutlivesItsFrame").Trace?.Length);
        Assert.All(
            result.Properties.Where(p => p.Property.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant),
            p => Assert.NotEqual(true, p.Holds));
    }

    private static void AssertUnfinished(ExplorationResult result)
    {
        // Levels 1 to Depth were expanded completely, so every state at distance Depth was found. Of more distant states, only
        // successors of the interrupted level can have been found.
        Assert.InRange(result.Depth, 0, Depth - 1);
        Assert.InRange(result.Distinct, s_levels[..(result.Depth + 1)].Sum(), s_levels[..Math.Min(Depth, result.Depth + 2)].Sum());
        Assert.All(
            result.Properties.Where(p => p.Property.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant),
            p => Assert.Null(p.Holds));
        Assert.Null(result.Vacuity);
        Assert.Null(result.FirstViolation);
    }

    /// <summary>The number of states at each distance, from a search which keeps only hash sets of packed states.</summary>
    private static long[] Levels()
    {
        var model = new Solver.Explicit.Compile.CompiledModel(new FiniteModel(Explore.GuestMemory(Design, "1,2,1,1,1")));
        Assert.Equal(1, model.Words);
        var seen = new HashSet<ulong> { model.InitialState()[0] };
        var level = seen.ToList();
        var sizes = new List<long>();
        while (level.Count > 0)
        {
            sizes.Add(level.Count);
            level = [.. level.SelectMany(s => model.Successors([s])).Select(s => s[0]).Where(seen.Add)];
        }

        Assert.Equal((Distinct, Depth), (seen.Count, sizes.Count));
        return [.. sizes];
    }
}
