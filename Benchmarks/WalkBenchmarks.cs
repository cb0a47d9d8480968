using BenchmarkDotNet.Attributes;
using Checker.Solver.Walk;
using Checker.Solver.Walk.Compile;

namespace Checker.Benchmarks;

/// <summary>One step of a walk on one thread, with all properties checked after it. The mean is per step.</summary>
[MemoryDiagnoser]
public class WalkBenchmarks
{
    private const int Steps = 2000;

    /// <summary>The number of walks. One walk alone is so short that the processor learns its branches.</summary>
    private const int Walks = 20;

    private Walker _walker = null!;
    private Guidance _guided = null!;
    private Guidance _uniform = null!;
    private int[][] _guidedWalks = [];
    private int[][] _uniformWalks = [];

    [Params("1,2,1,1,1", "8,16,4,4,4")]
    public string Bounds { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var scope = Instances.GuestMemory(Bounds);
        _walker = new(new WalkCode(scope, scope.System.Properties.Where(p => !p.IsLemma)));
        _walker.Code.Prepare();
        (_guided, _uniform) = (new(_walker, guided: true), new(_walker, guided: false));
        (_guidedWalks, _uniformWalks) = (Record(_guided), Record(_uniform));
    }

    /// <summary>Takes the steps of known walks.</summary>
    [Benchmark(OperationsPerInvoke = Steps * Walks)]
    public bool FireGuided() => Fire(_guidedWalks);

    [Benchmark(OperationsPerInvoke = Steps * Walks)]
    public bool FireUniform() => Fire(_uniformWalks);

    /// <summary>Draws and takes each step, like `walk`.</summary>
    [Benchmark(OperationsPerInvoke = Steps * Walks)]
    public bool Guided() => Walk(_guided);

    [Benchmark(OperationsPerInvoke = Steps * Walks)]
    public bool Uniform() => Walk(_uniform);

    private int[][] Record(Guidance guidance)
    {
        int[][] walks = new int[Walks][];
        for (int walk = 0; walk < Walks; walk++)
        {
            Begin(guidance, walk);
            walks[walk] = new int[Steps];
            for (int i = 0; i < Steps; i++)
            {
                walks[walk][i] = guidance.Pick();
                _walker.Fire(walks[walk][i]);
            }
        }

        return walks;
    }

    private bool Fire(int[][] walks)
    {
        bool violated = false;
        foreach (int[] walk in walks)
        {
            _walker.Reset();
            foreach (int instance in walk)
            {
                violated |= _walker.Fire(instance);
            }
        }

        return violated;
    }

    private bool Walk(Guidance guidance)
    {
        bool violated = false;
        for (int walk = 0; walk < Walks; walk++)
        {
            Begin(guidance, walk);
            for (int i = 0; i < Steps; i++)
            {
                violated |= _walker.Fire(guidance.Pick());
            }
        }

        return violated;
    }

    private void Begin(Guidance guidance, int walk)
    {
        _walker.Reset();
        guidance.Begin(1, walk);
    }
}
