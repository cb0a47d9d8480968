namespace Checker.Solver.Walk;

/// <summary>
/// Random numbers determined by a seed and the number of a walk, the same on every machine and in every version: SplitMix64 (Steele,
/// Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// </summary>
internal struct WalkRandom(ulong seed, long walk)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(unchecked(seed + (Golden * (ulong)walk))) ^ Mix(unchecked(seed ^ 0xD1B54A32D192ED03));

    public ulong Next()
    {
        unchecked
        {
            _state += Golden;
            return Mix(_state);
        }
    }

    /// <summary>A random number from 0 to <paramref name="limit"/> - 1. The bias is below <paramref name="limit"/> / 2^32.</summary>
    public int Below(int limit) => Below(Next(), limit);

    /// <summary>Computes the same from the upper half of a number drawn before.</summary>
    public static int Below(ulong drawn, int limit)
    {
        unchecked
        {
            return (int)(((drawn >> 32) * (ulong)limit) >> 32);
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
