using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Smt;

namespace Checker.Solver.Proof.Inference;

/// <summary>The statistics of an inference.</summary>
/// <param name="Instances">The instances whose reachable states satisfy every candidate.</param>
/// <param name="Template">
/// The number of clauses of the template. Clauses which differ only in the names of elements count separately.
/// </param>
/// <param name="LargestLiterals">The largest number of literals of the clauses counted by the next two.</param>
/// <param name="Candidates">
/// The number of candidates which hold in all of these states, can be violated, and follow from no shorter one. Null if it was not
/// requested (<see cref="InferOptions.Largest"/>).
/// </param>
/// <param name="Largest">The number of these candidates in the largest inductive subset.</param>
/// <param name="Chosen">The number of candidates needed before the set was minimised.</param>
/// <param name="Counterexamples">The number of counterexamples to induction found.</param>
public sealed record InferStatistics(
    ImmutableArray<SampledInstance> Instances,
    System.Numerics.BigInteger Template,
    int LargestLiterals,
    int? Candidates,
    int? Largest,
    int Chosen,
    int Counterexamples, TimeSpan Duration);

/// <summary>The result of an inference.</summary>
/// <param name="Answer">
/// Violated in one of the sampled instances; or undecided, if no set of candidates proves the property: the template may be too poor, or
/// the property may be false in a larger instance.
/// </param>
/// <param name="Lemmas">The lemmas found. The proof uses these alone, and no lemma of the system itself.</param>
/// <param name="Proof">The proof with the lemmas. It is successful only if the property holds.</param>
/// <param name="Stuck">
/// The obstacle, if no set of candidates proves the property: a state excluded by none of them, which violates the property or
/// has a step violating it.
/// </param>
public sealed record InferResult(
    TransitionSystem System,
    PropertyDeclaration Property,
    Answer Answer,
    ImmutableArray<PropertyDeclaration> Lemmas,
    ProofResult? Proof, CounterexampleToInduction? Stuck, InferStatistics Statistics);

/// <summary>
/// Finds lemmas automatically: from a model and a property to a proof for any size, or the reason why there is none of this shape.
/// </summary>
public static class LemmaInference
{
    /// <param name="progress">Receives lines about the progress: <c>+</c> for a candidate taken, <c>-</c> for one given up.</param>
    /// <exception cref="ArgumentException">The property is not an invariant or a step invariant.</exception>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="NotSupportedException">The model has no encoding for any size (integers).</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static InferResult Run(
        TransitionSystem system,
        PropertyDeclaration property,
        InferOptions options,
        Action<string>? progress = null)
    {
        if (!property.IsSafety && !property.IsLemma)
        {
            throw new ArgumentException(
                $"{property.Name} is not an invariant: there is nothing to be proved by induction",
                nameof(property));
        }

        NativeZ3.Require();
        return Interruption.Cancellable(() => new Inference(system, property, options, progress ?? (_ => { })).Run(), options.Cancellation);
    }

    /// <summary>
    /// Returns candidates violated by a state, the plainest first. If one of them were a lemma, the state would be no
    /// counterexample to induction.
    /// </summary>
    /// <param name="counterexample">The counterexample, with an unreachable state.</param>
    /// <param name="most">The largest number of candidates.</param>
    public static ImmutableArray<PropertyDeclaration> Excluding(CounterexampleToInduction counterexample, InferOptions options, int most)
    {
        var conjunct = counterexample.Obligation.Conjunct;
        var search = new Inference(counterexample.Scope.System, conjunct, options, _ => { });
        return search.Excluding(counterexample.Scope, counterexample.Before, most);
    }

    /// <summary>Makes a lemma with a new name for the model.</summary>
    internal static PropertyDeclaration Lemma(TransitionSystem system, int number, Node formula, PropertyDeclaration property)
    {
        string prefix = "Inferred";
        while (system.Properties.Append(property).Any(p => p.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            prefix += "_";
        }

        return new($"{prefix}{number}", PropertyKind.Lemma, formula, [], property.Source)
        {
            Serves = property.Name,
            Because = "inferred: it holds in all states that were explored, and every step keeps it"
        };
    }
}
