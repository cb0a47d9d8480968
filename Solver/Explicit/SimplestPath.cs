using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// Finds a simplest among the shortest paths to the states that decide a property: with the fewest actors, and among those with the
/// fewest context switches (<see cref="TraceCost"/>). It works on the levels of a finished search, in two passes:
/// <list type="number">
/// <item>backward from all deciding states of their first level, it keeps the states on some shortest path;</item>
/// <item>
/// forward over these states, it computes for each state, each set of actors and each last actor the fewest switches.
/// </item>
/// </list>
/// All shortest paths are considered, so the minimum is exact. With symmetry the states are representatives. Renaming elements does not
/// change the actor of a step, so each path of representatives has the cost of the behaviours it stands for.
/// </summary>
internal sealed unsafe class SimplestPath<TWidth>
    where TWidth : struct, IWidth
{
    /// <summary>The largest number of actors, which are the bits of a set.</summary>
    private const int MostActors = 64;

    /// <summary>The largest number of entries of the forward pass; each takes some 100 bytes.</summary>
    private const int MostEntries = 1 << 20;

    private readonly Explorer<TWidth> _explorer;
    private readonly CompiledModel _model;
    private readonly Canonicalizer? _canonicalizer;
    private readonly ShortestPath<TWidth> _shortest;
    private readonly ExplorationOptions _options;
    private readonly ImmutableArray<string> _actors;

    public SimplestPath(
        Explorer<TWidth> explorer,
        CompiledModel model,
        Canonicalizer? canonicalizer,
        ShortestPath<TWidth> shortest,
        ExplorationOptions options)
    {
        (_explorer, _model, _canonicalizer, _shortest, _options) = (explorer, model, canonicalizer, shortest, options);
        _actors = [.. model.Model.Scope.System.Actions.Select(a => a.Actor).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Replaces an ordinary shortest trace of the property by a simplest one of the same length.</summary>
    /// <param name="level">The number of steps to the first deciding states.</param>
    /// <param name="lastStep">True if a step from such a state decides the property.</param>
    /// <returns>The trace, replayed; the ordinary one if the search gave up.</returns>
    public (Trace Trace, Simplicity Simplicity) Of(Trace ordinary, int level, PropertyDeclaration property, bool lastStep)
    {
        long states = _explorer.Levels.Take(level + 1).Sum(l => l.Sum(b => (long)b.Count));
        string? obstacle = _actors.Length > MostActors ? $"the model has more than {MostActors} actors"
            : states > _options.MostStatesForSimplest ? $"{Number(states)} states are within its length, "
                + $"and only {Number(_options.MostStatesForSimplest)} are searched"
            : null;
        if (obstacle is null)
        {
            try
            {
                if (Search(level, property, lastStep) is { } path)
                {
                    var trace = _shortest.Along(path.States, property, lastStep, path.Actors);
                    var cost = TraceCost.Of(trace);
                    return trace.Length == ordinary.Length && cost == path.Cost && cost <= TraceCost.Of(ordinary)
                        ? (trace, new(cost, null))
                        : throw new InvalidOperationException($"the simplest path to {property.Name} is not simple: {cost}, {path.Cost}");
                }

                obstacle = $"there are more than {Number(MostEntries)} sets of actors and states to compare";
            }
            catch (OperationCanceledException)
            {
                obstacle = "the search was stopped";
            }
        }

        return (ordinary, new(TraceCost.Of(ordinary), obstacle));
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Returns the path with the least cost; null if there are too many entries.</summary>
    private Path? Search(int level, PropertyDeclaration property, bool lastStep)
    {
        var between = Between(level, property);
        // The entries of a level in a fixed order. The first of several equal costs wins, so the result does not depend on threads.
        List<Entry> entries = [new(State(between[0].Single()), -1, 0, 0, null)];
        int count = 1;
        for (int l = 0; l < level; l++)
        {
            if (Next(entries, between[l + 1], MostEntries - count) is not { } next)
            {
                return null;
            }

            entries = next;
            count += entries.Count;
        }

        var ends = lastStep ? Last(entries, property) : entries;
        var best = ends.MinBy(e => e.Cost)!;
        var (states, actors) = (new Stack<ulong[]>(), new Stack<string>());
        for (var entry = best; entry is not null; entry = entry.From)
        {
            states.Push(entry.State);
            if (entry.Actor >= 0)
            {
                actors.Push(_actors[entry.Actor]);
            }
        }

        // The state after the last step is whichever the step leads to.
        return new(lastStep ? [.. states.SkipLast(1)] : [.. states], [.. actors], best.Cost);
    }

    /// <summary>The states on some shortest path to a deciding state, level by level, as numbers of the log.</summary>
    private HashSet<uint>[] Between(int level, PropertyDeclaration property)
    {
        var between = new HashSet<uint>[level + 1];
        var decides = _model.CompileProperties([property]);
        bool deadlock = property.Subject == PropertySubject.Deadlock;
        between[level] = Select(level, (state, worker) =>
            decides.Test(state) != 0 && (!deadlock || worker.Expand(state) == 0));
        for (int l = level - 1; l >= 0; l--)
        {
            var targets = between[l + 1];
            between[l] = Select(l, (state, worker) => worker.LeadsTo(state, targets));
        }

        return between;
    }

    private delegate bool Wanted(ulong* state, Worker worker);

    /// <summary>The wanted states of a level.</summary>
    private HashSet<uint> Select(int level, Wanted wanted)
    {
        var (selected, blocks) = (new HashSet<uint>(), _explorer.Levels[level]);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = _options.Cancellation };
        Parallel.For(0, blocks.Length, parallel, () => new Worker(this), (i, _, worker) =>
        {
            for (uint index = blocks[i].Start; index < blocks[i].Start + (uint)blocks[i].Count; index++)
            {
                if (wanted(_explorer.Set.State(index), worker))
                {
                    worker.Selected.Add(index);
                }
            }

            return worker;
        }, worker =>
        {
            lock (selected)
            {
                selected.UnionWith(worker.Selected);
            }
        });
        return selected;
    }

    /// <summary>The entries of the next level: for each state, set of actors and last actor those with the fewest switches.</summary>
    /// <returns>The entries in their order; null if there are more than <paramref name="most"/>.</returns>
    private List<Entry>? Next(List<Entry> entries, HashSet<uint> targets, int most)
    {
        var best = new Dictionary<(uint State, int Actor, ulong Actors), Entry>();
        var (state, steps) = ((ulong[])[], (List<(int Actor, uint Index, ulong[] State)>)[]);
        foreach (var entry in entries)
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            if (!entry.State.AsSpan().SequenceEqual(state))
            {
                (state, steps) = (entry.State, Steps(entry.State, targets));
            }

            foreach (var step in steps)
            {
                var next = entry.By(step.Actor, step.State);
                var key = (step.Index, step.Actor, next.Actors);
                if (!best.TryGetValue(key, out var known) || next.Switches < known.Switches)
                {
                    best[key] = next;
                }
            }

            if (best.Count > most)
            {
                return null;
            }
        }

        List<Entry> sorted = [.. best.Values];
        sorted.Sort();
        return sorted;
    }

    /// <summary>The steps to one of the targets, each pair of an actor and a target once, in the order of the action instances.</summary>
    private List<(int Actor, uint Index, ulong[] State)> Steps(ulong[] state, HashSet<uint> targets)
    {
        var steps = new Dictionary<(int, uint), (int, uint, ulong[])>();
        foreach (var (instance, successor) in _model.Enabled(state).Zip(_model.Successors(state)))
        {
            ulong[] next = _canonicalizer?.Canonicalize(successor) ?? successor;
            int actor = _actors.IndexOf(instance.Action.Actor);
            if (Find(next) is { } index && targets.Contains(index))
            {
                steps.TryAdd((actor, index), (actor, index, next));
            }
        }

        return [.. steps.Values];
    }

    /// <summary>The entries after a deciding step. Each keeps the state before the step as its state.</summary>
    private IEnumerable<Entry> Last(List<Entry> entries, PropertyDeclaration property)
    {
        var finite = _model.Model;
        var decides = _model.Compile([.. _actors.Select(actor => finite.Steps(
            finite.Actions.Where(a => a.Instance.Action.Actor == actor),
            property.Formula,
            negate: !property.IsWitnessed))]);
        foreach (var entry in entries)
        {
            for (ulong able = decides.Test(entry.State); able != 0; able &= able - 1)
            {
                yield return entry.By(BitOperations.TrailingZeroCount(able), entry.State);
            }
        }
    }

    private ulong[] State(uint index) => new ReadOnlySpan<ulong>(_explorer.Set.State(index), TWidth.Words).ToArray();

    private uint? Find(ulong[] state)
    {
        fixed (ulong* words = state)
        {
            return _explorer.Set.Find(words);
        }
    }

    /// <summary>A path of the least cost, with the actor of each step.</summary>
    private sealed record Path(ImmutableArray<ulong[]> States, ImmutableArray<string> Actors, TraceCost Cost);

    /// <summary>The end of a path.</summary>
    /// <param name="Actor">The actor of the last step; -1 if there is none.</param>
    /// <param name="Actors">The actors of all steps, one bit each.</param>
    /// <param name="From">The path without its last step.</param>
    private sealed record Entry(ulong[] State, int Actor, ulong Actors, int Switches, Entry? From) : IComparable<Entry>
    {
        public TraceCost Cost => new(BitOperations.PopCount(Actors), Switches);

        /// <summary>Adds a step to the path.</summary>
        public Entry By(int actor, ulong[] state) =>
            new(state, actor, Actors | (1UL << actor), Switches + (Actor >= 0 && Actor != actor ? 1 : 0), this);

        public int CompareTo(Entry? other) => State.AsSpan().SequenceCompareTo(other!.State) is var state and not 0
            ? state
            : (Actor, Actors).CompareTo((other.Actor, other.Actors));
    }

    /// <summary>The room of one thread for the successors of a state.</summary>
    private sealed class Worker(SimplestPath<TWidth> path)
    {
        private readonly ulong[] _successors = GC.AllocateArray<ulong>(
            TWidth.Words * Math.Max(1, path._model.MostSuccessors), pinned: true);

        private readonly ulong[] _scratch = GC.AllocateArray<ulong>(Math.Max(1, path._canonicalizer?.ScratchWords ?? 0), pinned: true);

        private readonly long[] _fired = GC.AllocateArray<long>(
            Math.Max(1, path._model.Model.Scope.System.Actions.Length), pinned: true);

        /// <summary>The selected states of the blocks given to this thread.</summary>
        public List<uint> Selected { get; } = [];

        /// <summary>Returns the number of successors.</summary>
        public int Expand(ulong* state)
        {
            fixed (ulong* successors = _successors)
            fixed (long* fired = _fired)
            {
                return (int)((path._model.Expand(state, successors, fired) - successors) / TWidth.Words);
            }
        }

        public bool LeadsTo(ulong* state, HashSet<uint> targets)
        {
            int count = Expand(state);
            fixed (ulong* successors = _successors, scratch = _scratch)
            {
                for (int i = 0; i < count; i++)
                {
                    ulong* next = successors + (i * TWidth.Words);
                    path._canonicalizer?.Canonicalize(next, scratch);
                    if (path._explorer.Set.Find(next) is { } index && targets.Contains(index))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
