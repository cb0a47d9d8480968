using System.Collections.Concurrent;

namespace Checker.Solver.Mutation;

/// <summary>
/// A memory budget for searches that run at the same time. What the process takes for formulas and compiled code since the start counts
/// as well: there are hundreds of mutants, and each has some of its own. The rest is divided evenly among the searches.
/// </summary>
internal sealed class SharedMemory(long budget, int searches)
{
    /// <summary>The part of the runtime's heap that may be in use: beyond it, an allocation may fail where no program can go on.</summary>
    private const double MostHeap = 0.6;

    private readonly long _start = Environment.WorkingSet;
    private readonly ConcurrentDictionary<Func<long>, bool> _running = [];
    private readonly Lock _collecting = new();
    private volatile bool _spent;

    /// <summary>Nothing is left, also after what is no longer needed was released. It stays so.</summary>
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

    /// <summary>The bytes that one of the searches may take now for its states.</summary>
    public long Share => IsSpent ? 0 : Math.Max(0, Left / searches);

    private bool Suffices => Left > 0 && GC.GetTotalMemory(forceFullCollection: false) < MostHeap * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private long Left => budget - Math.Max(0, Environment.WorkingSet - _start - _running.Keys.Sum(bytes => bytes()));

    /// <summary>Tells of a search whose states are taken from its share, until it is ended.</summary>
    /// <param name="bytes">What the states take.</param>
    public void Begin(Func<long> bytes) => _running[bytes] = true;

    public void End(Func<long> bytes) => _running.TryRemove(bytes, out _);
}
