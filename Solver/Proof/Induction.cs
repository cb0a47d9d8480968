using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Proof;

public enum ProofStatus
{
    Proved,

    /// <summary>There is a counterexample to induction: the conjuncts do not keep each other, or do not imply the property.</summary>
    Failed,

    /// <summary>The solver gave up or ran out of time. This is never a proof.</summary>
    Unknown,
}

/// <param name="Reason">The solver's word where it gave up.</param>
/// <param name="ByFrame">Settled without a solver.</param>
/// <param name="Used">The assumptions that were enough, by name; only if they were asked for.</param>
public sealed record ObligationResult(
    Obligation Obligation,
    ProofStatus Status,
    string Reason,
    bool ByFrame,
    TimeSpan Duration,
    ImmutableArray<string> Used)
{
    private const string StoppedReason = "stopped";

    /// <summary>The user ended the run before the solver had an answer.</summary>
    public bool IsStopped => Status == ProofStatus.Unknown && Reason == StoppedReason;

    internal static ObligationResult Stopped(Obligation obligation, TimeSpan duration = default) =>
        new(obligation, ProofStatus.Unknown, StoppedReason, ByFrame: false, duration, []);
}

/// <summary>The result of an attempt to prove a design for any number of elements of every sort.</summary>
/// <param name="NeverEnabled">
/// The actions whose guard contradicts the invariant. Such an invariant may be inductive because nothing can happen.
/// </param>
/// <param name="SolverTime">The time inside the solver's checks, summed over all threads.</param>
public sealed record ProofResult(
    TransitionSystem System,
    ImmutableArray<PropertyDeclaration> Conjuncts,
    ImmutableArray<PropertyDeclaration> Properties,
    ImmutableArray<ObligationResult> Obligations, ImmutableArray<string> NeverEnabled, TimeSpan Duration, TimeSpan SolverTime)
{
    /// <summary>
    /// The proved properties: every obligation of the invariant was shown, and their own as well. If the invariant is not inductive,
    /// these are the properties proved by its inductive part.
    /// </summary>
    public IEnumerable<PropertyDeclaration> ProvedProperties => InductivePart is { } part ? part.ProvedProperties
        : !Stopped && Obligations.Where(o => o.Obligation.Kind != ObligationKind.Implication).All(o => o.Status == ProofStatus.Proved)
        ? Properties.Where(p =>
            Obligations.Where(o => o.Obligation.Kind == ObligationKind.Implication && o.Obligation.Conjunct == p)
                .All(o => o.Status == ProofStatus.Proved))
        : [];

    /// <summary>The proof with only the conjuncts that keep each other. Null if it was not asked for, or is this proof.</summary>
    public ProofResult? InductivePart { get; init; }

    /// <summary>True if the run was stopped before all obligations were written.</summary>
    public bool Stopped { get; init; }

    /// <summary>Proved only if every obligation was proved.</summary>
    public ProofStatus Status => !Stopped && Obligations.All(o => o.Status == ProofStatus.Proved) ? ProofStatus.Proved
        : Obligations.Any(o => o.Status == ProofStatus.Failed) ? ProofStatus.Failed : ProofStatus.Unknown;
}

/// <param name="Timeout">The time limit for each obligation.</param>
/// <param name="Threads">The number of parallel Z3 contexts, one for each thread.</param>
/// <param name="Cores">True to find the assumptions needed by each obligation.</param>
/// <param name="Vacuity">True to check for each action if it can happen in a state satisfying the invariant.</param>
public sealed record ProofOptions(TimeSpan Timeout, int Threads, bool Vacuity, bool Cores, CancellationToken Cancellation)
{
    public static ProofOptions Default { get; } = new(
        TimeSpan.FromSeconds(10),
        Environment.ProcessorCount,
        Vacuity: true,
        Cores: false,
        CancellationToken.None);
}

/// <summary>Checks an inductive invariant with Z3 over uninterpreted sorts, obligation by obligation.</summary>
public static class Induction
{
    /// <summary>Proves the properties. The conjuncts of the invariant are the properties themselves and the system's lemmas.</summary>
    /// <exception cref="EnvironmentException">There is no libz3, or it is too old.</exception>
    /// <exception cref="NotEncodableException">A property has no encoding for any size (integers).</exception>
    public static ProofResult Prove(TransitionSystem system, IReadOnlyCollection<PropertyDeclaration> properties, ProofOptions options) =>
        Prove(system, Conjuncts(system, properties), properties, options);

    /// <summary>Returns the invariant for a proof of the properties: the system's lemmas, and the properties of states.</summary>
    public static IReadOnlyCollection<PropertyDeclaration> Conjuncts(
        TransitionSystem system,
        IEnumerable<PropertyDeclaration> properties) =>
        [.. system.Properties.Where(p => p.IsLemma).Union(properties.Where(p => p.IsSafety && !p.IsAboutSteps))];

    /// <param name="conjuncts">
    /// The invariant. A property which follows from the rest of it is no conjunct of the proof: it needs one question instead of one
    /// for each action.
    /// </param>
    /// <param name="properties">The properties to prove. One that is no conjunct must follow from the invariant.</param>
    public static ProofResult Prove(
        TransitionSystem system,
        IReadOnlyCollection<PropertyDeclaration> conjuncts,
        IReadOnlyCollection<PropertyDeclaration> properties,
        ProofOptions options)
    {
        NativeZ3.Require();
        var clock = Stopwatch.StartNew();
        Obligations obligations;
        var results = new ConcurrentBag<ObligationResult>();
        using var sessions = new Z3Sessions(options);
        try
        {
            (obligations, var implied) = IrredundantClaims.Of(system, conjuncts, properties, sessions, options);
            foreach (var result in implied)
            {
                results.Add(result);
            }
        }
        catch (OperationCanceledException)
        {
            return new(system, [.. conjuncts], [.. properties], [], [], clock.Elapsed, TimeSpan.Zero) { Stopped = true };
        }

        var neverEnabled = new ConcurrentBag<string>();
        var questions = new ConcurrentQueue<Func<Script?>>(obligations.Questions());
        var workers = sessions.All.Select(session => Task.Factory.StartNew(
            () => Work(
                session,
                obligations,
                questions,
                options,
                results,
                neverEnabled), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        // WhenAll waits for all of them, and throws what one of them threw.
        bool stopped = !Task.WhenAll(workers).GetAwaiter().GetResult().All(finished => finished);

        var order = obligations.Conjuncts.Concat(obligations.Properties)
            .DistinctBy(c => c.Name)
            .Select((c, i) => (c.Name, i))
            .ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        return new(system, obligations.Conjuncts, obligations.Properties,
            [.. results.OrderBy(r => r.Obligation.Action, StringComparer.Ordinal).ThenBy(r => order[r.Obligation.Conjunct.Name])],
            [.. neverEnabled.Order(StringComparer.Ordinal)], clock.Elapsed, TimeSpan.FromTicks(results.Sum(r => r.Duration.Ticks)))
        {
            Stopped = stopped || results.Any(r => r.IsStopped),
        };
    }

    /// <summary>Answers questions until there are no more. Returns false if it was stopped before.</summary>
    private static bool Work(
        Z3Session session,
        Obligations obligations,
        ConcurrentQueue<Func<Script?>> questions,
        ProofOptions options,
        ConcurrentBag<ObligationResult> results,
        ConcurrentBag<string> neverEnabled)
    {
        while (questions.TryDequeue(out var make))
        {
            Script? script;
            try
            {
                script = make();
            }
            catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
            {
                return false;
            }
            catch
            {
                // There will be no proof.
                questions.Clear();
                throw;
            }

            if (script is not null && !Ask(session, obligations, script, options, results, neverEnabled))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Ask(
        Z3Session session,
        Obligations obligations,
        Script script,
        ProofOptions options,
        ConcurrentBag<ObligationResult> results,
        ConcurrentBag<string> neverEnabled)
    {
        var asked = new HashSet<Obligation>(ReferenceEqualityComparer.Instance);
        try
        {
            session.Run(
                obligations.Declarations,
                script,
                Report,
                options.Vacuity ? () => neverEnabled.Add(script.Name) : null,
                options.Cores);
            return true;
        }
        catch (Z3.Z3Exception) when (options.Cancellation.IsCancellationRequested)
        {
            // An interrupt between two questions ends the next call of any kind.
            foreach (var goal in script.Goals.Where(g => !asked.Contains(g.Obligation)))
            {
                results.Add(ObligationResult.Stopped(goal.Obligation));
            }

            return false;
        }

        void Report(ObligationResult result)
        {
            asked.Add(result.Obligation);
            results.Add(result);
        }
    }
}
