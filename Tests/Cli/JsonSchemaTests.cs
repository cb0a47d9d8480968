using System.Text.Json.Nodes;
using Checker.Cli;
using Checker.Cli.Commands;
using Checker.Composition;
using Checker.Composition.Protocols;
using Checker.Tests.Architecture;
using Checker.Tests.Export;
using Json.Schema;

namespace Checker.Tests.Cli;

/// <summary>The JSON of every command follows docs/schema/checker-1.json, and the schema describes every key.</summary>
public sealed class JsonSchemaTests
{
    private const string Counter = "--protocol Counter";
    private const string Small = "--protocol PageLifecycle --design separate,honest";

    private static readonly Lazy<JsonSchema> s_schema = new(() => JsonSchema.FromText(Closed(Text()).ToJsonString()));

    [Theory]
    [InlineData("verify " + Small + " --no-proofs")]
    [InlineData("verify " + Small)]
    [InlineData("verify " + Small + " --drop punch.zap --every-property")]
    [InlineData("verify " + Small + " --drop punch.zap --simplest --no-proofs")]
    [InlineData("verify " + Counter)]
    [InlineData("verify " + Small + " --memory 1M")]
    [InlineData("prove " + Small)]
    [InlineData("prove " + Small + " --drop punch.zap")]
    [InlineData("bmc " + Counter + " --depth 2")]
    [InlineData("bmc " + Counter + " --drop lock --depth 6")]
    [InlineData("bmc " + Counter + " --property AllDone --depth 6")]
    [InlineData("bmc " + Counter + " --property AllDone --depth 2")]
    [InlineData("kind " + Counter + " --k 1")]
    [InlineData("kind " + Counter + " --drop lock --k 8")]
    [InlineData("infer " + Small)]
    [InlineData("infer " + Small + " --drop fill.free")]
    [InlineData("walk " + Small + " --seed 1 --walks 3")]
    [InlineData("walk " + Small + " --seed 1 --drop punch.zap")]
    [InlineData("mutate " + Counter)]
    [InlineData("graph --components " + Counter)]
    [InlineData("list labels " + Counter)]
    [InlineData("list properties " + Counter)]
    [InlineData("list")]
    [InlineData("doctor")]
    [InlineData("bugs E-K1 E-G11")]
    [InlineData("claims S6 --design sw,hole,separate,honest")]
    [InlineData("designs --platform cca --vmm honest --order store,zap,flush,reclaim")]
    [InlineData("lifecycle --design sw,hole,separate,honest")]
    public void The_output_follows_the_schema(string command)
    {
        var outcome = Program.Call($"{command} --json");

        AssertValid(outcome, command);
    }

    [Fact]
    public void An_impossible_scenario_follows_the_schema()
    {
        var lifecycle = Registry.Get("PageLifecycle");
        var protocol = lifecycle with
        {
            Build = d => lifecycle.Build(d) is var model
                ? model with { Properties = [.. model.Properties.Select(p => p with { Actions = [.. p.Actions.Reverse()] })] }
                : null!,
        };
        var (output, error) = (new StringWriter(), new StringWriter());

        CommandLine.Run(["verify", "--no-proofs", "--json"], new([protocol]), [], output, error);

        Assert.Contains("falseConditions", output.ToString(), StringComparison.Ordinal);
        AssertValid(new(1, output.ToString(), ""), "verify");
    }

    [Fact]
    public void A_replayed_trace_a_comparison_and_a_certificate_follow_the_schema()
    {
        using var folder = new Folder();
        string trace = folder["trace.json"];
        Program.Call($"verify {Small} --drop punch.zap --trace-out {trace}");
        AssertValid(Program.Call($"replay {trace} --json"), "replay");

        string other = folder["other.json"];
        Program.Call($"verify {Small} --drop fill.free --trace-out {other}");
        AssertValid(Program.Call($"replay {trace} --diff {other} --json"), "difference");
        File.WriteAllText(other, File.ReadAllText(other).Replace("\"fill.free\"", "", StringComparison.Ordinal));
        AssertValid(Program.Call($"replay {trace} --diff {other} --json"), "difference");

        AssertValid(Program.Call("verify --protocol PageLifecycle --compare separate,honest inplace,honest --json"), "compare");

        string certificate = folder["certificate"];
        Program.Call($"prove {Small} --certificate {certificate}");
        AssertValid(Program.Call($"certify {certificate} --json"), "certify");
    }

    [Theory, Trait("Tier", "slow")]
    [InlineData("")]
    [InlineData(" --drop lock")]
    public void A_comparison_with_other_tools_follows_the_schema(string more)
    {
        Tools.Require();
        AssertValid(Program.Call($"agree {Counter}{more} --json"), "agree");
    }

    [Fact]
    public void A_gate_its_accepted_results_and_joined_parts_follow_the_schema()
    {
        using var folder = new Folder();
        string file = folder.Write("checker.json", """
            {
              "baseline": "accepted.json",
              "runs": [
                { "name": "good", "protocol": "Counter", "engines": ["explore", "walk"], "walks": 3 },
                { "name": "bad", "protocol": "Counter", "drop": ["lock"], "engines": ["bmc"] }
              ]
            }
            """);
        AssertValid(Program.Run("ci", file, "--json"), "ci");
        string[] parts =
        [
            folder.Write("1.json", Program.Run("ci", file, "--json", "--shard", "1/2").Output),
            folder.Write("2.json", Program.Run("ci", file, "--json", "--shard", "2/2").Output),
        ];
        AssertValid(new(0, File.ReadAllText(parts[0]), ""), "ci");
        AssertValid(Program.Run("merge", "--json", parts[0], parts[1]), "ci");

        folder.Write("checker.json", File.ReadAllText(file).Replace("\"drop\": [\"lock\"],", "", StringComparison.Ordinal));
        Program.Run("ci", file, "--accept");
        AssertValid(new(0, File.ReadAllText(folder["accepted.json"]), ""), "baseline");
    }

    [Fact]
    public void The_schema_describes_every_command_with_json()
    {
        string[] described = [.. Text()["oneOf"]!.AsArray().Select(c => c!["$ref"]!.GetValue<string>().Split('/')[^1])];

        var commands = CommandTable.All.Concat(ProtocolCommands.All)
            .Where(c => c.Create(Registry.All).Options.Any(o => o.Name == "--json"))
            .Select(c => c.Name);

        // The output of merge is that of the command whose parts it joins.
        Assert.Equal(
            commands.Except(["merge"]).Concat(["baseline", "compare", "difference", "stopped"]).Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal));
    }

    private static void AssertValid(Outcome outcome, string command)
    {
        var node = JsonNode.Parse(outcome.Output);
        Assert.Equal(command.Split(' ')[0], node!["command"]!.GetValue<string>());

        // The document's own definition gives better messages than "matches none of them".
        var schema = JsonSchema.FromText(Closed(Of(command.Split(' ')[0])).ToJsonString());
        var result = schema.Evaluate(node, new() { OutputFormat = OutputFormat.List });

        Assert.True(result.IsValid, string.Join("; ", result.Details.Where(d => d.HasErrors)
            .Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}")) + "\n" + outcome.Output);
        Assert.True(s_schema.Value.Evaluate(node).IsValid, $"{command}: not exactly one of the documents of the schema");
    }

    private static JsonObject Text() => JsonNode.Parse(Repository.Read("docs/schema/checker-1.json"))!.AsObject();

    /// <summary>The schema of one command's document.</summary>
    private static JsonObject Of(string command)
    {
        var schema = Text();
        schema.Remove("oneOf");
        schema.Remove("$id");
        schema["$ref"] = $"#/$defs/{command}";
        return schema;
    }

    /// <summary>The schema without room for keys that it does not describe. A reader must have this room, and a test must not.</summary>
    private static JsonObject Closed(JsonObject schema)
    {
        foreach (var definition in Objects(schema).Where(o => o["properties"] is JsonObject && o["additionalProperties"] is null
            && o["$defs"] is null))
        {
            definition["additionalProperties"] = false;
        }

        return schema;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.Select(p => p.Value).ToList().SelectMany(Objects).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };
}
