using System.Text.Json;
using Checker.App;
using Checker.App.Gate;
using Checker.Solver.Smt;

namespace Checker.Cli.Report;

/// <summary>The proofs as one JSON object: <c>prove</c> in docs/schema.</summary>
internal static class ProveJson
{
    /// <param name="shard">The part of the work that was done; null for all of it.</param>
    /// <param name="code">The exit code of the command.</param>
    public static void Write(TextWriter writer, IEnumerable<ProofRun> runs, bool finished, Shard? shard, int code) =>
        Json.Write(writer, "prove", json =>
    {
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run => Write(json, run));
        Json.Shard(json, shard, code);
    });

    private static void Write(Utf8JsonWriter json, ProofRun run)
    {
        var job = run.Job.Job;
        json.WriteString("protocol", job.Protocol.Name);
        Json.Parts(json, job.Protocol, job.Design);

        Json.Strings(json, "dropped", job.Dropped);
        Json.Answer(json, run.Answer);
        json.WriteString("property", run.Violation?.Property.Name);
        Json.Number(json, "length", run.Violation?.Trace!.Length);
        Json.Strings(json, "proved", run.Result.ProvedProperties.Select(p => p.Name));
        Json.Domain(json, run.Job.System);
        json.WriteNumber("conjuncts", run.Result.Conjuncts.Length);
        json.WriteNumber("obligations", run.Result.Obligations.Length);
        Json.Strings(json, "open", run.Open.Select(o => o.Obligation.ToString()));
        json.WriteNumber("seconds", Math.Round(run.Result.Duration.TotalSeconds, 3));
        json.WriteString("solver", $"Z3 {NativeZ3.Probe().Version}");
    }
}
