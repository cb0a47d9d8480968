using Checker.Tests.Cli;

namespace Checker.Tests.Gate;

/// <summary>The command <c>ci</c>: exit codes, expectations and accepted results.</summary>
public sealed class CiTests
{
    [Fact]
    public void Expected_verdicts_pass()
    {
        using var folder = new Folder();
        var outcome = Ci(folder, """
            { "name": "good", "protocol": "Counter", "engines": ["explore", "walk", "bmc"], "walks": 5 },
            { "name": "mutant", "protocol": "Counter", "drop": ["lock"], "engines": ["explore", "walk", "bmc"],
              "expect": { "NoLostUpdate": "violated" } },
            { "name": "lifecycle", "protocol": "PageLifecycle", "designs": ["separate,honest"], "engines": ["explore", "prove"] }
            """);

        Assert.True(outcome.Code == 0, outcome.Output + outcome.Error);
        Assert.Contains("8 checks: 8 passed", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"drop\": [\"lock\"], \"engines\": [\"explore\"]", "NoLostUpdate is violated after 4 steps")]
    [InlineData("\"drop\": [\"lock\"], \"engines\": [\"walk\"]", "NoLostUpdate is violated after 4 steps")]
    [InlineData("\"drop\": [\"lock\"], \"engines\": [\"bmc\"]", "NoLostUpdate is violated after 4 steps")]
    [InlineData("\"engines\": [\"explore\"], \"expect\": { \"NoLostUpdate\": \"violated\" }", "expected to be violated, and holds")]
    [InlineData("\"engines\": [\"explore\"], \"expect\": { \"AllDone\": \"impossible\" }", "expected to be impossible, and is possible")]
    public void Another_verdict_fails(string members, string message)
    {
        using var folder = new Folder();
        var outcome = Ci(folder, $$"""{ "name": "a", "protocol": "Counter", {{members}} }""");

        Assert.Equal(1, outcome.Code);
        Assert.Contains(message, Cli.Program.Words(outcome.Output), StringComparison.Ordinal);
        Assert.Contains("1 failed", outcome.Output, StringComparison.Ordinal);
    }

    /// <summary>Walks which find nothing are no proof of anything, and so no proof of an expected violation either.</summary>
    [Fact]
    public void A_violation_that_walks_should_find_and_do_not_is_undecided()
    {
        using var folder = new Folder();
        var outcome = Ci(folder, """
            { "name": "a", "protocol": "Counter", "engines": ["walk"], "walks": 3, "expect": { "NoLostUpdate": "violated" } }
            """);

        Assert.Equal(3, outcome.Code);
        Assert.Contains(
            "expected to be violated, but no violation in 3 walks",
            Cli.Program.Words(outcome.Output),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_without_memory_is_undecided()
    {
        using var folder = new Folder();
        var outcome = Ci(folder, """
            {
              "name": "a", "protocol": "GuestMemory", "designs": ["snp,attribute,separate,spurious"], "engines": ["explore"],
              "memory": "2M"
            }
            """);

        Assert.Equal(3, outcome.Code);
        Assert.Contains("not decided", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_of_a_mutant_fails_with_a_trace()
    {
        using var folder = new Folder();
        var outcome = Ci(folder, """
            { "name": "a", "protocol": "PageLifecycle", "designs": ["separate,honest"], "drop": ["punch.zap"], "engines": ["prove"] }
            """);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("! punch.zap would", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_have_no_proof_and_the_message_says_what_to_leave_out()
    {
        using var folder = new Folder();
        var outcome = Ci(folder, """{ "name": "a", "protocol": "Counter", "engines": ["prove"] }""");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("leave out 'prove'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_compared_with_the_accepted_ones()
    {
        using var folder = new Folder();
        const string Run = """{ "name": "a", "protocol": "Counter", "bounds": "2", "engines": ["explore"] }""";
        Assert.Contains("There are no accepted results", Ci(folder, Run).Output, StringComparison.Ordinal);

        var accepted = Ci(folder, Run, "--accept");
        Assert.Equal(0, accepted.Code);
        Assert.Contains("1 accepted result", accepted.Error, StringComparison.Ordinal);
        Assert.Contains("No difference from", Ci(folder, Run).Output, StringComparison.Ordinal);

        // A count, a verdict and a length differ.
        string path = folder["accepted.json"];
        string text = File.ReadAllText(path);
        folder.Write("accepted.json", text.Replace("\"distinct\": 5", "\"distinct\": 6", StringComparison.Ordinal)
            .Replace("\"verdict\": \"holds\"", "\"verdict\": \"violated\"", StringComparison.Ordinal));
        Assert.NotEqual(text, File.ReadAllText(path));
        var different = Ci(folder, Run);
        Assert.Equal(0, different.Code);
        Assert.Contains("states: 6 -> 5", different.Output, StringComparison.Ordinal);
        Assert.Contains("NoLostUpdate: violated -> holds", different.Output, StringComparison.Ordinal);
        Assert.Equal(1, Ci(folder, Run, fails: true).Code);
        var names = Ci(folder, Run, "--json").Json.GetProperty("different").EnumerateArray().Select(d => d.GetString());
        Assert.Equal(["a: Counter, bounds 2, explore"], names);

        var renamed = Ci(folder, Run.Replace("\"a\"", "\"b\"", StringComparison.Ordinal));
        Assert.Contains("new", renamed.Output, StringComparison.Ordinal);
        Assert.Contains("gone", renamed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_results_are_not_accepted()
    {
        using var folder = new Folder();
        var outcome = Ci(folder, """{ "name": "a", "protocol": "Counter", "drop": ["lock"], "engines": ["explore"] }""", "--accept");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("is unchanged", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["accepted.json"]));
    }

    [Theory]
    [InlineData("", "not readable as JSON")]
    [InlineData("{}", "'schema' is missing")]
    [InlineData("""{ "schema": "checker/2", "command": "baseline", "runs": [] }""", "this program reads 'checker/1'")]
    [InlineData("""{ "schema": "checker/1", "command": "verify", "runs": [] }""", "accepted results are 'baseline'")]
    [InlineData("""{ "schema": "checker/1", "command": "baseline", "runs": [{}] }""", "runs[0]")]
    public void A_foreign_file_of_accepted_results_is_refused(string text, string message)
    {
        using var folder = new Folder();
        folder.Write("accepted.json", text);
        var outcome = Ci(folder, """{ "name": "a", "protocol": "Counter", "engines": ["explore"] }""");

        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains("accepted.json", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_written_are_refused_before_the_work()
    {
        using var folder = new Folder();
        const string Run = """{ "name": "a", "protocol": "Counter", "engines": ["explore"] }""";
        string same = folder["x"];

        Assert.All(
            (string[][])[["--junit", "/nowhere/at/all.xml"], ["--sarif", folder["."]], ["--junit", same, "--sarif", same]],
            options =>
            {
                var outcome = Ci(folder, Run, options);
                Assert.Equal((2, ""), (outcome.Code, outcome.Output));
                Assert.Contains(options[0], outcome.Error, StringComparison.Ordinal);
            });
    }

    private static Outcome Ci(Folder folder, string runs, params string[] options) => Ci(folder, runs, fails: false, options);

    private static Outcome Ci(Folder folder, string runs, bool fails, params string[] options)
    {
        string path = folder.Write("c.json", $$"""
            { "baseline": "accepted.json", "onDifference": "{{(fails ? "fail" : "show")}}", "runs": [ {{runs}} ] }
            """);
        return Cli.Program.Run(["ci", path, .. options]);
    }
}
