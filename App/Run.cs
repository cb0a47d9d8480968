using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Solver.Bounded;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App;

/// <summary>The options of verification, the same for all jobs of a command.</summary>
/// <param name="BmcDepth">The number of steps of the cross-check with Z3; null for none.</param>
/// <param name="Proofs">True to prove the explored properties for any size as well.</param>
public sealed record Settings(ExplorationOptions Exploration, int? BmcDepth, bool Proofs = false)
{
    /// <summary>The checkpoints of the explorations; null for none.</summary>
    public Checkpointing? Checkpoints { get; init; }
}

/// <summary>The result of a job.</summary>
/// <param name="Time">The total time: grounding, compilation, search, and the second pass.</param>
public sealed record Run(Job Job, ExplorationResult Result, Judgement Judgement, CrossCheck? CrossCheck, TimeSpan Time)
{
    public Verdict Verdict => Judgement.Verdict;

    /// <summary>The results of proofs for any size; null if they were not requested, or if there is no proof to try.</summary>
    public AllSizes? AllSizes { get; init; }

    public ImmutableArray<string> Problems => [.. Judgement.Problems, .. Disagreement];

    /// <summary>The problems which are about no single property.</summary>
    public IEnumerable<string> OtherProblems => Judgement.Others.Concat(Disagreement);

    private string[] Disagreement => CrossCheck is { Accord: Accord.Disagree } wrong ? [wrong.Message] : [];

    /// <summary>True if a question has no answer.</summary>
    public bool IsUnfinished => Result.Outcome is Outcome.OutOfMemory or Outcome.Cancelled || CrossCheck is { Accord: Accord.Undecided };

    /// <summary>The traces to the witnesses, if only reachability properties were selected.</summary>
    public IEnumerable<PropertyResult> Witnesses =>
        Result.Properties.All(p => p.Property.IsWitnessed || p.Property.IsRule)
        ? Result.Properties.Where(p => p.Property.IsWitnessed && p.Holds == true)
        : [];

    /// <param name="watch">Displays the search while it runs. The result is disposed at its end.</param>
    /// <exception cref="BadInputException">The instance is too large.</exception>
    /// <exception cref="Solver.Explicit.Checkpoints.CheckpointException">The checkpoint to continue from is damaged.</exception>
    public static Run Do(Job job, Settings settings, Func<Exhaustive, IDisposable> watch)
    {
        var clock = Stopwatch.StartNew();
        var scope = job.Scope();
        var exploration = job.Exploration(settings.Exploration);
        Exhaustive exhaustive;
        try
        {
            exhaustive = new(scope, exploration with { Checkpoint = settings.Checkpoints?.For(job, exploration, scope) });
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
        var (judgement, allSizes) = (
            Judgement.Of(job, result),
            proofs ? AllSizes.Of(job, settings.Exploration.Threads, settings.Exploration.Cancellation) : null);
        judgement = judgement with
        {
            Notes = [.. judgement.Notes, .. (allSizes?.Notes ?? []).Select(n => new Note(NoteKind.Other, "", n))]
        };
        return new(job, result, judgement, check, time) { AllSizes = allSizes };
    }

    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    private static CrossCheck Check(Job job, Scope scope, ExplorationResult explored, int depth, CancellationToken cancellation)
    {
        try
        {
            using var encoding = new ModelEncoding(scope, cancellation);
            return CrossCheck.Compare(
                explored,
                FiniteBmc.Run(encoding, FiniteBmc.Checked(job.Model, lemmas: true), depth, new() { Cancellation = cancellation }));
        }
        catch (OperationCanceledException)
        {
            return new(Accord.Undecided, "Z3 was stopped before it decided");
        }
    }

    /// <summary>Returns the trace with the header needed to build its model again.</summary>
    public Trace TraceOf(PropertyResult result) => result.Trace! with { Header = Job.Header };
}
