using Checker.Tests.Cli;

namespace Checker.Tests.Report;

/// <summary>The option --report: the file, and wrong paths.</summary>
public sealed class ReportOptionTests
{
    [Fact]
    public void The_page_is_written()
    {
        using var folder = new Folder();
        var (code, _, error) = Cli.Program.Call($"verify --protocol Counter --no-proofs --report {folder["r.html"]}");
        Assert.Equal((0, $"checker: wrote {folder["r.html"]}\n"), (code, error));
        var data = Reported.DataIn(File.ReadAllText(folder["r.html"]));
        Assert.Equal("verify", data.GetProperty("command").GetString());
        Assert.True(data.GetProperty("traces").GetArrayLength() > 0);
        Assert.Equal(["r.html"], folder.Files);
    }

    [Theory]
    [InlineData("verify --protocol Counter")]
    [InlineData("prove --protocol PageLifecycle")]
    [InlineData("walk --protocol Counter")]
    [InlineData("mutate --protocol Counter")]
    [InlineData("replay /dev/null")]
    public void A_path_that_cannot_be_written_is_refused_before_the_run(string command)
    {
        using var folder = new Folder();
        var (code, output, error) = Cli.Program.Call($"{command} --report {folder["missing"]}/r.html");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"checker: --report {folder["missing"]}/r.html: ", error);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void An_existing_page_is_kept_if_the_command_is_wrong()
    {
        using var folder = new Folder();
        string path = folder.Write("r.html", "old");
        Assert.Equal(2, Cli.Program.Call($"verify --protocol Counter --property Nothing --report {path}").Code);
        Assert.Equal("old", File.ReadAllText(path));
    }
}
