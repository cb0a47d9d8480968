using System.Numerics;
using Checker.Solver.Explicit;

namespace Checker.Tests.Concurrency;

/// <summary>
/// The hash of packed states, which differ in few bits. Its upper half chooses the slot and names the predecessor; its lower bits
/// are the tag. Both halves must spread such states as evenly as chance.
/// </summary>
public sealed class HashTests
{
    [Fact]
    public void Every_bit_of_a_state_flips_about_half_the_bits_of_its_hash()
    {
        for (int bit = 0; bit < 192; bit++)
        {
            double flipped = Enumerable.Range(0, 64).Average(n => BitOperations.PopCount(Hash(Few(n)) ^ Hash(Flip(Few(n), bit))));
            Assert.InRange(flipped, 28, 36);   // 32 expected; the standard deviation of such an average is 0.5
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(40)]
    public void States_of_few_bits_meet_no_oftener_than_chance_has_it(int shift)
    {
        var hashes = Enumerable.Range(0, 1 << 18).Select(n => Hash([(ulong)n << shift, 0, 0])).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        AssertSpread(hashes.Select(h => (uint)(h >> 32)));
        AssertSpread(hashes.Select(h => unchecked((uint)h)));
    }

    [Fact]
    public void Words_are_not_interchangeable()
    {
        var hashes = Enumerable.Range(1, 1000).SelectMany(n =>
            new[] { Hash([(ulong)n, 0, 0]), Hash([0, (ulong)n, 0]), Hash([0, 0, (ulong)n]), Hash([(ulong)n, (ulong)n, 0]) });

        Assert.Distinct(hashes);
    }

    /// <summary>
    /// The number of distinct 32-bit values among n random ones is about n - n²/2³³. Thirty fewer would be a fault of the hash.
    /// </summary>
    private static void AssertSpread(IEnumerable<uint> values)
    {
        var all = values.ToList();
        double expected = (double)all.Count * all.Count / Math.Pow(2, 33);
        Assert.InRange(all.Count - all.Distinct().Count(), 0, expected + 30);

        // A random function into as many buckets as values leaves 1/e of the buckets empty.
        int buckets = all.Count;
        double empty = 1 - ((double)all.Select(v => (uint)((ulong)v * (ulong)buckets >> 32)).Distinct().Count() / buckets);
        Assert.InRange(empty, 0.36, 0.376);
    }

    private static ulong[] Few(int n) => [(ulong)n * 3, (ulong)n << 20, (ulong)n << 50];

    private static ulong[] Flip(ulong[] state, int bit)
    {
        state[bit / 64] ^= 1UL << (bit % 64);
        return state;
    }

    private static unsafe ulong Hash(ulong[] state)
    {
        fixed (ulong* words = state)
        {
            return Packed<Width3>.Hash(words);
        }
    }
}
