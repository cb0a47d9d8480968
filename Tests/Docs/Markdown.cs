using System.Text.RegularExpressions;
using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>A fenced block of a page: its kind, and its text, each line ended by a line feed.</summary>
/// <param name="Start">The position of the text in the page.</param>
internal sealed record Fence(string Page, string Language, string Text, int Start)
{
    public override string ToString() => $"{Page}: {Text.Split('\n')[0]}";
}

/// <summary>The hand-written pages, as seen by the tests.</summary>
internal static partial class Markdown
{
    /// <summary>README.md, docs/tutorial.md, ..: every page of the repository's root and of docs, relative to the root.</summary>
    public static IEnumerable<string> Pages() =>
        Repository.Files()
            .Where(f =>
                f.EndsWith(".md", StringComparison.Ordinal) && (f.StartsWith("docs/", StringComparison.Ordinal) || !f.Contains('/')))
            .Order(StringComparer.Ordinal);

    public static IEnumerable<Fence> Fences(string page, string language) =>
        FencePattern().Matches(Repository.Read(page)).Where(m => m.Groups["language"].Value == language)
            .Select(m => new Fence(page, language, m.Groups["text"].Value, m.Groups["text"].Index));

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();
}
