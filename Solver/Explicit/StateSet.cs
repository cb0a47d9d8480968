using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Checker.Solver.Explicit;

/// <summary>
/// The visited set: every reached state, stored exactly, with the hash of a predecessor. States lie in a log in the order of their
/// discovery, so the log is also the breadth-first queue. A hash table of 32-bit slots points into it.
/// Inserting takes no lock. See docs/state-set.md.
/// <code>
///   slot    [ tag: 32 - n bits of the hash | n bits: number of the log entry + 1 ]      0 = empty
///   entry   [ word 0 | word 1 | ... | predecessor: upper 32 bits of its hash ]
/// </code>
/// </summary>
public sealed unsafe class StateSet<TWidth> : IDisposable
    where TWidth : struct, IWidth
{
    /// <summary>The number of log entries taken by a thread at a time.</summary>
    public const int BlockSize = 256;

    private const int SegmentBits = 17;
    private const int SegmentSize = 1 << SegmentBits;
    private const int MostIndexBits = 31;
    private const int MostSegments = 1 << (MostIndexBits - SegmentBits);
    private const double MostLoad = 0.7;
    private readonly byte** _segments = (byte**)NativeMemory.AllocZeroed(MostSegments, (nuint)sizeof(byte*));
    private readonly Lock _allocating = new();
    private readonly uint _overshoot;
    private uint* _slots;
    private uint _capacity;
    private int _indexBits;
    private long _next;
    private long _count;
    private long _segmentCount;
    private uint _levelStart;

    /// <param name="overshoot">The largest number of states inserted between two calls of <see cref="IsFull"/>.</param>
    public StateSet(long overshoot)
    {
        _overshoot = checked((uint)overshoot);
        Allocate(checked((uint)Math.Max(1 << 16, overshoot * 4)));
    }

    public static int EntrySize => (TWidth.Words * sizeof(ulong)) + sizeof(uint);

    /// <summary>The number of states in the set. It is exact if no thread is inserting.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>The size of the allocated memory in bytes.</summary>
    public long Bytes => (_capacity * (long)sizeof(uint)) + (Volatile.Read(ref _segmentCount) * SegmentSize * EntrySize);

    /// <summary>The value of <see cref="Bytes"/> after <see cref="Grow"/>; more than any memory if the set cannot grow.</summary>
    public long BytesGrown => _indexBits == MostIndexBits ? long.MaxValue : Bytes + ((Grown - _capacity) * sizeof(uint));

    /// <summary>True if the table must grow before the next insertions.</summary>
    public bool IsFull => Volatile.Read(ref _count) > Math.Min(_capacity * MostLoad, _capacity - _overshoot - 1.0)
        || Volatile.Read(ref _next) + _overshoot + (64 * BlockSize) > (1L << _indexBits) - 2;

    private long Grown => Math.Min(_capacity < (1 << 22) ? 2L * _capacity : _capacity * 3L / 2, uint.MaxValue);

    /// <summary>Begins the next level. Only states found from here on may still get a smaller predecessor.</summary>
    public void BeginLevel() => _levelStart = (uint)_next;

    /// <summary>Reserves a new part of the log for one thread.</summary>
    public Block NewBlock()
    {
        long start = Interlocked.Add(ref _next, BlockSize) - BlockSize;
        int segment = (int)(start >> SegmentBits);
        if (_segments[segment] == null)
        {
            lock (_allocating)
            {
                if (_segments[segment] == null)
                {
                    _segments[segment] = (byte*)NativeMemory.Alloc((nuint)SegmentSize * (nuint)EntrySize);
                    _segmentCount++;
                }
            }
        }

        return new((uint)start);
    }

    public ulong* State(uint index) => (ulong*)Entry(index);

    /// <summary>The bytes of a block's entries, in the order of the log.</summary>
    public Span<byte> Entries(Block block) => new(Entry(block.Start), block.Count * EntrySize);

    /// <summary>
    /// The upper half of the hash of the state's predecessor: the least such half among all predecessors on a shortest path.
    /// </summary>
    public uint Predecessor(uint index) => *PredecessorAt(Entry(index));

    /// <summary>Starts loading the slot for the hash.</summary>
    public void Prefetch(ulong hash)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_slots + Home(hash));
        }
    }

    /// <summary>Starts loading the state of the slot for the hash. The slot itself should have arrived by then.</summary>
    public void PrefetchState(ulong hash)
    {
        uint slot = _slots[Home(hash)];
        if (Sse.IsSupported && slot != 0)
        {
            Sse.Prefetch0(Entry((slot & IndexMask) - 1));
        }
    }

    /// <summary>
    /// Adds the state unless it is already in the set. Among predecessors on the same level, the one with the least hash is kept. So
    /// the result does not depend on the order of the threads.
    /// </summary>
    /// <param name="block">The calling thread's part of the log. It must have room.</param>
    /// <returns>True if the state is new. It is then the last one of <paramref name="block"/>.</returns>
    public bool Insert(ulong* state, ulong hash, uint predecessor, ref Block block)
    {
        uint tag = Tag(hash);
        uint mask = IndexMask;
        bool staged = false;
        for (uint i = Home(hash); ; i = i + 1 == _capacity ? 0 : i + 1)
        {
            uint slot = Volatile.Read(ref _slots[i]);
            if (slot == 0)
            {
                if (!staged)
                {
                    byte* entry = Entry(block.Start + (uint)block.Count);
                    Packed<TWidth>.Copy(state, (ulong*)entry);
                    *PredecessorAt(entry) = predecessor;
                    staged = true;
                }

                slot = Interlocked.CompareExchange(ref _slots[i], tag | (block.Start + (uint)block.Count + 1), 0);
                if (slot == 0)
                {
                    block.Count++;
                    return true;
                }
            }

            if ((slot & ~mask) == tag)
            {
                uint index = (slot & mask) - 1;
                byte* entry = Entry(index);
                if (Packed<TWidth>.Same(state, (ulong*)entry))
                {
                    if (index >= _levelStart)
                    {
                        Lower(PredecessorAt(entry), predecessor);
                    }

                    return false;
                }
            }
        }
    }

    /// <summary>The log number of a state; null if the state is not in the set.</summary>
    public uint? Find(ulong* state)
    {
        ulong hash = Packed<TWidth>.Hash(state);
        uint tag = Tag(hash);
        for (uint i = Home(hash); _slots[i] != 0; i = i + 1 == _capacity ? 0 : i + 1)
        {
            uint index = (_slots[i] & IndexMask) - 1;
            if ((_slots[i] & ~IndexMask) == tag && Packed<TWidth>.Same(state, State(index)))
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>The states with this upper half of their hash.</summary>
    public IReadOnlyList<uint> Probe(uint upperHash)
    {
        var found = new List<uint>();
        for (uint i = Home((ulong)upperHash << 32); _slots[i] != 0; i = i + 1 == _capacity ? 0 : i + 1)
        {
            uint index = (_slots[i] & IndexMask) - 1;
            if ((uint)(Packed<TWidth>.Hash(State(index)) >> 32) == upperHash)
            {
                found.Add(index);
            }
        }

        return found;
    }

    /// <summary>Counts the states added by a thread. It is called once for each block, to avoid contention for the counter.</summary>
    public void Add(long states) => Interlocked.Add(ref _count, states);

    /// <summary>
    /// Replaces the table by a larger, empty one. One thread calls it while all others wait; <see cref="Reinsert"/> must follow for
    /// all blocks.
    /// </summary>
    public void Grow()
    {
        long grown = Grown;
        NativeMemory.Free(_slots);
        Allocate((uint)grown);
    }

    /// <summary>Counts states put into the log without <see cref="Insert"/>, and makes the table large enough for them.</summary>
    /// <returns>False if this needs more memory than <paramref name="budget"/> in bytes.</returns>
    public bool Reserve(long states, long budget)
    {
        Add(states);
        while (IsFull)
        {
            if (BytesGrown > budget)
            {
                return false;
            }

            Grow();
        }

        return true;
    }

    /// <summary>Enters the states of a block into the new table. Several threads may do this for different blocks at once.</summary>
    public void Reinsert(Block block)
    {
        for (uint index = block.Start; index < block.Start + (uint)block.Count; index++)
        {
            ulong hash = Packed<TWidth>.Hash(State(index));
            uint slot = Tag(hash) | (index + 1);
            uint i = Home(hash);
            while (Interlocked.CompareExchange(ref _slots[i], slot, 0) != 0)
            {
                i = i + 1 == _capacity ? 0 : i + 1;
            }
        }
    }

    public void Dispose()
    {
        if (_slots == null)
        {
            return;
        }

        NativeMemory.Free(_slots);
        _slots = null;
        for (int i = 0; i < MostSegments; i++)
        {
            NativeMemory.Free(_segments[i]);
        }

        NativeMemory.Free(_segments);
    }

    private uint IndexMask => (1u << _indexBits) - 1;

    private uint Tag(ulong hash) => unchecked((uint)hash << _indexBits);

    /// <summary>The upper half of the hash, scaled to the table. Scaling keeps the order, so the table may have any size.</summary>
    private uint Home(ulong hash) => (uint)(((hash >> 32) * _capacity) >> 32);

    private byte* Entry(uint index) => _segments[index >> SegmentBits] + ((index & (SegmentSize - 1)) * (uint)EntrySize);

    private static uint* PredecessorAt(byte* entry) => (uint*)(entry + (TWidth.Words * sizeof(ulong)));

    private static void Lower(uint* location, uint value)
    {
        uint seen = *location;
        while (value < seen)
        {
            uint was = Interlocked.CompareExchange(ref *location, value, seen);
            if (was == seen)
            {
                return;
            }

            seen = was;
        }
    }

    private void Allocate(uint capacity)
    {
        _capacity = capacity;
        _indexBits = Math.Min(MostIndexBits, BitOperations.Log2(capacity) + 1);
        _slots = (uint*)NativeMemory.AllocZeroed(capacity, sizeof(uint));
    }
}

/// <summary>A part of the log: its start and its number of states.</summary>
public record struct Block(uint Start, int Count = 0);
