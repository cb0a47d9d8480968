using Checker.Model.Ir;
using Checker.Solver.Proof;
using Checker.Solver.Smt;

namespace Checker.Solver.Mutation;

/// <summary>
/// The proof that a dropped part is not needed at any size. Some lemmas of the model may be false in the mutant. So lemmas which are
/// not inductive there are given up until the rest is (Houdini, Flanagan and Leino 2001). The properties must follow from this rest.
/// </summary>
public static class Redundancy
{
    /// <returns>The proof of the mutant's properties for any size. If they are not proved, the last attempt.</returns>
    /// <param name="lemmas">The lemmas of the model.</param>
    /// <param name="properties">The properties to prove. They may also serve as lemmas, if they are inductive.</param>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="OperationCanceledException">The proof was stopped. Open obligations then mean nothing.</exception>
    public static ProofResult Prove(
        TransitionSystem mutant,
        IReadOnlyCollection<PropertyDeclaration> lemmas,
        IReadOnlyCollection<PropertyDeclaration> properties,
        ProofOptions options)
    {
        var conjuncts = lemmas.ToList();
        while (true)
        {
            var proof = Induction.Prove(mutant, conjuncts, properties, options);
            options.Cancellation.ThrowIfCancellationRequested();
            var lost = proof.Obligations.Where(o => o.Obligation.Kind != ObligationKind.Implication && o.Status != ProofStatus.Proved)
                .Select(o => o.Obligation.Conjunct.Name)
                .ToHashSet(StringComparer.Ordinal);
            // The fact that a non-empty option has an element must not be given up.
            if (conjuncts.RemoveAll(c => lost.Contains(c.Name)) == 0)
            {
                return proof;
            }
        }
    }
}
