using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Explicit;

namespace Checker.Solver.Mutation;

/// <summary>What a variant violates, without traces: of thousands of variants nobody looks at all, and a trace takes longer than the search.</summary>
/// <param name="Violations">The nearest first; only the nearest if not every property was asked for.</param>
public sealed record VariantVerdict(ImmutableArray<Kill> Violations, Outcome Outcome, long States)
{
    /// <summary>The same that <see cref="Variants.Explore"/> finds. Any number of threads may ask at the same time.</summary>
    /// <exception cref="ArgumentException">The variant has other states than the original.</exception>
    public static VariantVerdict Of(Variants variants, TransitionSystem variant, MutationOptions options) => variants.Words switch
    {
        1 => Of<Width1>(variants, variant, options),
        2 => Of<Width2>(variants, variant, options),
        3 => Of<Width3>(variants, variant, options),
        4 => Of<Width4>(variants, variant, options),
        6 => Of<Width6>(variants, variant, options),
        8 => Of<Width8>(variants, variant, options),
        16 => Of<Width16>(variants, variant, options),
        _ => throw new UnreachableException($"{variants.Words} words"),
    };

    private static VariantVerdict Of<TWidth>(Variants variants, TransitionSystem variant, MutationOptions options)
        where TWidth : struct, IWidth
    {
        using var search = new MutantSearch<TWidth>(variants, variant, options, options.Threads);
        return new(search.Run(), search.Outcome, search.States);
    }
}
