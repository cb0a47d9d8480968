using System.Text.Json;
using System.Text.Json.Nodes;
using Checker.App;
using Checker.App.Gate;
using Checker.Composition.Protocols;
using Checker.Tests.Architecture;
using Checker.Tests.Cli;
using Json.Schema;

namespace Checker.Tests.Gate;

/// <summary>The list of checks of a team: every mistake is one line with file, line and the allowed values.</summary>
public sealed class GateFileTests
{
    private const string Run = """{ "name": "a", "protocol": "Counter", "engines": ["explore"] }""";

    [Theory]
    [InlineData("""{ "runs": [] }""", 1, "runs: there is no run")]
    [InlineData("""{ "rnus": [] }""", 1, "rnus: there is no such member; did you mean 'runs'?")]
    [InlineData("""{ }""", 1, "the member 'runs' is missing")]
    [InlineData("""[]""", 1, "must be an object, not an array")]
    [InlineData("{\n \"runs\": [\n  { \"name\": \"a\", \"protocl\": \"Counter\" } ] }", 3, "runs[0].protocl", "did you mean 'protocol'?")]
    [InlineData("{\n \"runs\": [\n  { \"name\": \"a\",\n \"protocol\": \"Countr\", \"engines\": [\"explore\"] } ] }", 4, "runs[0].protocol",
        "did you mean 'Counter'?")]
    [InlineData("{ \"runs\": [ { \"name\": \"a\", \"protocol\": \"Counter\", \"engines\": [\n\"explore\",\n\"pruve\"] } ] }", 3,
        "runs[0].engines[1]", "'pruve' is no engine", "did you mean 'prove'?")]
    [InlineData("{ \"runs\": [ { \"name\": \"a\", \"protocol\": \"Counter\", \"engines\": [] } ] }", 1, "name at least one engine")]
    [InlineData("{ \"runs\": [ { \"name\": \"\", \"protocol\": \"Counter\", \"engines\": [\"explore\"] } ] }", 1, "visible character")]
    [InlineData("{ \"runs\": [ { \"name\": 7, \"protocol\": \"Counter\", \"engines\": [\"explore\"] } ] }", 1,
        "must be a string, not the number")]
    [InlineData("{ \"runs\": [ " + Run + ",\n " + Run + "] }", 1, "two runs have the name 'a'")]
    [InlineData("{ \"onDifference\": \"ask\", \"runs\": [ " + Run + "] }", 1, "'ask' is no reaction", "show, fail")]
    public void A_mistake_is_one_line(string text, int line, params string[] parts)
    {
        using var folder = new Folder();
        string path = folder.Write("c.json", text);

        var refused = Assert.Throws<BadInputException>(() => GateFile.Read(path, Registry.All, isFrom: false));

        Assert.StartsWith($"{path}:{line}: ", refused.Message, StringComparison.Ordinal);
        Assert.All(parts, p => Assert.Contains(p, refused.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("\"designs\": [\"snq,*,*,*\"]", "designs[0]", "did you mean 'snp'?")]
    [InlineData("\"bounds\": \"1,2\"", "bounds", "5 numbers")]
    [InlineData("\"drop\": [\"punch.flush\", \"punch.flsh\"]", "drop[1]", "did you mean 'punch.flush'?")]
    [InlineData("\"properties\": [\"HostNeverReachesPrivat\"]", "properties[0]", "did you mean 'HostNeverReachesPrivate'?")]
    [InlineData("\"expect\": { \"HostNeverReachesPrivate\": \"vilated\" }", "expect.HostNeverReachesPrivate", "did you mean 'violated'?")]
    [InlineData("\"expect\": { \"HostNeverReachesPrivat\": \"violated\" }", "expect.HostNeverReachesPrivat",
        "did you mean 'HostNeverReachesPrivate'?")]
    [InlineData("\"expect\": { \"HostNeverReachesPrivate\": \"possible\" }", "expect.HostNeverReachesPrivate", "holds, violated")]
    [InlineData("\"expect\": [7]", "expect", "must be an object")]
    [InlineData("\"threads\": 0", "threads", "1 to 64")]
    [InlineData("\"threads\": \"2\"", "threads", "must be an integer")]
    [InlineData("\"memory\": \"4X\"", "memory", "512M or 4G")]
    [InlineData("\"seed\": \"12x\"", "seed", "0x1f")]
    [InlineData("\"bmcSteps\": 1001", "bmcSteps", "0 to 1000")]
    public void A_wrong_member_of_a_run_is_named(string member, params string[] parts)
    {
        using var folder = new Folder();
        string path = folder.Write("c.json", $$"""
            {
              // A comment is allowed.
              "runs": [
                {
                  "name": "a",
                  "protocol": "GuestMemory",
                  "engines": ["explore"],
                  {{member}}
                }
              ]
            }
            """);

        var refused = Assert.Throws<BadInputException>(() => GateFile.Read(path, Registry.All, isFrom: false));

        Assert.StartsWith($"{path}:8: runs[0].", refused.Message, StringComparison.Ordinal);
        Assert.All(parts, p => Assert.Contains(p, refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"runs\": [ " + Run + ", ] }", "line 1", "a comma stands before the closing bracket")]
    [InlineData("{\n \"runs\": [\n", "line 3", "not readable as JSON")]
    [InlineData("{ \"runs\": [], \"runs\": [] }", "not readable as JSON")]
    public void Text_that_is_no_JSON_is_refused(string text, params string[] parts)
    {
        using var folder = new Folder();
        var outcome = Cli.Program.Run("ci", folder.Write("c.json", text));

        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.All(parts, p => Assert.Contains(p, outcome.Error, StringComparison.Ordinal));
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_property_which_an_engine_does_not_decide_is_refused()
    {
        using var folder = new Folder();
        string path = folder.Write("c.json",
            """{ "runs": [ { "name": "a", "protocol": "Counter", "engines": ["explore", "walk"], "properties": ["AllDone"] } ] }""");

        Assert.Contains("runs[0].properties[0]", Assert.Throws<BadInputException>(
            () => GateFile.Read(path, Registry.All, isFrom: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_new_file_follows_its_schema_and_is_read()
    {
        using var folder = new Folder();
        string path = folder["checker.json"];

        Assert.Equal(0, Cli.Program.Run("init", path).Code);

        Assert.Equal(["checker.json", "checker.schema.json"], folder.Files);
        var schema = JsonSchema.FromText(File.ReadAllText(folder["checker.schema.json"]));
        var node = JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip });
        Assert.True(schema.Evaluate(node).IsValid);
        var entries = GateFile.Read(path, Registry.All, isFrom: false).Entries;
        Assert.Equal(Registry.All.Select(p => p.Name), entries.Select(e => e.Selection.Protocol));
        Assert.Equal((2, ""), Cli.Program.Run("init", path) is var again ? (again.Code, again.Output) : default);
    }

    /// <summary>The schema names the members that the program reads, and no others.</summary>
    [Fact]
    public void The_schema_and_the_program_know_the_same_members()
    {
        var schema = JsonNode.Parse(Repository.Read("docs/schema/checker-file-1.json"))!;
        using var folder = new Folder();

        Assert.All(
            Members(schema["properties"]!),
            m => Assert.DoesNotContain("no such member", Mistake($$"""{ "{{m}}": true }"""), StringComparison.Ordinal));
        Assert.All(
            Members(schema["$defs"]!["run"]!["properties"]!),
            m => Assert.DoesNotContain("no such member", Mistake($$"""{ "runs": [ { "{{m}}": true } ] }"""), StringComparison.Ordinal));
        // The message lists the allowed members if no name is near.
        Assert.All(
            (string[])["from", "baseline", "onDifference", "runs"],
            m => Assert.Contains(m, Members(schema["properties"]!)));

        static IEnumerable<string> Members(JsonNode node) => node.AsObject().Select(m => m.Key);

        string Mistake(string text) => Assert.Throws<BadInputException>(
            () => GateFile.Read(folder.Write("c.json", text), Registry.All, isFrom: false)).Message;
    }
}
