using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Explicit;

/// <summary>How to explore. Nothing here changes a verdict, a count or a length, but for <see cref="Symmetry"/>, which changes the counts.</summary>
public sealed record ExplorationOptions
{
    public int Threads { get; init; } = 1;

    public bool Symmetry { get; init; } = true;

    /// <summary>Goes on after a violation until every property has its own shortest trace or holds.</summary>
    public bool EveryProperty { get; init; }

    /// <summary>What the visited set may take, in bytes.</summary>
    public long MemoryBudget { get; init; } = long.MaxValue;

    /// <summary>Looks at each label, action and antecedent: did it ever matter?</summary>
    public bool Vacuity { get; init; } = true;

    /// <summary>Looks for witnesses of what must be possible, and at what <see cref="Vacuity"/> asks, in a second pass over the states.</summary>
    public bool Witnesses { get; init; } = true;

    /// <summary>Takes the lemmas of the proofs for invariants to be checked as well.</summary>
    public bool Lemmas { get; init; }

    public CancellationToken Cancellation { get; init; }
}

public enum Outcome
{
    /// <summary>Every reachable state was looked at, and every property decided.</summary>
    Complete,

    /// <summary>A property is violated; the search ended at the level of the first violation.</summary>
    Violated,

    /// <summary>The memory budget was reached.</summary>
    OutOfMemory,

    /// <summary>The user stopped it.</summary>
    Cancelled,
}

/// <summary>What is known while the search runs, and at its end.</summary>
/// <param name="Level">The level that is being expanded: all states nearer to the initial state have been.</param>
public readonly record struct Progress(long States, long Generated, int Level, long Frontier, long Bytes);

/// <summary>A property's verdict: a trace to the violation (or, for Reachable and Scenario, the witness), or none.</summary>
/// <param name="Holds">Null if it was not decided.</param>
public sealed record PropertyResult(PropertyDeclaration Property, bool? Holds, Traces.Trace? Trace);

/// <summary>What never mattered in any reachable state: a model may hold because nothing happens in it.</summary>
public sealed record VacuityReport(ImmutableArray<string> ActionsNeverEnabled, ImmutableArray<string> LabelsNeverRelevant, ImmutableArray<string> AntecedentsNeverTrue);

/// <summary>What an exploration found.</summary>
/// <param name="Distinct">Reachable states (orbits, with symmetry).</param>
/// <param name="Generated">One for the initial state, and one for every enabled action instance of every state.</param>
/// <param name="Depth">States on the longest shortest path; if the search did not complete, the number of levels that it exhausted.</param>
/// <param name="Fired">How often each action was enabled in some state, in the order of the model's actions.</param>
/// <param name="Deadlocks">States in which no action is enabled.</param>
public sealed record ExplorationResult(Outcome Outcome, long Distinct, long Generated, int Depth, ImmutableArray<long> Fired, long Deadlocks,
    ImmutableArray<PropertyResult> Properties, VacuityReport? Vacuity, int BitsPerState, long Bytes, string SymmetryGroup, TimeSpan Duration)
{
    /// <summary>The violated property with the shortest trace; among several, the one declared first.</summary>
    public PropertyResult? FirstViolation => Properties
        .Where(p => p.Holds == false && p.Property.Kind is not (PropertyKind.Reachable or PropertyKind.Scenario))
        .MinBy(p => p.Trace!.Length);
}
