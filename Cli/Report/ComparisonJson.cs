using System.Text.Json;
using Checker.App;

namespace Checker.Cli.Report;

/// <summary>The difference between runs as one JSON object: <c>compare</c> in docs/schema.</summary>
internal static class ComparisonJson
{
    public static void Write(TextWriter writer, IReadOnlyCollection<RunPair> pairs, bool finished) => Json.Write(writer, "compare", json =>
    {
        json.WriteBoolean("finished", finished);
        json.WriteBoolean("equal", !pairs.Any(p => p.Differs));
        Json.Objects(json, "pairs", pairs, pair => Write(json, pair));
    });

    private static void Write(Utf8JsonWriter json, RunPair pair)
    {
        json.WriteString("left", pair.Left?.Name);
        json.WriteString("right", pair.Right?.Name);
        json.WriteBoolean("equal", !pair.Differs);
        json.WriteNumber("equalProperties", pair.EqualProperties);
        json.WriteStartArray("differences");
        if (pair is { Left: { } left, Right: { } right } && left.Verdict != right.Verdict)
        {
            json.WriteStartObject();
            json.WriteString("name", "verdict");
            json.WriteString("left", left.Verdict);
            json.WriteString("right", right.Verdict);
            json.WriteEndObject();
        }

        foreach (var number in pair.Numbers)
        {
            json.WriteStartObject();
            json.WriteString("name", number.Name);
            json.WriteNumber("left", number.Left);
            json.WriteNumber("right", number.Right);
            json.WriteEndObject();
        }

        foreach (var property in pair.Properties)
        {
            json.WriteStartObject();
            json.WriteString("name", property.Name);
            Write(json, "left", property.Left);
            Write(json, "right", property.Right);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, PropertyVerdict? verdict)
    {
        if (verdict is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("exploredVerdict", verdict.Explored);
        Json.Boolean(json, "provedForAllSizes", verdict.Proved);
        Json.Number(json, "length", verdict.Length);
        json.WriteEndObject();
    }
}
