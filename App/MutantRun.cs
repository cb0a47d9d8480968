using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Mutation;
using Checker.Solver.Proof;
using Checker.Solver.Smt;

namespace Checker.App;

/// <summary>How to test mutants.</summary>
/// <param name="Kinds">Empty for all.</param>
/// <param name="Names">The mutants to try; empty for all.</param>
/// <param name="Explain">Finds out why a label that the default bounds do not miss is there: larger bounds, and proofs.</param>
public sealed record MutantSettings(MutationOptions Options, ImmutableArray<MutationKind> Kinds, ImmutableArray<string> Names, bool Explain);

/// <summary>Why a label mutant survives, as computed.</summary>
/// <param name="Because">Null if neither the larger instance notices nor the proof succeeds, or that is not known.</param>
/// <param name="Violation">Of the larger instance.</param>
/// <param name="Declared">What Properties says of it.</param>
public sealed record SurvivorExplanation(Because? Because, Kill? Violation, Survivor? Declared)
{
    /// <summary>The larger instance was not explored whole, or the solver gave up: nothing is known, good or bad.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>It is as declared.</summary>
    public bool IsAsDeclared => Because is not null && Because == Declared?.Because;
}

/// <summary>A mutant of a design, and what became of it.</summary>
/// <param name="Explanation">Only of label mutants that survive.</param>
public sealed record MutantOutcome(MutantResult Result, SurvivorExplanation? Explanation)
{
    public Mutation Mutation => Result.Mutation;

    public bool IsUnfinished => Result.Verdict == MutantVerdict.Unfinished || Explanation is { IsUndecided: true };

    /// <summary>The properties notice, or it makes no difference at any size.</summary>
    public bool IsAccountedFor => Result.IsCaught || Explanation?.Because is not null;
}

/// <summary>The mutants of one design.</summary>
public sealed record MutantRun(Job Job, ImmutableArray<MutantOutcome> Outcomes, TimeSpan Time)
{
    public bool IsUnfinished => LacksMemory || Outcomes.Any(o => o.IsUnfinished);

    /// <summary>The memory did not suffice for a mutant or for a proof.</summary>
    public bool LacksMemory { get; init; }

    /// <summary>Label mutants that survive for another reason than is declared, or for none; and what has become of those that were to survive.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>Lemmas of the design's proof that the others imply.</summary>
    public ImmutableArray<string> ImpliedLemmas { get; init; } = [];

    /// <summary>Premises of its properties that no reachable state satisfies.</summary>
    public ImmutableArray<string> PremisesNeverMet { get; init; } = [];

    /// <summary>All of the design's properties that are expected to hold, and no others: a mutant is not to be blamed for the rest.</summary>
    public static TransitionSystem Expected(Job job) => job.Model with
    {
        Properties = [.. job.Model.Properties.Where(p => p.Kind != PropertyKind.Lemma && job.Protocol.Expects(job.Design, p))],
    };

    /// <exception cref="BadInputException">The instance is too large, or there is no such mutant.</exception>
    /// <exception cref="EnvironmentException">Something is to be explained, and there is no usable libz3.</exception>
    public static MutantRun Do(Job job, MutantSettings settings, Action<MutantResult> progress)
    {
        var clock = Stopwatch.StartNew();
        var system = Expected(job);
        _ = job.Scope();
        var mutations = Selected(system, settings).ToList();
        var results = Try(job, system, job.Bounds, mutations, settings.Options, progress);
        var outcomes = results.Select(r => new MutantOutcome(r, null)).ToImmutableArray();
        // Where the memory did not suffice for the mutants, it does not for larger instances and proofs.
        bool lacksMemory = results.Any(r => r.Outcome == Outcome.OutOfMemory);
        if (settings.Explain && job.IsStandard)
        {
            outcomes = [.. outcomes.Select(o => o.Result is not { Verdict: MutantVerdict.Survived, Mutation.Kind: MutationKind.Label } ? o
                : o with { Explanation = (lacksMemory |= !Machine.ReleaseForProof()) ? Undecided(job, o.Mutation) : ExplainOrStop(job, system, o.Mutation, settings.Options) })];
        }

        bool whole = settings.Explain && settings.Names.IsEmpty && settings.Kinds.IsEmpty && !(lacksMemory |= !Machine.ReleaseForProof());
        var options = settings.Options;
        var run = new MutantRun(job, outcomes, default)
        {
            LacksMemory = lacksMemory,
            ImpliedLemmas = whole && ProofJob.Counts(system) is null
                ? [.. Implied.Find(job.Protocol.Build(job.Design), ProofOptions.Default with { Threads = options.Threads, Cancellation = options.Cancellation }).Select(l => l.Name)] : [],
            PremisesNeverMet = whole
                ? new Exhaustive(job.Scope(), new() { Threads = options.Threads, MemoryBudget = options.MemoryBudget, Cancellation = options.Cancellation, EveryProperty = true }).Run().Vacuity?.AntecedentsNeverTrue ?? [] : [],
            Problems = settings.Explain && job.IsStandard ? [.. outcomes.SelectMany(o => ProblemsOf(job, o))] : [],
        };
        return run with { Time = clock.Elapsed };
    }

    /// <summary>The mutants of the system that are meant.</summary>
    public static IEnumerable<Mutation> Selected(TransitionSystem system, MutantSettings settings) =>
        Operators.Of(system).Where(m => (settings.Kinds.IsEmpty || settings.Kinds.Contains(m.Kind)) && (settings.Names.IsEmpty || settings.Names.Contains(m.Name)));

    private static ImmutableArray<MutantResult> Try(Job job, TransitionSystem system, Bounds bounds, IReadOnlyList<Mutation> mutations, MutationOptions options, Action<MutantResult>? progress)
    {
        try
        {
            return MutationTest.Run(system, bounds.BySort, mutations, options, progress);
        }
        catch (InstanceTooLargeException tooLarge)
        {
            throw job.TooLarge(tooLarge);
        }
        catch (FalsePropertyException violated)
        {
            throw new BadInputException($"{job}: {violated.Message}, so it does not tell mutants from the model; "
                + $"`{Self.CommandFor("verify", job, job.Protocol.DefaultBounds)} --property {violated.Property.Name}` shows how");
        }
    }

    /// <summary>What was stopped is undecided: what other mutants have shown is not lost.</summary>
    private static SurvivorExplanation ExplainOrStop(Job job, TransitionSystem system, Mutation mutation, MutationOptions options)
    {
        try
        {
            return Explain(job, system, mutation, options);
        }
        catch (OperationCanceledException)
        {
            return Undecided(job, mutation);
        }
    }

    private static SurvivorExplanation Undecided(Job job, Mutation mutation) => new(null, null, job.Protocol.SurvivorOf(job.Design, mutation.Name)) { IsUndecided = true };

    private static SurvivorExplanation Explain(Job job, TransitionSystem system, Mutation mutation, MutationOptions options)
    {
        var declared = job.Protocol.SurvivorOf(job.Design, mutation.Name);
        if (declared is { Because: Because.Size })
        {
            var larger = Try(job, system, job.Bounds with { Sizes = declared.Bounds }, [mutation], options, null)[0];
            return new(larger.Verdict == MutantVerdict.Killed ? Because.Size : null, larger.Violations.FirstOrDefault(), declared) { IsUndecided = larger.Verdict == MutantVerdict.Unfinished };
        }

        if (ProofJob.Counts(system) is not null)
        {
            return new(null, null, declared);   // there is no proof for any size of what counts
        }

        var model = (job.Protocol.Stronger ?? job.Protocol.Build)(job.Design).Without(mutation.Name);
        var claimed = system.Properties.Where(p => p.IsSafety).Select(p => model.Property(p.Name)).ToList();
        var proof = Redundancy.Prove(model, [.. model.Properties.Where(p => p.Kind == PropertyKind.Lemma)], claimed,
            ProofOptions.Default with { Vacuity = false, Threads = options.Threads, Cancellation = options.Cancellation });
        return new(proof.Status == ProofStatus.Proved ? Because.Redundant : null, null, declared) { IsUndecided = proof.Status == ProofStatus.Unknown };
    }

    private static IEnumerable<string> ProblemsOf(Job job, MutantOutcome outcome)
    {
        if (outcome.Mutation.Kind != MutationKind.Label || outcome.IsUnfinished)
        {
            yield break;
        }

        var declared = job.Protocol.SurvivorOf(job.Design, outcome.Mutation.Name);
        if (outcome.Result.IsCaught && declared is not null)
        {
            yield return $"{outcome.Mutation.Name} is missed, but is said to be missed by nobody in {declared.Designs}";
        }
        else if (outcome.Explanation is { IsAsDeclared: false } explanation)
        {
            yield return explanation switch
            {
                { Declared: null } => $"{outcome.Mutation.Name} is not missed, and nobody has said why",
                { Declared: { Because: Because.Size } size } => $"{outcome.Mutation.Name} is not missed at {string.Join(',', size.Bounds)} either",
                _ => $"{outcome.Mutation.Name} is not missed, and that it is redundant at any size is not proved",
            };
        }
    }
}
