using System.Collections.Immutable;

namespace Checker.Model.Catalogue;

/// <summary>What a guard or a step is good for, shown: without it, this property is violated, at the earliest by a trace of this length.</summary>
/// <param name="Bounds">In the order of the protocol's sorts.</param>
/// <param name="Length">States of a shortest counterexample. Other properties may fail as early.</param>
public sealed record Mutant(string Protocol, ImmutableArray<string> Drop, string Design, ImmutableArray<int> Bounds, string Property, int Length);
