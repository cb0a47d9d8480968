using Checker.App;
using Checker.App.Gate;
using Checker.Solver.Mutation;

namespace Checker.Cli.Report;

/// <summary>The mutants as one JSON object: <c>mutate</c> in docs/schema.</summary>
internal static class MutantJson
{
    /// <param name="shard">The part of the work that was done; null for all of it.</param>
    /// <param name="code">The exit code of the command.</param>
    public static void Write(TextWriter writer, IReadOnlyCollection<MutantRun> runs, bool finished, Shard? shard, int code) =>
        Json.Write(writer, "mutate", json =>
    {
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs.SelectMany(r => r.Outcomes.Select(o => (r.Job, Outcome: o))), run =>
        {
            var (job, outcome) = run;
            json.WriteString("protocol", job.Protocol.Name);
            json.WriteString("design", job.Design.Id);
            json.WriteString("bounds", job.Bounds.ToString());
            json.WriteString("mutant", outcome.Mutation.Name);
            json.WriteString("kind", Json.Word(outcome.Mutation.Kind));
            json.WriteString("text", outcome.Mutation.Text);
            json.WriteString("source", outcome.Mutation.Source.ToString());
            bool isDecided = outcome.Result.Verdict != MutantVerdict.Unfinished;
            json.WriteString("verdict", isDecided ? Json.Word(outcome.Result.Verdict) : "undecided");
            var first = outcome.Result.Violations.FirstOrDefault();
            json.WriteString("property", first?.Property.Name);
            Json.Number(json, "length", first?.Length);
            json.WriteString("class", outcome.Result.Class is { } kind ? Json.Word(kind) : null);
            Json.Strings(json, "lost", outcome.Result.Lost);
            json.WriteString("because", outcome.Explanation?.Because is { } because ? Json.Word(because) : null);
            json.WriteString("reason", outcome.Explanation?.Declared?.Reason);
        });
        Json.Strings(json, "problems", runs.SelectMany(r => r.Problems.Select(p => $"{r.Job}: {p}")));
        Json.Shard(json, shard, code);
    });
}
