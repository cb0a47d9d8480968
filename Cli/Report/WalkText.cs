using System.Collections.Immutable;
using System.Globalization;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Solver.Traces.Text;
using Checker.Solver.Walk;

namespace Checker.Cli.Report;

/// <summary>The text output of `walk`: one line for each finished design, then the violations and the coverage.</summary>
/// <param name="properties">The named properties, which alone are checked. A walk ends at a violation of one of them.</param>
internal sealed class WalkText(Terminal terminal, ImmutableArray<Job> jobs, ImmutableArray<string> properties, WalkOptions options)
{
    private readonly RunTable _table = new(
        terminal,
        jobs,
        [new("walks", 8), new("steps", 12), new("seconds", 8), new("steps/s", 9, IsOptional: true)]);

    private const int CountWidth = 11;

    private bool IsSingle => jobs.Length == 1;

    public static string SeedOf(WalkOptions options) => string.Create(CultureInfo.InvariantCulture, $"0x{options.Seed:x16}");

    public void Begin()
    {
        string walks = options.First > 0 || options.Walks == 1
            ? $"walk {Quantity.Count(options.First)}"
            : Quantity.Of(options.Walks, "walk");
        terminal.Line($"checker {Self.ShortVersion}: {Quantity.Of(jobs.Length, "design")}, "
            + $"{walks} of at most {Quantity.Of(options.Steps, "step")}, {(options.Guided ? "" : "uniform, ")}seed {SeedOf(options)}, "
            + $"{Quantity.Of(options.Threads, "thread")}");
        terminal.Line();
        terminal.Line(
            jobs[0].Protocol.Name
                + (jobs[0].Bounds.Sorts.IsEmpty ? "" : $", {jobs[0].Bounds.Names} = {jobs[0].Bounds}")
                + (jobs[0].Dropped.IsEmpty ? "" : $", without {string.Join(", ", jobs[0].Dropped)}"),
            Tone.Strong);
        _table.Heading();
    }

    public void Finished(WalkRun run)
    {
        var result = run.Result;
        ImmutableArray<string> numbers =
            [Quantity.Count(result.Walks), Quantity.Count(result.Steps), Quantity.Seconds(run.Time), Quantity.Rate(run.Rate)];
        _table.Row(run.Job, numbers, run switch
        {
            { IsViolated: true } => ($"VIOLATED {run.Trace!.Property!.Name} ({run.Trace.Length} states)", Tone.Bad),
            { Failed: not null } => ($"violated as expected: {run.Trace!.Property!.Name} ({run.Trace.Length} states)", Tone.Good),
            { Result.IsStopped: true } => ("stopped", Tone.Bad),
            _ => ("no violation", Tone.Good),
        });
    }

    public void End(IReadOnlyList<WalkRun> runs)
    {
        foreach (var run in runs.Where(r => r.Trace is not null && (IsSingle || r.IsViolated)))
        {
            Violation(run);
        }

        if (runs is [var only] && IsSingle)
        {
            Coverage(only);
        }
        else
        {
            CoverageOfAll(runs);
        }

        Summary(runs);
    }

    /// <summary>Returns the command which repeats the failed walk.</summary>
    private string CommandFor(WalkRun run)
    {
        string only = string.Concat(properties.Select(p => $" --property {Self.Argument(p)}"));
        return $"{Self.CommandFor("walk", run.Job, run.Job.Protocol.LargeBounds)}{only} --steps "
            + $"{run.Options.Steps}{(run.Options.Guided ? "" : " --uniform")} --seed {SeedOf(run.Options)} --walk {run.Failed!.Walk}";
    }

    private void Violation(WalkRun run)
    {
        var (trace, failed) = (run.Trace!, run.Failed!);
        var expected = run.Job.Protocol.Expect(run.Job.Design, trace.Property!.Name);
        terminal.Line();
        terminal.Line((trace.Property.Name, Tone.Strong), ($": {Sentences.Of(run.Job.Protocol, trace.Property)}", Tone.Plain));
        terminal.Line(run.IsViolated ? $"  {Sentences.Why(run.Job.Protocol, trace.Property)}" : $"  expected, because {expected.Reason}");
        string other = failed.Property == trace.Property ? "" : $" with {failed.Property.Name}";
        terminal.Line($"  Walk {failed.Walk} failed{other} after {Quantity.Of(failed.Steps, "step")}; "
            + "it is shrunk here to "
            + $"{Quantity.Of(trace.Length - 1, "step")}{(trace.Header.Bounds.Length == 0 ? "" : $" at {trace.Header.Bounds}")}. "
            + "The same walk again:");
        terminal.Line($"  {CommandFor(run)}");
        terminal.Line();
        terminal.Lines(TraceText.Write(trace, new(terminal.Width)));
    }

    private void Coverage(WalkRun run)
    {
        var (job, result) = (run.Job, run.Result);
        terminal.Line();
        terminal.Line("Steps of each action:", Tone.Strong);
        var fired = job.Model.Actions.Zip(result.Fired).Where(a => a.Second > 0).ToList();
        int width = fired.Select(a => a.First.Name.Length).DefaultIfEmpty(0).Max() + 2;
        foreach (var row in fired.Chunk(Math.Max(1, (terminal.Columns - 2) / (width + CountWidth + 3))))
        {
            var cells = row.Select(a => a.First.Name.PadRight(width) + Quantity.Count(a.Second).PadLeft(CountWidth) + "   ");
            terminal.Row($"  {string.Concat(cells).TrimEnd()}");
        }

        foreach (string name in NeverFired(run))
        {
            bool expected = job.Protocol.NeverFires(job.Design).TryGetValue(name, out string? reason);
            terminal.Line($"  {name} never{(expected ? $", as expected: {reason}" : "")}");
        }

        terminal.Line("Labels:", Tone.Strong);
        List("steps depend on", result.Worked);
        List("instances are refused because of", result.Refused);
        List("not seen to matter:", result.NotSeen);
        if (result.Stuck > 0)
        {
            terminal.Line($"{Quantity.Of(result.Stuck, "walk")} ended where nothing is enabled.");
        }
    }

    private void List(string what, ImmutableArray<string> names)
    {
        if (!names.IsEmpty)
        {
            terminal.Line($"  {what} {string.Join(", ", names)}");
        }
    }

    private void CoverageOfAll(IReadOnlyList<WalkRun> runs)
    {
        var surprising = runs.SelectMany(r => NeverFired(r).Where(a => !r.Job.Protocol.NeverFires(r.Job.Design).ContainsKey(a)))
            .CountBy(a => a)
            .ToList();
        var labels = runs.SelectMany(r => r.Result.NotSeen).CountBy(l => l).ToList();
        if (surprising.Count + labels.Count > 0)
        {
            terminal.Line();
        }

        if (surprising.Count > 0)
        {
            terminal.Line("Actions that no walk took, "
                + $"each with the number of designs: {string.Join(", ", surprising.Select(a => $"{a.Key} {a.Value}"))}");
        }

        if (labels.Count > 0)
        {
            terminal.Line($"Labels that were not seen to matter: {string.Join(", ", labels.Select(l => $"{l.Key} {l.Value}"))}");
        }
    }

    private static IEnumerable<string> NeverFired(WalkRun run) =>
        run.Job.Model.Actions.Zip(run.Result.Fired).Where(a => a.Second == 0).Select(a => a.First.Name);

    private void Summary(IReadOnlyList<WalkRun> runs)
    {
        int violated = runs.Count(r => r.IsViolated);
        int expected = runs.Count(r => !r.IsViolated && r.Failed is not null);
        int unfinished = jobs.Length - runs.Count + runs.Count(r => r.Failed is null && r.Result.IsStopped);
        int missed = runs.Count(r => r.Failed is null && !r.Result.IsStopped && ExpectsViolation(r.Job));
        int clean = jobs.Length - violated - expected - unfinished;
        (int Count, string What)[] parts = [
            (clean, "no violation found"),
            (expected, "violated as expected"),
            (violated, "VIOLATED"),
            (unfinished, "not finished")
        ];
        terminal.Line();
        terminal.Line(
            (
                $"{Quantity.Of(jobs.Length, "design")}: "
                    + $"{string.Join(", ", parts.Where(p => p.Count > 0).Select(p => $"{p.Count} {p.What}"))}.",
                violated + unfinished == 0 ? Tone.Good : Tone.Bad),
            (missed == 0 ? "" : $" In {missed} a violation is expected that no walk found.", Tone.Plain),
            (" Walks prove nothing.", Tone.Quiet));
    }

    private static bool ExpectsViolation(Job job) =>
        job.Dropped.IsEmpty
            && job.Model.Properties.Any(p =>
                !p.IsWitnessed
                    && job.Protocol.Expect(job.Design, p.Name).Verdict == Expected.Violated);
}
