using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Instance;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App;

/// <summary>The result of a bounded engine for a design.</summary>
/// <param name="Answer">
/// For bounded model checking about the behaviours of at most <paramref name="Steps"/> steps, for k-induction about all of the instance.
/// If several reachability properties have witnesses, it shows the first of <see cref="Witnesses"/>.
/// </param>
/// <param name="Steps">The number of steps searched, or the k of the induction.</param>
public sealed record BoundedRun(Job Job, Answer Answer, int Steps, TimeSpan Time)
{
    /// <summary>The witnesses of the named reachability properties.</summary>
    public ImmutableArray<Trace> Witnesses { get; init; } = [];

    /// <summary>The counterexample; null if there is none.</summary>
    public Trace? Trace => (Answer as Answer.Violated)?.Trace;

    /// <summary>The counterexample to the induction step, if there is no proof.</summary>
    public Trace? Step { get; init; }

    /// <param name="named">True if the user named the properties. Reachability properties are then searched as well.</param>
    public static BoundedRun Do(Job job, bool induction, bool named, int steps, BmcOptions options)
    {
        var clock = Stopwatch.StartNew();
        var scope = job.Scope();
        // The model contains only the requested lemmas.
        var properties = FiniteBmc.Checked(job.Model, lemmas: true);
        ImmutableArray<PropertyDeclaration> wanted = [.. job.Model.Properties.Where(p =>
            named && !induction && p.IsWitnessed && Engine.BoundedModelChecking.Decides(p.Kind))];
        if (properties.IsEmpty && wanted.IsEmpty)
        {
            throw new BadInputException($"{job}: there is no property that "
                + $"{(induction ? Engine.KInduction : Engine.BoundedModelChecking).Command()} decides; "
                + $"`{Self.CommandFor("verify", job, job.Protocol.DefaultBounds)}` explores the design");
        }

        BoundedRun run;
        try
        {
            run = induction ? Induction() : Search();
        }
        catch (InstanceTooLargeException tooLarge)
        {
            throw job.TooLarge(tooLarge);
        }

        return run with { Time = clock.Elapsed };

        BoundedRun Induction()
        {
            var result = KInduction.Run(new FiniteModel(scope), properties, steps, options);
            return Make(result.Answer, result.K) with { Step = result.Step is { } step ? step with { Header = job.Header } : null };
        }

        BoundedRun Search()
        {
            var result = FiniteBmc.Run(new FiniteModel(scope), properties, steps, options);
            return result.Answer switch
            {
                Answer.Holds when !wanted.IsEmpty => Witness(),
                Answer.Violated violated => Make(violated, violated.Trace.Length - 1),
                _ => Make(result.Answer, result.Exhausted),
            };
        }

        // Finding nothing proves nothing, so the result is then undecided.
        BoundedRun Witness()
        {
            var (found, missed) = (ImmutableArray.CreateBuilder<Trace>(), new List<string>());
            foreach (var property in wanted)
            {
                var left = options.Timeout == Timeout.InfiniteTimeSpan
                    ? options.Timeout
                    : TimeSpan.FromTicks(Math.Max(1, (options.Timeout - clock.Elapsed).Ticks));
                var result = FiniteBmc.Witness(new FiniteModel(scope), property, steps, options with { Timeout = left });
                if (result.Answer is Answer.Possible witnessed)
                {
                    found.Add(witnessed.Trace with { Header = job.Header });
                    continue;
                }

                string why = result.Answer.Reason is { Length: > 0 } reason ? $": {reason}" : "";
                missed.Add($"{property.Name} is not found up to depth {result.Exhausted}{why}");
            }

            return Make(
                missed.Count == 0
                    ? new Answer.Possible(found[0], Extent.Steps)
                    : new Answer.Undecided(string.Join("; ", missed), Extent.Steps),
                steps) with
            { Witnesses = found.ToImmutable() };
        }

        BoundedRun Make(Answer answer, int bound) => new(
            job,
            answer is Answer.Violated violated ? violated with { Trace = violated.Trace with { Header = job.Header } } : answer,
            bound,
            default);
    }
}
