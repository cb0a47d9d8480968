using System.Collections.Immutable;
using Checker.Solver.Explicit.Checkpoints;

namespace Checker.Solver.Explicit;

/// <summary>The checkpoints of a search: the conversion between its working state and <see cref="SearchCheckpoint{TWidth}"/>.</summary>
internal sealed unsafe partial class Explorer<TWidth>
{
    /// <summary>Saves the search between two blocks of the frontier, which has only unexpanded blocks then.</summary>
    private void Save(bool stopped = false)
    {
        var met = _workers.SelectMany(w => w.Met).GroupBy(m => m.Key, m => m.Value)
            .Select(g => Finding(g.Key, _levels.Count - 1, g.Min(Comparer<ulong[]>.Create(Compare))!));
        _checkpoint?.Save(
            new(_levels, _levels[^1].Length - _frontier.Length, NextLevel()),
            new(Generated - 1, Deadlocks, [.. _model.Model.Scope.System.Actions.Select((_, i) => Fired(i))]),
            Found.Select(f => Finding(f.Key, f.Value.Level, f.Value.State)),
            met,
            stopped);
    }

    /// <summary>Saves a finished search, if it was long enough for a checkpoint. What follows the search can be long as well.</summary>
    private void SaveEnd()
    {
        if (_checkpoint is { IsSaved: true })
        {
            Save();
        }
    }

    private static Finding Finding(int predicate, int level, ulong[] state) => new(predicate, level, [.. state]);

    /// <exception cref="CheckpointException">A file is damaged, or the states need more memory than allowed.</exception>
    private void Restore(CheckpointHead saved)
    {
        if (saved.States * StateSet<TWidth>.EntrySize > _options.MemoryBudget)
        {
            throw TooLarge(saved);
        }

        var search = _checkpoint!.Load(saved);
        _levels.AddRange(search.Levels);
        _frontier = search.Levels[^1][search.Expanded..];
        foreach (var finding in saved.Found)
        {
            Found[finding.Predicate] = (finding.Level, [.. finding.State]);
        }

        _workers[0].Restore(search.Next, saved.Counts, saved.Met);
        if (!Set.Reserve(saved.States, _options.MemoryBudget))
        {
            throw TooLarge(saved);
        }

        _rehash = Blocks();
    }

    private CheckpointException TooLarge(CheckpointHead saved) => new(_options.Checkpoint!.Folder,
        $"its {saved.States} states need more memory than the {_options.MemoryBudget >> 20}M for this run");

    private sealed partial class Worker
    {
        public void Restore(IEnumerable<Block> next, SearchCounts counts, ImmutableArray<Finding> met)
        {
            _blocks.AddRange(next);
            (Generated, Deadlocks) = (counts.Generated, counts.Deadlocks);
            counts.Fired.CopyTo(new Span<long>(_fired, counts.Fired.Length));
            foreach (var finding in met)
            {
                _met[finding.Predicate] = [.. finding.State];
            }
        }
    }
}
