using System.Text.Json;
using Checker.Tests.Architecture;
using Checker.Tests.Cli;

namespace Checker.Tests.Report;

/// <summary>The page in the repository is the one which its sources give.</summary>
public sealed class PageBuildTests
{
    private const string Page = "Cli/Report/Html/report.html";

    [Fact, Trait("Tier", "slow")]
    public async Task The_built_page_comes_from_its_sources()
    {
        using var folder = new Folder();
        Assert.SkipWhen(await Npm.Run(Repository.Root, "--version") is not 0, "node and npm are not installed");
        Assert.SkipWhen(
            await Npm.Run(Repository.Root, "ping", "--silent") is not 0,
            "the registry of npm packages cannot be reached");

        Assert.Equal(0, await Npm.Start(Repository.Root, Path.Combine(Repository.Root, "eng/report-page.sh"), folder["report.html"]));

        Assert.True(
            File.ReadAllText(folder["report.html"]) == Repository.Read(Page),
            $"{Page} differs from its sources: run eng/report-page.sh");
    }

    [Fact]
    public void The_licence_of_everything_in_the_page_is_in_it()
    {
        string page = Repository.Read(Page);
        Assert.Contains("Preact 10.27.2", page, StringComparison.Ordinal);
        Assert.Contains("Copyright (c) 2015-present Jason Miller", page, StringComparison.Ordinal);
        // Another package at run time would need its licence there as well.
        string packages = Repository.Read("Cli/Report/Html/Page/package.json");
        var runtime = JsonDocument.Parse(packages).RootElement.GetProperty("dependencies").EnumerateObject();
        Assert.Equal(["preact 10.27.2"], runtime.Select(p => $"{p.Name} {p.Value}"));
    }

    [Fact]
    public void The_page_is_small() => Assert.True(Repository.Read(Page).Length < 100_000);
}
