using System.Numerics;
using System.Runtime.CompilerServices;
using Checker.Solver.Explicit.Compile;

namespace Checker.Solver.Explicit;

/// <summary>
/// Breadth-first search by levels. Every state of a level is tested and expanded before the next level begins, so the first
/// violation is a nearest one. Threads share only the frontier, block by block, and the visited set, without locks. The
/// reported results (counts, depth, the least violating state of a level) do not depend on the order of the threads.
/// </summary>
internal sealed unsafe partial class Explorer<TWidth> : IDisposable
    where TWidth : struct, IWidth
{
    private readonly CompiledModel _model;
    private readonly Predicates[] _bad;
    private readonly Predicates[] _terminal;
    private readonly Canonicalizer? _canonicalizer;
    private readonly ExplorationOptions _options;
    private readonly Worker[] _workers;
    private readonly Barrier _barrier;
    private readonly List<Block[]> _levels = [];
    private Block[] _frontier = [];
    private Block[] _rehash = [];
    private int _cursor;
    private volatile bool _full;
    private volatile bool _checkpointDue;
    private volatile bool _done;
    private SearchCheckpoint<TWidth>? _checkpoint;
    private Outcome _outcome = Outcome.Complete;
    private Exception? _failure;

    /// <param name="bad">The forbidden states, and the states with a forbidden step, bit by bit and word by word.</param>
    /// <param name="terminal">The forbidden states without successors, bit by bit and word by word.</param>
    public Explorer(CompiledModel model, Predicates[] bad, Predicates[] terminal, Canonicalizer? canonicalizer, ExplorationOptions options)
    {
        (_model, _bad, _terminal, _canonicalizer, _options) = (model, bad, terminal, canonicalizer, options);
        Set = new((long)options.Threads * StateSet<TWidth>.BlockSize * Math.Max(1, model.MostSuccessors));
        _workers = [.. Enumerable.Range(0, options.Threads).Select(_ => new Worker(this))];
        _barrier = new(options.Threads, _ => Turn());
    }

    public StateSet<TWidth> Set { get; }

    /// <summary>The blocks of the log, level by level.</summary>
    public IReadOnlyList<Block[]> Levels => _levels;

    public Outcome Outcome => _outcome;

    public long Generated => 1 + _workers.Sum(w => w.Generated);

    public long Deadlocks => _workers.Sum(w => w.Deadlocks);

    public long Fired(int action) => _workers.Sum(w => w.Fired[action]);

    /// <summary>The number of completely expanded levels.</summary>
    public int Exhausted => _outcome == Outcome.Complete ? _levels.Count : _levels.Count - 1;

    public Progress Progress =>
        new(Set.Count, Generated, Math.Max(0, _levels.Count - 1), Frontier: _frontier.Sum(b => (long)b.Count), Set.Bytes);

    /// <summary>
    /// The number of the first <c>terminal</c> predicate in <see cref="Found"/>. The predicates in <c>bad</c> count from 0.
    /// </summary>
    public int FirstTerminal => _bad.Length * CompiledModel.MostPredicates;

    /// <summary>The first level with a state satisfying the predicate, and the least such state there, for each predicate found.</summary>
    public Dictionary<int, (int Level, ulong[] State)> Found { get; } = [];

    /// <summary>The predicates about a step from their state.</summary>
    public IReadOnlyCollection<int> StepPredicates { get; init; } = [];

    /// <exception cref="AggregateException">A worker failed.</exception>
    /// <exception cref="Checkpoints.CheckpointException">The checkpoint to continue from is damaged.</exception>
    public void Run()
    {
        if (_options.Checkpoint is { } checkpoint)
        {
            _checkpoint = new(checkpoint, Set);
        }

        if (_options.Checkpoint?.From is { } saved)
        {
            Restore(saved);
        }
        else
        {
            Begin();
        }

        var threads = _workers.Skip(1).Select(w => new Thread(w.Run)).ToList();
        threads.ForEach(t => t.Start());
        _workers[0].Run();
        threads.ForEach(t => t.Join());
        if (_failure is not null)
        {
            throw new AggregateException(_failure);
        }
    }

    private void Begin()
    {
        ulong[] initial = _model.InitialState();
        _canonicalizer?.Canonicalize(initial).CopyTo(initial, 0);
        fixed (ulong* state = initial)
        {
            var block = Set.NewBlock();
            Set.Insert(state, Packed<TWidth>.Hash(state), 0, ref block);
            Set.Add(1);
            _frontier = [block];
        }

        _levels.Add(_frontier);
        Set.BeginLevel();
    }

    public void Dispose()
    {
        _checkpoint?.Dispose();
        Set.Dispose();
        _barrier.Dispose();
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
    }

    /// <summary>
    /// Switches between two phases, on one thread while the others wait: the table grows, or the next level begins, or the search
    /// ends.
    /// </summary>
    private void Turn()
    {
        int taken = Math.Min(_cursor, _frontier.Length);
        _cursor = 0;
        if (_rehash.Length > 0)
        {
            _rehash = [];
            return;
        }

        // The rest of the frontier continues after a growth or a checkpoint.
        _frontier = _frontier[taken..];
        if (_options.Cancellation.IsCancellationRequested)
        {
            Save(stopped: true);
            Stop(Outcome.Cancelled);
            return;
        }

        if (_checkpointDue)
        {
            _checkpointDue = false;
            Save();
            if (!_full)
            {
                return;
            }
        }

        if (_full)
        {
            _full = false;
            if (Set.BytesGrown >= _options.MemoryBudget)
            {
                Save();
                Stop(Outcome.OutOfMemory);
                return;
            }

            Set.Grow();
            _rehash = Blocks();
            return;
        }

        EndLevel();
    }

    private void EndLevel()
    {
        Collect();
        if (NextLevel().Count == 0 || (Found.Count > 0 && !_options.EveryProperty))
        {
            SaveEnd();
            Stop(Outcome.Complete);
            return;
        }

        var next = NextLevel().OrderBy(b => b.Start).ToArray();
        foreach (var worker in _workers)
        {
            worker.BeginLevel();
        }

        _frontier = next;
        _levels.Add(next);
        Set.BeginLevel();
    }

    /// <summary>The blocks of the level being built.</summary>
    private List<Block> NextLevel() => [.. _workers.SelectMany(w => w.NextLevel()).Where(b => b.Count > 0)];

    /// <summary>All blocks of the log.</summary>
    private Block[] Blocks() => [.. _levels.SelectMany(l => l), .. NextLevel()];

    /// <summary>Collects the findings of the workers on this level.</summary>
    private void Collect()
    {
        int level = _levels.Count - 1;
        foreach (var (predicate, state) in _workers.SelectMany(w => w.TakeMet()))
        {
            if (!Found.TryGetValue(predicate, out var known) || (known.Level == level && Compare(state, known.State) < 0))
            {
                Found[predicate] = (level, state);
            }
        }
    }

    private void Stop(Outcome outcome)
    {
        // A finding on an interrupted level is still nearest, because all nearer levels are complete. This is not true for a bad
        // step: a bad state which this level has not shown yet would be nearer.
        Collect();
        if (outcome != Outcome.Complete)
        {
            foreach (int predicate in StepPredicates.Where(p =>
                Found.TryGetValue(p, out var found) && found.Level == _levels.Count - 1).ToList())
            {
                Found.Remove(predicate);
            }
        }

        _outcome = Found.Count > 0 && !_options.EveryProperty ? Outcome.Violated : outcome;
        _done = true;
    }

    private static int Compare(ulong[] left, ulong[] right) => left.AsSpan().SequenceCompareTo(right);

    /// <summary>The part of one thread: its buffer of successors to be inserted, its blocks of the next level, its counters.</summary>
    private sealed partial class Worker : IDisposable
    {
        /// <summary>
        /// The number of successors waiting between the request for their slot's cache line and its use: enough to hide a miss.
        /// </summary>
        private const int Batch = 64;

        private readonly Explorer<TWidth> _explorer;
        private readonly ulong* _buffer;
        private readonly ulong* _scratch;
        private readonly ulong[] _hashes;
        private readonly uint[] _predecessors;
        private readonly List<Block> _blocks = [];
        private readonly Dictionary<int, ulong[]> _met = [];
        private readonly long* _fired;
        private Block _block;
        private bool _hasBlock;
        private long _added;

        public Worker(Explorer<TWidth> explorer)
        {
            _explorer = explorer;
            int room = Batch + Math.Max(1, explorer._model.MostSuccessors);
            _buffer = Native<ulong>(room * TWidth.Words);
            _scratch = Native<ulong>(explorer._canonicalizer?.ScratchWords ?? 0);
            _fired = Native<long>(Math.Max(1, explorer._model.Model.Scope.System.Actions.Length));
            _hashes = new ulong[room];
            _predecessors = new uint[room];
        }

        public long Generated { get; private set; }

        public long Deadlocks { get; private set; }

        public ReadOnlySpan<long> Fired => new(_fired, _explorer._model.Model.Scope.System.Actions.Length);

        /// <summary>The predicates found on this level, each with the least state.</summary>
        public IReadOnlyDictionary<int, ulong[]> Met => _met;

        /// <summary>Returns <see cref="Met"/> and forgets it.</summary>
        public IEnumerable<(int Predicate, ulong[] State)> TakeMet()
        {
            var met = _met.Select(m => (m.Key, m.Value)).ToList();
            _met.Clear();
            return met;
        }

        public void Run()
        {
            try
            {
                while (!_explorer._done)
                {
                    if (_explorer._rehash.Length > 0)
                    {
                        Rehash();
                    }
                    else
                    {
                        Expand();
                    }

                    _explorer._barrier.SignalAndWait();
                }
            }
            catch (Exception failure)
            {
                _explorer._failure = failure;
                _explorer._done = true;
                _explorer._barrier.RemoveParticipant();
            }
        }

        public IEnumerable<Block> NextLevel() => _hasBlock ? _blocks.Append(_block) : _blocks;

        public void BeginLevel()
        {
            _blocks.Clear();
            _hasBlock = false;
        }

        public void Dispose()
        {
            System.Runtime.InteropServices.NativeMemory.Free(_buffer);
            System.Runtime.InteropServices.NativeMemory.Free(_scratch);
            System.Runtime.InteropServices.NativeMemory.Free(_fired);
        }

        private void Rehash()
        {
            var blocks = _explorer._rehash;
            while (Interlocked.Increment(ref _explorer._cursor) - 1 is var i && i < blocks.Length)
            {
                _explorer.Set.Reinsert(blocks[i]);
            }
        }

        private void Expand()
        {
            var frontier = _explorer._frontier;
            while (!_explorer._full && !_explorer._checkpointDue && !_explorer._options.Cancellation.IsCancellationRequested)
            {
                int next = Interlocked.Increment(ref _explorer._cursor) - 1;
                if (next >= frontier.Length)
                {
                    break;
                }

                Expand(frontier[next]);
                _explorer.Set.Add(_added);
                _added = 0;
                if (_explorer.Set.IsFull || _explorer.Set.Bytes > _explorer._options.MemoryBudget)
                {
                    _explorer._full = true;
                }

                if (_explorer._checkpoint is { IsDue: true })
                {
                    _explorer._checkpointDue = true;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Expand(Block frontier)
        {
            var (set, model, bad) = (_explorer.Set, _explorer._model, _explorer._bad);
            int waiting = 0;
            for (uint index = frontier.Start; index < frontier.Start + (uint)frontier.Count; index++)
            {
                ulong* state = set.State(index);
                for (int word = 0; word < bad.Length; word++)
                {
                    ulong met = bad[word].Test(state);
                    if (met != 0)
                    {
                        Meet(met, word * CompiledModel.MostPredicates, state);
                    }
                }

                uint predecessor = (uint)(Packed<TWidth>.Hash(state) >> 32);
                ulong* from = _buffer + (waiting * TWidth.Words);
                ulong* to = model.Expand(state, from, _fired);
                if (to == from)
                {
                    Deadlocks++;
                    for (int word = 0; word < _explorer._terminal.Length; word++)
                    {
                        Meet(_explorer._terminal[word].Test(state), _explorer.FirstTerminal + (word * CompiledModel.MostPredicates), state);
                    }
                }

                for (; from < to; from += TWidth.Words, waiting++)
                {
                    _explorer._canonicalizer?.Canonicalize(from, _scratch);
                    ulong hash = Packed<TWidth>.Hash(from);
                    set.Prefetch(hash);
                    _hashes[waiting] = hash;
                    _predecessors[waiting] = predecessor;
                }

                if (waiting >= Batch)
                {
                    Insert(waiting);
                    waiting = 0;
                }
            }

            Insert(waiting);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Insert(int waiting)
        {
            const int Ahead = 6;
            var set = _explorer.Set;
            Generated += waiting;
            for (int i = 0; i < Math.Min(Ahead, waiting); i++)
            {
                set.PrefetchState(_hashes[i]);
            }

            for (int i = 0; i < waiting; i++)
            {
                if (i + Ahead < waiting)
                {
                    set.PrefetchState(_hashes[i + Ahead]);
                }

                if (!_hasBlock || _block.Count == StateSet<TWidth>.BlockSize)
                {
                    NewBlock();
                }

                if (set.Insert(_buffer + (i * TWidth.Words), _hashes[i], _predecessors[i], ref _block))
                {
                    _added++;
                }
            }
        }

        private void NewBlock()
        {
            if (_hasBlock)
            {
                _blocks.Add(_block);
            }

            (_block, _hasBlock) = (_explorer.Set.NewBlock(), true);
        }

        private void Meet(ulong predicates, int offset, ulong* state)
        {
            for (; predicates != 0; predicates &= predicates - 1)
            {
                int predicate = offset + BitOperations.TrailingZeroCount(predicates);
                if (_explorer.Found.ContainsKey(predicate))
                {
                    continue;
                }

                ulong[] copy = new ReadOnlySpan<ulong>(state, TWidth.Words).ToArray();
                if (!_met.TryGetValue(predicate, out ulong[]? least) || Compare(copy, least) < 0)
                {
                    _met[predicate] = copy;
                }
            }
        }

        private static T* Native<T>(int count)
            where T : unmanaged =>
            (T*)System.Runtime.InteropServices.NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
    }
}
