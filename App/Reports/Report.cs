using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.App.Reports;

/// <summary>The results of a command for people: designs with their answers, and traces to step through.</summary>
/// <param name="Command">The command which was run.</param>
/// <param name="Finished">False if a question has no answer.</param>
/// <param name="Traces">The traces, violations first. A witness is shown for one design only, the one with the shortest.</param>
public sealed record Report(
    string Command,
    bool Finished,
    ImmutableArray<DesignReport> Designs,
    ImmutableArray<TraceReport> Traces)
{
    /// <summary>The protocols of the designs, each once.</summary>
    public ImmutableArray<Protocol> Protocols =>
        [.. Designs.Select(d => d.Job.Protocol).Concat(Traces.Select(t => t.Protocol)).Distinct()];

    public static Report Of(IReadOnlyCollection<Run> runs, bool finished) => new(
        "verify",
        finished,
        [.. runs.Select(DesignReport.Of)],
        [.. Violations(runs).OrderBy(t => t.Purpose), .. Witnesses(runs)]);

    public static Report Of(IReadOnlyCollection<WalkRun> runs, bool finished) => new(
        "walk",
        finished,
        [.. runs.Select(DesignReport.Of)],
        [
            .. from run in runs
               where run.Trace is not null
               let purpose = run.IsViolated ? TracePurpose.Violation : TracePurpose.ExpectedViolation
               orderby purpose
               select new TraceReport(run.Trace!, run.Job.Protocol, purpose, "The trace of a random walk, shortened."),
        ]);

    public static Report Of(IReadOnlyCollection<ProofRun> runs, bool finished) => new(
        "prove",
        finished,
        [.. runs.Select(DesignReport.Of)],
        [
            .. from run in runs
               from result in run.FalseLemmas.Prepend(run.Violation)
               where result?.Trace is not null
               select new TraceReport(result!.Trace!, run.Job.Job.Protocol, TracePurpose.Violation, result!.Property.IsLemma
                   ? $"The lemma {result!.Property.Name} is false, so it proves nothing."
                   : ""),
        ]);

    /// <param name="most">The largest number of mutants with a trace. Each trace takes another exploration.</param>
    public static Report Of(IReadOnlyCollection<MutantRun> runs, bool finished, int most) => new(
        "mutate",
        finished,
        [.. runs.Select(DesignReport.Of)],
        [
            .. from pair in (from run in runs
                             from outcome in run.Outcomes
                             where outcome.Result.Verdict == Solver.Mutation.MutantVerdict.Killed
                             orderby outcome.Mutation.Kind
                             select (run, outcome)).Take(most)
               let trace = MutantTraces.Of(pair.run.Job, pair.outcome.Result)
               where trace is not null
               select new TraceReport(
                   trace,
                   pair.run.Job.Protocol,
                   TracePurpose.ExpectedViolation,
                   $"The mutant: {pair.outcome.Mutation.Text}."),
        ]);

    /// <summary>The report on a trace read from a file and accepted by the interpreter.</summary>
    public static Report Of(Solver.Traces.Trace trace, Protocol protocol) => new(
        "replay",
        true,
        [],
        [new(trace, protocol, TracePurpose.File, "The interpreter accepts all states of this trace.")]);

    private static IEnumerable<TraceReport> Violations(IReadOnlyCollection<Run> runs) =>
        from run in runs
        from violation in run.Judgement.Violations
        select new TraceReport(
            run.TraceOf(violation.Result),
            run.Job.Protocol,
            violation.IsExpected ? TracePurpose.ExpectedViolation : TracePurpose.Violation,
            violation.IsExpected
                ? $"This violation is expected, because {violation.Reason}. {TransienceText.Of(run, violation.Result)}".Trim()
                : TransienceText.Of(run, violation.Result) ?? "");

    /// <summary>The shortest witness of each property of a protocol, in the order of the properties.</summary>
    private static IEnumerable<TraceReport> Witnesses(IReadOnlyCollection<Run> runs) =>
        from protocol in runs.GroupBy(r => r.Job.Protocol)
        from property in (from run in protocol
                          from result in run.Result.Properties
                          where result.Property.IsWitnessed && result.Trace is not null
                          select (Run: run, Result: result)).GroupBy(p => p.Result.Property.Name)
        let shortest = property.MinBy(p => p.Result.Trace!.Length)
        select new TraceReport(shortest.Run.TraceOf(shortest.Result), protocol.Key, TracePurpose.Witness, "");
}
