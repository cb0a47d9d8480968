using System.Numerics;

namespace Checker.Solver.Walk;

internal static class Bits
{
    /// <summary>The position of the set bit that has so many set ones below it; there has to be one.</summary>
    public static int At(ulong word, int place)
    {
        // Halves, and the half of the half that has it: the instruction that does it at once is slow on some processors.
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
}
