using Checker.Composition.InPlace;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>The tables of docs/in-place.md show the findings of an exploration of the design space. UPDATE_GOLDEN=1 writes them.</summary>
public sealed class InPlaceTests
{
    private const string Page = "docs/in-place.md";

    public static TheoryData<string> Designs => [.. DesignSpace.Designs.Select(d => d.Id)];

    [Fact, Trait("Tier", "slow")]
    public void The_tables_are_what_exploration_finds()
    {
        var surveys = DesignSpace.Designs.Select(d =>
            Survey.Of(
                d,
                Parts.All,
                ProofEffort.Minimal,
                Environment.ProcessorCount,
                _ => { },
                TestContext.Current.CancellationToken)).ToList();

        Assert.All(surveys.SelectMany(s => s.All), e => Assert.NotEqual(Standing.Unfinished, e.Standing));
        Assert.All(surveys, s => Assert.Equal(Standing.Safe, s.Subsets[0].Standing));

        string page = Repository.Read(Page);
        string updated = InPlacePage.Update(page, surveys, Page);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), updated);
            return;
        }

        Assert.Equal(page, updated);
    }

    [Fact]
    public void Every_guard_and_every_change_is_spoken_of()
    {
        string page = Repository.Read(Page);
        string prose = page[..page.IndexOf("<!-- generated: guards -->", StringComparison.Ordinal)];

        Assert.All(
            DesignSpace.Designs.SelectMany(d => DesignSpace.Guards(d)).Distinct(),
            guard => Assert.Contains($"`{guard}`", prose, StringComparison.Ordinal));
        Assert.All(DesignSpace.Changes, change => Assert.Contains($"`{change.Name}`", page, StringComparison.Ordinal));
    }
}
