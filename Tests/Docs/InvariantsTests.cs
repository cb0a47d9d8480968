using Checker.App;
using Checker.App.Pages;
using Checker.Composition.Protocols;
using Checker.Properties.Requirements;
using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>
/// The page invariants.md and the page of each protocol show the declarations of the models and the findings of exploration.
/// UPDATE_GOLDEN=1 writes the pages.
/// </summary>
public sealed class InvariantsTests
{
    private const string Page = "invariants.md";
    private const int MostLines = 400;

    [Fact, Trait("Tier", "slow")]
    public void The_pages_are_what_exploration_finds()
    {
        var findings = Findings.Explore(
            Registry.All,
            new Settings(new() { Threads = Environment.ProcessorCount }, null),
            (_, _) => new MemoryStream());

        // A missing expected violation is one of the problems, like an unexpected violation.
        Assert.Empty(findings.Problems);
        Assert.False(findings.IsUnfinished);
        AssertPage(Page, new InvariantsPage(findings).Update(Repository.Read(Page), Page));
        foreach (var protocol in Registry.All)
        {
            // Another test is about the proofs.
            string page = PathOf(protocol);
            string proofs = File.Exists(Path.Combine(Repository.Root, page))
                ? MarkedPage.Part(Repository.Read(page), ProofsPage.Part) ?? ""
                : "";
            string generated = new ProtocolPage(findings, protocol).Update(ProtocolPage.New(protocol, Page), page);
            AssertPage(page, MarkedPage.Replace(generated, ProofsPage.Part, proofs, page));
        }
    }

    [Fact, Trait("Tier", "slow")]
    public void The_pages_are_what_the_proofs_and_the_second_solver_say()
    {
        var unconfirmed = new List<string>();
        var jobs = ProofJob.Of(new(Registry.All, null, [], null, [], []), _ => { });
        foreach (var protocol in Registry.All)
        {
            string table = ProofsPage.Table(
                [.. jobs.Where(j => j.Job.Protocol == protocol)],
                unconfirmed.Add,
                TestContext.Current.CancellationToken);

            Assert.Empty(unconfirmed);
            Assert.DoesNotContain("not proved", table, StringComparison.Ordinal);
            string page = PathOf(protocol);
            AssertPage(page, MarkedPage.Replace(Repository.Read(page), ProofsPage.Part, table, page));
        }
    }

    [Fact]
    public void The_overview_is_short() => Assert.InRange(Repository.Read(Page).Split('\n').Length - 1, 1, MostLines);

    [Fact]
    public void Every_protocol_has_a_page_and_every_page_a_protocol() => Assert.Equal(
        Registry.All.Select(PathOf).Order(StringComparer.Ordinal),
        Repository.Files().Where(f => f.StartsWith("docs/invariants/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

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
        var refused = Assert.Throws<Checker.App.BadInputException>(() => InvariantsPage.Check(Registry.All, "<!-- end -->", "page.md"));
        Assert.Contains("<!-- generated: PageLifecycle -->", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_is_stopped_is_unfinished() => Assert.True(Findings.Explore(
        Registry.All,
        new Settings(new() { Threads = 1, Cancellation = new CancellationToken(canceled: true) }, null),
        (_, _) => new MemoryStream()).IsUnfinished);

    [Theory]
    [InlineData("one two", "one two\n")]
    [InlineData("[a link](https://example.org/a/very/long/target/of/a/link/that/takes/much/room/on/the/line/and/more) xxxxxxxxxx",
        "[a link](https://example.org/a/very/long/target/of/a/link/that/takes/much/room/on/the/line/and/more) xxxxxxxxxx\n")]
    [InlineData("xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxxx x",
        "xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxxx\n  x\n")]
    [InlineData("xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxxx - x",
        "xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxxx -\n  x\n")]
    public void A_paragraph_is_wrapped(string paragraph, string lines) =>
        Assert.Equal(lines, MarkdownText.Wrap(paragraph, "  "));

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

    private static string PathOf(Checker.Model.Catalogue.Protocol protocol) => ProtocolPage.PathOf(protocol);

    private static void AssertPage(string page, string expected)
    {
        string path = Path.Combine(Repository.Root, page);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
            return;
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
