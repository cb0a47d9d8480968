using System.Collections.Immutable;
using System.Numerics;
using System.Reflection.Emit;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit.Compile;

internal unsafe delegate void RenameMethod(ulong* state, ulong* renamed);

/// <summary>
/// Replaces a packed state by a representative of its orbit under a symmetry group. All states of an orbit have the same
/// representative, so states which differ only in names become one. In a small group all permutations are tried: the least image
/// is the representative. In a larger group the elements are sorted by keys (<see cref="ElementKeys"/>), and the representative
/// is the least image allowed by the keys. Each needed permutation is compiled: cells moving by the same distance move together
/// under one mask, and values which are elements of a permuted sort go through a table in a register.
/// </summary>
public sealed unsafe class Canonicalizer
{
    /// <summary>The largest number of permutations for which trying each costs less than computing keys.</summary>
    internal const int MostTried = 16;

    private readonly int _words;

    // For a small group: all permutations except the identity.
    private readonly ImmutableArray<RenameMethod> _renamings = [];

    // For a larger group: the keys, and the exchange of slots a and b at a * slots + b.
    private readonly ElementKeys? _keys;
    private readonly RenameMethod[] _swaps = [];
    private readonly ulong[] _colors = [];
    private readonly int _slots;
    private readonly int _node;

    /// <exception cref="InvalidOperationException">The layout is not symmetric. The construction of a model excludes this.</exception>
    public Canonicalizer(CompiledModel model, SymmetryGroup group)
        : this(model, group, MostTried)
    {
    }

    /// <param name="mostTried">The order of the largest group whose permutations are all tried.</param>
    internal Canonicalizer(CompiledModel model, SymmetryGroup group, int mostTried)
    {
        _words = model.Words;
        if (group.Order > mostTried && new ElementKeys(model, group) is { Fits: true } keys)
        {
            (_keys, _slots, _colors) = (keys, keys.Slots, keys.Initial);
            _swaps = new RenameMethod[_slots * _slots];
            foreach (var sort in group.Sorts)
            {
                int first = keys.FirstOf(sort);
                foreach (var (a, b, exchange) in SymmetryGroup.Exchanges(model.Model.Scope, sort))
                {
                    _swaps[((first + a) * _slots) + first + b] = Compile(model, exchange);
                }
            }

            // A node of the search: its state, its colors, its first leaf, the number of its current child, and a flag for the
            // existence of a leaf.
            _node = (2 * _words) + _slots + 2;
            ScratchWords = _words + _slots + ((_slots + 1) * _node);
        }
        else
        {
            _renamings = [.. group.Permutations.Skip(1).Select(p => Compile(model, p))];
            ScratchWords = 2 * _words;
        }
    }

    public bool IsTrivial => _keys is null && _renamings.IsEmpty;

    /// <summary>The words of scratch space needed by <see cref="Canonicalize(ulong*, ulong*)"/>.</summary>
    public int ScratchWords { get; }

    /// <param name="state">The state, which is replaced by its representative.</param>
    /// <param name="scratch">A buffer of <see cref="ScratchWords"/> words.</param>
    public void Canonicalize(ulong* state, ulong* scratch)
    {
        if (_keys is null)
        {
            TryAll(state, scratch);
        }
        else
        {
            Sort(state, scratch);
        }
    }

    public ulong[] Canonicalize(ulong[] state)
    {
        ulong[] result = (ulong[])state.Clone();
        ulong* scratch = stackalloc ulong[ScratchWords];
        fixed (ulong* pointer = result)
        {
            Canonicalize(pointer, scratch);
        }

        return result;
    }

    private void TryAll(ulong* state, ulong* scratch)
    {
        // The renamings form a group, so the state may be changed in between. But each renaming must start from the same state, or
        // some products would be missed. Hence the copy behind the scratch space.
        ulong* original = scratch + _words;
        Copy(state, original, _words);
        foreach (var rename in _renamings)
        {
            rename(original, scratch);
            if (Less(scratch, state))
            {
                Copy(scratch, state, _words);
            }
        }
    }

    /// <summary>
    /// Sorts the elements by their keys. If elements have equal keys and are not interchangeable, a search tries each of them as the
    /// first, and takes the least of the resulting states.
    /// </summary>
    private void Sort(ulong* state, ulong* scratch)
    {
        ulong* keys = scratch + _words;
        ulong* root = keys + _slots;
        ulong* colors = root + _words;
        for (int slot = 0; slot < _slots; slot++)
        {
            colors[slot] = _colors[slot];
        }

        _keys!.First(state, colors, keys);
        Split(state, colors, keys, scratch);
        ulong settled = Settled(state, colors, 0, scratch);
        if (settled == ulong.MaxValue)
        {
            return;
        }

        Refine(state, colors, keys, scratch);
        settled = Settled(state, colors, settled, scratch);
        if (settled == ulong.MaxValue)
        {
            return;
        }

        Copy(state, root, _words);
        root[_node - 1] = 0;
        Search(state, root, 0, settled, scratch);
    }

    /// <summary>
    /// Searches the orders of elements of equal colors, like programs for graph isomorphism (McKay, "Practical graph isomorphism",
    /// 1981). The elements of the first unsettled color are moved to the front one after the other. Each then has a color of its
    /// own, which refines the other colors. If a leaf equals the first leaf of an earlier child, a symmetry of the state maps that
    /// child to this one, and the rest of this one contains nothing new.
    /// </summary>
    /// <param name="best">The least leaf so far.</param>
    /// <param name="settled">The slots whose order does not matter.</param>
    /// <returns>The level of the node which continues with its next child.</returns>
    private int Search(ulong* best, ulong* node, int level, ulong settled, ulong* scratch)
    {
        if (settled == ulong.MaxValue)
        {
            return Leaf(best, node, level);
        }

        ulong* keys = scratch + _words;
        ulong* child = node + _node;
        ulong* colors = node + _words;
        int first = BitOperations.TrailingZeroCount(~settled);
        for (int slot = first; slot < _slots && colors[slot] == (ulong)first; slot++)
        {
            node[_node - 2] = (ulong)(slot - first);
            if (slot == first)
            {
                Copy(node, child, _words);
            }
            else
            {
                _swaps[(first * _slots) + slot](node, child);
            }

            Copy(colors, child + _words, _slots);
            for (int other = first + 1; other < _slots && colors[other] == (ulong)first; other++)
            {
                child[_words + other] = (ulong)(first + 1);
            }

            Refine(child, child + _words, keys, scratch);
            child[_node - 1] = 0;
            int next = Search(best, child, level + 1, Settled(child, child + _words, settled, scratch), scratch);
            if (next < level)
            {
                return next;
            }
        }

        return level - 1;
    }

    private int Leaf(ulong* best, ulong* leaf, int level)
    {
        ulong* root = leaf - (level * _node);
        for (int above = 0; above < level; above++)
        {
            ulong* node = root + (above * _node);
            ulong* known = node + _words + _slots;
            if (node[_node - 1] == 0)
            {
                // There is no leaf below this node yet.
                Copy(leaf, known, _words);
                if (above == 0)
                {
                    Copy(leaf, best, _words);
                }

                node[_node - 1] = 1;
            }
            else if (node[_node - 2] > 0 && Same(leaf, known))
            {
                return above;
            }
        }

        if (Less(leaf, best))
        {
            Copy(leaf, best, _words);
        }

        return level - 1;
    }

    /// <summary>Refines the colors until no color splits.</summary>
    private void Refine(ulong* state, ulong* colors, ulong* keys, ulong* scratch)
    {
        do
        {
            _keys!.Refine(state, colors, keys);
        }
        while (Split(state, colors, keys, scratch));
    }

    /// <summary>
    /// Renames the elements of each color to make their keys ascend, and gives elements with different keys different colors. A
    /// color is the first of its slots.
    /// </summary>
    private bool Split(ulong* state, ulong* colors, ulong* keys, ulong* scratch)
    {
        bool split = false;
        for (int first = 0, end; first < _slots; first = end)
        {
            for (end = first + 1; end < _slots && colors[end] == (ulong)first; end++)
            {
            }

            for (int slot = first; slot < end - 1; slot++)
            {
                int least = slot;
                for (int other = slot + 1; other < end; other++)
                {
                    least = keys[other] < keys[least] ? other : least;
                }

                if (keys[least] != keys[slot])
                {
                    _swaps[(slot * _slots) + least](state, scratch);
                    Copy(scratch, state, _words);
                    (keys[slot], keys[least]) = (keys[least], keys[slot]);
                }
            }

            for (int slot = first + 1; slot < end; slot++)
            {
                bool same = keys[slot] == keys[slot - 1];
                split |= !same;
                colors[slot] = same ? colors[slot - 1] : (ulong)slot;
            }
        }

        return split;
    }

    /// <summary>
    /// Adds further settled slots: those with a color of their own, and those of a color whose elements can be exchanged without
    /// changing the state.
    /// </summary>
    private ulong Settled(ulong* state, ulong* colors, ulong settled, ulong* scratch)
    {
        settled |= _slots < 64 ? ulong.MaxValue << _slots : 0;
        for (int first = 0, end; first < _slots; first = end)
        {
            bool alike = true;
            bool known = (settled & (1UL << first)) != 0;
            for (end = first + 1; end < _slots && colors[end] == (ulong)first; end++)
            {
                if (alike && !known)
                {
                    _swaps[((end - 1) * _slots) + end](state, scratch);
                    alike = Same(state, scratch);
                }
            }

            if (alike)
            {
                settled |= (end == 64 ? ulong.MaxValue : (1UL << end) - 1) & (ulong.MaxValue << first);
            }
        }

        return settled;
    }

    private static void Copy(ulong* from, ulong* to, int words)
    {
        for (int word = 0; word < words; word++)
        {
            to[word] = from[word];
        }
    }

    private bool Same(ulong* left, ulong* right)
    {
        ulong difference = 0;
        for (int word = 0; word < _words; word++)
        {
            difference |= left[word] ^ right[word];
        }

        return difference == 0;
    }

    private bool Less(ulong* left, ulong* right)
    {
        int word = 0;
        while (word < _words - 1 && left[word] == right[word])
        {
            word++;
        }

        return left[word] < right[word];
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
            bool renamed = type is SortType or OptionType
                && Enumerable.Range(0, cell.Cardinality).Any(code => permutation.Of(type, code) != code);
            if (renamed)
            {
                ulong table = Enumerable.Range(0, cell.Cardinality)
                    .Aggregate(0UL, (t, code) => t | ((ulong)permutation.Of(type, code) << (4 * code)));
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

    private static RenameMethod Emit(
        int words,
        Dictionary<(int From, int To, int Distance), ulong> moves,
        List<(Field From, Field To, ulong Table)> renames)
    {
        var method = new DynamicMethod(
            "Rename",
            typeof(void),
            [typeof(ulong*), typeof(ulong*)],
            typeof(Canonicalizer).Module,
            skipVisibility: true);
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
                // (table >> 4 * code) & 15, with 4 * code taken directly from the state if the shift allows.
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
