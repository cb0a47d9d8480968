using Checker.App;
using Checker.App.Agreement;

namespace Checker.Cli.Report;

/// <summary>Comparisons with other tools as text and as JSON.</summary>
internal sealed class AgreementText(Terminal terminal, IReadOnlyCollection<Job> jobs)
{
    private readonly RunTable _table = new(
        terminal,
        jobs,
        new("bounds", 11),
        new("states", 11),
        new("Rumur", 8, IsOptional: true),
        new("SPIN", 8, IsOptional: true),
        new("cvc5", 8, IsOptional: true));

    public void Begin() => _table.Heading("outcome");

    public void Finished(AgreementRun run)
    {
        var job = run.Job;
        _table.Row(
            job,
            [
                job.Bounds.ToString(),
                run.Result is { } result ? Quantity.Count(result.Distinct) : "-",
                .. new[] { "Rumur", "SPIN", "cvc5" }.Select(tool =>
                    run.Tools.FirstOrDefault(t => t.Tool == tool) is { } ran ? $"{Quantity.Seconds(ran.Time)}s" : "-"),
            ],
            Describe(run));
        if (!job.Dropped.IsEmpty)
        {
            terminal.Line($"    without {string.Join(", ", job.Dropped)}", Tone.Quiet);
        }
    }

    public void End(IReadOnlyCollection<AgreementRun> runs)
    {
        int differ = runs.Count(r => r.Accordance == Accordance.Differs);
        int open = jobs.Count - runs.Count(r => r.Accordance != Accordance.NotCompared);
        terminal.Line();
        if (runs.FirstOrDefault(r => r.Accordance == Accordance.Differs) is { } first)
        {
            terminal.Line($"First difference: {first.Job}{first.Job.Bounds.At}: {first.Text}", Tone.Bad);
        }

        terminal.Line(
            $"{Quantity.Of(jobs.Count, "instance")}: {runs.Count(r => r.Accordance == Accordance.Agrees)} agree"
                + (differ == 0 ? "" : $", {differ} differ") + (open == 0 ? "" : $", {open} not compared")
                + ". Compared without symmetry: distinct states, verdicts, shortest traces.");
    }

    private static (string Text, Tone Tone) Describe(AgreementRun run) => run.Accordance switch
    {
        Accordance.Agrees when run.Result!.FirstViolation is { } violation =>
            ($"agree: {violation.Property.Name} violated, {violation.Trace!.Length} states", Tone.Good),
        Accordance.Agrees => ("agree: holds", Tone.Good),
        Accordance.Differs => ($"DIFFER: {run.Text}", Tone.Bad),
        _ => ($"not compared: {run.Text}", Tone.Bad),
    };

    public static void WriteJson(
        TextWriter writer,
        IReadOnlyCollection<AgreementRun> runs,
        int asked) => Json.Write(writer, "agree", json =>
    {
        json.WriteBoolean("finished", runs.Count == asked && runs.All(r => r.Accordance != Accordance.NotCompared));
        Json.Objects(json, "runs", runs, run =>
        {
            json.WriteString("protocol", run.Job.Protocol.Name);
            Json.Parts(json, run.Job.Protocol, run.Job.Design);
            json.WriteString("bounds", run.Job.Bounds.ToString());
            Json.Strings(json, "dropped", run.Job.Dropped);
            json.WriteString("outcome", Json.Word(run.Accordance));
            json.WriteString("reason", run.Text.Length == 0 ? null : run.Text);
            Number("distinct", run.Result?.Distinct);
            Number("generated", run.Result?.Generated);
            json.WriteString("property", run.Result?.FirstViolation?.Property.Name);
            Json.Number(json, "length", run.Result?.FirstViolation?.Trace!.Length);
            json.WriteNumber("seconds", Math.Round(run.Time.TotalSeconds, 3));
            Json.Objects(json, "tools", run.Tools, tool =>
            {
                json.WriteString("name", tool.Tool);
                json.WriteString("outcome", Json.Word(tool.Accordance));
                json.WriteString("reason", tool.Text.Length == 0 ? null : tool.Text);
                Number("distinct", tool.States);
                json.WriteNumber("seconds", Math.Round(tool.Time.TotalSeconds, 3));
            });
        });

        void Number(string name, long? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    });
}
