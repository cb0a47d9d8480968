using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Proof.Inference;

/// <summary>An instance whose reachable states were all sampled.</summary>
/// <param name="Sizes">The sizes, in the order of the model's sorts.</param>
/// <param name="States">The number of states of the property's slice, up to the names of elements.</param>
public sealed record SampledInstance(ImmutableArray<int> Sizes, long States);

internal enum SampleOutcome
{
    Complete,

    /// <summary>The memory does not suffice, or a state has too many bits; nothing was added.</summary>
    TooLarge,

    /// <summary>A reachable state violates the property; nothing was added.</summary>
    Violated,
}

/// <summary>
/// The states which every candidate must allow: the reachable states of small instances, and later the states which no inductive set
/// of candidates can exclude.
/// </summary>
internal sealed class Samples
{
    private readonly Vocabulary _vocabulary;

    public Samples(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        Points = [.. vocabulary.Shapes.Select(s => new Points(s))];
    }

    public ImmutableArray<Points> Points { get; }

    public List<SampledInstance> Instances { get; } = [];

    /// <summary>The present numbers of points, for later questions about newer points.</summary>
    public int[] Marks() => [.. Points.Select(p => p.Count)];

    /// <summary>Removes the points added after these numbers.</summary>
    public void Truncate(int[] marks)
    {
        for (int shape = 0; shape < marks.Length; shape++)
        {
            Points[shape].Truncate(marks[shape]);
        }
    }

    /// <summary>
    /// Adds the rows of the instance's reachable states. Orbits are enough, because a closed formula holds in all states of an
    /// orbit or in none.
    /// </summary>
    /// <param name="bytes">The memory for the search in bytes.</param>
    public SampleOutcome Explore(Scope scope, PropertyDeclaration property, long bytes, CancellationToken cancellation)
    {
        CompiledModel model;
        try
        {
            model = new CompiledModel(new FiniteModel(scope));
        }
        catch (InstanceTooLargeException)
        {
            return SampleOutcome.TooLarge;
        }

        return Widths.Run(model.Words, new SampleExploration(this, model, property, bytes, cancellation));
    }

    /// <summary>Adds the rows of a state.</summary>
    /// <returns>True if a row is new.</returns>
    public bool Add(Observer observer, ReadOnlySpan<ulong> state)
    {
        bool added = false;
        observer.Look(state, (shape, row) => added |= Points[shape].Add(row));
        return added;
    }

    /// <summary>
    /// Adds the rows of states on random walks from the initial state. They are reachable states of an instance too large for exploration.
    /// So a clause which holds only for lack of elements is no candidate. The states are the same in every run.
    /// </summary>
    public unsafe void Walk(Observer observer, int states, int length, CancellationToken cancellation)
    {
        var model = observer.Model;
        ulong[] successors = new ulong[model.Words * Math.Max(1, model.MostSuccessors)];
        long[] fired = new long[model.Model.Scope.System.Actions.Length];
        ulong[] state = model.InitialState();
        ulong random = 0x2d358dccaa6c78a5UL;
        fixed (ulong* room = successors)
        fixed (long* counters = fired)
        {
            for (int i = 0; i < states; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Add(observer, state);
                int count;
                fixed (ulong* from = state)
                {
                    count = (int)(model.Expand(from, room, counters) - room) / model.Words;
                }

                // xorshift64 (Marsaglia, 2003)
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                state = count == 0 || i % length == length - 1
                    ? model.InitialState()
                    : successors.AsSpan((int)(random % (ulong)count) * model.Words, model.Words).ToArray();
            }
        }
    }

    private sealed record SampleExploration(
        Samples Samples,
        CompiledModel Model,
        PropertyDeclaration Property,
        long Bytes,
        CancellationToken Cancellation) : IForWidth<SampleOutcome>
    {
        public SampleOutcome Run<TWidth>()
            where TWidth : struct, IWidth => Samples.Explore<TWidth>(Model, Property, Bytes, Cancellation);
    }

    private unsafe SampleOutcome Explore<TWidth>(
        CompiledModel model,
        PropertyDeclaration property,
        long bytes,
        CancellationToken cancellation)
        where TWidth : struct, IWidth
    {
        var scope = model.Model.Scope;
        var canonicalizer = new Canonicalizer(model, new SymmetryGroup(scope));
        using var explorer = new Explorer<TWidth>(model, [model.Compile([model.Model.Property(property).Matters])], [],
            canonicalizer.IsTrivial ? null : canonicalizer, new() { MemoryBudget = bytes, Cancellation = cancellation });
        explorer.Run();
        cancellation.ThrowIfCancellationRequested();
        if (explorer.Outcome != Outcome.Complete)
        {
            return explorer.Outcome == Outcome.Violated ? SampleOutcome.Violated : SampleOutcome.TooLarge;
        }

        Instances.Add(new([.. scope.System.Sorts.Select(scope.SizeOf)], explorer.Set.Count));
        var observer = new Observer(_vocabulary, model);
        foreach (var block in explorer.Levels.SelectMany(l => l))
        {
            cancellation.ThrowIfCancellationRequested();
            for (uint index = block.Start; index < block.Start + (uint)block.Count; index++)
            {
                Add(observer, new ReadOnlySpan<ulong>(explorer.Set.State(index), TWidth.Words));
            }
        }

        return SampleOutcome.Complete;
    }
}
