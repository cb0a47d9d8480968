using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Smt;

namespace Checker.Solver.Proof;

/// <summary>Finds lemmas without new content: the others of the invariant imply them, in every state of any size.</summary>
public static class Implied
{
    /// <returns>The implied lemmas, in the order of the lemmas. Undecided ones are not included.</returns>
    /// <param name="conjuncts">The invariant: the lemmas and the claims.</param>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="NotEncodableException">The model has no encoding for any size (integers).</exception>
    public static ImmutableArray<PropertyDeclaration> Find(
        TransitionSystem system,
        IReadOnlyCollection<PropertyDeclaration> conjuncts,
        ProofOptions options)
    {
        NativeZ3.Require();
        ImmutableArray<PropertyDeclaration> lemmas = [.. conjuncts.Where(p => p.IsLemma)];
        // A claim that follows from the lemmas is no conjunct: it may follow from the very lemma in question.
        PropertyDeclaration[] claims = [.. IrredundantClaims.Of(system, conjuncts, options)];
        bool[] implied = new bool[lemmas.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        Parallel.For(0, lemmas.Length, parallel, () => new Z3Session(options.Timeout, options.Cancellation), (i, _, session) =>
        {
            if (!options.Cancellation.IsCancellationRequested)
            {
                var obligations = new Obligations(system, [.. lemmas.RemoveAt(i), .. claims], [lemmas[i]]);
                session.Run(
                    obligations.Declarations,
                    obligations.Implications(),
                    result => implied[i] = result.Status == ProofStatus.Proved,
                    null,
                    cores: false);
            }

            return session;
        }, session => session.Dispose());
        return [.. lemmas.Where((_, i) => implied[i])];
    }
}
