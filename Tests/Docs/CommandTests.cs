using System.Text.RegularExpressions;
using Checker.Composition;
using Checker.Composition.Protocols;
using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>
/// The commands on the pages produce the output on the pages. Each block of the kind "console" is a command after
/// <c>$ ./checker</c>, followed by its output. Run with UPDATE_GOLDEN=1, the tests write the current output into the page.
/// </summary>
public sealed partial class CommandTests
{
    private static readonly string[] s_pages = ["README.md", "docs/tutorial.md", "docs/read-a-counterexample.md", "docs/change-a-step.md"];

    public static TheoryData<string, string> Commands() =>
        new(s_pages.SelectMany(page => Markdown.Fences(page, "console"))
            .Where(InRepository)
            .Select(f => (f.Page, CommandOf(f))));

    [Theory, Trait("Tier", "slow")]
    [MemberData(nameof(Commands))]
    public void Prints_what_the_page_says(string page, string command)
    {
        var fence = Markdown.Fences(page, "console").Where(InRepository).Single(f => CommandOf(f) == command);
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        int code = Checker.Cli.CommandLine.Run(command.Split(' '), Registry.All, ProtocolCommands.All, output, error);
        Assert.True(code is 0 or 1, $"exit code {code}: {error}");

        string printed = $"$ ./checker {command}\n{output.ToString().TrimEnd('\n')}\n";
        if (Normal(printed) != Normal(fence.Text) && Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            string text = Repository.Read(page);
            File.WriteAllText(
                Path.Combine(Repository.Root, page),
                text[..fence.Start] + printed + text[(fence.Start + fence.Text.Length)..]);
            return;
        }

        Assert.Equal(Normal(fence.Text), Normal(printed));
    }

    [Fact]
    public void There_is_something_to_run() => Assert.All(s_pages, page => Assert.NotEmpty(Markdown.Fences(page, "console")));

    /// <summary>The other commands run outside the repository (Tests/Own/TutorialTests.cs).</summary>
    private static bool InRepository(Fence fence) => !fence.Text.StartsWith("$ checker ", StringComparison.Ordinal);

    private static string CommandOf(Fence fence)
    {
        string line = fence.Text.Split('\n')[0];
        Assert.StartsWith("$ ./checker ", line);
        return line["$ ./checker ".Length..];
    }

    /// <summary>Removes the parts which differ between machines: version, threads, memory, times, and the program's name.</summary>
    internal static string Normal(string text)
    {
        text = Greeting().Replace(text, "checker VERSION, THREADS, MEMORY");
        text = Times().Replace(text, " TIME ${verdict}");
        text = Bytes().Replace(text, "BYTES for all");
        return Call().Replace(text, "checker ");
    }

    [GeneratedRegex(@"checker \S+: (?<designs>\d+ designs?), \d+ threads?, at most \S+ for states")]
    private static partial Regex Greeting();

    /// <summary>Matches the time in the row of a design. A long verdict is on the next line.</summary>
    [GeneratedRegex(@"(?m) +\d+(\.\d+)? +([0-9.]+[kM]?)? +(?<verdict>(-|(\d+ of \d+ )?proved)( +(holds|VIOLATED)|$)|holds|VIOLATED)")]
    private static partial Regex Times();

    [GeneratedRegex(@"[0-9.]+[KMG]? for all")]
    private static partial Regex Bytes();

    [GeneratedRegex(@"(\./)?checker ")]
    private static partial Regex Call();
}
