using System.Collections.Immutable;
using Checker.Properties.DesignSpace;
using Checker.Solver.Traces;

namespace Checker.Cli.DesignSpace;

internal enum Standing
{
    /// <summary>What the design with all its guards is claimed to be, this is too.</summary>
    Safe,

    /// <summary>Safe, but something that the design is there for is impossible.</summary>
    Useless,

    /// <summary>A property is violated that the design with all its guards has.</summary>
    Unsafe,

    /// <summary>It was stopped before it was decided.</summary>
    Unfinished,
}

/// <summary>What exploring a variant found.</summary>
/// <param name="Property">Of an unsafe one: the violated property with the shortest trace.</param>
/// <param name="Length">The number of states of that trace.</param>
/// <param name="Lost">What is no longer possible.</param>
/// <param name="States">Distinct states that were found (orbits under symmetry).</param>
internal sealed record Explored(Variant Variant, Standing Standing, string Property, int Length, ImmutableArray<string> Lost, long States)
{
    /// <summary>Of an unsafe one: some page is converted to shared in the trace.</summary>
    public bool ConvertsToShared { get; init; }

    /// <summary>The trace, where it was asked for.</summary>
    public Trace? Trace { get; init; }
}
