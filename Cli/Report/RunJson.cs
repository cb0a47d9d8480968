using System.Text.Json;
using Checker.App;

namespace Checker.Cli.Report;

/// <summary>
/// The runs as one JSON object: <c>{"finished", "runs": [{"protocol", the parts of the design by their keys, "bounds", "dropped",
/// "distinct", "generated", "depth", "verdict", "property", "length", "seconds", "problems"}]}</c>. "finished" is false if a question has
/// no answer because a run was stopped or never begun. Keys are only ever added.
/// </summary>
internal static class RunJson
{
    public static void Write(TextWriter writer, IEnumerable<Run> runs, bool finished) => Json.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run => Write(json, run));
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Run run)
    {
        var (job, result) = (run.Job, run.Result);
        json.WriteString("protocol", job.Protocol.Name);
        Json.Parts(json, job.Protocol, job.Design);

        json.WriteString("bounds", job.Bounds.ToString());
        Json.Strings(json, "dropped", job.Dropped);
        json.WriteNumber("distinct", result.Distinct);
        json.WriteNumber("generated", result.Generated);
        json.WriteNumber("depth", result.Depth);
        json.WriteString("verdict", VerdictName(run));
        if (run.Judgement.Violations is [var first, ..])
        {
            json.WriteString("property", first.Property);
            json.WriteNumber("length", first.Length);
        }
        else
        {
            json.WriteNull("property");
            json.WriteNull("length");
        }

        json.WriteNumber("seconds", Math.Round(run.Time.TotalSeconds, 3));
        Json.Strings(json, "problems", run.Problems);
    }

    private static string VerdictName(Run run) => run.Verdict switch
    {
        Verdict.Violated => "violated",
        Verdict.Holds when !run.IsUnfinished => "holds",
        _ => "unfinished",
    };
}
