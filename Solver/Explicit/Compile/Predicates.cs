using System.Collections.Immutable;

namespace Checker.Solver.Explicit.Compile;

/// <summary>Compiled predicates over packed states.</summary>
public sealed unsafe class Predicates
{
    private readonly ImmutableArray<(TestMethod Method, int Bit)> _parts;

    /// <param name="parts">The methods, each with the bit of the first bit of its answer.</param>
    internal Predicates(ImmutableArray<(TestMethod Method, int Bit)> parts) => _parts = parts;

    /// <summary>Returns the predicates which hold, one bit each, in their given order.</summary>
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
