using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>Every hand-written page keeps the rules of <see cref="Prose"/>, and the rules refuse bad prose.</summary>
public sealed class ProseTests
{
    public static TheoryData<string> Pages() => new(Written());

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_keeps_the_rules(string page) => Assert.Empty(Prose.Problems(Repository.Read(page)));

    [Fact]
    public void All_pages_together_keep_the_frequencies() =>
        Assert.Empty(Prose.Frequencies(string.Join("\n\n", Written().Select(Repository.Read))));

    [Fact]
    public void The_pages_are_found() =>
        Assert.Superset(new HashSet<string> { "README.md", "CHANGELOG.md", "docs/tutorial.md" }, Written().ToHashSet());

    [Theory]
    [InlineData("What is the one good for? Leave it out:", "opens with 'What'")]
    [InlineData("# What a model means", "opens with 'What'")]
    [InlineData("Text.\n\n* **What a scenario notices is not explored.**", "line 3 opens with 'What'")]
    [InlineData("1. Whether it ends is unknown.", "opens with 'Whether'")]
    [InlineData("* ... and from host TLBs", "opens with '..'")]
    [InlineData("| unmap_later | ... or one |", "opens with '..'")]
    [InlineData("A frame belongs to somebody\nelse.", "'somebody' is no party")]
    [InlineData("The rest is seen, and\nnobody asks.", "line 2: 'nobody'")]
    [InlineData("xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx x", "longer than 100")]
    [InlineData("It is what it is, and what it was, and what it will be.", "'what' 3 times in 14 words")]
    [InlineData("that that that that that that that that that that that", "'that' 11 times in 11 words")]
    [InlineData("```sh\nrun\n```\nWho\n\nWho asks?", "line 6 opens with 'Who'")]
    [InlineData("<!-- generated: x -->\nfine\n<!-- end -->\n\nWhat follows is prose.", "line 5 opens with 'What'")]
    [InlineData(
        "<!-- generated: x -->\n\nxxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx x",
        "line 3 is longer than 100")]
    public void Bad_prose_is_refused(string markdown, string problem) =>
        Assert.Contains(Prose.Problems(markdown), p => p.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("The page is mapped. It shows what the guest\nWhat stands inside of a paragraph is no opening.")]
    [InlineData("```console\nWhat nobody wrote, in a line xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx "
        + "xxxxxxxxx\n```")]
    [InlineData("An example:\n\n    ... what somebody prints\n        * What else\n    ...\n\n    what else\n")]
    [InlineData("<!-- generated: Claims -->\n\nWhat nobody wrote\n\n| ... |\n\n<!-- end -->")]
    [InlineData("See [the format of traces, "
        + "with examples](https://example.org/a/very/long/target/of/a/link/that/takes/much/room/on/the/line).")]
    [InlineData("| xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx | xxxxxxxxx xxxxxxxxx xxxxxxxxx |")]
    [InlineData("Words in code do not count: `what` `what` `what`, `nobody`.")]
    public void Good_prose_is_not(string markdown) => Assert.Empty(Prose.Problems(markdown));

    [Fact]
    public void A_long_text_has_no_more_of_a_word_for_its_length()
    {
        string[] words = [.. Enumerable.Repeat("word", 1980), .. Enumerable.Repeat("that", 20)];
        Assert.Empty(Prose.Frequencies(string.Join('\n', words)));
        Assert.NotEmpty(Prose.Frequencies(string.Join('\n', [.. words[1..], "that"])));
    }

    private static IEnumerable<string> Written() =>
        Repository.Files().Where(f => f.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
