using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Solver.Traces;

namespace Checker.Composition.InPlace;

internal enum Standing
{
    /// <summary>The variant has all claimed properties of the design with all its guards.</summary>
    Safe,

    /// <summary>The variant is safe, but a reachability property of the design is lost.</summary>
    Useless,

    /// <summary>The variant violates a property which the design with all its guards has.</summary>
    Unsafe,

    /// <summary>The exploration was stopped before the verdict.</summary>
    Unfinished,
}

/// <summary>The outcome of exploring a variant.</summary>
/// <param name="Bounds">The bounds at which it was decided. For an unsafe variant, those of the violation.</param>
/// <param name="Property">The violated property with the shortest trace, for an unsafe variant.</param>
/// <param name="Length">The number of states of this trace.</param>
/// <param name="Lost">The lost reachability properties.</param>
/// <param name="States">The number of distinct states at these bounds (orbits, with symmetry).</param>
internal sealed record VariantOutcome(
    Variant Variant,
    Standing Standing,
    Bounds Bounds,
    string Property,
    int Length,
    ImmutableArray<string> Lost,
    long States)
{
    /// <summary>The trace, if it was requested.</summary>
    public Trace? Trace { get; init; }

    /// <summary>The result of a proof for any size, if one was tried.</summary>
    public AnySize? AnySize { get; init; }

    /// <summary>True if the variant violates nothing. It is never true for an undecided variant.</summary>
    public bool IsUnviolated => Standing is Standing.Safe or Standing.Useless;
}
