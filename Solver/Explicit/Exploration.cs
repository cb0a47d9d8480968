using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Explicit;

/// <summary>
/// The options of an exploration. None changes a verdict, a count or a length, except for <see cref="Symmetry"/>, which changes the
/// counts.
/// </summary>
public sealed record ExplorationOptions
{
    public int Threads { get; init; } = 1;

    public bool Symmetry { get; init; } = true;

    /// <summary>True to continue after a violation until every property holds or has a shortest trace of its own.</summary>
    public bool EveryProperty { get; init; }

    /// <summary>The largest size of the visited set in bytes.</summary>
    public long MemoryBudget { get; init; } = long.MaxValue;

    /// <summary>True to ask for each label, action and antecedent if it ever matters.</summary>
    public bool Vacuity { get; init; } = true;

    /// <summary>True to search for witnesses, and for the answers to <see cref="Vacuity"/>, in a second pass over the states.</summary>
    public bool Witnesses { get; init; } = true;

    /// <summary>True to check the lemmas of the proofs as invariants.</summary>
    public bool Lemmas { get; init; }

    /// <summary>
    /// True to explain the results: the reason why a scenario is impossible, and whether a violation outlasts the operations in progress.
    /// </summary>
    public bool Explained { get; init; }

    /// <summary>The checkpoints of the search; null for none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// True to show a simplest among the shortest traces (<see cref="Traces.TraceCost"/>) of each violation; of each witness, if the model
    /// has reachability properties alone.
    /// </summary>
    public bool Simplest { get; init; }

    /// <summary>The largest number of states searched for a simplest trace. Above it, the trace is an ordinary shortest one.</summary>
    public long MostStatesForSimplest { get; init; } = 1 << 22;

    public CancellationToken Cancellation { get; init; }
}

public enum Outcome
{
    /// <summary>Every reachable state was visited, and every property decided.</summary>
    Complete,

    /// <summary>A property is violated. The search ended at the level of the first violation.</summary>
    Violated,

    /// <summary>The memory budget was reached.</summary>
    OutOfMemory,

    /// <summary>The user stopped the search.</summary>
    Cancelled,
}

/// <summary>The progress of a search.</summary>
/// <param name="Level">The level being expanded. All states nearer to the initial state were expanded before.</param>
public readonly record struct Progress(long States, long Generated, int Level, long Frontier, long Bytes);

/// <summary>A property's verdict with a trace to the violation (or, for Reachable and Scenario, to the witness), if there is one.</summary>
/// <param name="Holds">Null if the property was not decided.</param>
public sealed record PropertyResult(PropertyDeclaration Property, bool? Holds, Traces.Trace? Trace)
{
    /// <summary>
    /// The reason why a scenario is impossible. Null if it is possible, or if the results are not
    /// <see cref="ExplorationOptions.Explained"/>.
    /// </summary>
    public ScenarioObstacle? Obstacle { get; init; }

    /// <summary>
    /// The answer to the question whether a violation outlasts the operations in progress. Null if the model declares no operations, if
    /// not all states were explored, or if the results are not <see cref="ExplorationOptions.Explained"/>.
    /// </summary>
    public Transience? Transience { get; init; }

    /// <summary>The simplicity of the trace. Null if it was not asked for (<see cref="ExplorationOptions.Simplest"/>).</summary>
    public Traces.Simplicity? Simplicity { get; init; }

    public Answer Answer => (Property.IsWitnessed, Holds) switch
    {
        (false, true) => new Answer.Holds(Extent.Instance),
        (false, false) => new Answer.Violated(Trace!, Extent.Instance),
        (true, true) => new Answer.Possible(Trace!, Extent.Instance),
        (true, false) => new Answer.Impossible(Extent.Instance),
        (_, null) => new Answer.Undecided("", Extent.Instance),
    };
}

/// <summary>
/// The parts of a model which never mattered in any reachable state. A property may hold because nothing happens in the model.
/// </summary>
public sealed record VacuityReport(
    ImmutableArray<string> ActionsNeverEnabled,
    ImmutableArray<string> LabelsNeverRelevant,
    ImmutableArray<string> AntecedentsNeverTrue);

/// <summary>The result of an exploration.</summary>
/// <param name="Distinct">The number of reachable states (of orbits, with symmetry).</param>
/// <param name="Generated">The number of enabled action instances in all states, plus one for the initial state.</param>
/// <param name="Depth">
/// The number of states on the longest shortest path. If the search did not complete, the number of exhausted levels.
/// </param>
/// <param name="Fired">The number of enabled instances of each action in all states, in the order of the model's actions.</param>
/// <param name="Deadlocks">The number of states without an enabled action.</param>
public sealed record ExplorationResult(
    Outcome Outcome,
    long Distinct,
    long Generated,
    int Depth,
    ImmutableArray<long> Fired,
    long Deadlocks,
    ImmutableArray<PropertyResult> Properties, VacuityReport? Vacuity, int BitsPerState, long Bytes, string SymmetryGroup,
    TimeSpan Duration)
{
    /// <summary>The violated property with the shortest trace. Among several, the one declared first.</summary>
    public PropertyResult? FirstViolation => Properties
        .Where(p => p.Holds == false && !p.Property.IsWitnessed)
        .MinBy(p => p.Trace!.Length);
}
