using System.Text.Json;
using Checker.App;
using Checker.App.Gate;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Traces;

namespace Checker.Cli.Report;

/// <summary>The runs as one JSON object: <c>verify</c> in docs/schema.</summary>
internal static class RunJson
{
    /// <param name="files">The files of the traces; null if none were written.</param>
    /// <param name="shard">The part of the work that was done; null for all of it.</param>
    /// <param name="code">The exit code of the command.</param>
    public static void Write(
        TextWriter writer,
        IEnumerable<Run> runs,
        bool finished,
        IReadOnlyDictionary<PropertyResult, string>? files = null,
        Shard? shard = null,
        int code = ExitCode.Ok) => Json.Write(writer, "verify", json =>
    {
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run => Write(json, run, files));
        Json.Shard(json, shard, code);
    });

    private static void Write(Utf8JsonWriter json, Run run, IReadOnlyDictionary<PropertyResult, string>? files)
    {
        var (job, result) = (run.Job, run.Result);
        json.WriteString("protocol", job.Protocol.Name);
        Json.Parts(json, job.Protocol, job.Design);

        json.WriteString("bounds", job.Bounds.ToString());
        Json.Strings(json, "dropped", job.Dropped);
        json.WriteNumber("distinct", result.Distinct);
        json.WriteNumber("generated", result.Generated);
        json.WriteNumber("depth", result.Depth);
        json.WriteString("verdict", RunSummary.WordOf(run));
        var first = run.Judgement.Violations.FirstOrDefault();
        json.WriteString("property", first?.Property);
        Json.Number(json, "length", first?.Length);
        json.WriteNumber("seconds", Math.Round(run.Time.TotalSeconds, 3));
        Json.Strings(json, "problems", run.Problems);
        Json.Objects(json, "properties", result.Properties, property => Write(json, run, property, files?.GetValueOrDefault(property)));
    }

    private static void Write(Utf8JsonWriter json, Run run, PropertyResult result, string? file)
    {
        string name = result.Property.Name;
        json.WriteString("name", name);
        json.WriteString("kind", result.Property.Kind.Traits().Name);
        json.WriteString("exploredVerdict", result.Answer.Word);
        Json.Boolean(json, "provedForAllSizes", run.AllSizes?.IsProved(name));
        json.WriteString("expected", Expectation(run.Job, result));
        Json.Number(json, "length", result.Trace?.Length);
        Write(json, result.Simplicity);
        json.WriteString("traceFile", file);
        Write(json, result.Obstacle);
        Write(json, run, result, result.Transience);
    }

    /// <summary>Writes the cost of the trace; null if a simplest one was not asked for.</summary>
    private static void Write(Utf8JsonWriter json, Simplicity? simplicity)
    {
        if (simplicity is null)
        {
            json.WriteNull("simplicity");
            return;
        }

        json.WriteStartObject("simplicity");
        json.WriteBoolean("isSimplest", simplicity.IsSimplest);
        json.WriteNumber("actors", simplicity.Cost.Actors);
        json.WriteNumber("switches", simplicity.Cost.Switches);
        json.WriteString("reason", simplicity.Obstacle);
        json.WriteEndObject();
    }

    /// <summary>Writes the place at which an impossible scenario ends, and the reason; null for any other property.</summary>
    private static void Write(Utf8JsonWriter json, ScenarioObstacle? obstacle)
    {
        if (obstacle is null)
        {
            json.WriteNull("obstacle");
            return;
        }

        json.WriteStartObject("obstacle");
        json.WriteNumber("steps", obstacle.Steps);
        json.WriteString("action", obstacle.Action);
        Json.Strings(json, "falseConditions", obstacle.False.Select(f => f.Formula));
        Json.Strings(json, "droppedLabels", obstacle.Dropped);
        json.WriteString("detour", obstacle.Detour);
        json.WriteString("source", obstacle.Scenario.Source.ToString());
        json.WriteString("sentence", ObstacleText.Of(obstacle));
        json.WriteEndObject();
    }

    /// <summary>Writes the answer to the question whether a violation outlasts the operations in progress; null if there is none.</summary>
    private static void Write(Utf8JsonWriter json, Run run, PropertyResult result, Transience? transience)
    {
        if (transience is null)
        {
            json.WriteNull("transience");
            return;
        }

        json.WriteStartObject("transience");
        json.WriteBoolean("isTransient", transience.IsTransient);
        json.WriteNumber("quiescentStates", transience.Quiescent);
        json.WriteNumber("violatedQuiescentStates", transience.Violated);
        Json.Number(json, "lastingLength", transience.Lasting?.Length);
        Json.Number(json, "stepsToQuiescence", transience.StepsToQuiescence);
        Json.Strings(json, "operations", transience.During);
        json.WriteString("sentence", TransienceText.Of(run, result));
        json.WriteEndObject();
    }

    /// <summary>Returns the expected word; null for a mutant, about which nothing is declared.</summary>
    private static string? Expectation(Job job, PropertyResult result) => !job.Dropped.IsEmpty ? null
        : (result.Property.IsWitnessed, job.Protocol.Expect(job.Design, result.Property.Name).Verdict) switch
        {
            (false, Expected.Holds) => "holds",
            (false, _) => "violated",
            (true, Expected.Holds) => "possible",
            (true, _) => "impossible",
        };
}
