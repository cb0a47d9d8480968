using System.Collections.Immutable;
using System.Reflection.Emit;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit.Compile;

internal unsafe delegate void RenameMethod(ulong* state, ulong* renamed);

/// <summary>
/// Replaces a packed state by the least of its orbit under a symmetry group, so that states which differ by names alone become one.
/// Each permutation is compiled: cells that move by the same distance move together under one mask, and values that are
/// themselves elements of a permuted sort go through a table in a register.
/// </summary>
public sealed unsafe class Canonicalizer
{
    private readonly ImmutableArray<RenameMethod> _renamings;
    private readonly int _words;

    /// <exception cref="InvalidOperationException">The layout is not symmetric (which the construction of a model rules out).</exception>
    public Canonicalizer(CompiledModel model, SymmetryGroup group)
    {
        _words = model.Words;
        _renamings = [.. group.Permutations.Skip(1).Select(p => Compile(model, p))];
    }

    public bool IsTrivial => _renamings.IsEmpty;

    /// <param name="state">The state; it is replaced.</param>
    /// <param name="scratch">Room for a state.</param>
    public void Canonicalize(ulong* state, ulong* scratch)
    {
        // The renamings form a group, so it does not matter that the state changes on the way: but each must start from one and
        // the same state, or some products would be missed. Hence the copy behind the scratch space.
        ulong* original = scratch + _words;
        for (int i = 0; i < _words; i++)
        {
            original[i] = state[i];
        }

        foreach (var rename in _renamings)
        {
            rename(original, scratch);
            int word = 0;
            while (word < _words - 1 && scratch[word] == state[word])
            {
                word++;
            }

            if (scratch[word] < state[word])
            {
                for (int i = 0; i < _words; i++)
                {
                    state[i] = scratch[i];
                }
            }
        }
    }

    public ulong[] Canonicalize(ulong[] state)
    {
        ulong[] result = (ulong[])state.Clone();
        ulong* scratch = stackalloc ulong[_words * 2];
        fixed (ulong* pointer = result)
        {
            Canonicalize(pointer, scratch);
        }

        return result;
    }

    private static RenameMethod Compile(CompiledModel model, Permutation permutation)
    {
        var (scope, layout) = (model.Model.Scope, model.Layout);
        var moves = new Dictionary<(int From, int To, int Distance), ulong>();
        var renames = new List<(Field From, Field To, ulong Table)>();
        foreach (var cell in scope.Cells)
        {
            var from = layout.Fields[cell.Number];
            var to = layout.Fields[permutation.Target(scope, cell)];
            if (from.Bits != to.Bits)
            {
                throw new InvalidOperationException($"{cell} and its image have different widths");
            }

            if (from.Bits == 0)
            {
                continue;
            }

            var type = cell.Variable.Type;
            bool renamed = type is SortType or OptionType && Enumerable.Range(0, cell.Cardinality).Any(code => permutation.Of(type, code) != code);
            if (renamed)
            {
                ulong table = Enumerable.Range(0, cell.Cardinality).Aggregate(0UL, (t, code) => t | ((ulong)permutation.Of(type, code) << (4 * code)));
                renames.Add((from, to, table));
            }
            else
            {
                var key = (from.Word, to.Word, to.Shift - from.Shift);
                moves[key] = moves.GetValueOrDefault(key) | from.Mask;
            }
        }

        return Emit(model.Words, moves, renames);
    }

    private static RenameMethod Emit(int words, Dictionary<(int From, int To, int Distance), ulong> moves, List<(Field From, Field To, ulong Table)> renames)
    {
        var method = new DynamicMethod("Rename", typeof(void), [typeof(ulong*), typeof(ulong*)], typeof(Canonicalizer).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        for (int word = 0; word < words; word++)
        {
            il.Emit(OpCodes.Ldarg_1);
            Offset(word);
            il.Emit(OpCodes.Ldc_I8, 0L);
            foreach (var ((from, _, distance), mask) in moves.Where(m => m.Key.To == word))
            {
                Load(from);
                il.Emit(OpCodes.Ldc_I8, unchecked((long)mask));
                il.Emit(OpCodes.And);
                Shift(distance);
                il.Emit(OpCodes.Or);
            }

            foreach (var (from, to, table) in renames.Where(r => r.To.Word == word))
            {
                // (table >> 4 * code) & 15, with 4 * code taken straight from the state where the shift allows.
                il.Emit(OpCodes.Ldc_I8, unchecked((long)table));
                Load(from.Word);
                il.Emit(OpCodes.Ldc_I8, unchecked((long)from.Mask));
                il.Emit(OpCodes.And);
                Shift(2 - from.Shift);
                il.Emit(OpCodes.Conv_I4);
                il.Emit(OpCodes.Shr_Un);
                il.Emit(OpCodes.Ldc_I8, 15L);
                il.Emit(OpCodes.And);
                Shift(to.Shift);
                il.Emit(OpCodes.Or);
            }

            il.Emit(OpCodes.Stind_I8);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<RenameMethod>();

        void Load(int word)
        {
            il.Emit(OpCodes.Ldarg_0);
            Offset(word);
            il.Emit(OpCodes.Ldind_I8);
        }

        void Offset(int word)
        {
            if (word > 0)
            {
                il.Emit(OpCodes.Ldc_I4, word * sizeof(ulong));
                il.Emit(OpCodes.Conv_I);
                il.Emit(OpCodes.Add);
            }
        }

        void Shift(int distance)
        {
            if (distance != 0)
            {
                il.Emit(OpCodes.Ldc_I4, Math.Abs(distance));
                il.Emit(distance > 0 ? OpCodes.Shl : OpCodes.Shr_Un);
            }
        }
    }
}
