using System.Collections.Immutable;

namespace Checker.Model.Catalogue;

/// <summary>The purpose of a guard or a step, as an experiment: without it, this property is violated by a trace of this length.</summary>
/// <param name="Bounds">The sizes, in the order of the protocol's sorts.</param>
/// <param name="Length">The number of states of a shortest counterexample. Other properties may fail as early.</param>
public sealed record Mutant(
    string Protocol,
    ImmutableArray<string> Drop,
    string Design,
    ImmutableArray<int> Bounds,
    string Property,
    int Length);
