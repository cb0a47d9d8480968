using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Checker.App.Gate;
using Checker.Cli;
using Checker.Composition;
using Checker.Composition.Protocols;
using Checker.Tests.Architecture;
using Checker.Tests.Cli;
using Json.Schema;
using YamlDotNet.RepresentationModel;

namespace Checker.Tests.Docs;

/// <summary>The workflows in docs/ci and the page docs/ci.md: their commands exist, and their example is a list of checks.</summary>
public sealed partial class CiPageTests
{
    public static TheoryData<string> Pages => ["docs/ci/github.yml", "docs/ci/gitlab.yml", "docs/ci.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_is_one_of_the_program(string page)
    {
        var commands = Commands().Matches(Repository.Read(page)).Select(m => m.Groups["arguments"].Value).ToList();

        Assert.NotEmpty(commands);
        Assert.All(commands, command =>
        {
            string[] arguments = Variables().Replace(command, "1").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var parsed = CommandLine.Root(Registry.All, ProtocolCommands.All).Parse(arguments, new() { ResponseFileTokenReplacer = null });
            Assert.True(parsed.Errors.Count == 0, $"{command}: {string.Join("; ", parsed.Errors)}");
        });
    }

    [Fact]
    public void The_workflow_for_GitHub_has_jobs_with_steps()
    {
        var root = Yaml("docs/ci/github.yml");
        var jobs = (YamlMappingNode)root["jobs"];

        Assert.True(root.Children.ContainsKey("on"));
        Assert.All(jobs.Children, job =>
        {
            var members = (YamlMappingNode)job.Value;
            Assert.Subset(
                new HashSet<string>(["needs", "if", "runs-on", "timeout-minutes", "strategy", "steps"]),
                members.Children.Keys.Select(k => k.ToString()).ToHashSet());
            Assert.All((YamlSequenceNode)members["steps"], step =>
            {
                var keys = ((YamlMappingNode)step).Children.Keys.Select(k => k.ToString()).ToHashSet();
                // A step does one thing, and an action has a version.
                Assert.True(keys.Contains("run") != keys.Contains("uses"));
                Assert.Subset(new HashSet<string>(["name", "run", "uses", "with", "if"]), keys);
                if (keys.Contains("uses"))
                {
                    Assert.Matches("^[a-z-]+/[a-z/-]+@v[0-9]+$", step["uses"].ToString());
                }
            });
        });
        // A needed job exists.
        Assert.All(
            jobs.Children.Values.OfType<YamlMappingNode>().Where(j => j.Children.ContainsKey("needs")),
            j => Assert.True(jobs.Children.ContainsKey(j["needs"])));
    }

    [Fact]
    public void The_workflow_for_GitLab_has_jobs_with_scripts()
    {
        var root = Yaml("docs/ci/gitlab.yml");
        var stages = ((YamlSequenceNode)root["stages"]).Select(s => s.ToString()).ToList();
        var jobs = root.Children.Where(c => c.Value is YamlMappingNode m && m.Children.ContainsKey("script")).ToList();

        Assert.Equal(stages, jobs.Select(j => j.Value["stage"].ToString()));
        Assert.All(jobs, job =>
        {
            Assert.True(root.Children.ContainsKey(job.Value["extends"]));
            Assert.NotEmpty((YamlSequenceNode)job.Value["script"]);
        });
    }

    [Fact]
    public void The_example_is_a_list_of_checks()
    {
        string json = Example().Match(Repository.Read("docs/ci.md")).Groups["json"].Value;
        using var folder = new Folder();
        string path = folder.Write("checker.json", json);
        var file = GateFile.Read(path, Registry.All, isFrom: false);

        Assert.True(JsonSchema.FromText(NewGateFile.Schema).Evaluate(JsonNode.Parse(json)).IsValid);
        Assert.Equal(5, file.Checks.Length);
        // The mutant of the example is one which the property notices.
        var mutant = file.Checks[^1].Do(_ => new StringWriter(), TestContext.Current.CancellationToken);
        Assert.Equal("passed", mutant.Result);
        Assert.Equal("violated", Assert.Single(mutant.Cases).Verdict);
    }

    private static YamlMappingNode Yaml(string page)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read(page)));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>Matches a command in a script or a code block; not a name in the text.</summary>
    [GeneratedRegex(@"(?m)^(?:run: |[ -]|run:)*\./checker (?<arguments>[^|>#\n`]*)")]
    private static partial Regex Commands();

    [GeneratedRegex(@"\$\{\{[^}]*\}\}|\$[A-Z_]+")]
    private static partial Regex Variables();

    [GeneratedRegex(@"```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
