using BenchmarkDotNet.Attributes;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Benchmarks;

/// <summary>The successors of one state: compiled, canonical under symmetry, and by the interpreter. Time is per state.</summary>
[MemoryDiagnoser]
public unsafe class ExpandBenchmarks
{
    private const int Count = 1000;
    private CompiledModel _model = null!;
    private Canonicalizer _canonicalizer = null!;
    private Interpreter _interpreter = null!;
    private Predicates _invariants = null!;
    private ulong[] _states = [];
    private ulong[] _successors = [];
    private ulong[] _scratch = [];
    private int[][] _unpacked = [];
    private long[] _fired = [];

    [Params("1,2,2,1,1", "2,2,1,1,1")]
    public string Bounds { get; set; } = "";

    [GlobalSetup]
    public void Compile()
    {
        var scope = Instances.GuestMemory(Bounds);
        _model = new(new FiniteModel(scope));
        _canonicalizer = new(_model, new SymmetryGroup(scope));
        _interpreter = new(scope);
        _invariants = _model.Compile([.. scope.System.Properties.Where(p => p.Kind == Checker.Model.Ir.PropertyKind.Invariant)
            .Select(p => _model.Model.Property(p).Matters)]);
        _states = Instances.States(_model, Count);
        _successors = new ulong[_model.Words * _model.MostSuccessors];
        _scratch = new ulong[_canonicalizer.ScratchWords];
        _fired = new long[scope.System.Actions.Length];
        _unpacked = [.. _states.Chunk(_model.Words).Select(s => _model.Layout.Unpack(s))];
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long Expand()
    {
        long words = 0;
        fixed (ulong* states = _states, successors = _successors)
        {
            fixed (long* fired = _fired)
            {
                for (int i = 0; i < Count; i++)
                {
                    words += _model.Expand(states + (i * _model.Words), successors, fired) - successors;
                }
            }
        }

        return words;
    }

    /// <summary>Tests all invariants at once.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public ulong Test()
    {
        ulong met = 0;
        fixed (ulong* states = _states)
        {
            for (int i = 0; i < Count; i++)
            {
                met |= _invariants.Test(states + (i * _model.Words));
            }
        }

        return met;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public ulong Canonicalize()
    {
        ulong last = 0;
        fixed (ulong* states = _states, copy = _successors, scratch = _scratch)
        {
            for (int i = 0; i < Count; i++)
            {
                for (int word = 0; word < _model.Words; word++)
                {
                    copy[word] = states[(i * _model.Words) + word];
                }

                _canonicalizer.Canonicalize(copy, scratch);
                last ^= copy[0];
            }
        }

        return last;
    }

    /// <summary>Runs the reference semantics for comparison. It is written to be read.</summary>
    [Benchmark(OperationsPerInvoke = 20)]
    public int Interpret()
    {
        int successors = 0;
        for (int i = 0; i < Count; i += Count / 20)
        {
            successors += _interpreter.Successors(_unpacked[i]).Count();
        }

        return successors;
    }
}
