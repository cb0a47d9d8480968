using BenchmarkDotNet.Attributes;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;

namespace Checker.Benchmarks;

/// <summary>The whole search on a precompiled instance of a few hundred thousand states. Use side-by-side for more.</summary>
public class ExploreBenchmarks
{
    private Scope _scope = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [Params(false, true)]
    public bool Symmetry { get; set; }

    [GlobalSetup]
    public void Prepare() => _scope = Instances.GuestMemory("1,2,1,1,1");

    [Benchmark]
    public long Explore() => new Exhaustive(_scope, new() { Threads = Threads, Symmetry = Symmetry, Vacuity = false }).Run().Distinct;
}
