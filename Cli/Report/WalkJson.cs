using System.Text.Json;
using Checker.App;

namespace Checker.Cli.Report;

/// <summary>
/// The walks as one JSON object: <c>{"finished", "runs": [{"protocol", the parts of the design by their keys, "bounds", "dropped",
/// "verdict", "property", "length", "trace_bounds", "expected", "seed", "walk", "walks", "steps", "stuck", "seconds", "steps_per_second",
/// "fired", "labels_at_work", "labels_refusing", "labels_not_seen"}]}</c>. The verdict is "violated", "notviolated" or "stopped"; a walk
/// never proves a property. "finished" is false if a question has no answer because a run was stopped or never begun. Keys are only ever
/// added.
/// </summary>
internal static class WalkJson
{
    public static void Write(TextWriter writer, IEnumerable<WalkRun> runs, bool finished) => Json.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run => Write(json, run));
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, WalkRun run)
    {
        var (job, result) = (run.Job, run.Result);
        json.WriteString("protocol", job.Protocol.Name);
        Json.Parts(json, job.Protocol, job.Design);

        json.WriteString("bounds", job.Bounds.ToString());
        Json.Strings(json, "dropped", job.Dropped);
        json.WriteString("verdict", run.Failed is not null ? "violated" : result.IsStopped ? "stopped" : "notviolated");
        if (run is { Trace: { } trace, Failed: { } failed })
        {
            json.WriteString("property", trace.Property!.Name);
            json.WriteNumber("length", trace.Length);
            json.WriteString("trace_bounds", trace.Header.Bounds);
            json.WriteBoolean("expected", !run.IsViolated);
            json.WriteNumber("walk", failed.Walk);
        }
        else
        {
            json.WriteNull("property");
            json.WriteNull("length");
            json.WriteNull("trace_bounds");
            json.WriteBoolean("expected", false);
            json.WriteNull("walk");
        }

        json.WriteString("seed", WalkText.SeedOf(run.Options));
        json.WriteNumber("walks", result.Walks);
        json.WriteNumber("steps", result.Steps);
        json.WriteNumber("stuck", result.Stuck);
        json.WriteNumber("seconds", Math.Round(run.Time.TotalSeconds, 3));
        json.WriteNumber("steps_per_second", Math.Round(run.Rate));
        json.WriteStartObject("fired");
        foreach (var (action, count) in job.Model.Actions.Zip(result.Fired))
        {
            json.WriteNumber(action.Name, count);
        }

        json.WriteEndObject();
        Json.Strings(json, "labels_at_work", result.Worked);
        Json.Strings(json, "labels_refusing", result.Refused);
        Json.Strings(json, "labels_not_seen", result.NotSeen);
    }
}
