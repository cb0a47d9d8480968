using Checker.Solver.Explicit.Compile;

namespace Checker.Solver.Explicit;

/// <summary>
/// A second pass over the reachable states, for facts which must be found only once: witnesses of Reachable properties, and
/// answers to the vacuity questions. It is separate from the search to keep the search's loop short. Answered questions are
/// dropped.
/// </summary>
internal static unsafe class Coverage
{
    private const int Together = 64;

    /// <returns>The first level and the least state there with an answer, for each question answered by a reachable state.</returns>
    public static Dictionary<Question, (int Level, ulong[] State)> Answer<TWidth>(
        Explorer<TWidth> explorer,
        CompiledModel model,
        IEnumerable<Question> questions,
        int threads)
        where TWidth : struct, IWidth
    {
        var found = new Dictionary<Question, (int Level, ulong[] State)>();
        foreach (var batch in questions.Where(q => !q.Formula.IsFalse).Chunk(Together))
        {
            Batch(explorer, model, [.. batch], found, threads);
        }

        return found;
    }

    private static void Batch<TWidth>(
        Explorer<TWidth> explorer,
        CompiledModel model,
        List<Question> open,
        Dictionary<Question, (int Level, ulong[] State)> found,
        int threads)
        where TWidth : struct, IWidth
    {
        var predicates = model.Compile([.. open.Select(q => q.Formula)]);
        ulong asked = Mask(open.Count);
        for (int level = 0; level < explorer.Levels.Count && open.Count > 0; level++)
        {
            var here = new Dictionary<int, ulong[]>();
            var (blocks, ask, test) = (explorer.Levels[level], asked, predicates);
            Parallel.For(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new Dictionary<int, ulong[]>(),
                (i, _, mine) =>
                {
                    Look(explorer, blocks[i], test, ask, mine);
                    return mine;
                },
                mine =>
                {
                    lock (here)
                    {
                        foreach (var (bit, state) in mine)
                        {
                            Keep(here, bit, state);
                        }
                    }
                });

            if (here.Count > 0)
            {
                foreach (var (bit, state) in here)
                {
                    found[open[bit]] = (level, state);
                }

                open = [.. open.Where((_, bit) => !here.ContainsKey(bit))];
                predicates = model.Compile([.. open.Select(q => q.Formula)]);
                asked = Mask(open.Count);
            }
        }
    }

    private static void Look<TWidth>(
        Explorer<TWidth> explorer,
        Block block,
        Predicates predicates,
        ulong asked,
        Dictionary<int, ulong[]> least)
        where TWidth : struct, IWidth
    {
        for (uint index = block.Start; index < block.Start + (uint)block.Count; index++)
        {
            ulong* state = explorer.Set.State(index);
            for (ulong answers = predicates.Test(state) & asked; answers != 0; answers &= answers - 1)
            {
                Keep(least, System.Numerics.BitOperations.TrailingZeroCount(answers), new(state, TWidth.Words));
            }
        }
    }

    private static ulong Mask(int count) => count == 64 ? ulong.MaxValue : (1UL << count) - 1;

    private static void Keep(Dictionary<int, ulong[]> least, int bit, ReadOnlySpan<ulong> state)
    {
        if (!least.TryGetValue(bit, out ulong[]? known) || state.SequenceCompareTo(known) < 0)
        {
            least[bit] = state.ToArray();
        }
    }
}
