using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Checker.Solver.Walk;

internal static unsafe class Bits
{
    private static readonly bool s_deposit = Bmi2.X64.IsSupported && IsDepositFast();

    /// <summary>The position of the set bit with the given number of set bits below it. It must exist.</summary>
    public static int At(ulong word, int place) =>
        s_deposit ? BitOperations.TrailingZeroCount(Bmi2.X64.ParallelBitDeposit(1UL << place, word)) : AtByHalves(word, place);

    /// <summary>Sets the first bits, and clears the rest of the last word.</summary>
    public static void Fill(ulong* words, int count)
    {
        for (; count > 0; count -= 64)
        {
            *words++ = ulong.MaxValue >> Math.Max(0, 64 - count);
        }
    }

    /// <summary>
    /// Computes the same without a special instruction: it halves the word, and continues with the half containing the bit.
    /// </summary>
    internal static int AtByHalves(ulong word, int place)
    {
        unchecked
        {
            int position = 0;
            for (int half = 32; half > 0; half >>= 1)
            {
                int below = BitOperations.PopCount(word & ((1UL << half) - 1));
                // all ones for the upper half; the outcome is random, so a branch would be unpredictable
                int skip = ~((place - below) >> 31);
                place -= below & skip;
                word >>= half & skip;
                position += half & skip;
            }

            return position;
        }
    }

    /// <summary>
    /// True if the instruction is fast. AMD before Zen 3 (family 19h) runs it in microcode, which takes longer than the halves.
    /// </summary>
    private static bool IsDepositFast()
    {
        var (_, vendor, _, _) = X86Base.CpuId(0, 0);
        int version = X86Base.CpuId(1, 0).Eax;
        int family = ((version >> 8) & 0xF) + ((version >> 20) & 0xFF);
        return vendor != 0x68747541 /* "Auth", of AuthenticAMD */ || family >= 0x19;
    }
}
