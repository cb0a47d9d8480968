using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Solver.Walk;
using Checker.Tests.Explicit;
using Checker.Tests.Reference;

namespace Checker.Tests.Walk;

/// <summary>
/// Walks at larger bounds find the violations known from exploration at small bounds: each violating line of expected.csv.
/// </summary>
[Trait("Tier", "slow")]
public sealed class ExpectedTests
{
    private const string Bounds = "8,16,4,4,4";

    public static TheoryData<string> Violated => [.. Row.All.Where(r => r.Violated).Select(r => r.Id)];

    [Theory, MemberData(nameof(Violated))]
    public void A_guided_walk_finds_the_violation_and_it_shrinks_to_a_short_trace(string id)
    {
        var row = Row.Get(id);
        var scope = Explore.GuestMemory(row.Design, Bounds, row.Dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var mayBeEmpty = Registry.Get("GuestMemory").MayBeEmpty;
        var checkedOnes = scope.System with { Properties = [.. scope.System.Properties.Where(p => p.Kind != PropertyKind.Lemma)] };
        var campaign = new Campaign(
            new(checkedOnes, scope.System.Sorts.ToDictionary(s => s.Name, scope.SizeOf)),
            new() { Walks = 20_000, Steps = 2000, Seed = 1, Threads = 2 });

        var failed = campaign.Run().Failed;

        Assert.NotNull(failed);
        var trace = Shrink.Of(
            campaign,
            failed,
            _ => true,
            sort => mayBeEmpty.Contains(sort) ? 0 : 1,
            TestContext.Current.CancellationToken);
        Assert.True(2 * trace.Length <= 3 * row.Length, $"{trace.Length} states at {trace.Header.Bounds}, where {row.Length} are enough");
    }
}
