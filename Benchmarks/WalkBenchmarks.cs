using BenchmarkDotNet.Attributes;
using Checker.Solver.Instance;
using Checker.Solver.Walk;

namespace Checker.Benchmarks;

/// <summary>A step of a walk, with all properties checked after it: the mean is of one step. On one thread.</summary>
[MemoryDiagnoser]
public class WalkBenchmarks
{
    private const int Steps = 2000;

    private Walker _walker = null!;
    private Guidance _guided = null!;
    private Guidance _uniform = null!;
    private int[] _instances = [];

    [Params("1,2,1,1,1", "8,16,4,4,4")]
    public string Bounds { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var scope = Instances.GuestMemory(Bounds);
        _walker = new(CircuitBuilder.Build(new FiniteModel(scope), scope.System.Properties.Where(p => p.Kind != Model.Ir.PropertyKind.Lemma)));
        (_guided, _uniform) = (new(_walker, guided: true), new(_walker, guided: false));
        _walker.Reset();
        _guided.Begin(1, 0);
        _instances = new int[Steps];
        for (int i = 0; i < Steps; i++)
        {
            _instances[i] = _guided.Pick();
            _walker.Fire(_instances[i]);
        }
    }

    /// <summary>The steps alone, of a walk that is known.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public bool Fire()
    {
        _walker.Reset();
        bool violated = false;
        foreach (int instance in _instances)
        {
            violated |= _walker.Fire(instance);
        }

        return violated;
    }

    /// <summary>Drawing each step and taking it, as `walk` does.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public bool Guided() => Walk(_guided);

    [Benchmark(OperationsPerInvoke = Steps)]
    public bool Uniform() => Walk(_uniform);

    private bool Walk(Guidance guidance)
    {
        _walker.Reset();
        guidance.Begin(1, 0);
        bool violated = false;
        for (int i = 0; i < Steps; i++)
        {
            violated |= _walker.Fire(guidance.Pick());
        }

        return violated;
    }
}
