using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// Rebuilds a shortest path from what the visited set keeps: for each state the upper half of the hash of one predecessor. The
/// half leads to a few candidates; the one that is on the level before and really has the state as a successor is taken, the
/// least where there are several. So the path is exact although the link is a hash, and the same for any number of threads.
/// With symmetry the path is one of representatives; it is then walked again from the real initial state, taking at each step
/// an instance that leads to a state of the next representative's orbit. The result is replayed by the interpreter.
/// </summary>
internal sealed unsafe class ShortestPath<TWidth>(Explorer<TWidth> explorer, CompiledModel model, Canonicalizer? canonicalizer)
    where TWidth : struct, IWidth
{
    private readonly Interpreter _interpreter = new(model.Model.Scope);

    /// <param name="level">The level of the state: the number of steps of a shortest path.</param>
    /// <param name="lastStep">The property is violated (or witnessed) by a step out of the state; that step is added.</param>
    public Trace To(ulong[] state, int level, PropertyDeclaration property, bool lastStep)
    {
        var representatives = new Stack<ulong[]>([state]);
        for (int l = level; l > 0; l--)
        {
            representatives.Push(Predecessor(representatives.Peek(), l - 1));
        }

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
            bool wanted = property.Kind != PropertyKind.StepInvariant;
            int[] before = current;
            Step(after => _interpreter.Holds(property.Formula, before, after) == wanted);
        }

        return Replay.Check(new Trace(scope, property, states.ToImmutable(), lastStep));

        void Step(Func<int[], bool> wanted)
        {
            var (instance, after) = _interpreter.Successors(current).First(s => wanted(s.Next));
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
