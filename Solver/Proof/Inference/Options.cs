using System.Collections.Immutable;

namespace Checker.Solver.Proof.Inference;

/// <summary>The options of an inference. They define the template, which is the set of possible candidates.</summary>
public sealed record InferOptions
{
    /// <summary>The largest number of quantified variables of a candidate.</summary>
    public int Variables { get; init; } = 3;

    /// <summary>The largest number of quantified variables of one sort.</summary>
    public int OfOneSort { get; init; } = 2;

    /// <summary>The largest number of literals of a candidate.</summary>
    public int Literals { get; init; } = 3;

    /// <summary>
    /// The instances whose reachable states must satisfy every candidate, in the order of the model's sorts. Empty: one element of every
    /// sort, then two of each sort in turn, then of two sorts, while the number of states is small enough.
    /// </summary>
    public ImmutableArray<ImmutableArray<int>> Instances { get; init; } = [];

    /// <summary>The largest number of states (orbits) of an instance, if <see cref="Instances"/> is empty.</summary>
    public int States { get; init; } = 100_000;

    /// <summary>The number of elements of each sort in the first instance for counterexamples to induction.</summary>
    public int Elements { get; init; } = 2;

    /// <summary>The number of elements of each sort in the largest such instance. It is used only if a proof for any size fails.</summary>
    public int MostElements { get; init; } = 5;

    /// <summary>The largest number of action instances of such an instance.</summary>
    public int MostSteps { get; init; } = 2_000;

    /// <summary>The largest size of the states of a sampled instance in bytes.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>
    /// True to list the candidates with at most <see cref="LargestLiterals"/> literals, and to find their largest inductive subset in the
    /// instance with <see cref="Elements"/> elements of each sort, independently of the property's needs.
    /// </summary>
    public bool Largest { get; init; }

    /// <summary>
    /// The largest number of literals of the listed candidates. Three take many minutes in a model with a thousand atoms.
    /// </summary>
    public int LargestLiterals { get; init; } = 2;

    /// <summary>The time limit for each obligation of the proof for any size.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    public int Threads { get; init; } = Environment.ProcessorCount;

    public CancellationToken Cancellation { get; init; }
}
