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

/// <summary>The options of a mutation test.</summary>
/// <param name="Kinds">The kinds of mutants; empty for all.</param>
/// <param name="Names">The mutants to try; empty for all.</param>
/// <param name="Explain">True to find the purpose of labels not missed at the default bounds, with larger bounds and proofs.</param>
public sealed record MutantSettings(
    MutationOptions Options,
    ImmutableArray<MutationKind> Kinds,
    ImmutableArray<string> Names,
    bool Explain);

/// <summary>The computed reason why a label mutant survives.</summary>
/// <param name="Because">Null if neither the larger instance nor the proof explains the survival, or if this is undecided.</param>
/// <param name="Violation">The violation in the larger instance.</param>
/// <param name="Declared">The declaration in Properties.</param>
public sealed record SurvivorExplanation(Because? Because, Kill? Violation, Survivor? Declared)
{
    /// <summary>True if the larger instance was not explored completely, or the solver gave up. Nothing is then known.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>True if the reason agrees with the declaration.</summary>
    public bool IsAsDeclared => Because is not null && Because == Declared?.Because;
}

/// <summary>A mutant of a design, and its result.</summary>
/// <param name="Explanation">The explanation; only for surviving label mutants.</param>
public sealed record MutantOutcome(MutantResult Result, SurvivorExplanation? Explanation)
{
    public Mutation Mutation => Result.Mutation;

    public bool IsUnfinished => Result.Verdict == MutantVerdict.Unfinished || Explanation is { IsUndecided: true };

    /// <summary>True if a property notices the mutant, or if it makes no difference at any size.</summary>
    public bool IsAccountedFor => Result.IsCaught || Explanation?.Because is not null;
}

/// <summary>The mutants of one design.</summary>
public sealed record MutantRun(Job Job, ImmutableArray<MutantOutcome> Outcomes, TimeSpan Time)
{
    public bool IsUnfinished => LacksMemory || Outcomes.Any(o => o.IsUnfinished);

    /// <summary>True if the memory did not suffice for a mutant or for a proof.</summary>
    public bool LacksMemory { get; init; }

    /// <summary>
    /// The label mutants which survive for another reason than declared, or for none; and the declared survivors which do not
    /// survive.
    /// </summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>The lemmas of the design's proof which are implied by the others.</summary>
    public ImmutableArray<string> ImpliedLemmas { get; init; } = [];

    /// <summary>The premises of its properties which are false in all reachable states.</summary>
    public ImmutableArray<string> PremisesNeverMet { get; init; } = [];

    /// <summary>Returns the model with only the properties expected to hold. A mutant is not responsible for the others.</summary>
    public static TransitionSystem Expected(Job job) => job.Model with
    {
        Properties = [.. job.Model.Properties.Where(p => !p.IsLemma && job.Protocol.Expects(job.Design, p))],
    };

    /// <exception cref="BadInputException">The instance is too large, or the mutant does not exist.</exception>
    /// <exception cref="EnvironmentException">An explanation is requested, and there is no usable libz3.</exception>
    public static MutantRun Do(Job job, MutantSettings settings, Action<MutantResult> progress)
    {
        var clock = Stopwatch.StartNew();
        var system = Expected(job);
        _ = job.Scope();
        var mutations = Selected(system, settings).ToList();
        var results = Try(job, system, job.Bounds, mutations, settings.Options, progress);
        var outcomes = results.Select(r => new MutantOutcome(r, null)).ToImmutableArray();
        // If the memory did not suffice for the mutants, it does not suffice for larger instances and proofs.
        bool lacksMemory = results.Any(r => r.Outcome == Outcome.OutOfMemory);
        if (settings.Explain && job.IsStandard)
        {
            outcomes = [.. outcomes.Select(o => o.Result is not { Verdict: MutantVerdict.Survived, Mutation.DropsLabel: true } ? o
                : o with
                {
                    Explanation = (lacksMemory |= !Machine.ReleaseForProof())
                        ? Undecided(job, o.Mutation)
                        : ExplainOrStop(job, system, o.Mutation, settings.Options)
                })];
        }

        bool whole = settings.Explain && settings.Names.IsEmpty && settings.Kinds.IsEmpty && !(lacksMemory |= !Machine.ReleaseForProof());
        var options = settings.Options;
        var proof = ProofJob.Of(job, byName: false);
        var proofs = ProofOptions.Default with { Threads = options.Threads, Cancellation = options.Cancellation };
        var exploration = new ExplorationOptions
        {
            Threads = options.Threads,
            MemoryBudget = options.MemoryBudget,
            Cancellation = options.Cancellation,
            EveryProperty = true,
        };
        var run = new MutantRun(job, outcomes, default)
        {
            LacksMemory = lacksMemory,
            ImpliedLemmas = whole && ProofJob.Counts(system) is null
                ? [.. Implied.Find(proof.System, proof.Conjuncts, proofs).Select(l => l.Name)]
                : [],
            PremisesNeverMet = (whole ? new Exhaustive(job.Scope(), exploration).Run().Vacuity?.AntecedentsNeverTrue : null) ?? [],
            Problems = settings.Explain && job.IsStandard ? [.. outcomes.SelectMany(o => ProblemsOf(job, o))] : [],
        };
        return run with { Time = clock.Elapsed };
    }

    /// <summary>Returns the selected mutants of the system.</summary>
    public static IEnumerable<Mutation> Selected(TransitionSystem system, MutantSettings settings) =>
        Operators.Of(system).Where(m =>
            (settings.Kinds.IsEmpty || settings.Kinds.Contains(m.Kind)) && (settings.Names.IsEmpty || settings.Names.Contains(m.Name)));

    private static ImmutableArray<MutantResult> Try(
        Job job,
        TransitionSystem system,
        Bounds bounds,
        IReadOnlyList<Mutation> mutations,
        MutationOptions options,
        Action<MutantResult>? progress)
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

    /// <summary>A stopped explanation is undecided. The results of other mutants are kept.</summary>
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

    private static SurvivorExplanation Undecided(Job job, Mutation mutation) =>
        new(null, null, job.Protocol.SurvivorOf(job.Design, mutation.Name)) { IsUndecided = true };

    private static SurvivorExplanation Explain(Job job, TransitionSystem system, Mutation mutation, MutationOptions options)
    {
        var declared = job.Protocol.SurvivorOf(job.Design, mutation.Name);
        if (declared is { Because: Because.Size })
        {
            var larger = Try(job, system, job.Bounds with { Sizes = declared.Bounds }, [mutation], options, null)[0];
            return new(larger.Verdict == MutantVerdict.Killed ? Because.Size : null, larger.Violations.FirstOrDefault(), declared)
            {
                IsUndecided = larger.Verdict == MutantVerdict.Unfinished
            };
        }

        if (ProofJob.Counts(system) is not null)
        {
            return new(null, null, declared);   // a model with integers has no proof for any size
        }

        var model = (job.Protocol.Stronger ?? job.Protocol.Build)(job.Design).Without(mutation.Name);
        var claimed = system.Properties.Where(p => p.IsSafety).Select(p => model.Property(p.Name)).ToList();
        var proof = InductivePart.Prove(model, Induction.Conjuncts(model, claimed), claimed,
            ProofOptions.Default with { Vacuity = false, Threads = options.Threads, Cancellation = options.Cancellation });
        return new(proof.Status == ProofStatus.Proved ? Because.Redundant : null, null, declared)
        {
            IsUndecided = proof.Status == ProofStatus.Unknown
        };
    }

    private static IEnumerable<string> ProblemsOf(Job job, MutantOutcome outcome)
    {
        if (!outcome.Mutation.DropsLabel || outcome.IsUnfinished)
        {
            yield break;
        }

        var declared = job.Protocol.SurvivorOf(job.Design, outcome.Mutation.Name);
        if (outcome.Result.IsCaught && declared is not null)
        {
            yield return $"{outcome.Mutation.Name} is missed, but is declared as not missed in {declared.Designs}";
        }
        else if (outcome.Explanation is { IsAsDeclared: false } explanation)
        {
            yield return explanation switch
            {
                { Declared: null } => $"{outcome.Mutation.Name} is not missed, and no reason is declared",
                { Declared: { Because: Because.Size } size } =>
                    $"{outcome.Mutation.Name} is not missed at {string.Join(',', size.Bounds)} either",
                _ => $"{outcome.Mutation.Name} is not missed, and that it is redundant at any size is not proved",
            };
        }
    }
}
