using Checker.App;
using Checker.Composition.Protocols;
using Checker.Properties.Requirements;
using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>
/// The page invariants.md shows the declarations of the models and the findings of exploration. UPDATE_GOLDEN=1 writes the page.
/// </summary>
public sealed class InvariantsTests
{
    private const string Page = "invariants.md";

    [Fact, Trait("Tier", "slow")]
    public void The_page_is_what_exploration_finds()
    {
        var found = InvariantsPage.Explore(
            Registry.All,
            new Settings(new() { Threads = Environment.ProcessorCount }, null),
            (_, _) => new MemoryStream());

        // A missing expected violation is one of the problems, like an unexpected violation.
        Assert.Empty(found.Problems);
        Assert.False(found.IsUnfinished);

        string page = Repository.Read(Page);
        string updated = found.Update(page, Page);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), updated);
            return;
        }

        Assert.Equal(updated, page);
    }

    [Fact, Trait("Tier", "slow")]
    public void The_page_is_what_the_proofs_and_the_second_solver_say()
    {
        var problems = new List<string>();

        string table = ProofsPage.Table(
            ProofJob.Of(new(Registry.All, null, [], null, [], []), _ => { }),
            problems.Add,
            TestContext.Current.CancellationToken);

        Assert.Empty(problems);
        string page = Repository.Read(Page);
        string updated = InvariantsPage.Replace(page, ProofsPage.Part, table, Page);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), updated);
            return;
        }

        Assert.Equal(updated, page);
    }

    [Fact, Trait("Tier", "slow")]
    public void The_page_is_what_the_mutants_say()
    {
        var problems = new List<string>();

        string tables = MutantMatrix.Tables(Registry.All, problems.Add, TestContext.Current.CancellationToken);

        Assert.Empty(problems);
        string page = Repository.Read(Page);
        string updated = InvariantsPage.Replace(page, MutantMatrix.Part, tables, Page);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), updated);
            return;
        }

        Assert.Equal(updated, page);
    }

    [Fact]
    public void Every_property_is_in_the_catalogue()
    {
        var unlisted = from protocol in Registry.All
                       from design in protocol.Designs
                       from property in protocol.Build(design).Properties
                       where property.Kind != Model.Ir.PropertyKind.Lemma && protocol.ClaimOf(property.Name) is null
                       select $"{protocol.Name}: {property.Name}";
        Assert.Empty(unlisted.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_source_is_explained()
    {
        var ids = Registry.All.SelectMany(p => p.Claims)
            .SelectMany(c => c.Source.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(id => char.IsDigit(id[^1]));
        Assert.Empty(ids.Where(id => !Sources.All.ContainsKey(id)).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_page_without_its_markers_is_refused()
    {
        var found = InvariantsPage.Explore(
            Registry.All,
            new Settings(new() { Threads = 1, Cancellation = new CancellationToken(canceled: true) }, null),
            (_, _) => new MemoryStream());
        Assert.True(found.IsUnfinished);
        var refused = Assert.Throws<Checker.App.BadInputException>(() => found.Update("<!-- end -->", "page.md"));
        Assert.Contains("<!-- generated: PageLifecycle -->", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "all designs")]
    [InlineData("*,*,inplace,*", "backing inplace")]
    [InlineData("pkvm,*,*,*", "platform pkvm")]
    [InlineData("*,hole,*,honest", "designation hole, vmm honest")]
    [InlineData(
        "sw,attribute,separate,honest pkvm,attribute,inplace,honest",
        "platform sw, designation attribute, backing separate, vmm honest; or platform pkvm, vmm honest")]
    public void Designs_are_described_in_few_words(string patterns, string expected)
    {
        var protocol = Registry.Get("GuestMemory");
        Assert.Equal(expected, DesignSet.Describe(protocol, [.. protocol.Designs.Where(d => patterns.Split(' ').Any(d.Is))]));
    }
}
