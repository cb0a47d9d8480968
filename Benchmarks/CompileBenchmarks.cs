using BenchmarkDotNet.Attributes;
using Checker.Composition.Protocols;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Benchmarks;

/// <summary>What it takes to get from a design to machine code, which is what a person waits for before the first state.</summary>
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

    /// <summary>The model's lambdas run, its text is checked.</summary>
    [Benchmark]
    public object Build() => Registry.Get("GuestMemory").Build(Registry.Get("GuestMemory").Designs.Single(d => d.Id == Instances.Design));

    /// <summary>Parameters and quantifiers unrolled, constants folded.</summary>
    [Benchmark]
    public object Ground() => new FiniteModel(_scope);

    /// <summary>IL emitted; the JIT runs when the code is first called.</summary>
    [Benchmark]
    public object Emit() => new CompiledModel(_finite);

    /// <summary>... which this does.</summary>
    [Benchmark]
    public object EmitAndRunOnce()
    {
        var model = new CompiledModel(_finite);
        return model.Successors(model.InitialState());
    }
}
