using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>Code on a page is code of the repository. A block whose first line names a file occurs in this file, to the letter.</summary>
public sealed class ExcerptTests
{
    public static TheoryData<string, string> Excerpts() =>
        new(Markdown.Pages()
            .SelectMany(page => Markdown.Fences(page, "csharp"))
            .Where(f => FileOf(f) is not null)
            .Select(f => (f.Page, f.Text)));

    [Theory]
    [MemberData(nameof(Excerpts))]
    public void Stands_in_the_file_that_it_names(string page, string text)
    {
        string file = FileOf(new(page, "csharp", text, 0))!;
        Assert.Contains(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], Repository.Read(file), StringComparison.Ordinal);
    }

    private static string? FileOf(Fence fence) =>
        fence.Text.Split('\n')[0] is var first
            && first.StartsWith("// ", StringComparison.Ordinal)
            && first.EndsWith(".cs", StringComparison.Ordinal)
        ? first[3..]
        : null;
}
