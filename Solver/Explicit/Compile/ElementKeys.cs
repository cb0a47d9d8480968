using System.Reflection.Emit;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit.Compile;

internal unsafe delegate void KeysMethod(ulong* state, ulong* colors, ulong* keys);

/// <summary>
/// Computes a key for each element of each permuted sort from a packed state. A renaming of the elements renames the keys, so two
/// elements exchanged by a symmetry of the state have equal keys. The converse need not hold, because a key is a hash.
/// <code>
///   slot    0     1    2    3     4     5    6
///          none   p0   p1   p2   none   f0   f1      keys, colors: one number for each slot
/// </code>
/// Each sort has one slot more than elements, for the value none. Nothing depends on the key of this slot.
/// </summary>
internal sealed unsafe class ElementKeys
{
    /// <summary>The largest number of slots. They are the bits of a word.</summary>
    private const int MostSlots = 64;

    private readonly Scope _scope;
    private readonly Layout _layout;
    private readonly Dictionary<SortType, int> _base = [];

    public ElementKeys(CompiledModel model, SymmetryGroup group)
    {
        (_scope, _layout) = (model.Model.Scope, model.Layout);
        foreach (var sort in group.Sorts)
        {
            _base[sort] = Slots;
            Slots += _scope.SizeOf(sort) + 1;
        }

        Fits = Slots <= MostSlots;
        Initial = new ulong[Slots];
        for (int slot = 0; slot < Slots; slot++)
        {
            int start = _base.Values.Where(b => b <= slot).Max();
            Initial[slot] = (ulong)(slot == start ? start : start + 1);
        }

        First = Emit(refine: false);
        Refine = Emit(refine: true);
    }

    /// <summary>The number of slots.</summary>
    public int Slots { get; }

    /// <summary>True if the search has room for all slots.</summary>
    public bool Fits { get; }

    /// <summary>The slot of a sort's first element. The others follow.</summary>
    public int FirstOf(SortType sort) => _base[sort] + 1;

    /// <summary>The initial colors: all elements of a sort have the slot of the first.</summary>
    public ulong[] Initial { get; }

    /// <summary>Computes keys from the values of the cells alone, without colors.</summary>
    public KeysMethod First { get; }

    /// <summary>Computes keys from the cells which relate elements, and from the colors of the related elements.</summary>
    public KeysMethod Refine { get; }

    private KeysMethod Emit(bool refine)
    {
        var method = new DynamicMethod(
            "Keys",
            typeof(void),
            [typeof(ulong*), typeof(ulong*), typeof(ulong*)],
            typeof(ElementKeys).Module,
            skipVisibility: true);
        var il = method.GetILGenerator();
        var (value, sum) = (il.DeclareLocal(typeof(ulong)), il.DeclareLocal(typeof(ulong)));
        for (int slot = 0; slot < Slots; slot++)
        {
            il.Emit(OpCodes.Ldarg_2);
            Offset(il, slot);
            il.Emit(OpCodes.Ldc_I8, 0L);
            il.Emit(OpCodes.Stind_I8);
        }

        foreach (var cell in _scope.Cells.Where(c => _layout.Fields[c.Number].Bits > 0))
        {
            int[] slots = [.. cell.Index.Select((code, i) => SlotOf(cell.Variable.Index[i], code)).Where(s => s >= 0)];
            int named = NamedBy(cell.Variable.Type);
            if (slots.Length + (named >= 0 ? 1 : 0) < (refine ? 2 : 1))
            {
                continue;
            }

            ulong seed = Signature(cell);
            LoadField(il, _layout.Fields[cell.Number]);
            il.Emit(OpCodes.Stloc, value);
            if (refine)
            {
                // The mixing is nonlinear, so the pairing of colors and values matters.
                LoadPlain(il, value, named >= 0, seed);
                for (int i = 0; i < slots.Length; i++)
                {
                    il.Emit(OpCodes.Ldarg_1);
                    Offset(il, slots[i]);
                    il.Emit(OpCodes.Ldind_I8);
                    Times(il, Number(seed, 16 + i));
                    il.Emit(OpCodes.Add);
                }

                if (named >= 0)
                {
                    NamedAddress(il, OpCodes.Ldarg_1, value, named);
                    il.Emit(OpCodes.Ldind_I8);
                    Times(il, Number(seed, 2));
                    il.Emit(OpCodes.Add);
                }

                il.Emit(OpCodes.Stloc, sum);
                Fold(il, sum);
                Times(il, Number(seed, 3));
                il.Emit(OpCodes.Stloc, sum);
                Fold(il, sum);
                il.Emit(OpCodes.Stloc, sum);
            }
            else
            {
                LoadPlain(il, value, named >= 0, seed);
                il.Emit(OpCodes.Stloc, sum);
            }

            for (int i = 0; i < slots.Length; i++)
            {
                il.Emit(OpCodes.Ldarg_2);
                Offset(il, slots[i]);
                AddTo(il, () =>
                {
                    il.Emit(OpCodes.Ldloc, sum);
                    if (i > 0)
                    {
                        Times(il, Number(seed, 32 + i));
                    }
                });
            }

            if (named >= 0)
            {
                NamedAddress(il, OpCodes.Ldarg_2, value, named);
                AddTo(il, () =>
                {
                    il.Emit(OpCodes.Ldc_I8, unchecked((long)Number(seed, 4)));
                    if (refine)
                    {
                        il.Emit(OpCodes.Ldloc, sum);
                        il.Emit(OpCodes.Mul);
                    }
                });
            }
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<KeysMethod>();
    }

    /// <summary>The slot of the element with this code; -1 if there is none, or if the type has no permuted elements.</summary>
    private int SlotOf(ModelType type, int code) => type switch
    {
        SortType sort when _base.TryGetValue(sort, out int first) => first + 1 + code,
        OptionType { Element: SortType sort } when code > 0 && _base.TryGetValue(sort, out int first) => first + code,
        _ => -1,
    };

    /// <summary>The offset from a code of the type to the slot it names; -1 if it names none.</summary>
    private int NamedBy(ModelType type) => type switch
    {
        SortType sort when _base.TryGetValue(sort, out int first) => first + 1,
        OptionType { Element: SortType sort } when _base.TryGetValue(sort, out int first) => first,
        _ => -1,
    };

    /// <summary>A number which is the same for all cells mapped to each other by permutations.</summary>
    private ulong Signature(Cell cell)
    {
        ulong signature = Number(0x6A09E667F3BCC908, _scope.System.Variables.IndexOf(cell.Variable));
        int[] slots = [.. cell.Index.Select((code, i) => SlotOf(cell.Variable.Index[i], code))];
        for (int i = 0; i < slots.Length; i++)
        {
            signature = Number(signature, slots[i] < 0 ? cell.Index[i] : -1 - Array.IndexOf(slots, slots[i]));
        }

        return signature;
    }

    /// <summary>A random number of a seed (SplitMix64).</summary>
    private static ulong Number(ulong seed, int index)
    {
        unchecked
        {
            ulong mixed = seed + ((ulong)(index + 1) * 0x9E3779B97F4A7C15);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (mixed ^ (mixed >> 31)) | 1;
        }
    }

    /// <summary>A number for the value, independent of the element: 0 for code 0, and sums distinguish {0, 2} from {1, 1}.</summary>
    private static void LoadPlain(ILGenerator il, LocalBuilder value, bool isElement, ulong seed)
    {
        il.Emit(OpCodes.Ldloc, value);
        if (isElement)
        {
            il.Emit(OpCodes.Ldc_I8, 0L);
            il.Emit(OpCodes.Cgt_Un);
            il.Emit(OpCodes.Conv_U8);
            Times(il, Number(seed, 0));
        }
        else
        {
            Times(il, Number(seed, 1));
            il.Emit(OpCodes.Ldc_I8, unchecked((long)Number(seed, 0)));
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldloc, value);
            il.Emit(OpCodes.Mul);
        }
    }

    /// <summary>Replaces the address on the stack by an addition to its target.</summary>
    private static void AddTo(ILGenerator il, Action what)
    {
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldind_I8);
        what();
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stind_I8);
    }

    private static void LoadField(ILGenerator il, Field field)
    {
        il.Emit(OpCodes.Ldarg_0);
        Offset(il, field.Word);
        il.Emit(OpCodes.Ldind_I8);
        il.Emit(OpCodes.Ldc_I4, field.Shift);
        il.Emit(OpCodes.Shr_Un);
        il.Emit(OpCodes.Ldc_I8, unchecked((long)((1UL << field.Bits) - 1)));
        il.Emit(OpCodes.And);
    }

    /// <summary>The address of the slot named by the value.</summary>
    private static void NamedAddress(ILGenerator il, OpCode array, LocalBuilder value, int named)
    {
        il.Emit(array);
        Offset(il, named);
        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Ldc_I4_3);
        il.Emit(OpCodes.Shl);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Add);
    }

    private static void Fold(ILGenerator il, LocalBuilder sum)
    {
        il.Emit(OpCodes.Ldloc, sum);
        il.Emit(OpCodes.Ldloc, sum);
        il.Emit(OpCodes.Ldc_I4, 32);
        il.Emit(OpCodes.Shr_Un);
        il.Emit(OpCodes.Xor);
    }

    private static void Times(ILGenerator il, ulong number)
    {
        il.Emit(OpCodes.Ldc_I8, unchecked((long)number));
        il.Emit(OpCodes.Mul);
    }

    private static void Offset(ILGenerator il, int index)
    {
        if (index > 0)
        {
            il.Emit(OpCodes.Ldc_I4, index * sizeof(ulong));
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }
    }
}
