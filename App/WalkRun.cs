using System.Diagnostics;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Instance;
using Checker.Solver.Walk;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App;

/// <summary>The walks of a job.</summary>
/// <param name="Trace">
/// The trace of the failed walk, or else of the walk which failed as expected, shrunk and replayed. Null if no walk failed.
/// </param>
/// <param name="Time">The total time: grounding, walking, shrinking.</param>
public sealed record WalkRun(Job Job, WalkOptions Options, WalkResult Result, Trace? Trace, TimeSpan Time)
{
    public FailedWalk? Failed => Result.Failed ?? Result.Expected;

    /// <summary>The answer about the properties: violated, or undecided, because walks prove nothing.</summary>
    public Answer Answer => Trace is { } trace ? new Answer.Violated(trace, Extent.Instance)
        : new Answer.Undecided(
            Result.IsStopped ? "stopped" : $"no violation in {Quantity.Of(Result.Walks, "walk")}; walks prove nothing",
            Extent.Instance);

    /// <summary>True if a walk violated a property which should hold.</summary>
    public bool IsViolated => Result.Failed is not null;

    public double Rate => Result.Steps / Math.Max(1e-6, Result.Duration.TotalSeconds);

    /// <param name="watch">Displays the walks while they are taken. The result is disposed at their end.</param>
    /// <exception cref="BadInputException">The instance is too large.</exception>
    public static WalkRun Do(Job job, WalkOptions options, Func<Campaign, IDisposable> watch)
    {
        var clock = Stopwatch.StartNew();
        options = options with { IsExpected = p => IsExpected(job, p) };
        Campaign campaign;
        try
        {
            campaign = new(new Scope(job.Model, job.Bounds.BySort), options);
        }
        catch (InstanceTooLargeException tooLarge)
        {
            throw job.TooLarge(tooLarge);
        }

        WalkResult result;
        using (watch(campaign))
        {
            result = campaign.Run();
        }

        bool isExpected = result.Failed is null;
        var trace = (result.Failed ?? result.Expected) is { } failed
            ? Shrink.Of(
                campaign,
                failed,
                p => IsExpected(job, p) == isExpected,
                sort => job.Protocol.MayBeEmpty.Contains(sort) ? 0 : 1,
                options.Cancellation)
            : null;
        return new(
            job,
            options,
            result,
            trace is null ? null : trace with { Header = job.Header with { Bounds = BoundsOf(job, trace) } },
            clock.Elapsed);
    }

    /// <summary>
    /// True if the violation is expected in the design, so a walk which finds it is no failure. Nothing is expected of mutants.
    /// </summary>
    private static bool IsExpected(Job job, PropertyDeclaration property) =>
        job.Dropped.IsEmpty && job.Protocol.Expect(job.Design, property.Name).Verdict == Expected.Violated;

    /// <summary>Returns the bounds of the trace. A design need not have all sorts of its protocol.</summary>
    private static string BoundsOf(Job job, Trace trace) =>
        string.Join(
            ',',
            job.Protocol.BoundSorts.Select(name =>
                trace.Scope.System.Sorts.FirstOrDefault(s => s.Name == name) is { } sort
                    ? trace.Scope.SizeOf(sort)
                    : job.Bounds.BySort[name]));
}
