using System.Collections.Concurrent;
using Checker.Solver.Explicit;
using CsCheck;

namespace Checker.Tests.Concurrency;

/// <summary>
/// The visited set under several threads, compared with a HashSet: the new states, their inserters, and the remaining predecessors.
/// </summary>
public sealed class StateSetTests
{
    /// <summary>One insertion of a thread: the key of a state, and a predecessor.</summary>
    private sealed record Offer(int Key, uint Predecessor);

    private static readonly Gen<Offer[][][]> s_phases =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 60], (threads, keys) => (threads, keys)).SelectMany(size =>
            Gen.Select(
                Gen.Int[0, size.keys],
                Gen.UInt[0, 20],
                (key, predecessor) => new Offer(key, predecessor)).Array[0, 120].Array[size.threads].Array[1, 4]);

    [Fact]
    public void Inserts_of_several_threads_are_those_of_a_set_one_word() => s_phases.Sample(Agrees<Width1>, iter: 300, threads: 1);

    [Fact, Trait("Tier", "slow")]
    public void Inserts_of_several_threads_are_those_of_a_set_three_words() => s_phases.Sample(Agrees<Width3>, iter: 300, threads: 1);

    /// <summary>With few keys, many threads and many tries, nearly every insert meets another one at its slot.</summary>
    [Fact]
    public void Threads_that_all_insert_the_same_states_share_them_out()
    {
        for (int round = 0; round < 200; round++)
        {
            var offers = Enumerable.Range(0, 4)
                .Select(t => Enumerable.Range(0, 500).Select(k => new Offer((k * 7 + t) % 500, (uint)(t + round))).ToArray())
                .ToArray();
            Assert.True(Agrees<Width2>([offers]));
        }
    }

    [Fact, Trait("Tier", "slow")]
    public void A_set_that_grows_between_two_phases_keeps_everything()
    {
        var random = new Random(4711);
        var phases = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 3).Select(_ =>
            Enumerable.Range(0, 20_000).Select(_ => new Offer(random.Next(150_000), (uint)random.Next())).ToArray()).ToArray()).ToArray();

        Assert.True(Agrees<Width1>(phases));
    }

    /// <summary>
    /// Each phase is a level of the search: its threads insert at once, then the table grows, then everything is compared.
    /// </summary>
    private static unsafe bool Agrees<TWidth>(Offer[][][] phases)
        where TWidth : struct, IWidth
    {
        using var set = new StateSet<TWidth>(overshoot: 128 * 1024);
        var oracle = new Dictionary<int, uint>();
        var everything = new List<Block>();
        foreach (var threads in phases)
        {
            set.BeginLevel();
            var won = new ConcurrentBag<int>();
            var blocks = new ConcurrentBag<Block>();
            using var start = new Barrier(threads.Length);
            var running = threads.Select(offers => new Thread(() =>
            {
                var (block, mine) = (set.NewBlock(), new List<Block>());
                ulong* state = stackalloc ulong[TWidth.Words];
                start.SignalAndWait();
                foreach (var offer in offers)
                {
                    if (block.Count == StateSet<TWidth>.BlockSize)
                    {
                        mine.Add(block);
                        block = set.NewBlock();
                    }

                    Write<TWidth>(offer.Key, state);
                    if (set.Insert(state, Packed<TWidth>.Hash(state), offer.Predecessor, ref block))
                    {
                        won.Add(offer.Key);
                    }
                }

                foreach (var one in mine.Append(block))
                {
                    set.Add(one.Count);
                    blocks.Add(one);
                }
            })).ToList();
            running.ForEach(t => t.Start());
            running.ForEach(t => t.Join());

            // A state of an earlier level keeps its predecessor. A new state gets the least predecessor offered on this level.
            var offered = threads.SelectMany(t => t)
                .GroupBy(o => o.Key)
                .Where(g => !oracle.ContainsKey(g.Key))
                .ToDictionary(g => g.Key, g => g.Min(o => o.Predecessor));
            Assert.Equal(offered.Keys.Order(), won.Order());
            foreach (var (key, predecessor) in offered)
            {
                oracle[key] = predecessor;
            }

            everything.AddRange(blocks);
            Compare(set, oracle, everything);
            set.Grow();
            everything.ForEach(set.Reinsert);
            Compare(set, oracle, everything);
        }

        return true;
    }

    private static unsafe void Compare<TWidth>(StateSet<TWidth> set, Dictionary<int, uint> oracle, List<Block> blocks)
        where TWidth : struct, IWidth
    {
        Assert.Equal(oracle.Count, set.Count);
        ulong* state = stackalloc ulong[TWidth.Words];
        foreach (var (key, predecessor) in oracle)
        {
            Write<TWidth>(key, state);
            uint index = set.Find(state) ?? throw new Xunit.Sdk.XunitException($"the state {key} is lost");
            Assert.Equal(predecessor, set.Predecessor(index));
            Assert.True(Packed<TWidth>.Same(state, set.State(index)));
            Assert.Contains(index, set.Probe((uint)(Packed<TWidth>.Hash(state) >> 32)));
        }

        // The log contains each state once, and consists of exactly the blocks filled by the threads.
        var logged = blocks.SelectMany(b => Enumerable.Range(0, b.Count).Select(i => Key(set, b.Start + (uint)i))).ToList();
        Assert.Equal(oracle.Keys.Order(), logged.Order());
    }

    /// <summary>Writes a state for a key. Every word depends on the key, so the test does not rest on a single word.</summary>
    private static unsafe void Write<TWidth>(int key, ulong* state)
        where TWidth : struct, IWidth
    {
        for (int i = 0; i < TWidth.Words; i++)
        {
            state[i] = (ulong)(i == TWidth.Words - 1 ? key : key & 3);
        }
    }

    private static unsafe int Key<TWidth>(StateSet<TWidth> set, uint index)
        where TWidth : struct, IWidth => (int)set.State(index)[TWidth.Words - 1];
}
