using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;

namespace Checker.Solver.Mutation;

/// <summary>
/// The violations of a variant, without traces. There are thousands of variants, and a trace takes longer than the search.
/// </summary>
/// <param name="Violations">The violations, the nearest first. Only the nearest, unless every property was requested.</param>
/// <param name="Lost">The missing reachability properties of a completely explored variant without violations.</param>
public sealed record VariantVerdict(ImmutableArray<Kill> Violations, Outcome Outcome, long States, ImmutableArray<PropertyDeclaration> Lost)
{
    /// <summary>
    /// Decides the variant with the same result as <see cref="Variants.Explore"/>. Any number of threads may call it at the same
    /// time.
    /// </summary>
    /// <exception cref="ArgumentException">The variant has other state variables than the original.</exception>
    public static VariantVerdict Of(Variants variants, TransitionSystem variant, MutationOptions options) =>
        Widths.Run(variants.Words, new VerdictSearch(variants, variant, options));

    private sealed record VerdictSearch(Variants Variants, TransitionSystem Variant, MutationOptions Options) : IForWidth<VariantVerdict>
    {
        public VariantVerdict Run<TWidth>()
            where TWidth : struct, IWidth
        {
            using var search = new MutantSearch<TWidth>(
                Variants,
                Variants.Compile(Variant),
                Options,
                Options.Threads,
                Options.MemoryBudget);
            var violations = search.Run();
            ImmutableArray<PropertyDeclaration> lost = violations.IsEmpty && search.Outcome == Outcome.Complete
                ? [.. Variant.Properties.Where(p => p.IsWitnessed)
                    .Except(search.Witnessed(Variant))] : [];
            return new(violations, search.Outcome, search.States, lost);
        }
    }
}
