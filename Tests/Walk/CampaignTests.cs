using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Solver.Walk;
using Checker.Tests.Agreement;
using Checker.Tests.Explicit;

namespace Checker.Tests.Walk;

public sealed class CampaignTests
{
    private static readonly Scope s_mutant = Explore.GuestMemory("tdx,hole,separate,spurious", "2,3,2,1,1", "punch.flush");
    private static readonly Scope s_correct = Subject.ScopeOf("PageLifecycle", "inplace,spurious", "3,3");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_result_is_the_same_for_any_number_of_threads(bool guided)
    {
        foreach (var scope in new[] { s_mutant, s_correct })
        {
            var options = new WalkOptions { Walks = 60, Steps = 400, Seed = 5, Guided = guided };
            string[] texts = [.. new[] { 1, 2, 5 }.Select(threads => Text(new Campaign(scope, options with { Threads = threads }).Run()))];
            Assert.Single(texts.Distinct());
        }
    }

    [Fact]
    public void The_seed_and_the_number_are_the_walk()
    {
        var options = new WalkOptions { Walks = 100, Steps = 1000, Seed = 99 };
        var failed = new Campaign(s_mutant, options).Run().Failed!;

        var again = new Campaign(s_mutant, options with { First = failed.Walk, Walks = 1 }).Run();

        Assert.Equal((failed.Walk, failed.Steps, failed.Property), (again.Failed!.Walk, again.Failed.Steps, again.Failed.Property));
        Assert.Equal(failed.Instances, again.Failed.Instances);
        Assert.Equal(failed.Steps, failed.Instances.Length);
    }

    [Fact]
    public void Another_seed_is_another_walk()
    {
        var walks = Enumerable.Range(0, 8)
            .Select(seed => string.Join(',', new Campaign(s_correct, new() { Walks = 1, Steps = 50, Seed = (ulong)seed }).Run().Fired));
        Assert.Distinct(walks);
    }

    [Fact]
    public void An_expected_violation_stops_its_own_walk_only()
    {
        var options = new WalkOptions { Walks = 50, Steps = 1000, Seed = 1, IsExpected = _ => true };

        var result = new Campaign(s_mutant, options).Run();

        Assert.Equal(50, result.Walks);
        Assert.Null(result.Failed);
        Assert.NotNull(result.Expected);
    }

    [Fact]
    public void A_stopped_campaign_says_so()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        var result = new Campaign(s_correct, new() { Walks = 50, Cancellation = source.Token }).Run();

        Assert.True(result.IsStopped);
        Assert.Equal((0, 0), (result.Walks, result.Steps));
    }

    [Fact]
    public void A_shrunk_walk_is_a_trace_that_violates_what_is_wanted()
    {
        var campaign = new Campaign(s_mutant, new() { Walks = 100, Steps = 1000, Seed = 99 });
        var failed = campaign.Run().Failed!;

        var trace = Replay.Check(Shrink.Of(
            campaign,
            failed,
            p => p.Name == failed.Property.Name,
            cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(failed.Property.Name, trace.Property!.Name);
        Assert.True(trace.Length <= failed.Steps + 1);
        Assert.All(trace.Scope.System.Sorts, s => Assert.True(trace.Scope.SizeOf(s) <= s_mutant.SizeOf(s)));
    }

    [Fact]
    public void What_ends_where_it_should_not_is_found_and_shrunk()
    {
        var scope = Subject.ScopeOf("Counter", "", "3", s => s with { Properties = [StopsNever(s)] });
        var campaign = new Campaign(scope, new() { Walks = 1, Steps = 100 });
        var result = campaign.Run();

        Assert.Equal((1, PropertyKind.Terminal), (result.Stuck, result.Failed!.Property.Kind));
        // A single thread which has counted is stuck as well.
        Assert.Equal(3, Shrink.Of(campaign, result.Failed, _ => true, cancellation: TestContext.Current.CancellationToken).Length);
    }

    private static PropertyDeclaration StopsNever(TransitionSystem system) =>
        system.Property("StopsOnlyWhenDone") with { Formula = Node.False };

    private static string Text(WalkResult r) =>
        $"{r.Walks} {r.Steps} {r.Stuck} {string.Join(',', r.Fired)} {string.Join(',', r.Worked)} {string.Join(',', r.Refused)} "
            + $"{string.Join(',', r.NotSeen)} {r.Failed?.Walk} {r.Failed?.Property.Name} {string.Join(',', r.Failed?.Instances ?? [])}";
}
