using System.Collections.Immutable;
using System.Text.Json;
using Checker.App.Gate;
using Checker.Cli.Report;

namespace Checker.Cli.Gate;

/// <summary>The checks of a gate as one JSON object: <c>ci</c> in docs/schema. The accepted results are <c>baseline</c> there.</summary>
internal static class CiJson
{
    /// <param name="differences">The differences from the accepted results; null if there are none to compare with.</param>
    public static void Write(
        TextWriter writer,
        IReadOnlyCollection<GateRun> runs,
        bool finished,
        IReadOnlyCollection<GateDifference>? differences,
        Shard? shard,
        int code) => Json.Write(writer, GateJson.Command, json =>
    {
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run => GateJson.Write(json, run));
        Json.Strings(json, "different", differences?.Select(d => d.Name) ?? []);
        Json.Shard(json, shard, code);
    });

    public static string Accepted(IEnumerable<GateRun> runs)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Json.Write(text, GateJson.Accepted, json => Json.Objects(json, "runs", runs, run => GateJson.WriteAccepted(json, run)));
        return text.ToString();
    }

    /// <summary>Writes the joined results of shards: the document of the undivided command.</summary>
    public static void Write(TextWriter writer, MergedResults merged) => Json.Write(writer, merged.Command, json =>
    {
        json.WriteBoolean("finished", merged.IsFinished);
        Elements("runs", merged.Runs);
        foreach (var (name, elements) in merged.Lists)
        {
            Elements(name, elements);
        }

        Json.Shard(json, null, merged.Code);

        void Elements(string name, ImmutableArray<JsonElement> elements)
        {
            json.WriteStartArray(name);
            foreach (var element in elements)
            {
                element.WriteTo(json);
            }

            json.WriteEndArray();
        }
    });
}
