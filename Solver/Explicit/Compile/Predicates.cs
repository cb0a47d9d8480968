using System.Collections.Immutable;

namespace Checker.Solver.Explicit.Compile;

/// <summary>Compiled predicates over packed states.</summary>
public sealed unsafe class Predicates
{
    private readonly ImmutableArray<(TestMethod Method, int Bit)> _parts;

    /// <param name="parts">Methods, with the bit that the first bit of their answer stands for.</param>
    internal Predicates(ImmutableArray<(TestMethod Method, int Bit)> parts) => _parts = parts;

    /// <summary>The predicates that hold, one bit each in the order in which they were given.</summary>
    public ulong Test(ulong* state)
    {
        ulong result = 0;
        foreach (var part in _parts)
        {
            result |= part.Method(state) << part.Bit;
        }

        return result;
    }

    public ulong Test(ReadOnlySpan<ulong> state)
    {
        fixed (ulong* words = state)
        {
            return Test(words);
        }
    }
}
