using System.Collections.Immutable;
using Checker.Solver.Explicit;
using Checker.Solver.Smt;
using Checker.Solver.Traces;

namespace Checker.Cli.Proving;

internal enum ProofVerdict
{
    Proved,

    /// <summary>A property is violated in a small instance: there is nothing to prove.</summary>
    Refuted,

    /// <summary>Neither: a lemma is missing or wrong, or the solver gave up. Never a success.</summary>
    NotProved,
}

/// <summary>A failed obligation, explained; no counterexample where none was found in small instances.</summary>
internal sealed record Explained(ObligationResult Result, CounterexampleToInduction? Counterexample);

/// <summary>A design that a proof was tried for.</summary>
/// <param name="Violation">The shortest violation in the finite instance, where the proof failed.</param>
internal sealed record ProofRun(ProofJob Job, ProofResult Result, ProofVerdict Verdict, PropertyResult? Violation, ImmutableArray<Explained> Explanations)
{
    /// <summary>What the finite instance is searched with when a proof has failed.</summary>
    private const int LargestSort = 2;

    /// <summary>Obligations that were not shown.</summary>
    public IEnumerable<ObligationResult> Open => Result.Obligations.Where(o => o.Status != ProofStatus.Proved);

    /// <param name="explain">How many failed obligations to explain.</param>
    public static ProofRun Do(ProofJob job, ProofOptions options, int explain, long memory)
    {
        var result = Induction.Prove(job.System, job.Properties, options);
        if (result.Status == ProofStatus.Proved)
        {
            return new(job, result, ProofVerdict.Proved, null, []);
        }

        var violation = Violated(job, memory, options.Cancellation);
        var explanations = result.Obligations.Where(o => o.Status == ProofStatus.Failed).Take(explain)
            .Select(o => new Explained(o, WhyNot.Find(result, o.Obligation, LargestSort, memory, options.Cancellation))).ToImmutableArray();
        return new(job, result, violation is null ? ProofVerdict.NotProved : ProofVerdict.Refuted, violation, explanations);
    }

    private static PropertyResult? Violated(ProofJob job, long memory, CancellationToken cancellation)
    {
        var scope = new Solver.Instance.Scope(job.System with { Properties = job.Properties }, job.Job.Bounds.BySort);
        var explored = new Exhaustive(scope, new() { Threads = Machine.Cores, Vacuity = false, MemoryBudget = memory, Cancellation = cancellation }).Run();
        return explored.FirstViolation is { } found ? found with { Trace = found.Trace! with { Header = job.Job.Header } } : null;
    }

    /// <summary>The behaviour that ends in a broken lemma, where the counterexample can be reached: the lemma is false.</summary>
    public Trace? FalseLemma(CounterexampleToInduction found)
    {
        if (found is not { Reached: { } reached, Instance: { } instance } || found.Obligation.Kind != ObligationKind.Preservation)
        {
            return null;
        }

        var header = Job.Job.Header with { Bounds = string.Join(',', Job.Job.Bounds.Sorts.Select(s => found.Scope.SizeOf(Job.System.Sorts.First(x => x.Name == s)))) };
        return Replay.Check(new Trace(found.Scope, found.Obligation.Conjunct, reached.States.Add(new(instance, found.After)), LastStep: false)) with { Header = header };
    }
}
