using System.Numerics;

namespace Checker.Solver.Instance;

/// <summary>
/// The place of a cell in a packed state: a word, the lowest bit, and the number of bits. A cell without bits is constant.
/// </summary>
public readonly record struct Field(int Word, int Shift, int Bits)
{
    public ulong Mask => Bits == 0 ? 0 : ((1UL << Bits) - 1) << Shift;
}

/// <summary>
/// The exact packing of a state into 64-bit words: different states have different words.
/// <code>
///   word 0                                              word 1
///   63 .. 60 | ... | op.pc[t0] | op.kind[t0] | dead     ... | data[f1] | data[f0]
/// </code>
/// A cell never straddles two words. The cells used most by guards come first, so a guard is mostly one masked comparison of
/// word 0. A cell takes the bits of its largest possible code (see <see cref="FiniteModel"/>).
/// </summary>
public sealed class Layout
{
    /// <summary>The numbers of words for which the explorer is compiled. A state takes the next larger one.</summary>
    private static readonly int[] s_widths = [1, 2, 3, 4, 6, 8, 16];

    private readonly int[] _constant;

    /// <exception cref="InstanceTooLargeException">The state needs more words than any engine supports.</exception>
    public Layout(FiniteModel model)
    {
        var possible = model.Formulas.Possible;
        _constant = [.. possible.Select(BitOperations.TrailingZeroCount)];
        int[] mentions = new int[possible.Length];
        foreach (var action in model.Actions)
        {
            Count(action.Guard, mentions);
        }

        Fields = new Field[possible.Length];
        var free = new List<int>();
        foreach (int cell in Enumerable.Range(0, possible.Length)
            .Where(c => !ulong.IsPow2(possible[c]))
            .OrderByDescending(c => mentions[c]))
        {
            int bits = BitOperations.Log2((uint)BitOperations.Log2(possible[cell])) + 1;
            int word = free.FindIndex(f => f >= bits);
            if (word < 0)
            {
                word = free.Count;
                free.Add(64);
            }

            Fields[cell] = new(word, 64 - free[word], bits);
            free[word] -= bits;
        }

        Words = Array.Find(s_widths, w => w >= free.Count) is > 0 and var words
            ? words
            : throw new InstanceTooLargeException($"a state of {Fields.Sum(f =>
                f.Bits)} bits is larger than {s_widths[^1] * 64}: choose smaller "
                + "bounds");
        Bits = Fields.Sum(f => f.Bits);
    }

    public Field[] Fields { get; }

    /// <summary>The number of 64-bit words of a state.</summary>
    public int Words { get; }

    /// <summary>The number of bits of a state.</summary>
    public int Bits { get; }

    public ulong[] Pack(ReadOnlySpan<int> state)
    {
        ulong[] packed = new ulong[Words];
        for (int cell = 0; cell < Fields.Length; cell++)
        {
            var field = Fields[cell];
            packed[field.Word] |= field.Bits == 0 ? 0 : (ulong)state[cell] << field.Shift;
        }

        return packed;
    }

    public int[] Unpack(ReadOnlySpan<ulong> packed)
    {
        int[] state = new int[Fields.Length];
        for (int cell = 0; cell < state.Length; cell++)
        {
            var field = Fields[cell];
            state[cell] = field.Bits == 0 ? _constant[cell] : (int)((packed[field.Word] & field.Mask) >> field.Shift);
        }

        return state;
    }

    private static void Count(Formula formula, int[] mentions)
    {
        switch (formula)
        {
            case Is f: mentions[f.Cell]++; break;
            case CellValue f: mentions[f.Cell]++; break;
            default:
                foreach (var part in formula.Parts)
                {
                    Count(part, mentions);
                }

                break;
        }
    }
}
