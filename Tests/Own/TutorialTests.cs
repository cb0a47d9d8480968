using System.Text.RegularExpressions;
using Checker.Tests.Architecture;
using Checker.Tests.Docs;

namespace Checker.Tests.Own;

/// <summary>
/// The part of the tutorial about a protocol of one's own, from top to bottom in one folder: blocks of the kind "console" are commands
/// and what they print, blocks of the kind "diff" are edits. UPDATE_GOLDEN=1 writes what is printed now into the page.
/// </summary>
public sealed partial class TutorialTests
{
    private const string Page = "docs/tutorial.md";
    private const string Prompt = "$ checker ";

    [Fact, Trait("Tier", "slow")]
    public void Every_step_does_what_the_page_says()
    {
        using var folder = new OwnFolder();
        var steps = Markdown.Fences(Page, "console").Where(f => f.Text.StartsWith(Prompt, StringComparison.Ordinal))
            .Concat(Markdown.Fences(Page, "diff")).OrderBy(f => f.Start).ToList();
        Assert.NotEmpty(steps);
        var printed = new List<string>();
        foreach (var step in steps)
        {
            printed.Add(step.Language == "diff" ? Edit(folder, step.Text) : Run(folder, step.Text.Split('\n')[0]));
        }

        var changed = steps.Zip(printed).Where(s => Normal(s.First.Text) != Normal(s.Second)).ToList();
        if (changed.Count > 0 && Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            string text = Repository.Read(Page);
            foreach (var (fence, now) in Enumerable.Reverse(changed))
            {
                text = text[..fence.Start] + now + text[(fence.Start + fence.Text.Length)..];
            }

            File.WriteAllText(Path.Combine(Repository.Root, Page), text);
            return;
        }

        Assert.All(changed, c => Assert.Equal(Normal(c.First.Text), Normal(c.Second)));

        // The last edit makes the project's own tests pass again.
        var tests = folder.Run("gate", "test");
        Assert.True(tests.Code == 0, tests.Output);
    }

    private static string Run(OwnFolder folder, string line)
    {
        var (code, output, error) = folder.Checker(line[Prompt.Length..]);
        Assert.True(code is 0 or 1 or 3, $"{line}: exit code {code}: {error}");
        return $"{line}\n{output.TrimEnd('\n')}\n";
    }

    /// <summary>Replaces the lines with a space or a minus sign by the lines with a space or a plus sign.</summary>
    private static string Edit(OwnFolder folder, string diff)
    {
        string[] lines = diff.TrimEnd('\n').Split('\n');
        Assert.StartsWith("--- ", lines[0]);
        folder.Edit(lines[0][4..], Side('-'), Side('+'));
        return diff;

        string Side(char mark) => string.Concat(lines[1..].Where(l => l[0] == ' ' || l[0] == mark).Select(l => l[1..] + "\n"));
    }

    /// <summary>Without what differs from run to run: besides what other pages leave out, times, rates, and where libz3 is.</summary>
    private static string Normal(string text)
    {
        text = Z3().Replace(CommandTests.Normal(text), "Z3");
        text = Machine().Replace(Number().Replace(text, "N"), "checker VERSION${mark}");
        return Spaces().Replace(Threads().Replace(text, "THREADS"), " ");
    }

    [GeneratedRegex(@"Z3 \d+\.\d+\.\d+( \([^)]*\))?")]
    private static partial Regex Z3();

    [GeneratedRegex(@"\b\d+\.\d+\b|\b\d+[kM]\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"checker N\S*(?<mark>[:,])")]
    private static partial Regex Machine();

    [GeneratedRegex(@"\d+ threads?")]
    private static partial Regex Threads();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
