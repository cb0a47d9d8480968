using System.Reflection;
using System.Text.RegularExpressions;
using Checker.App.Pages;
using Checker.Model.Check;
using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>The statements of the pages about the repository are true.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages() => new(Markdown.Pages());

    [Fact]
    public void Semantics_lists_the_diagnostics()
    {
        var constants = typeof(Code)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => $"{f.GetRawConstantValue()} {f.Name}");
        var listed = DiagnosticRow()
            .Matches(Repository.Read("docs/semantics.md"))
            .Select(m => $"{m.Groups["code"].Value} {m.Groups["name"].Value}");
        Assert.Equal(constants.Order(StringComparer.Ordinal), listed);
    }

    /// <summary>A new reader sees the purpose, the commands, a trace and the names of designs on two screens.</summary>
    [Fact]
    public void The_introduction_has_two_screens()
    {
        string introduction = Repository.Read("README.md").Split("\n## Contents\n")[0];

        Assert.InRange(introduction.Split('\n').Length, 1, 2 * 60);
        Assert.All(
            ["does not", "hand", "```console", "## Design names", "## Sizes", "./checker verify", "./test", "Where to go on"],
            part => Assert.Contains(part, introduction, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var broken = Link().Matches(Repository.Read(page)).Select(m => m.Groups["to"].Value)
            .Where(to => !to.Contains(':', StringComparison.Ordinal))
            .Where(to => to.Split('#') is [var file, .. var anchor]
                && !Leads(file.Length == 0 ? Path.Combine(Repository.Root, page) : Path.Combine(folder, file), anchor));
        Assert.Empty(broken);
    }

    /// <summary>Returns true if the file exists, and has a heading for the anchor.</summary>
    private static bool Leads(string file, string[] anchor) => Path.Exists(file)
        && (anchor is not [var wanted, ..]
            || Heading().Matches(File.ReadAllText(file)).Any(h => MarkdownText.Anchor(h.Groups["text"].Value) == wanted));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_that_are_named_exist(string page)
    {
        string[] known = [.. Repository.Files()];
        var missing = FileName().Matches(Repository.Read(page)).Select(m => m.Groups["file"].Value)
            .Where(name => !known.Any(k => k == name || k.EndsWith("/" + name, StringComparison.Ordinal)));
        Assert.Empty(missing.Distinct(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| (?<code>M\d+) \| (?<name>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex DiagnosticRow();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    /// <summary>The name of a source file: `Solver/Instance/Interpreter.cs`, or just `Interpreter.cs`.</summary>
    [GeneratedRegex(@"`(?<file>[\w./]+\.cs)`")]
    private static partial Regex FileName();
}
