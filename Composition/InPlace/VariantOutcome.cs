using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Solver.Traces;

namespace Checker.Composition.InPlace;

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
/// <param name="Bounds">Those at which it was decided: of an unsafe one, where the violation is.</param>
/// <param name="Property">Of an unsafe one: the violated property with the shortest trace.</param>
/// <param name="Length">The number of states of that trace.</param>
/// <param name="Lost">What is no longer possible.</param>
/// <param name="States">Distinct states at these bounds (orbits under symmetry).</param>
internal sealed record VariantOutcome(Variant Variant, Standing Standing, Bounds Bounds, string Property, int Length, ImmutableArray<string> Lost, long States)
{
    /// <summary>The trace, where it was asked for.</summary>
    public Trace? Trace { get; init; }

    /// <summary>What is proved of it for any size, where that was tried.</summary>
    public AnySize? AnySize { get; init; }

    /// <summary>Never true for what was not decided.</summary>
    public bool IsUnviolated => Standing is Standing.Safe or Standing.Useless;
}
