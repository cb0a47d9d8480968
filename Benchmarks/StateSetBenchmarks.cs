using BenchmarkDotNet.Attributes;
using Checker.Solver.Explicit;

namespace Checker.Benchmarks;

/// <summary>The visited set alone, with new and with known states. Time is per state. The sizes are far beyond the caches.</summary>
public unsafe class StateSetBenchmarks : IDisposable
{
    private const int Count = 1 << 21;
    private StateSet<Width1> _full = null!;

    [GlobalSetup]
    public void Fill()
    {
        _full = new(Count);
        Insert(_full);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _full.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long InsertNew()
    {
        using var set = new StateSet<Width1>(Count);
        return Insert(set);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long InsertKnown() => Insert(_full);

    private static long Insert(StateSet<Width1> set)
    {
        long added = 0;
        var block = set.NewBlock();
        for (int i = 0; i < Count; i++)
        {
            if (block.Count == StateSet<Width1>.BlockSize)
            {
                block = set.NewBlock();
            }

            ulong state = (ulong)i * 0x1_0001;
            if (set.Insert(&state, Packed<Width1>.Hash(&state), 0, ref block))
            {
                added++;
            }
        }

        set.Add(added);
        return added;
    }
}
