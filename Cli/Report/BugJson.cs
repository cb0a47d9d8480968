using Checker.App;

namespace Checker.Cli.Report;

/// <summary>The JSON output of <c>checker bugs</c>.</summary>
internal static class BugJson
{
    public static void Write(TextWriter output, IReadOnlyCollection<BugRun> runs, bool finished) => Json.Write(output, "bugs", json =>
    {
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run =>
        {
            var bug = run.Bug;
            json.WriteString("id", bug.Id);
            json.WriteString("title", bug.Title);
            json.WriteString("class", bug.Class.ToString().ToLowerInvariant());
            json.WriteString("mistake", BugWords.Of(bug.Mistake));
            json.WriteString("protocol", run.Protocol.Name);
            json.WriteString("design", bug.Variant ?? bug.Design);
            json.WriteString("bounds", string.Join(',', bug.Bounds));
            Json.Strings(json, "dropped", bug.Drop);
            json.WriteString("mutant", bug.Mutant);
            json.WriteString("property", bug.Property);
            Json.Number(json, "length", run.Trace?.Length);
            json.WriteString("verdict", run.Verdict.ToString().ToLowerInvariant());
            json.WriteNumber("seconds", Math.Round(run.Time.TotalSeconds, 3));
            Json.Strings(json, "actions", run.Trace?.States.Skip(1).Select(s => s.Instance!.ToString()) ?? []);
        });
    });
}
