using BenchmarkDotNet.Attributes;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Solver.Bounded;
using Checker.Solver.Instance;
using Checker.Solver.Proof;

namespace Checker.Benchmarks;

/// <summary>
/// The times of Z3: all obligations of a design, those of all designs one after the other, and bounded model checking of the
/// smallest instance to depth 6. The targets are 2 s, 20 s and 1 s on two cores.
/// </summary>
[ShortRunJob]
public class ProofBenchmarks
{
    private Protocol _protocol = null!;
    private FiniteModel _smallest = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _protocol = Registry.Get("GuestMemory");
        _smallest = new(Instances.GuestMemory("1,1,1,1,1"));
    }

    [Benchmark]
    public object ProveDesign() => Prove(_protocol.Designs.Single(d => d.Id == Instances.Design));

    [Benchmark]
    public object ProveAllDesigns() => _protocol.Designs.Select(Prove).ToList();

    [Benchmark]
    public object BmcToDepth6() => FiniteBmc.Run(_smallest, FiniteBmc.Checked(_smallest.Scope.System), 6, new());

    private ProofResult Prove(Design design)
    {
        var model = _protocol.Build(design);
        var claims = model.Properties.Where(p =>
            p.IsClaimedInvariant && _protocol.Expect(design, p.Name).Verdict == Expected.Holds);
        var result = Induction.Prove(model, [.. claims], ProofOptions.Default with { Vacuity = false });
        return result.Status == ProofStatus.Proved
            ? result
            : throw new InvalidOperationException($"{design} is not proved: there is nothing to measure");
    }
}
