using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// Rebuilds a shortest path from the visited set, which stores for each state the upper half of the hash of one predecessor. This
/// half leads to a few candidates. The predecessor is the candidate on the preceding level with the state among its successors;
/// among several, the least. So the path is exact although the link is a hash, and it is the same for any number of threads.
/// With symmetry the path consists of representatives. It is then walked again from the real initial state. Each step takes an
/// instance leading to the orbit of the next representative. The interpreter replays the result.
/// </summary>
internal sealed unsafe class ShortestPath<TWidth>(Explorer<TWidth> explorer, CompiledModel model, Canonicalizer? canonicalizer)
    where TWidth : struct, IWidth
{
    private readonly Interpreter _interpreter = new(model.Model.Scope);

    /// <param name="level">The level of the state, which is the number of steps of a shortest path.</param>
    /// <param name="lastStep">True if a step from the state violates (or witnesses) the property. This step is added to the path.</param>
    public Trace To(ulong[] state, int level, PropertyDeclaration property, bool lastStep)
    {
        var representatives = new Stack<ulong[]>([state]);
        for (int l = level; l > 0; l--)
        {
            representatives.Push(Predecessor(representatives.Peek(), l - 1));
        }

        return Along([.. representatives], property, lastStep);
    }

    /// <summary>Returns the behaviour along a path of representatives, replayed.</summary>
    /// <param name="representatives">The states from the initial one on.</param>
    /// <param name="actors">The actor of each step; null for any.</param>
    public Trace Along(
        IReadOnlyList<ulong[]> representatives,
        PropertyDeclaration property,
        bool lastStep,
        IReadOnlyList<string>? actors = null)
    {
        var scope = model.Model.Scope;
        int[] current = scope.InitialState();
        var states = ImmutableArray.CreateBuilder<TraceState>();
        states.Add(new(null, [.. current]));
        foreach (ulong[] next in representatives.Skip(1))
        {
            Step(s => Canonical(model.Layout.Pack(s)).AsSpan().SequenceEqual(next));
        }

        if (lastStep)
        {
            bool wanted = property.IsWitnessed;
            int[] before = current;
            Step(after => _interpreter.Holds(property.Formula, before, after) == wanted);
        }

        return Replay.Check(new Trace(scope, property, states.ToImmutable(), lastStep));

        void Step(Func<int[], bool> wanted)
        {
            string? actor = actors?[states.Count - 1];
            var (instance, after) = _interpreter.Successors(current)
                .First(s => (actor is null || s.Instance.Action.Actor == actor) && wanted(s.Next));
            states.Add(new(instance, [.. after]));
            current = after;
        }
    }

    private ulong[] Canonical(ulong[] state) => canonicalizer?.Canonicalize(state) ?? state;

    private ulong[] Predecessor(ulong[] state, int level)
    {
        uint index;
        fixed (ulong* words = state)
        {
            index = explorer.Set.Find(words) ?? throw new InvalidOperationException("the state is not in the visited set");
        }

        return explorer.Set.Probe(explorer.Set.Predecessor(index))
            .Where(candidate => OnLevel(candidate, level))
            .Select(candidate => new ReadOnlySpan<ulong>(explorer.Set.State(candidate), TWidth.Words).ToArray())
            .Where(candidate => model.Successors(candidate).Any(next => Canonical(next).AsSpan().SequenceEqual(state)))
            .Order(Comparer<ulong[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .First();
    }

    private bool OnLevel(uint index, int level) =>
        explorer.Levels[level].Any(b => index >= b.Start && index < b.Start + (uint)b.Count);
}
