using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;

namespace Checker.Solver.Mutation;

/// <summary>What a variant violates, without traces: of thousands of variants nobody looks at all, and a trace takes longer than the search.</summary>
/// <param name="Violations">The nearest first; only the nearest if not every property was asked for.</param>
/// <param name="Lost">Of a variant that violates nothing and was explored whole: what it says must be possible, and is not.</param>
public sealed record VariantVerdict(ImmutableArray<Kill> Violations, Outcome Outcome, long States, ImmutableArray<PropertyDeclaration> Lost)
{
    /// <summary>The same that <see cref="Variants.Explore"/> finds. Any number of threads may ask at the same time.</summary>
    /// <exception cref="ArgumentException">The variant has other states than the original.</exception>
    public static VariantVerdict Of(Variants variants, TransitionSystem variant, MutationOptions options) =>
        Widths.Run(variants.Words, new VerdictSearch(variants, variant, options));

    private sealed record VerdictSearch(Variants Variants, TransitionSystem Variant, MutationOptions Options) : IForWidth<VariantVerdict>
    {
        public VariantVerdict Run<TWidth>()
            where TWidth : struct, IWidth
        {
            using var search = new MutantSearch<TWidth>(Variants, Variants.Compile(Variant), Options, Options.Threads, Options.MemoryBudget);
            var violations = search.Run();
            ImmutableArray<PropertyDeclaration> lost = violations.IsEmpty && search.Outcome == Outcome.Complete
                ? [.. Variant.Properties.Where(p => p.Kind is PropertyKind.Reachable or PropertyKind.Scenario).Except(search.Witnessed(Variant))] : [];
            return new(violations, search.Outcome, search.States, lost);
        }
    }
}
