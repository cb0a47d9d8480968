using System.Numerics;
using Checker.Solver.Walk;
using FsCheck.Xunit;

namespace Checker.Tests.Walk;

public sealed class BitsTests
{
    [Property(QuietOnSuccess = true)]
    public void The_bit_at_a_place_has_so_many_below_it(ulong word)
    {
        for (int place = 0; place < BitOperations.PopCount(word); place++)
        {
            int bit = Bits.At(word, place);
            Assert.NotEqual(0UL, word & (1UL << bit));
            Assert.Equal(place, BitOperations.PopCount(word & ((1UL << bit) - 1)));
            Assert.Equal(bit, Bits.AtByHalves(word, place));
        }
    }
}
