using System.Numerics;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// The different rows of a shape seen so far. Each describes some elements in a state which an invariant must allow. They are stored
/// twice: as rows, for looking them up, and as columns (for each atom one bit a row), for testing a clause on 64 rows at a time.
/// </summary>
internal sealed class Points(Shape shape)
{
    private readonly int _words = shape.Words;
    private ulong[] _rows = new ulong[shape.Words * 64];
    private int[] _slots = new int[128];
    private readonly ulong[][] _columns = [.. shape.Bits.Select(_ => new ulong[1])];
    private int _transposed;

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> Row(int point) => _rows.AsSpan(point * _words, _words);

    public bool Add(ReadOnlySpan<ulong> row)
    {
        int at = Find(row);
        if (_slots[at] != 0)
        {
            return false;
        }

        if ((Count + 1) * _words > _rows.Length)
        {
            Array.Resize(ref _rows, _rows.Length * 2);
        }

        row.CopyTo(_rows.AsSpan(Count * _words));
        _slots[at] = ++Count;
        if (Count * 2 > _slots.Length)
        {
            _slots = new int[_slots.Length * 2];
            Index();
        }

        return true;
    }

    /// <summary>Removes all points except the first ones.</summary>
    public void Truncate(int count)
    {
        Count = count;
        _transposed = Math.Min(_transposed, count);
        Index();
    }

    /// <summary>A point in which none of the literals holds; -1 if there is none.</summary>
    /// <param name="first">The first point to test. Earlier ones are not tested, or not all of them.</param>
    public int Counterexample(ReadOnlySpan<int> literals, int first = 0)
    {
        Transpose();
        int words = (Count + 63) / 64;
        for (int word = first / 64; word < words; word++)
        {
            ulong none = word == words - 1 && (Count & 63) != 0 ? (1UL << (Count & 63)) - 1 : ulong.MaxValue;
            foreach (int literal in literals)
            {
                ulong column = _columns[literal / 2][word];
                none &= (literal & 1) == 0 ? ~column : column;
            }

            if (none != 0)
            {
                return (word * 64) + BitOperations.TrailingZeroCount(none);
            }
        }

        return -1;
    }

    public bool Holds(int literal, int point)
    {
        int bit = shape.Bits[literal / 2];
        return ((_rows[(point * _words) + (bit / 64)] >> (bit & 63)) & 1) != (ulong)(literal & 1);
    }

    private void Index()
    {
        Array.Clear(_slots);
        for (int point = 0; point < Count; point++)
        {
            _slots[Find(Row(point))] = point + 1;
        }
    }

    private int Find(ReadOnlySpan<ulong> row)
    {
        ulong hash = 0x9E3779B97F4A7C15UL;
        foreach (ulong word in row)
        {
            ulong high = Math.BigMul(hash ^ word, 0x8bb84b93962eacc9UL, out ulong low);
            hash = high ^ low ^ 0x2d358dccaa6c78a5UL;
        }

        int mask = _slots.Length - 1;
        int at = (int)(hash & (ulong)mask);
        while (_slots[at] != 0 && !Row(_slots[at] - 1).SequenceEqual(row))
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    /// <summary>Brings the columns up to date, 64 rows at a time.</summary>
    private void Transpose()
    {
        if (_transposed == Count)
        {
            return;
        }

        int words = (Count + 63) / 64;
        Span<ulong> square = stackalloc ulong[64];
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Length < words)
            {
                Array.Resize(ref _columns[i], Math.Max(words, _columns[i].Length * 2));
            }
        }

        for (int block = _transposed / 64; block < words; block++)
        {
            int rows = Math.Min(64, Count - (block * 64));
            int column = 0;
            for (int word = 0; word < _words; word++)
            {
                square.Clear();
                for (int row = 0; row < rows; row++)
                {
                    square[row] = _rows[(((block * 64) + row) * _words) + word];
                }

                Transpose(square);
                for (; column < shape.Bits.Length && shape.Bits[column] / 64 == word; column++)
                {
                    _columns[column][block] = square[shape.Bits[column] & 63];
                }
            }
        }

        _transposed = Count;
    }

    /// <summary>Transposes a 64 by 64 square of bits (Warren, "Hacker's Delight", section 7-3).</summary>
    private static void Transpose(Span<ulong> square)
    {
        ulong mask = 0x00000000FFFFFFFFUL;
        for (int distance = 32; distance != 0; distance >>= 1, mask ^= mask << distance)
        {
            for (int row = 0; row < 64; row = ((row | distance) + 1) & ~distance)
            {
                ulong swapped = ((square[row] >> distance) ^ square[row | distance]) & mask;
                square[row | distance] ^= swapped;
                square[row] ^= swapped << distance;
            }
        }
    }
}
