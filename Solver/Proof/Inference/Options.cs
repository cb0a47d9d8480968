using System.Collections.Immutable;

namespace Checker.Solver.Proof.Inference;

/// <summary>How to look for lemmas. The template: which clauses are candidates at all.</summary>
public sealed record InferOptions
{
    /// <summary>The most quantified variables of a candidate.</summary>
    public int Variables { get; init; } = 3;

    /// <summary>The most of them that are of one sort.</summary>
    public int OfOneSort { get; init; } = 2;

    /// <summary>The most literals of a candidate.</summary>
    public int Literals { get; init; } = 3;

    /// <summary>
    /// The instances whose reachable states every candidate has to satisfy, in the order of the model's sorts. Empty: one element of
    /// every sort, then two of each sort in turn, then of two sorts, as long as there are few enough states.
    /// </summary>
    public ImmutableArray<ImmutableArray<int>> Instances { get; init; } = [];

    /// <summary>Without <see cref="Instances"/>: the most states (orbits) of an instance.</summary>
    public int States { get; init; } = 100_000;

    /// <summary>The elements of each sort in the instance in which counterexamples to induction are looked for first.</summary>
    public int Elements { get; init; } = 2;

    /// <summary>The elements of each sort in the largest such instance, which is needed only where a proof for any size fails.</summary>
    public int MostElements { get; init; } = 5;

    /// <summary>Such an instance has at most so many action instances.</summary>
    public int MostSteps { get; init; } = 2_000;

    /// <summary>The bytes that the states of a sampled instance may take.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>
    /// Also lists the candidates of at most <see cref="LargestLiterals"/> literals, and finds the largest subset of them that is inductive in
    /// the instance with <see cref="Elements"/> elements of each sort, whether the property needs it or not.
    /// </summary>
    public bool Largest { get; init; }

    /// <summary>With three of them it takes many minutes in a model with a thousand atoms.</summary>
    public int LargestLiterals { get; init; } = 2;

    /// <summary>For each obligation of the proof for any size.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    public int Threads { get; init; } = Environment.ProcessorCount;

    public CancellationToken Cancellation { get; init; }
}
