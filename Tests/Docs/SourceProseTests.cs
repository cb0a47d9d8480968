using Checker.Tests.Architecture;

namespace Checker.Tests.Docs;

/// <summary>The comments of all sources keep the rules of <see cref="SourceProse"/>, and the rules refuse bad comments.</summary>
public sealed class SourceProseTests
{
    public static TheoryData<string> Projects() => new(Sources().Select(Project).Distinct(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_comments_of_a_project_keep_the_rules(string project) =>
        Assert.Empty(Sources()
            .Where(f => Project(f) == project)
            .SelectMany(f => SourceProse.Problems(Repository.Read(f)).Select(p => $"{f}: {p}")));

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_comments_of_a_project_keep_the_frequencies(string project) =>
        Assert.Empty(SourceProse.Frequencies(Sources().Where(f => Project(f) == project).Select(Repository.Read)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_texts_of_a_project_stand_alone(string project)
    {
        var sources = project == "Tests" ? [] : Sources().Where(f => Project(f) == project);
        Assert.Empty(sources.SelectMany(f => SourceProse.TextsWithDots(Repository.Read(f)).Select(t => $"{f}: {t}")));
    }

    [Fact]
    public void Texts_that_begin_with_dots_are_found() =>
        Assert.Single(SourceProse.TextsWithDots("Label(\"a\", \"... and from host TLBs\");\nLabel(\"b\", \"waits ... and ends\");"));

    [Fact]
    public void The_sources_are_found() =>
        Assert.Superset(
            new HashSet<string> { "Model", "Properties", "Solver", "App", "Cli", "Composition", "Tests" },
            Sources().Select(Project).ToHashSet());

    [Theory]
    [InlineData("    /// <summary>What the state holds.</summary>", "begins with 'What'")]
    [InlineData("/// <summary>\n/// Whether it ends.\n/// </summary>", "line 1 begins with 'Whether'")]
    [InlineData("/// <returns>Of each state its number.</returns>", "begins with 'Of'")]
    [InlineData("/// <param name=\"x\">How many there are.</param>", "begins with 'How'")]
    [InlineData("/// <summary>... and the step after it.</summary>", "begins with '..'")]
    [InlineData("int x; // nobody asks", "'nobody' names no party")]
    [InlineData("// Here stands what the label is for.", "names no party")]
    public void Bad_comments_are_refused(string source, string problem) =>
        Assert.Contains(SourceProse.Problems(source), p => p.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("/// <summary>The states which violate the property.</summary>")]
    [InlineData("string s = \"\"\"\n    // What nobody wrote\n    \"\"\";")]
    [InlineData("string s = \"https://nobody.example\"; string t = \"a // nobody\";")]
    [InlineData("    // error M109: add Label(\"x\", \"what it is for\")")]
    [InlineData("/// <c>What</c> is a word.")]
    public void Good_comments_are_not(string source) => Assert.Empty(SourceProse.Problems(source));

    [Fact]
    public void Long_lines_are_refused_unless_they_are_data()
    {
        string words = string.Concat(Enumerable.Repeat("word ", 30));
        Assert.Single(SourceProse.Problems($"// {words}"));
        Assert.Empty(SourceProse.Problems($"        // error M105: {words}"));
        Assert.Empty(SourceProse.Problems($"string s = \"\"\"\n{words}\n\"\"\";"));
    }

    [Fact]
    public void Frequent_words_are_refused()
    {
        string[] words = [.. Enumerable.Repeat("// word", 987), .. Enumerable.Repeat("// that", 13)];
        Assert.Empty(SourceProse.Frequencies([string.Join('\n', words)]));
        Assert.NotEmpty(SourceProse.Frequencies([string.Join('\n', [.. words[1..], "// that"])]));
    }

    private static IEnumerable<string> Sources() => Repository.Files().Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    private static string Project(string file) => file.Split('/')[0];
}
