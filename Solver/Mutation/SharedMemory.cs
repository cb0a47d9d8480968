using System.Collections.Concurrent;

namespace Checker.Solver.Mutation;

/// <summary>
/// A memory budget for concurrent searches. The process's memory for formulas and compiled code since the start counts as well:
/// there are hundreds of mutants, each with code of its own. The rest is divided evenly among the searches.
/// </summary>
internal sealed class SharedMemory(long budget, int searches)
{
    /// <summary>The usable part of the runtime's heap. Beyond it, an allocation may fail at a point where no program can recover.</summary>
    private const double MostHeap = 0.6;

    private readonly long _start = Environment.WorkingSet;
    private readonly ConcurrentDictionary<Func<long>, bool> _running = [];
    private readonly Lock _collecting = new();
    private volatile bool _spent;

    /// <summary>True if nothing is left even after unneeded memory was released. It then stays true.</summary>
    public bool IsSpent
    {
        get
        {
            if (_spent || Suffices)
            {
                return _spent;
            }

            lock (_collecting)
            {
                if (!_spent && !Suffices)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    _spent = !Suffices;
                }
            }

            return _spent;
        }
    }

    /// <summary>The present share of one search for its states, in bytes.</summary>
    public long Share => IsSpent ? 0 : Math.Max(0, Left / searches);

    private bool Suffices =>
        Left > 0 && GC.GetTotalMemory(forceFullCollection: false) < MostHeap * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private long Left => budget - Math.Max(0, Environment.WorkingSet - _start - _running.Keys.Sum(bytes => bytes()));

    /// <summary>Registers a search whose states are taken from its share, until the search ends.</summary>
    /// <param name="bytes">The present size of the states.</param>
    public void Begin(Func<long> bytes) => _running[bytes] = true;

    public void End(Func<long> bytes) => _running.TryRemove(bytes, out _);
}
