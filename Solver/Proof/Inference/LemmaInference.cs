using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Smt;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.Solver.Proof.Inference;

public enum InferStatus
{
    /// <summary>With the lemmas the property is proved for any number of elements.</summary>
    Proved,

    /// <summary>No set of candidates proves it. The template may be too poor, or the property false in some larger instance.</summary>
    NotProved,

    /// <summary>The property is violated in one of the sampled instances.</summary>
    Refuted,
}

/// <summary>What it took.</summary>
/// <param name="Instances">The instances whose reachable states every candidate satisfies.</param>
/// <param name="Template">How many clauses the template has; such as differ by the names of their elements alone count each.</param>
/// <param name="LargestLiterals">The most literals of what the next two count.</param>
/// <param name="Candidates">How many candidates hold in all of these states, can be violated at all, and follow from no shorter one; null if that was not asked for (<see cref="InferOptions.Largest"/>).</param>
/// <param name="Largest">How many of them are inductive together.</param>
/// <param name="Chosen">How many candidates were needed before the set was made smaller.</param>
/// <param name="Counterexamples">How many counterexamples to induction were looked at.</param>
public sealed record InferStatistics(ImmutableArray<SampledInstance> Instances, System.Numerics.BigInteger Template, int LargestLiterals, int? Candidates, int? Largest, int Chosen,
    int Counterexamples, TimeSpan Duration);

/// <summary>The outcome of an inference.</summary>
/// <param name="Lemmas">What was found; with these alone, no lemma of the system's own, the proof is.</param>
/// <param name="Proof">The proof with the lemmas; only of <see cref="InferStatus.Proved"/> is it a successful one.</param>
/// <param name="Stuck">If no set of candidates proves the property: a state that none of them excludes, in which it is violated, or from which a step violates it.</param>
/// <param name="Violation">A shortest behaviour of the instance that violates the property.</param>
/// <param name="Reason">In a sentence, why it is not proved.</param>
public sealed record InferResult(TransitionSystem System, PropertyDeclaration Property, InferStatus Status, ImmutableArray<PropertyDeclaration> Lemmas,
    ProofResult? Proof, CounterexampleToInduction? Stuck, Trace? Violation, string Reason, InferStatistics Statistics);

/// <summary>Finds lemmas by itself: from a model and a property to a proof for any size, or the reason why there is none of this shape.</summary>
public static class LemmaInference
{
    /// <param name="progress">Told in lines what is going on: <c>+</c> a candidate is taken, <c>-</c> one is given up.</param>
    /// <exception cref="ArgumentException">The property is not an invariant or a step invariant.</exception>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="NotSupportedException">The model has no encoding for any size (integers).</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static InferResult Run(TransitionSystem system, PropertyDeclaration property, InferOptions options, Action<string>? progress = null)
    {
        if (!property.IsSafety && property.Kind != PropertyKind.Lemma)
        {
            throw new ArgumentException($"{property.Name} is not an invariant: there is nothing to be proved by induction", nameof(property));
        }

        NativeZ3.Require();
        return Interruption.Cancellable(() => new Inference(system, property, options, progress ?? (_ => { })).Run(), options.Cancellation);
    }

    /// <summary>Candidates that a state violates, plainest first: had one of them been among the lemmas, the state were no counterexample to induction.</summary>
    /// <param name="counterexample">With a state that no behaviour reaches.</param>
    /// <param name="most">How many.</param>
    public static ImmutableArray<PropertyDeclaration> Excluding(CounterexampleToInduction counterexample, InferOptions options, int most)
    {
        var conjunct = counterexample.Obligation.Conjunct;
        var search = new Inference(counterexample.Scope.System, conjunct, options, _ => { });
        return search.Excluding(counterexample.Scope, counterexample.Before, most);
    }

    /// <summary>A lemma with a name that the model does not have.</summary>
    internal static PropertyDeclaration Lemma(TransitionSystem system, int number, Node formula, PropertyDeclaration property)
    {
        string prefix = "Inferred";
        while (system.Properties.Append(property).Any(p => p.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            prefix += "_";
        }

        return new($"{prefix}{number}", PropertyKind.Lemma, formula, [], property.Source) { Serves = property.Name, Because = "inferred: it holds in all states that were explored, and every step keeps it" };
    }
}
