using System.Diagnostics;

namespace Checker.Solver.Explicit;

/// <summary>
/// The number of 64-bit words of a state as a type argument. The JIT sees it as a constant and unrolls loops over the words.
/// </summary>
public interface IWidth
{
    static abstract int Words { get; }
}

/// <summary>An operation on states of one width.</summary>
internal interface IForWidth<out T>
{
    T Run<TWidth>()
        where TWidth : struct, IWidth;
}

/// <summary>The supported widths.</summary>
internal static class Widths
{
    /// <exception cref="UnreachableException">There is no such width. <see cref="Instance.Layout"/> returns no other.</exception>
    public static T Run<T>(int words, IForWidth<T> task) => words switch
    {
        1 => task.Run<Width1>(),
        2 => task.Run<Width2>(),
        3 => task.Run<Width3>(),
        4 => task.Run<Width4>(),
        6 => task.Run<Width6>(),
        8 => task.Run<Width8>(),
        16 => task.Run<Width16>(),
        _ => throw new UnreachableException($"{words} words"),
    };
}

public readonly struct Width1 : IWidth
{
    public static int Words => 1;
}

public readonly struct Width2 : IWidth
{
    public static int Words => 2;
}

public readonly struct Width3 : IWidth
{
    public static int Words => 3;
}

public readonly struct Width4 : IWidth
{
    public static int Words => 4;
}

public readonly struct Width6 : IWidth
{
    public static int Words => 6;
}

public readonly struct Width8 : IWidth
{
    public static int Words => 8;
}

public readonly struct Width16 : IWidth
{
    public static int Words => 16;
}

/// <summary>Operations on states of a fixed width.</summary>
internal static unsafe class Packed<TWidth>
    where TWidth : struct, IWidth
{
    /// <summary>A hash of all words: multiply to 128 bits and fold, the mixing step of wyhash (Wang Yi, 2019).</summary>
    public static ulong Hash(ulong* state)
    {
        unchecked
        {
            ulong hash = 0x2d358dccaa6c78a5UL;
            for (int i = 0; i < TWidth.Words; i++)
            {
                hash = Fold(hash ^ state[i], 0x8bb84b93962eacc9UL + ((ulong)i << 32));
            }

            return Fold(hash ^ 0x4b33a62ed433d4a3UL, 0x4d5a2da51de1aa47UL);
        }
    }

    public static bool Same(ulong* left, ulong* right)
    {
        ulong difference = 0;
        for (int i = 0; i < TWidth.Words; i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference == 0;
    }

    public static void Copy(ulong* from, ulong* to)
    {
        for (int i = 0; i < TWidth.Words; i++)
        {
            to[i] = from[i];
        }
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
