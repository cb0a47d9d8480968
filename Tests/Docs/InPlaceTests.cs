using Checker.Composition.InPlace;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>
/// The tables of docs/in-place.md show the findings of an exploration of the design space. With UPDATE_GOLDEN=1, all designs are
/// explored, in about eight minutes, and the page is written. Without it, those with an honest VMM are: a quarter of the work.
/// </summary>
public sealed class InPlaceTests
{
    private const string Page = "docs/in-place.md";
    private const string Honest = "honest";

    public static TheoryData<string> Designs => [.. DesignSpace.Designs.Select(d => d.Id)];

    [Fact, Trait("Tier", "slow")]
    public void The_tables_are_what_exploration_finds()
    {
        bool isWritten = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";
        var surveys = DesignSpace.Designs.Where(d => isWritten || d.Parts.Contains(Honest)).Select(d =>
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
        if (isWritten)
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), updated);
            return;
        }

        // Every row that was computed is in the page, in the same order, and the page has no other row of these designs.
        var (computed, written) = (Rows(updated), Rows(page));
        int found = 0;
        foreach (string row in written)
        {
            found += found < computed.Count && computed[found] == row ? 1 : 0;
        }

        Assert.True(found == computed.Count, $"not in the page: {computed.ElementAtOrDefault(found)}");
        Assert.Equal(computed.Where(OfOneDesign), written.Where(OfOneDesign));
    }

    private static List<string> Rows(string page) => [.. page.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal))];

    private static bool OfOneDesign(string row) => row.Split(" | ")[0].EndsWith($" {Honest}", StringComparison.Ordinal);

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
