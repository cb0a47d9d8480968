using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Smt.Inference;

/// <summary>An instance all of whose reachable states were looked at.</summary>
public sealed record SampledInstance(ImmutableArray<int> Sizes, long States);

/// <summary>
/// The states that every candidate has to allow: the reachable ones of small instances, and later those of which it turned out that
/// no inductive set of candidates can exclude them.
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

    public long Rows => Points.Sum(p => (long)p.Count);

    /// <summary>Adds what the reachable states of the instance look like. Orbits are enough: a closed formula holds in all of an orbit or nowhere.</summary>
    /// <param name="bytes">The memory that the search may take.</param>
    /// <returns>False if there are too many states: nothing was added.</returns>
    public bool Explore(Scope scope, long bytes, CancellationToken cancellation)
    {
        var model = new CompiledModel(new FiniteModel(scope));
        return model.Words switch
        {
            1 => Explore<Width1>(model, bytes, cancellation),
            2 => Explore<Width2>(model, bytes, cancellation),
            3 => Explore<Width3>(model, bytes, cancellation),
            4 => Explore<Width4>(model, bytes, cancellation),
            6 => Explore<Width6>(model, bytes, cancellation),
            8 => Explore<Width8>(model, bytes, cancellation),
            16 => Explore<Width16>(model, bytes, cancellation),
            _ => throw new UnreachableException($"{model.Words} words"),
        };
    }

    /// <summary>Adds what a state looks like.</summary>
    /// <returns>Whether anything about it is new.</returns>
    public bool Add(Observer observer, ReadOnlySpan<ulong> state)
    {
        bool added = false;
        observer.Look(state, (shape, row) => added |= Points[shape].Add(row));
        return added;
    }

    private unsafe bool Explore<TWidth>(CompiledModel model, long bytes, CancellationToken cancellation)
        where TWidth : struct, IWidth
    {
        var scope = model.Model.Scope;
        var none = model.Compile([]);
        var canonicalizer = new Canonicalizer(model, new SymmetryGroup(scope));
        using var explorer = new Explorer<TWidth>(model, none, none, canonicalizer.IsTrivial ? null : canonicalizer, new() { MemoryBudget = bytes, Cancellation = cancellation });
        explorer.Run();
        cancellation.ThrowIfCancellationRequested();
        if (explorer.Outcome != Outcome.Complete)
        {
            return false;
        }

        Instances.Add(new([.. scope.System.Sorts.Select(scope.SizeOf)], explorer.Set.Count));
        var observer = new Observer(_vocabulary, model);
        foreach (var block in explorer.Levels.SelectMany(l => l))
        {
            for (uint index = block.Start; index < block.Start + (uint)block.Count; index++)
            {
                Add(observer, new ReadOnlySpan<ulong>(explorer.Set.State(index), TWidth.Words));
            }
        }

        return true;
    }
}
