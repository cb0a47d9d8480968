using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Bounded;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App;

/// <summary>How to verify, the same for all jobs of a command.</summary>
/// <param name="BmcDepth">The steps of the cross-check with Z3; null for none.</param>
/// <param name="Proofs">Proves what was explored for any size as well.</param>
public sealed record Settings(ExplorationOptions Exploration, int? BmcDepth, bool Proofs = false);

/// <summary>A job that was done.</summary>
/// <param name="Time">All of it: grounding, compilation, search, and the second look.</param>
public sealed record Run(Job Job, ExplorationResult Result, Judgement Judgement, CrossCheck? CrossCheck, TimeSpan Time)
{
    public Verdict Verdict => Judgement.Verdict;

    /// <summary>What is proved for any size; null if that was not asked, or there is no proof to try.</summary>
    public AllSizes? AllSizes { get; init; }

    public ImmutableArray<string> Problems =>
        CrossCheck is { Accord: Accord.Disagree } wrong ? Judgement.Problems.Add(wrong.Message) : Judgement.Problems;

    /// <summary>Something that was asked has no answer.</summary>
    public bool IsUnfinished => Result.Outcome is Outcome.OutOfMemory or Outcome.Cancelled || CrossCheck is { Accord: Accord.Undecided };

    /// <summary>Where nothing but what should be possible was asked for: the traces that show it.</summary>
    public IEnumerable<PropertyResult> Witnesses => Result.Properties.All(p => Judgement.IsWitness(p) || p.Property.Kind == PropertyKind.WellFormed)
        ? Result.Properties.Where(p => Judgement.IsWitness(p) && p.Holds == true)
        : [];

    /// <param name="watch">Shows the search while it runs; disposed when it ends.</param>
    /// <exception cref="BadInputException">The instance is too large.</exception>
    public static Run Do(Job job, Settings settings, Func<Exhaustive, IDisposable> watch)
    {
        var clock = Stopwatch.StartNew();
        var scope = job.Scope();
        Exhaustive exhaustive;
        try
        {
            exhaustive = new(scope, settings.Exploration with
            {
                // A violation that is expected must not keep the other properties from being decided.
                EveryProperty = settings.Exploration.EveryProperty || (job.IsStandard && job.ExpectsMoreThanViolations),
                // The model has those that were asked for.
                Lemmas = true,
            });
        }
        catch (InstanceTooLargeException tooLarge)
        {
            throw job.TooLarge(tooLarge);
        }

        ExplorationResult result;
        using (watch(exhaustive))
        {
            result = exhaustive.Run();
        }

        var time = clock.Elapsed;
        var check = settings.BmcDepth is { } depth ? Check(job, scope, result, depth, settings.Exploration.Cancellation) : null;
        bool proofs = settings.Proofs && (result.Outcome is Outcome.Complete or Outcome.Violated);
        var (judgement, allSizes) = (Judgement.Of(job, result), proofs ? AllSizes.Of(job, settings.Exploration.Threads, settings.Exploration.Cancellation) : null);
        judgement = judgement with { Notes = [.. judgement.Notes, .. (allSizes?.Notes ?? []).Select(n => new Note(NoteKind.Other, "", n))] };
        return new(job, result, judgement, check, time) { AllSizes = allSizes };
    }

    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    private static CrossCheck Check(Job job, Scope scope, ExplorationResult explored, int depth, CancellationToken cancellation)
    {
        try
        {
            using var encoding = new ModelEncoding(scope, cancellation);
            return CrossCheck.Compare(explored, FiniteBmc.Run(encoding, FiniteBmc.Checked(job.Model, lemmas: true), depth, new() { Cancellation = cancellation }));
        }
        catch (OperationCanceledException)
        {
            return new(Accord.Undecided, "Z3 was stopped before it decided");
        }
    }

    /// <summary>The trace, with what is needed to build its model again.</summary>
    public Trace TraceOf(PropertyResult result) => result.Trace! with { Header = Job.Header };
}
