using System.Collections.Immutable;
using System.Numerics;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// The answer to the question whether the violation of an invariant outlasts the operations in progress. It is about all reachable states
/// of the instance. A state is quiescent if no operation is in progress.
/// </summary>
/// <param name="During">The operations in progress in every violating state which is not quiescent.</param>
/// <param name="Quiescent">The number of reachable quiescent states.</param>
/// <param name="Violated">The number of these in which the property is violated.</param>
/// <param name="Lasting">A shortest behaviour to such a state, replayed; null if there is none.</param>
/// <param name="StepsToQuiescence">
/// The number of steps from the end of the counterexample to the nearest quiescent state; null if none is reachable.
/// </param>
public sealed record Transience(
    ImmutableArray<string> During,
    long Quiescent,
    long Violated,
    Trace? Lasting,
    int? StepsToQuiescence)
{
    /// <summary>The memory for the exploration of all states after a search which ended at its first violation.</summary>
    public const long Budget = 1 << 26;

    /// <summary>The largest number of operations distinguished by name.</summary>
    private const int MostNamed = 31;

    /// <summary>The number of properties tested together, beside the operations and quiescence.</summary>
    private const int Together = CompiledModel.MostPredicates - MostNamed - 1;

    /// <summary>True if the property holds in each quiescent state, and such a state follows the counterexample.</summary>
    public bool IsTransient => Violated == 0 && StepsToQuiescence is not null;

    /// <param name="explorer">A complete search.</param>
    /// <param name="violated">Violated invariants, with their counterexamples.</param>
    internal static IEnumerable<Transience> Of<TWidth>(
        Explorer<TWidth> explorer,
        CompiledModel model,
        Canonicalizer? canonicalizer,
        IReadOnlyList<PropertyResult> violated,
        ExplorationOptions options)
        where TWidth : struct, IWidth
    {
        var named = model.Model.Scope.System.Operations.Take(MostNamed).ToList();
        var quiescent = FormulaBuilder.And(
            model.Model.Scope.System.Operations.Select(o => FormulaBuilder.Not(model.Model.State(o.InProgress))));
        var path = new ShortestPath<TWidth>(explorer, model, canonicalizer);
        foreach (var batch in violated.Chunk(Together))
        {
            var predicates = model.Compile(
            [
                quiescent,
                .. named.Select(o => model.Model.State(o.InProgress)),
                .. batch.Select(p => model.Model.Property(p.Property).Matters),
            ]);
            var total = Count(explorer, predicates, named.Count + 1, batch.Length, options.Threads);
            foreach (var (result, i) in batch.Select((p, i) => (p, i)))
            {
                var found = total.First[i];
                yield return new(
                    [.. named.Where((_, o) => (total.During[i] >> (o + 1) & 1) != 0).Select(o => o.Name)],
                    total.Quiescent,
                    total.Violated[i],
                    found is { } lasting ? path.To(lasting.State, lasting.Level, result.Property, lastStep: false) : null,
                    Distance(model, canonicalizer, result.Trace!, predicates, options.Cancellation));
            }
        }
    }

    private static Tally Count<TWidth>(Explorer<TWidth> explorer, Predicates predicates, int offset, int properties, int threads)
        where TWidth : struct, IWidth
    {
        var total = new Tally(properties);
        for (int level = 0; level < explorer.Levels.Count; level++)
        {
            var (blocks, here) = (explorer.Levels[level], level);
            Parallel.For(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new Tally(properties),
                (i, _, mine) =>
                {
                    Look(explorer, blocks[i], predicates, offset, here, mine);
                    return mine;
                },
                mine =>
                {
                    lock (total)
                    {
                        total.Add(mine);
                    }
                });
        }

        return total;
    }

    private static unsafe void Look<TWidth>(
        Explorer<TWidth> explorer,
        Block block,
        Predicates predicates,
        int offset,
        int level,
        Tally mine)
        where TWidth : struct, IWidth
    {
        for (uint index = block.Start; index < block.Start + (uint)block.Count; index++)
        {
            ulong* state = explorer.Set.State(index);
            ulong answers = predicates.Test(state);
            bool quiescent = (answers & 1) != 0;
            mine.Quiescent += quiescent ? 1 : 0;
            for (ulong bad = answers >> offset; bad != 0; bad &= bad - 1)
            {
                int property = BitOperations.TrailingZeroCount(bad);
                if (quiescent)
                {
                    mine.Violated[property]++;
                    mine.Keep(property, level, new(state, TWidth.Words));
                }
                else
                {
                    mine.During[property] &= answers;
                }
            }
        }
    }

    /// <summary>The number of steps from the end of the trace to the nearest quiescent state, by a search in breadth.</summary>
    private static int? Distance(
        CompiledModel model,
        Canonicalizer? canonicalizer,
        Trace trace,
        Predicates predicates,
        CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ulong[] end = model.Layout.Pack([.. trace.States[^1].Cells]);
        List<ulong[]> frontier = [canonicalizer?.Canonicalize(end) ?? end];
        for (int steps = 0; frontier.Count > 0; steps++)
        {
            if (frontier.Exists(s => (predicates.Test(s) & 1) != 0))
            {
                return steps;
            }

            cancellation.ThrowIfCancellationRequested();
            frontier = [.. frontier.SelectMany(model.Successors).Select(s => canonicalizer?.Canonicalize(s) ?? s)
                .Where(s => seen.Add(string.Join(',', s)))];
        }

        return null;
    }

    /// <summary>Counts over a part of the states.</summary>
    private sealed class Tally(int properties)
    {
        public long Quiescent { get; set; }

        public long[] Violated { get; } = new long[properties];

        /// <summary>The predicates which hold in every violating state that is not quiescent, for each property.</summary>
        public ulong[] During { get; } = [.. Enumerable.Repeat(ulong.MaxValue, properties)];

        /// <summary>The violating quiescent state nearest to the initial state, for each property; among several, the least.</summary>
        public (int Level, ulong[] State)?[] First { get; } = new (int, ulong[])?[properties];

        public void Keep(int property, int level, ReadOnlySpan<ulong> state)
        {
            if (First[property] is not { } known || level < known.Level
                || (level == known.Level && state.SequenceCompareTo(known.State) < 0))
            {
                First[property] = (level, state.ToArray());
            }
        }

        public void Add(Tally part)
        {
            Quiescent += part.Quiescent;
            for (int i = 0; i < properties; i++)
            {
                Violated[i] += part.Violated[i];
                During[i] &= part.During[i];
                if (part.First[i] is { } found)
                {
                    Keep(i, found.Level, found.State);
                }
            }
        }
    }
}
