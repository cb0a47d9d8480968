using System.Diagnostics;
using Checker.Solver.Explicit.Checkpoints;
using Checker.Solver.Files;

namespace Checker.Solver.Explicit;

/// <summary>The blocks of a search between two blocks of its frontier.</summary>
/// <param name="Levels">The blocks of the complete levels.</param>
/// <param name="Expanded">The number of expanded blocks on the last of these levels. They are its first ones.</param>
/// <param name="Next">The blocks of the level being built.</param>
internal sealed record SearchBlocks(IReadOnlyList<Block[]> Levels, int Expanded, IReadOnlyList<Block> Next);

/// <summary>
/// Saves a search and brings it back, without any effect on its results (docs/checkpoints.md). Entries of complete levels never change,
/// so each checkpoint adds only the new ones to its file.
/// </summary>
internal sealed unsafe class SearchCheckpoint<TWidth> : IDisposable
    where TWidth : struct, IWidth
{
    /// <summary>The largest number of unsaved bytes which a stopped search still saves. It takes a fraction of a second.</summary>
    private const long MostBytesAtStop = 1 << 26;

    private readonly CheckpointOptions _options;
    private readonly StateSet<TWidth> _set;
    private readonly CheckpointFolder _folder;
    private readonly TimeSpan _before;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _due;
    private int _savedLevels;
    private bool _failed;

    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public SearchCheckpoint(CheckpointOptions options, StateSet<TWidth> set)
    {
        (_options, _set) = (options, set);
        _before = options.From?.Time ?? TimeSpan.Zero;
        _folder = options.From is null ? CheckpointFolder.Create(options.Folder) : CheckpointFolder.Continue(options.Folder);
        Wait();
    }

    /// <summary>True if it is time for the next checkpoint. Any thread may ask.</summary>
    public bool IsDue => Stopwatch.GetTimestamp() >= Volatile.Read(ref _due);

    /// <summary>True if there is a checkpoint in the folder.</summary>
    public bool IsSaved { get; private set; }

    /// <summary>Puts the states of the checkpoint into the log. They are not in the table of the visited set yet.</summary>
    /// <exception cref="CheckpointException">A file is damaged, or the checkpoint is of states of another size.</exception>
    public SearchBlocks Load(CheckpointHead head)
    {
        if (head.EntrySize != StateSet<TWidth>.EntrySize)
        {
            throw new CheckpointException(_options.Folder, $"its states have {head.EntrySize} bytes, and those of this model "
                + $"{StateSet<TWidth>.EntrySize}");
        }

        var levels = new List<Block[]>();
        int expanded = 0;
        var next = new List<Block>();
        _folder.Load(head, ReadLevels, reader =>
        {
            _set.BeginLevel();
            next = Read(reader, head.Next.Entries);
        });
        (_savedLevels, IsSaved) = (levels.Count, true);
        Wait();
        return new(levels, expanded, next);

        void ReadLevels(EntryReader reader)
        {
            foreach (long states in head.Levels.SkipLast(1))
            {
                levels.Add([.. Read(reader, states)]);
            }

            // The frontier begins with a block of its own.
            var first = Read(reader, head.Expanded);
            expanded = first.Count;
            levels.Add([.. first, .. Read(reader, head.Levels[^1] - head.Expanded)]);
        }
    }

    /// <summary>Makes a checkpoint, while no thread works on the search. A failure ends the checkpoints and not the search.</summary>
    /// <param name="stopped">True if the search was stopped. It must end soon, so it saves only a little.</param>
    public void Save(SearchBlocks search, SearchCounts counts, IEnumerable<Finding> found, IEnumerable<Finding> met, bool stopped = false)
    {
        long unsaved = (_set.Count - _folder.Entries) * StateSet<TWidth>.EntrySize;
        if (_failed || (stopped && unsaved > MostBytesAtStop))
        {
            return;
        }

        try
        {
            for (; _savedLevels < search.Levels.Count; _savedLevels++)
            {
                foreach (var block in search.Levels[_savedLevels])
                {
                    _folder.Append(_set.Entries(block), block.Count);
                }
            }

            _folder.Save(Next, Head);
            IsSaved = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutputException)
        {
            _failed = true;
            _options.Failed(e.Message);
        }

        Wait();

        long Next(Action<ReadOnlySpan<byte>> write)
        {
            foreach (var block in search.Next)
            {
                write(_set.Entries(block));
            }

            return search.Next.Sum(b => (long)b.Count);
        }

        CheckpointHead Head(EntryFile complete, EntryFile next) => new(
            _options.Subject,
            StateSet<TWidth>.EntrySize,
            [.. search.Levels.Select(l => l.Sum(b => (long)b.Count))],
            search.Levels[^1].Take(search.Expanded).Sum(b => (long)b.Count),
            complete,
            next,
            counts,
            [.. found],
            [.. met],
            _before + _clock.Elapsed);
    }

    public void Dispose() => _folder.Dispose();

    private void Wait() => Volatile.Write(
        ref _due,
        _failed ? long.MaxValue : Stopwatch.GetTimestamp() + (long)(_options.Every.TotalSeconds * Stopwatch.Frequency));

    private List<Block> Read(EntryReader reader, long states)
    {
        var blocks = new List<Block>();
        for (long left = states; left > 0; left -= StateSet<TWidth>.BlockSize)
        {
            var block = _set.NewBlock() with { Count = (int)Math.Min(left, StateSet<TWidth>.BlockSize) };
            reader.Read(_set.Entries(block));
            blocks.Add(block);
        }

        return blocks;
    }
}
