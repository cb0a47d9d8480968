using Checker.App;
using Checker.Solver;
using Checker.Solver.Traces.Files;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.Cli.Report;

/// <summary>Runs of the bounded engines as text and as JSON.</summary>
internal static class BoundedText
{
    public static (string Text, Tone Tone) Describe(BoundedRun run) => run.Answer switch
    {
        Answer.Holds { Extent: Extent.Steps } => ($"no violation in {run.Steps} steps", Tone.Good),
        Answer.Holds => ($"proved for this instance by {run.Steps}-induction", Tone.Good),
        Answer.Possible => ($"possible: {string.Join(", ", run.Witnesses.Select(Shown))}", Tone.Good),
        Answer.Violated violated => ($"VIOLATED: {Shown(violated.Trace)}", Tone.Bad),
        _ => ($"not decided: {run.Answer.Reason}", Tone.Bad),
    };

    private static string Shown(Trace trace) => $"{trace.Property!.Name}, {trace.Length} states";

    /// <param name="command">The command, bmc or kind.</param>
    public static void Write(TextWriter writer, string command, IReadOnlyCollection<BoundedRun> runs, int asked) =>
        Json.Write(writer, command, json =>
    {
        json.WriteBoolean("finished", runs.Count == asked && runs.All(r => r.Answer.IsDecided));
        Json.Objects(json, "runs", runs, run =>
        {
            json.WriteString("protocol", run.Job.Protocol.Name);
            Json.Parts(json, run.Job.Protocol, run.Job.Design);

            json.WriteString("bounds", run.Job.Bounds.ToString());
            Json.Strings(json, "dropped", run.Job.Dropped);
            Json.Answer(json, run.Answer);
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
    });
}
