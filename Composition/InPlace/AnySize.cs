using System.Collections.Immutable;
using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Solver.Proof;
using Checker.Solver.Smt;

namespace Checker.Composition.InPlace;

/// <summary>The result of an attempt to prove a variant for any number of pages, frames, vCPUs, threads and pins.</summary>
/// <param name="Proved">True if every safety property explored for the variant was proved.</param>
/// <param name="Missing">The properties which were not proved.</param>
internal sealed record AnySize(bool Proved, ImmutableArray<string> Missing)
{
    /// <summary>
    /// Proves with the inductive part of the design's lemmas and claims (<see cref="InductivePart"/>). The lemmas are those of the
    /// design with all its guards, in terms of the variant's steps. A variant may be safe for reasons which they do not express.
    /// </summary>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="OperationCanceledException">The proof was stopped.</exception>
    public static AnySize Of(Variant variant, TimeSpan timeout, int threads, CancellationToken cancellation)
    {
        var protocol = Registry.Get(variant.Design.Protocol);
        var system = variant.Build();
        ImmutableArray<PropertyDeclaration> properties = [.. system.Properties.Where(p => p.IsSafety
            && protocol.Expects(variant.Design, p))];
        var options = ProofOptions.Default with { Timeout = timeout, Threads = threads, Vacuity = false, Cancellation = cancellation };
        var result = InductivePart.Prove(system, Induction.Conjuncts(system, properties), properties, options);
        ImmutableArray<string> missing = [.. properties.Except(result.ProvedProperties).Select(p => p.Name)];
        return new(missing.IsEmpty, missing);
    }
}
