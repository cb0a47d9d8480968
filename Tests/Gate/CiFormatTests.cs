using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Checker.App.Gate;
using Checker.Cli.Gate;
using Checker.Tests.Architecture;
using Checker.Tests.Cli;
using Json.Schema;

namespace Checker.Tests.Gate;

/// <summary>The files and outputs for CI systems.</summary>
public sealed class CiFormatTests
{
    private const string Nasty = "a<b>&\"'|\u0001%:,\n::error::x \U0001F512";

    private static readonly GateRun s_nasty = new("e", "P", "d,e", "1", ["l"], "explore", 5, 6, 7, 1.5,
    [
        new("Good", "holds", CaseStatus.Passed, "holds", "Model/P.cs", 3),
        new("Bad", "violated", CaseStatus.Failed, Nasty, "Model/a b,c.cs", 12)
        {
            Length = 2,
            Trace = Nasty,
            Steps = [new(Nasty, "Model/P.cs", 4)],
        },
        new("Open", "undecided", CaseStatus.Undecided, "not decided", "Model/P.cs", 0),
        new("Skip", "undecided", CaseStatus.Skipped, "not asked", "Model/P.cs", 5),
    ]);

    [Fact]
    public void JUnit_has_a_case_for_each_property()
    {
        var suites = XDocument.Parse(JUnit.Of([s_nasty])).Root!;

        Assert.Equal(("4", "1", "1", "1"), Counts(suites));
        Assert.Equal(("4", "1", "1", "1"), Counts(suites.Element("testsuite")!));
        var cases = suites.Descendants("testcase").ToList();
        Assert.Equal(["Good", "Bad", "Open", "Skip"], cases.Select(c => c.Attribute("name")!.Value));
        Assert.Equal(["system-out", "failure", "error", "skipped"], cases.Select(c => Assert.Single(c.Elements()).Name.LocalName));
        Assert.Equal(Nasty.Replace('\u0001', '\uFFFD').Replace('\n', '\n'), cases[1].Element("failure")!.Attribute("message")!.Value);

        static (string, string, string, string) Counts(XElement e) =>
            (e.Attribute("tests")!.Value, e.Attribute("failures")!.Value, e.Attribute("errors")!.Value, e.Attribute("skipped")!.Value);
    }

    [Fact]
    public void Sarif_follows_the_published_schema()
    {
        var schema = JsonSchema.FromText(Repository.Read("Tests/Data/sarif-schema-2.1.0.json"));
        using var folder = new Folder();
        string path = folder["real.sarif"];
        Cli.Program.Run("verify", "--protocol", "PageLifecycle", "--drop", "punch.zap", "--no-proofs", "--sarif", path);
        foreach (string text in (string[])[Sarif.Of([s_nasty]), Sarif.Of([]), File.ReadAllText(path)])
        {
            var result = schema.Evaluate(JsonNode.Parse(text), new() { OutputFormat = OutputFormat.List });
            Assert.True(result.IsValid, string.Join("; ", result.Details.Where(d => d.HasErrors)
                .Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}")));
        }
    }

    [Fact]
    public void Sarif_points_at_the_dropped_guard()
    {
        using var folder = new Folder();
        string path = folder["real.sarif"];
        var outcome = Cli.Program.Call($"verify --design snp,attribute,inplace,honest --drop convert.refcount --no-proofs --sarif {path}");

        Assert.Equal(1, outcome.Code);
        var results = JsonNode.Parse(File.ReadAllText(path))!["runs"]![0]!["results"]!.AsArray();
        var result = results.Single(r => r!["ruleId"]!.GetValue<string>() == "GuestMemory/HostNeverReachesPrivate")!;
        var place = result["locations"]![0]!["physicalLocation"]!;
        string file = place["artifactLocation"]!["uri"]!.GetValue<string>();
        string line = Repository.Read(file).Split('\n')[place["region"]!["startLine"]!.GetValue<int>() - 1];
        Assert.Contains("convert.refcount", line, StringComparison.Ordinal);
        Assert.Equal(9, result["codeFlows"]![0]!["threadFlows"]![0]!["locations"]!.AsArray().Count);
    }

    [Fact]
    public void Sarif_knows_a_case_again_when_its_line_moves()
    {
        var moved = s_nasty with { Cases = [.. s_nasty.Cases.Select(c => c with { Line = c.Line + 10 })] };

        Assert.Equal(Fingerprints(Sarif.Of([s_nasty])), Fingerprints(Sarif.Of([moved])));
        Assert.Equal(2, Fingerprints(Sarif.Of([s_nasty])).Distinct().Count());

        static string[] Fingerprints(string text) => [.. JsonNode.Parse(text)!["runs"]![0]!["results"]!.AsArray()
            .Select(r => r!["partialFingerprints"]!["case/v1"]!.GetValue<string>())];
    }

    [Fact]
    public void Code_quality_has_the_members_that_GitLab_requires()
    {
        var entries = JsonNode.Parse(CodeQuality.Of([s_nasty]))!.AsArray();

        Assert.Equal(2, entries.Count);
        Assert.All(entries, e =>
        {
            Assert.NotEmpty(e!["description"]!.GetValue<string>());
            Assert.NotEmpty(e["check_name"]!.GetValue<string>());
            Assert.Matches("^[0-9a-f]{32}$", e["fingerprint"]!.GetValue<string>());
            Assert.Contains(e["severity"]!.GetValue<string>(), (string[])["info", "minor", "major", "critical", "blocker"]);
            Assert.NotEmpty(e["location"]!["path"]!.GetValue<string>());
            Assert.True(e["location"]!["lines"]!["begin"]!.GetValue<int>() >= 1);
        });
        Assert.Equal(2, entries.Select(e => e!["fingerprint"]!.GetValue<string>()).Distinct().Count());
    }

    /// <summary>A text cannot begin a command of its own: it has no line breaks, and no separators where they mean something.</summary>
    [Fact]
    public void An_annotation_is_one_line()
    {
        var log = new StringWriter { NewLine = "\n" };
        GitHub.Annotate([s_nasty], log);

        string[] lines = log.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("::error file=Model/a b%2Cc.cs,line=12,title=Bad (explore)::", lines[0], StringComparison.Ordinal);
        Assert.Contains("%25:,%0A::error", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_rest_of_many_annotations_is_counted()
    {
        var log = new StringWriter { NewLine = "\n" };
        GitHub.Annotate([.. Enumerable.Repeat(s_nasty, 20)], log);

        string[] lines = log.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(10, lines.Count(l => l.StartsWith("::error ", StringComparison.Ordinal)));
        Assert.StartsWith("::notice::30 more", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_is_escaped_and_never_too_large()
    {
        string summary = GitHub.Summary([s_nasty], GitHub.MostSummary);
        Assert.DoesNotContain("<b>", summary, StringComparison.Ordinal);
        Assert.Contains("a&lt;b&gt;&amp;", summary, StringComparison.Ordinal);
        Assert.Contains("| P d,e, bounds 1, without l | explore | 5 | **failed**", summary, StringComparison.Ordinal);

        var one = s_nasty.Cases[1] with { Trace = new string('\u00e9', 100_000) };
        var large = Enumerable.Repeat(s_nasty with { Cases = [one] }, 20).ToList();
        string cut = GitHub.Summary(large, GitHub.MostSummary);
        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 500_000, GitHub.MostSummary);
        Assert.Contains("The rest is left out", cut, StringComparison.Ordinal);
        Assert.Equal("", GitHub.Summary(large, 10));
    }

    [Fact]
    public void Verify_prove_and_walk_write_the_files()
    {
        using var folder = new Folder();
        foreach (string command in (string[])["verify --no-proofs", "prove", "walk --seed 1 --walks 2 --steps 20"])
        {
            string path = folder[$"{command.Split(' ')[0]}.xml"];
            var outcome = Cli.Program.Call($"{command} --protocol PageLifecycle --design separate,honest --junit {path}");

            Assert.Equal(0, outcome.Code);
            Assert.All(XDocument.Parse(File.ReadAllText(path)).Descendants("testcase"), c => Assert.NotNull(c.Element("system-out")));
        }
    }
}
