using System.Text.Json;
using Checker.App;
using Checker.App.Gate;
using Checker.Cli.Report;

namespace Checker.Cli.Gate;

/// <summary>
/// Results as SARIF 2.1.0 (OASIS), which code-scanning services show at the line: a rule for each property, a result for each failed or
/// undecided case, and the trace as a code flow.
/// </summary>
internal static class Sarif
{
    public const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static string Of(IReadOnlyCollection<GateRun> runs) => Json.Text(json => Write(json, runs)) + "\n";

    /// <summary>Returns the identity of a case, which stays the same when lines move.</summary>
    public static string RuleOf(GateRun run, GateCase one) => $"{run.Protocol}/{one.Property}";

    private static void Write(Utf8JsonWriter json, IReadOnlyCollection<GateRun> runs)
    {
        var bad = runs.SelectMany(run => run.Cases.Where(c => c.IsBad).Select(one => (Run: run, Case: one))).ToList();
        string[] rules = [.. bad.Select(b => RuleOf(b.Run, b.Case)).Distinct(StringComparer.Ordinal)];
        json.WriteStartObject();
        json.WriteString("$schema", SchemaUri);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "checker");
        json.WriteString("version", Self.Version);
        json.WriteStartArray("rules");
        foreach (string rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule);
            json.WriteString("name", rule[(rule.LastIndexOf('/') + 1)..]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (var (run, one) in bad)
        {
            Write(json, run, one, Array.IndexOf(rules, RuleOf(run, one)));
        }

        json.WriteEndArray();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GateRun run, GateCase one, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", RuleOf(run, one));
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", one.Status == CaseStatus.Failed ? "error" : "warning");
        Message(json, $"{run.Name}, {run.Engine}: {one.Message}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        Place(json, one.File, one.Line);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("case/v1", $"{run.FullName}: {one.Property}");
        json.WriteEndObject();
        if (!one.Steps.IsEmpty)
        {
            json.WriteStartArray("codeFlows");
            json.WriteStartObject();
            json.WriteStartArray("threadFlows");
            json.WriteStartObject();
            json.WriteStartArray("locations");
            foreach (var step in one.Steps)
            {
                json.WriteStartObject();
                json.WriteStartObject("location");
                Place(json, step.File, step.Line);
                Message(json, step.Text);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("message");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, string file, int line)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        // A path outside the working directory is absolute, and has no base.
        bool isAbsolute = Path.IsPathRooted(file);
        json.WriteString(
            "uri",
            isAbsolute ? new Uri(file).AbsoluteUri : Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal));
        if (!isAbsolute)
        {
            json.WriteString("uriBaseId", "%SRCROOT%");
        }

        json.WriteEndObject();
        if (line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
