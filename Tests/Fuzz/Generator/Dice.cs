namespace Checker.Tests.Fuzz.Generator;

/// <summary>Random choices determined by a seed (SplitMix64, the same on every machine).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to, and not including, a bound.</summary>
    public int Next(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number between two others, both included.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    /// <summary>True with the given probability in percent.</summary>
    public bool Chance(int percent) => Next(100) < percent;

    public T Of<T>(IReadOnlyList<T> all) => all[Next(all.Count)];

    /// <summary>One of several values, with a probability proportional to its weight.</summary>
    public T Weighted<T>(params (int Weight, T Value)[] all)
    {
        int at = Next(all.Sum(a => a.Weight));
        foreach (var (weight, value) in all)
        {
            if (at < weight)
            {
                return value;
            }

            at -= weight;
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private ulong Next()
    {
        unchecked
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (z ^ (z >> 31)) >> 1;
        }
    }
}
