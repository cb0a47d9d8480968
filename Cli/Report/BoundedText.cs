using Checker.App;
using Checker.Solver.Traces.Files;

namespace Checker.Cli.Report;

/// <summary>Runs of the bounded engines as text and as JSON.</summary>
internal static class BoundedText
{
    public static (string Text, Tone Tone) Describe(BoundedRun run) => run.Verdict switch
    {
        "holds" => ($"no violation in {run.Steps} steps", Tone.Good),
        "proved" => ($"proved for this instance by {run.Steps}-induction", Tone.Good),
        "possible" => ($"possible: {string.Join(", ", run.Witnesses.Select(t => $"{t.Property!.Name}, {t.Length} states"))}", Tone.Good),
        "violated" => ($"VIOLATED: {run.Trace!.Property!.Name}, {run.Trace.Length} states", Tone.Bad),
        _ => ($"not decided: {run.Reason}", Tone.Bad),
    };

    public static void Write(TextWriter writer, IReadOnlyCollection<BoundedRun> runs, int asked) => Json.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("finished", runs.Count == asked && runs.All(r => r.IsDecided));
        Json.Objects(json, "runs", runs, run =>
        {
            json.WriteString("protocol", run.Job.Protocol.Name);
            Json.Parts(json, run.Job.Protocol, run.Job.Design);

            json.WriteString("bounds", run.Job.Bounds.ToString());
            Json.Strings(json, "dropped", run.Job.Dropped);
            json.WriteString("verdict", run.Verdict);
            json.WriteNumber("steps", run.Steps);
            json.WriteString("property", run.Trace?.Property?.Name);
            Json.Number(json, "length", run.Trace?.Length);
            json.WriteNumber("seconds", Math.Round(run.Time.TotalSeconds, 3));
            Json.Objects(json, "witnesses", run.Witnesses, witness =>
            {
                json.WriteString("property", witness.Property!.Name);
                json.WriteNumber("length", witness.Length);
            });
            if (run.Step is { } step)
            {
                json.WriteStartObject("inductionCounterexample");
                json.WriteString("property", step.Property!.Name);
                json.WriteBoolean("necessarilyReachable", false);
                TraceJson.WriteStates(json, step);
                json.WriteEndObject();
            }
        });
        json.WriteEndObject();
    });
}
