using Checker.Model.Ir;
using Checker.Solver.Smt;

namespace Checker.Solver.Proof;

/// <summary>
/// The proof with only those conjuncts that keep each other: conjuncts which are not inductive are given up until the rest is
/// (Houdini, Flanagan and Leino 2001). Some lemmas of a model may be false without one of its labels, and one claim that is not
/// inductive must not hide the proofs of the others.
/// </summary>
public static class InductivePart
{
    /// <returns>The proof of the properties for any size. If they are not all proved, the last attempt.</returns>
    /// <param name="conjuncts">The lemmas and properties which may serve as conjuncts, if they are inductive.</param>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="OperationCanceledException">The proof was stopped. Open obligations then mean nothing.</exception>
    public static ProofResult Prove(
        TransitionSystem system,
        IReadOnlyCollection<PropertyDeclaration> conjuncts,
        IReadOnlyCollection<PropertyDeclaration> properties,
        ProofOptions options)
    {
        var first = Induction.Prove(system, conjuncts, properties, options);
        options.Cancellation.ThrowIfCancellationRequested();
        return Of(first, conjuncts, options) ?? first;
    }

    /// <returns>The proof without the conjuncts that are not inductive. Null if all of them are.</returns>
    /// <param name="first">The first attempt.</param>
    /// <param name="conjuncts">The conjuncts of the first attempt.</param>
    /// <exception cref="OperationCanceledException">The proof was stopped.</exception>
    public static ProofResult? Of(ProofResult first, IReadOnlyCollection<PropertyDeclaration> conjuncts, ProofOptions options)
    {
        var (left, proof) = (conjuncts.ToList(), first);
        while (true)
        {
            var lost = proof.Obligations.Where(o => o.Obligation.Kind != ObligationKind.Implication && o.Status != ProofStatus.Proved)
                .Select(o => o.Obligation.Conjunct.Name)
                .ToHashSet(StringComparer.Ordinal);
            // The fact that a non-empty option has an element must not be given up.
            if (left.RemoveAll(c => lost.Contains(c.Name)) == 0)
            {
                return proof == first ? null : proof;
            }

            proof = Induction.Prove(first.System, left, first.Properties, options);
            options.Cancellation.ThrowIfCancellationRequested();
        }
    }
}
