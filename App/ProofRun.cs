using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Inference;
using Checker.Solver.Traces;

namespace Checker.App;

public enum ProofVerdict
{
    Proved,

    /// <summary>A property is violated in a small instance: there is nothing to prove.</summary>
    Refuted,

    /// <summary>Neither: a lemma is missing or wrong, or the solver gave up. Never a success.</summary>
    NotProved,
}

/// <summary>A failed obligation, explained; no counterexample where none was found in small instances.</summary>
/// <param name="Candidates">Where the counterexample cannot be reached: formulas that hold in small instances and exclude it.</param>
/// <param name="Stopped">Why the search was given up; null if it ended.</param>
public sealed record Explained(ObligationResult Result, CounterexampleToInduction? Counterexample, ImmutableArray<Node> Candidates, string? Stopped);

/// <summary>A design that a proof was tried for.</summary>
/// <param name="Violation">The shortest violation in the finite instance, where the proof failed.</param>
public sealed record ProofRun(ProofJob Job, ProofResult Result, ProofVerdict Verdict, PropertyResult? Violation, ImmutableArray<Explained> Explanations)
{
    /// <summary>What the finite instance is searched with when a proof has failed.</summary>
    private const int LargestSort = 2;
    private const int MostCandidates = 5;
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(60);

    /// <summary>Lemmas that a small instance violates, each with a shortest behaviour that does.</summary>
    public ImmutableArray<PropertyResult> FalseLemmas { get; private init; } = [];

    /// <summary>Obligations that were not shown.</summary>
    public IEnumerable<ObligationResult> Open => Result.Obligations.Where(o => o.Status != ProofStatus.Proved);

    /// <param name="explain">How many failed obligations to explain.</param>
    /// <exception cref="NotEncodableException">The design has no encoding for any size.</exception>
    public static ProofRun Do(ProofJob job, ProofOptions options, int explain, long memory)
    {
        var result = Induction.Prove(job.System, job.Properties, options);
        if (result.Status == ProofStatus.Proved && !result.Obligations.IsEmpty)
        {
            return new(job, result, ProofVerdict.Proved, null, []);
        }

        var run = new ProofRun(job, result, ProofVerdict.NotProved, null, []);
        try
        {
            var stop = options.Cancellation;
            var violation = Abandonable(token => Violated(job, job.Properties, memory, every: false, token).FirstOrDefault(), stop);
            run = violation is null ? run : run with { Violation = violation, Verdict = ProofVerdict.Refuted };
            foreach (var failed in result.Obligations.Where(o => o.Status == ProofStatus.Failed).Take(explain))
            {
                run = run with { Explanations = run.Explanations.Add(Explain(job, result, failed, memory, stop)) };
            }

            if (run.Explanations.Select(e => e.Counterexample).OfType<CounterexampleToInduction>().FirstOrDefault(c => c.Obligation.Kind == ObligationKind.Implication) is { } reached
                && run.Violation is null && run.Behaviour(reached) is { } trace)
            {
                // A violation that the bounds of the job do not show: with fewer elements, or with more.
                run = run with { Violation = new(trace.Property!, false, trace), Verdict = ProofVerdict.Refuted };
            }

            // Before a lemma is said to be missing, or the solver to be too weak: is what it could not show false?
            PropertyDeclaration[] doubtful = explain == 0 ? [] :
            [
                .. run.Open.Select(o => o.Obligation.Conjunct).Distinct().Where(c => c.IsLemma && job.System.Properties.Contains(c)
                    && !run.Explanations.Any(e => e.Counterexample?.Reached is not null && e.Result.Obligation.Conjunct == c)),
            ];
            return doubtful.Length == 0 ? run : run with { FalseLemmas = [.. WithinBudget(token => Violated(job, doubtful, memory, every: true, token), stop) ?? []] };
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            return run;
        }
    }

    private static Explained Explain(ProofJob job, ProofResult result, ObligationResult failed, long memory, CancellationToken stop)
    {
        var explained = new Explained(failed, null, [], null);
        try
        {
            return WithinBudget(token =>
            {
                var found = WhyNot.Find(result, failed.Obligation, LargestSort, memory, token);
                return explained with { Counterexample = found, Candidates = found is { Reached: null, Searched: true } ? Candidates(job, found, token) : [] };
            }, stop) ?? explained with { Stopped = $"the search was given up after {s_budget.TotalSeconds:0} s" };
        }
        catch (ExplanationStoppedException stopped)
        {
            return explained with { Stopped = stopped.Message };
        }
    }

    /// <summary>Formulas that exclude the state, other than those that are there already, and than trivial ones.</summary>
    private static ImmutableArray<Node> Candidates(ProofJob job, CounterexampleToInduction found, CancellationToken cancellation)
    {
        var known = job.System.Properties.Select(p => Structure.Of(job.System, p.Formula)).ToHashSet(StringComparer.Ordinal);
        var all = LemmaInference.Excluding(found, new() { Threads = Machine.Cores, Cancellation = cancellation }, 4 * MostCandidates).Select(c => c.Formula);
        return [.. all.Where(f => !Fold.Descendants(f).Any(n => n is Eq e && Node.Same(e.Left, e.Right)) && known.Add(Structure.Of(job.System, f))).Take(MostCandidates)];
    }

    /// <returns>Null if there was no time.</returns>
    private static T? WithinBudget<T>(Func<CancellationToken, T> work, CancellationToken stop)
        where T : class
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(stop);
        budget.CancelAfter(s_budget);
        try
        {
            return Abandonable(work, budget.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Waits for the work until it is to stop, whether the work notices that at once or not.</summary>
    private static T Abandonable<T>(Func<CancellationToken, T> work, CancellationToken stop)
    {
        var task = Task.Factory.StartNew(() => work(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return task.WaitAsync(stop).GetAwaiter().GetResult();
    }

    /// <summary>The properties that the finite instance violates, each with a shortest trace.</summary>
    private static PropertyResult[] Violated(ProofJob job, IReadOnlyCollection<PropertyDeclaration> properties, long memory, bool every, CancellationToken cancellation)
    {
        var scope = new Solver.Instance.Scope(job.System with { Properties = [.. properties] }, job.Job.Bounds.BySort);
        var explored = new Exhaustive(scope, new()
        {
            Threads = Machine.Cores,
            Vacuity = false,
            Lemmas = true,
            EveryProperty = every,
            MemoryBudget = memory,
            Cancellation = cancellation,
        }).Run();
        var violated = every ? explored.Properties.Where(p => p.Holds == false) : explored.FirstViolation is { } first ? [first] : [];
        return [.. violated.Select(p => p with { Trace = p.Trace! with { Header = job.Job.Header } })];
    }

    /// <summary>The behaviour that ends in a broken lemma, where the counterexample can be reached: the lemma is false.</summary>
    public Trace? FalseLemma(CounterexampleToInduction found) => found.Obligation.Kind == ObligationKind.Preservation ? Behaviour(found) : null;

    /// <summary>The behaviour that violates the conjunct of the obligation; null where the counterexample cannot be reached.</summary>
    private Trace? Behaviour(CounterexampleToInduction found)
    {
        if (found.Reached is not { } reached)
        {
            return null;
        }

        // The bounds of a trace are those of the protocol's sorts; of one that the design lacks, the size does not matter.
        var sizes = Job.Job.Bounds.Sorts.Select(s => Job.System.Sorts.FirstOrDefault(x => x.Name == s) is { } sort ? found.Scope.SizeOf(sort) : Job.Job.Bounds.BySort[s]);
        var header = Job.Job.Header with { Bounds = string.Join(',', sizes) };
        var conjunct = found.Obligation.Conjunct;
        var states = found.Instance is { } instance ? reached.States.Add(new(instance, found.After)) : reached.States;
        return Replay.Check(new Trace(found.Scope, conjunct, states, LastStep: conjunct.Subject == PropertySubject.Step)) with { Header = header };
    }
}
