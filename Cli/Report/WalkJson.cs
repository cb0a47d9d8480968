using System.Text.Json;
using Checker.App;
using Checker.App.Gate;

namespace Checker.Cli.Report;

/// <summary>The walks as one JSON object: <c>walk</c> in docs/schema.</summary>
internal static class WalkJson
{
    /// <param name="shard">The part of the work that was done; null for all of it.</param>
    /// <param name="code">The exit code of the command.</param>
    public static void Write(TextWriter writer, IEnumerable<WalkRun> runs, bool finished, Shard? shard, int code) =>
        Json.Write(writer, "walk", json =>
    {
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run => Write(json, run));
        Json.Shard(json, shard, code);
    });

    private static void Write(Utf8JsonWriter json, WalkRun run)
    {
        var (job, result) = (run.Job, run.Result);
        json.WriteString("protocol", job.Protocol.Name);
        Json.Parts(json, job.Protocol, job.Design);

        json.WriteString("bounds", job.Bounds.ToString());
        Json.Strings(json, "dropped", job.Dropped);
        Json.Answer(json, run.Answer);
        if (run is { Trace: { } trace, Failed: { } failed })
        {
            json.WriteString("property", trace.Property!.Name);
            json.WriteNumber("length", trace.Length);
            json.WriteString("traceBounds", trace.Header.Bounds);
            json.WriteBoolean("expected", !run.IsViolated);
            json.WriteNumber("walk", failed.Walk);
        }
        else
        {
            json.WriteNull("property");
            json.WriteNull("length");
            json.WriteNull("traceBounds");
            json.WriteBoolean("expected", false);
            json.WriteNull("walk");
        }

        json.WriteString("seed", WalkText.SeedOf(run.Options));
        json.WriteNumber("walks", result.Walks);
        json.WriteNumber("steps", result.Steps);
        json.WriteNumber("stuck", result.Stuck);
        json.WriteNumber("seconds", Math.Round(run.Time.TotalSeconds, 3));
        json.WriteNumber("stepsPerSecond", Math.Round(run.Rate));
        json.WriteStartObject("fired");
        foreach (var (action, count) in job.Model.Actions.Zip(result.Fired))
        {
            json.WriteNumber(action.Name, count);
        }

        json.WriteEndObject();
        Json.Strings(json, "labelsAtWork", result.Worked);
        Json.Strings(json, "labelsRefusing", result.Refused);
        Json.Strings(json, "labelsNotSeen", result.NotSeen);
    }
}
