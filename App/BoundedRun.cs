using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Instance;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App;

/// <summary>What a bounded engine found out about a design.</summary>
/// <param name="Verdict">holds (for as many steps as were asked for), proved (for any number of steps), violated, possible (what was asked for by name is reached), or unfinished.</param>
public sealed record BoundedRun(Job Job, string Verdict, int Steps, Trace? Trace, string Reason, TimeSpan Time)
{
    /// <summary>The traces to what was asked for by name and is to be reachable.</summary>
    public ImmutableArray<Trace> Witnesses { get; init; } = [];

    public bool IsDecided => Verdict != "unfinished";

    /// <summary>The counterexample to the induction step, where there is no proof.</summary>
    public Trace? Step { get; init; }

    /// <param name="named">The properties were named: those that are to be reachable are looked for, too.</param>
    public static BoundedRun Do(Job job, bool induction, bool named, int steps, BmcOptions options)
    {
        var clock = Stopwatch.StartNew();
        var scope = job.Scope();
        // The model has those lemmas that were asked for.
        var properties = FiniteBmc.Checked(job.Model, lemmas: true);
        ImmutableArray<PropertyDeclaration> wanted = [.. job.Model.Properties.Where(p => named && !induction && p.Kind == PropertyKind.Reachable)];
        if (properties.IsEmpty && wanted.IsEmpty)
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
                    KInductionResult.Unknown unknown => Make("unfinished", unknown.K, null, unknown.Reason) with { Step = unknown.Step is { } step ? step with { Header = job.Header } : null },
                    _ => throw new UnreachableException(),
                }
                : FiniteBmc.Run(new FiniteModel(scope), properties, steps, options) switch
                {
                    BmcResult.BoundReached reached => wanted.IsEmpty ? Make("holds", reached.Depth, null, "") : Witness(),
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

        // That something is not found proves nothing, so it is not decided then.
        BoundedRun Witness()
        {
            var (found, missed) = (ImmutableArray.CreateBuilder<Trace>(), new List<string>());
            foreach (var property in wanted)
            {
                var left = options.Timeout == Timeout.InfiniteTimeSpan ? options.Timeout : TimeSpan.FromTicks(Math.Max(1, (options.Timeout - clock.Elapsed).Ticks));
                switch (FiniteBmc.Witness(new FiniteModel(scope), property, steps, options with { Timeout = left }))
                {
                    case BmcResult.Witnessed witnessed: found.Add(witnessed.Trace with { Header = job.Header }); break;
                    case BmcResult.Unknown unknown: missed.Add($"{property.Name} is not found up to depth {unknown.Exhausted}: {unknown.Reason}"); break;
                    default: missed.Add($"{property.Name} is not found up to depth {steps}"); break;
                }
            }

            return Make(missed.Count == 0 ? "possible" : "unfinished", steps, null, string.Join("; ", missed)) with { Witnesses = found.ToImmutable() };
        }

        BoundedRun Make(string verdict, int bound, Trace? trace, string reason) =>
            new(job, verdict, bound, trace is null ? null : trace with { Header = job.Header }, reason, default);
    }
}
