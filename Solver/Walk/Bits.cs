using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Checker.Solver.Walk;

internal static unsafe class Bits
{
    private static readonly bool s_deposit = Bmi2.X64.IsSupported && IsDepositFast();

    /// <summary>The position of the set bit that has so many set ones below it; there has to be one.</summary>
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

    /// <summary>The same without an instruction for it: halves, and the half of the half that has it.</summary>
    internal static int AtByHalves(ulong word, int place)
    {
        unchecked
        {
            int position = 0;
            for (int half = 32; half > 0; half >>= 1)
            {
                int below = BitOperations.PopCount(word & ((1UL << half) - 1));
                int skip = ~((place - below) >> 31);   // all ones if it is in the upper half; chance decides, so there is nothing to predict
                place -= below & skip;
                word >>= half & skip;
                position += half & skip;
            }

            return position;
        }
    }

    /// <summary>AMD before Zen 3 (family 19h) does it in microcode, which takes longer than the halves.</summary>
    private static bool IsDepositFast()
    {
        var (_, vendor, _, _) = X86Base.CpuId(0, 0);
        int version = X86Base.CpuId(1, 0).Eax;
        int family = ((version >> 8) & 0xF) + ((version >> 20) & 0xFF);
        return vendor != 0x68747541 /* "Auth", of AuthenticAMD */ || family >= 0x19;
    }
}
