using BenchmarkDotNet.Attributes;
using Checker.Composition.Protocols;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Benchmarks;

/// <summary>The time from a design to machine code. The user waits for it before the first state.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private Scope _scope = null!;
    private FiniteModel _finite = null!;

    [Params("1,2,1,1,1", "2,2,1,1,1", "3,3,2,2,2")]
    public string Bounds { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        _scope = Instances.GuestMemory(Bounds);
        _finite = new(_scope);
    }

    /// <summary>Runs the model's lambdas and checks its text.</summary>
    [Benchmark]
    public object Build() => Registry.Get("GuestMemory").Build(Registry.Get("GuestMemory").Designs.Single(d => d.Id == Instances.Design));

    /// <summary>Unrolls parameters and quantifiers, and folds constants.</summary>
    [Benchmark]
    public object Ground() => new FiniteModel(_scope);

    /// <summary>Emits IL. The JIT runs at the first call.</summary>
    [Benchmark]
    public object Emit() => new CompiledModel(_finite);

    /// <summary>Emits IL and compiles it to machine code by one call.</summary>
    [Benchmark]
    public object EmitAndRunOnce()
    {
        var model = new CompiledModel(_finite);
        return model.Successors(model.InitialState());
    }
}
