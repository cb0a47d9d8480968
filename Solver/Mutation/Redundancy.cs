using Checker.Model.Ir;
using Checker.Solver.Proof;
using Checker.Solver.Smt;

namespace Checker.Solver.Mutation;

/// <summary>
/// Whether something that was left out is missed at any size. The lemmas of the model need not all be true in the mutant, so what is
/// not inductive there is given up until the rest is (Houdini, Flanagan and Leino 2001); the properties then have to follow from that.
/// </summary>
public static class Redundancy
{
    /// <returns>The proof that the mutant has the properties for any size; if it is not proved, the last attempt.</returns>
    /// <param name="lemmas">Of the model.</param>
    /// <param name="properties">What is to follow. They may serve as lemmas, too, as far as they are inductive.</param>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="OperationCanceledException">It was stopped: what is open then says nothing.</exception>
    public static ProofResult Prove(TransitionSystem mutant, IReadOnlyCollection<PropertyDeclaration> lemmas, IReadOnlyCollection<PropertyDeclaration> properties, ProofOptions options)
    {
        var conjuncts = lemmas.ToList();
        while (true)
        {
            var proof = Induction.Prove(mutant, conjuncts, properties, options);
            options.Cancellation.ThrowIfCancellationRequested();
            var lost = proof.Obligations.Where(o => o.Obligation.Kind != ObligationKind.Implication && o.Status != ProofStatus.Proved).Select(o => o.Obligation.Conjunct.Name)
                .ToHashSet(StringComparer.Ordinal);
            // That an option which is some has an element is not ours to give up.
            if (conjuncts.RemoveAll(c => lost.Contains(c.Name)) == 0)
            {
                return proof;
            }
        }
    }
}
