using System.Text.Json;
using Checker.Solver.Traces.Files;

namespace Checker.App.Gate;

/// <summary>
/// The runs of a gate as JSON, <c>ci</c> in docs/schema. The accepted results are the same document without times and messages.
/// </summary>
public static class GateJson
{
    /// <summary>The command named by the document of a gate.</summary>
    public const string Command = "ci";

    /// <summary>The command named by the document of accepted results.</summary>
    public const string Accepted = "baseline";

    private static readonly string[] s_words = ["passed", "failed", "undecided", "skipped"];

    public static void Write(Utf8JsonWriter json, GateRun run)
    {
        WriteHead(json, run);
        json.WriteString("result", run.Result);
        json.WriteNumber("seconds", run.Seconds);
        json.WriteStartArray("cases");
        foreach (var one in run.Cases)
        {
            json.WriteStartObject();
            WriteVerdict(json, one);
            json.WriteString("status", s_words[(int)one.Status]);
            json.WriteString("message", one.Message);
            json.WriteString("file", one.File);
            json.WriteNumber("line", one.Line);
            json.WriteStartArray("steps");
            foreach (var step in one.Steps)
            {
                json.WriteStartObject();
                json.WriteString("text", step.Text);
                json.WriteString("file", step.File);
                json.WriteNumber("line", step.Line);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("trace", one.Trace);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the part of a run that is accepted: counts, depth, verdicts.</summary>
    public static void WriteAccepted(Utf8JsonWriter json, GateRun run)
    {
        WriteHead(json, run);
        json.WriteStartArray("cases");
        foreach (var one in run.Cases)
        {
            json.WriteStartObject();
            WriteVerdict(json, one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <exception cref="TraceFormatException">The value is no run of a gate, or of accepted results.</exception>
    public static GateRun Read(JsonPlace place)
    {
        var run = place.Members(
            ["entry", "protocol", "design", "bounds", "dropped", "engine", "distinct", "generated", "depth", "cases"],
            ["seconds", "result"]);
        return new(
            run["entry"].String(),
            run["protocol"].String(),
            run["design"].String(),
            run["bounds"].String(),
            [.. run["dropped"].Items().Select(d => d.String())],
            GateEntry.EngineNames[run["engine"].OneOf(GateEntry.EngineNames, "engine")],
            Number(run["distinct"]),
            Number(run["generated"]),
            (int?)Number(run["depth"]),
            run.TryGetValue("seconds", out var seconds) ? seconds.Element.GetDouble() : 0,
            [.. run["cases"].Items().Select(ReadCase)]);
    }

    private static GateCase ReadCase(JsonPlace place)
    {
        var one = place.Members(
            ["property", "verdict", "length"],
            ["status", "message", "file", "line", "steps", "trace"]);
        return new(
            one["property"].String(),
            one["verdict"].String(),
            one.TryGetValue("status", out var status) ? (CaseStatus)status.OneOf(s_words, "status") : CaseStatus.Passed,
            Text("message"),
            Text("file"),
            one.TryGetValue("line", out var line) ? line.Integer() : 0)
        {
            Length = (int?)Number(one["length"]),
            Trace = Text("trace"),
            Steps = one.TryGetValue("steps", out var steps) ? [.. steps.Items().Select(ReadStep)] : [],
        };

        string Text(string member) => one.TryGetValue(member, out var text) ? text.String() : "";
    }

    private static CaseStep ReadStep(JsonPlace place)
    {
        var step = place.Members(["text", "file", "line"]);
        return new(step["text"].String(), step["file"].String(), step["line"].Integer());
    }

    private static void WriteHead(Utf8JsonWriter json, GateRun run)
    {
        json.WriteString("entry", run.Entry);
        json.WriteString("protocol", run.Protocol);
        json.WriteString("design", run.Design);
        json.WriteString("bounds", run.Bounds);
        json.WriteStartArray("dropped");
        foreach (string label in run.Dropped)
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
        json.WriteString("engine", run.Engine);
        Number(json, "distinct", run.States);
        Number(json, "generated", run.Generated);
        Number(json, "depth", run.Depth);
    }

    private static void WriteVerdict(Utf8JsonWriter json, GateCase one)
    {
        json.WriteString("property", one.Property);
        json.WriteString("verdict", one.Verdict);
        Number(json, "length", one.Length);
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static long? Number(JsonPlace place) => place.Element.ValueKind == JsonValueKind.Null ? null
        : place.Element.ValueKind == JsonValueKind.Number && place.Element.TryGetInt64(out long number) && number >= 0 ? number
        : throw place.Wrong("must be a whole number, or null");
}
