using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Explicit;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Inference;
using Checker.Solver.Traces;

namespace Checker.App;

/// <summary>A failed obligation with its explanation. There is no counterexample if none was found in small instances.</summary>
/// <param name="Candidates">Formulas which hold in small instances and exclude the counterexample, if it is unreachable.</param>
/// <param name="Stopped">The reason why the search was given up; null if it ended.</param>
public sealed record Explained(
    ObligationResult Result,
    CounterexampleToInduction? Counterexample,
    ImmutableArray<Node> Candidates,
    string? Stopped);

/// <summary>The proof of a design, tried once.</summary>
/// <param name="Violation">The shortest violation in the finite instance, if the proof failed.</param>
public sealed record ProofRun(
    ProofJob Job,
    ProofResult Result,
    PropertyResult? Violation,
    ImmutableArray<Explained> Explanations)
{
    /// <summary>The size of the finite instance searched after a failed proof.</summary>
    private const int LargestSort = 2;
    private const int MostCandidates = 5;
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(60);

    /// <summary>The lemmas violated by a small instance, each with a shortest behaviour.</summary>
    public ImmutableArray<PropertyResult> FalseLemmas { get; private init; } = [];

    /// <summary>
    /// The answer about all properties together. It is undecided if neither a proof nor a violation was found: a lemma is missing or
    /// wrong, or the solver gave up.
    /// </summary>
    public Answer Answer => Violation is { } violation ? new Answer.Violated(violation.Trace!, Extent.AnySize)
        : IsProved ? new Answer.Holds(Extent.AnySize)
        : new Answer.Undecided(Result.Stopped ? "stopped" : $"{Quantity.Of(Open.Count(), "obligation")} open", Extent.AnySize);

    public bool IsProved => Result.Status == ProofStatus.Proved && !Result.Obligations.IsEmpty;

    /// <summary>The obligations which were not shown.</summary>
    public IEnumerable<ObligationResult> Open => Result.Obligations.Where(o => o.Status != ProofStatus.Proved);

    /// <param name="explain">The number of failed obligations to explain.</param>
    /// <exception cref="NotEncodableException">The design has no encoding for any size.</exception>
    public static ProofRun Do(ProofJob job, ProofOptions options, int explain, long memory)
    {
        var result = job.Prove(options);
        var run = new ProofRun(job, result, null, []);
        if (run.IsProved)
        {
            return run;
        }

        try
        {
            var stop = options.Cancellation;
            var violation = Abandonable(token => Violated(job, job.Properties, memory, every: false, token).FirstOrDefault(), stop);
            run = run with { Violation = violation };
            foreach (var failed in result.Obligations.Where(o => o.Status == ProofStatus.Failed).Take(explain))
            {
                run = run with { Explanations = run.Explanations.Add(Explain(job, result, failed, memory, stop)) };
            }

            if (run.Explanations.Select(e => e.Counterexample)
                .OfType<CounterexampleToInduction>()
                .FirstOrDefault(c => !c.Obligation.Conjunct.IsLemma) is { } reached
                && run.Violation is null && run.Behaviour(reached) is { } trace)
            {
                // The violation is not visible at the bounds of the job, but with fewer or more elements.
                run = run with { Violation = new(trace.Property!, false, trace) };
            }

            // Before a lemma is called missing, or the solver too weak, the open properties are tested.
            PropertyDeclaration[] doubtful = explain == 0 ? [] :
            [
                .. run.Open.Select(o => o.Obligation.Conjunct)
                .Distinct()
                .Where(c => c.IsLemma && job.System.Properties.Contains(c)
                    && !run.Explanations.Any(e => e.Counterexample?.Reached is not null && e.Result.Obligation.Conjunct == c)),
            ];
            return doubtful.Length == 0
                ? run
                : run with { FalseLemmas = [.. WithinBudget(token => Violated(job, doubtful, memory, every: true, token), stop) ?? []] };
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
                return explained with
                {
                    Counterexample = found,
                    Candidates = found is { Reached: null, Searched: true } ? Candidates(job, found, token) : []
                };
            }, stop) ?? explained with { Stopped = $"the search was given up after {s_budget.TotalSeconds:0} s" };
        }
        catch (ExplanationStoppedException stopped)
        {
            return explained with { Stopped = stopped.Message };
        }
    }

    /// <summary>Returns formulas which exclude the state, without the existing and the trivial ones.</summary>
    private static ImmutableArray<Node> Candidates(ProofJob job, CounterexampleToInduction found, CancellationToken cancellation)
    {
        var known = job.System.Properties.Select(p => Structure.Of(job.System, p.Formula)).ToHashSet(StringComparer.Ordinal);
        var all = LemmaInference.Excluding(
            found,
            new() { Threads = Machine.Cores, Cancellation = cancellation },
            4 * MostCandidates).Select(c => c.Formula);
        return [.. all.Where(f =>
            !Fold.Descendants(f).Any(n => n is Eq e && Node.Same(e.Left, e.Right))
                && known.Add(Structure.Of(job.System, f))).Take(MostCandidates)];
    }

    /// <returns>The result of the work. Null if there was no time.</returns>
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

    /// <summary>Waits for the work until it must stop, even if the work does not notice this at once.</summary>
    private static T Abandonable<T>(Func<CancellationToken, T> work, CancellationToken stop)
    {
        var task = Task.Factory.StartNew(() => work(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return task.WaitAsync(stop).GetAwaiter().GetResult();
    }

    /// <summary>Returns the properties violated by the finite instance, each with a shortest trace.</summary>
    private static PropertyResult[] Violated(
        ProofJob job,
        IReadOnlyCollection<PropertyDeclaration> properties,
        long memory,
        bool every,
        CancellationToken cancellation)
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

    /// <summary>Returns the behaviour which ends in a broken lemma, if the counterexample is reachable. The lemma is then false.</summary>
    public Trace? FalseLemma(CounterexampleToInduction found) =>
        found.Obligation.Conjunct.IsLemma ? Behaviour(found) : null;

    /// <summary>Returns the behaviour which violates the conjunct of the obligation; null if the counterexample is unreachable.</summary>
    private Trace? Behaviour(CounterexampleToInduction found)
    {
        if (found.Reached is not { } reached)
        {
            return null;
        }

        // The bounds of a trace refer to the protocol's sorts. The size of a sort missing in the design does not matter.
        var sizes = Job.Job.Bounds.Sorts.Select(s =>
            Job.System.Sorts.FirstOrDefault(x => x.Name == s) is { } sort ? found.Scope.SizeOf(sort) : Job.Job.Bounds.BySort[s]);
        var header = Job.Job.Header with { Bounds = string.Join(',', sizes) };
        var conjunct = found.Obligation.Conjunct;
        var states = found.Instance is { } instance ? reached.States.Add(new(instance, found.After)) : reached.States;
        var trace = new Trace(found.Scope, conjunct, states, LastStep: conjunct.IsAboutSteps);
        return Replay.Check(trace) with { Header = header };
    }
}
