using System.Diagnostics;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Instance;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App;

/// <summary>What a bounded engine found out about a design.</summary>
/// <param name="Verdict">holds (for as many steps as were asked for), proved (for any number of steps), violated, or unfinished.</param>
public sealed record BoundedRun(Job Job, string Verdict, int Steps, Trace? Trace, string Reason, TimeSpan Time)
{
    public bool IsDecided => Verdict != "unfinished";

    public static BoundedRun Do(Job job, bool induction, int steps, BmcOptions options)
    {
        var clock = Stopwatch.StartNew();
        var scope = job.Scope();
        // The model has those lemmas that were asked for.
        var properties = FiniteBmc.Checked(job.Model, lemmas: true);
        if (properties.IsEmpty)
        {
            throw new BadInputException($"{job}: there is no property that {(induction ? Engine.KInduction : Engine.BoundedModelChecking).Command()} decides; `{Self.CommandFor("verify", job, job.Protocol.DefaultBounds)}` explores the design");
        }

        BoundedRun run;
        try
        {
            run = induction
                ? KInduction.Run(new FiniteModel(scope), properties, steps, options) switch
                {
                    KInductionResult.Proved proved => Make("proved", proved.K, null, ""),
                    KInductionResult.Violated violated => Make("violated", violated.K, violated.Violation.Trace, ""),
                    KInductionResult.Unknown unknown => Make("unfinished", unknown.K, null, unknown.Reason),
                    _ => throw new UnreachableException(),
                }
                : FiniteBmc.Run(new FiniteModel(scope), properties, steps, options) switch
                {
                    BmcResult.BoundReached reached => Make("holds", reached.Depth, null, ""),
                    BmcResult.Violated violated => Make("violated", violated.Trace.Length - 1, violated.Trace, ""),
                    BmcResult.Unknown unknown => Make("unfinished", unknown.Exhausted, null, unknown.Reason),
                    _ => throw new UnreachableException(),
                };
        }
        catch (ArgumentException tooLarge)
        {
            throw job.TooLarge(tooLarge);
        }

        return run with { Time = clock.Elapsed };

        BoundedRun Make(string verdict, int bound, Trace? trace, string reason) =>
            new(job, verdict, bound, trace is null ? null : trace with { Header = job.Header }, reason, default);
    }
}
