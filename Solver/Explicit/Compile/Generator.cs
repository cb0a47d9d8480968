using System.Collections.Immutable;
using System.Reflection.Emit;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit.Compile;

/// <summary>Writes the successors of a state one after the other and returns the end. Counts the firings at the given counters.</summary>
internal unsafe delegate ulong* ExpandMethod(ulong* state, ulong* successors, long* fired);

/// <summary>Returns the predicates which hold in the state, one bit each.</summary>
internal unsafe delegate ulong TestMethod(ulong* state);

/// <summary>Compiles ground actions and predicates of one layout to IL.</summary>
internal sealed class Generator(Layout layout)
{
    /// <summary>
    /// The largest number of formula nodes compiled into one method. The JIT stops optimising methods beyond 60 kB of IL or 2,000
    /// basic blocks (its MinOpts thresholds). A node takes at most about 20 bytes and two blocks. Shorter methods compile faster.
    /// </summary>
    private const int MethodSize = 800;

    /// <summary>Compiles the successors by these actions. <paramref name="counter"/> returns the counter of an action's firings.</summary>
    public ImmutableArray<ExpandMethod> Expand(IEnumerable<GroundAction> actions, Func<GroundAction, int> counter) =>
        [.. Chunks(actions, a => 4 + Emitter.Size(a.Guard) + a.Updates.Sum(u => 1 + Emitter.Size(u.Value)))
            .Select(chunk => CompileExpand(chunk, counter))];

    /// <summary>Compiles predicates, each with a bit of its own.</summary>
    public ImmutableArray<TestMethod> Test(IReadOnlyList<Formula> formulas)
    {
        // A large disjunction (a step property: one disjunct for each action instance) is cut into parts which share the bit.
        var parts = formulas.SelectMany((f, bit) => f is Disjunction any
            ? Chunks(any.Operands, Emitter.Size).Select(c => (Formula: FormulaBuilder.Or(c), Bit: bit))
            : [(Formula: f, Bit: bit)]);
        return [.. Chunks([.. parts.Where(p => !p.Formula.IsFalse)], p => 2 + Emitter.Size(p.Formula)).Select(CompileTest)];
    }

    private ExpandMethod CompileExpand(IEnumerable<GroundAction> actions, Func<GroundAction, int> counter)
    {
        var method = new DynamicMethod(
            "Expand",
            typeof(ulong*),
            [typeof(ulong*), typeof(ulong*), typeof(long*)],
            typeof(Generator).Module,
            skipVisibility: true);
        var il = method.GetILGenerator();
        var words = LoadWords(il);
        var emitter = new Emitter(il, layout, words);
        foreach (var action in actions)
        {
            var skip = il.DefineLabel();
            emitter.Branch(action.Guard, skip, when: false);
            for (int word = 0; word < layout.Words; word++)
            {
                il.Emit(OpCodes.Ldarg_1);
                Offset(il, word * 8);
                EmitWord(il, emitter, words[word], [.. action.Updates.Where(u => layout.Fields[u.Cell].Word == word)]);
                il.Emit(OpCodes.Stind_I8);
            }

            il.Emit(OpCodes.Ldarg_1);
            Offset(il, layout.Words * 8);
            il.Emit(OpCodes.Starg_S, (byte)1);
            il.Emit(OpCodes.Ldarg_2);
            Offset(il, counter(action) * 8);
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldind_I8);
            il.Emit(OpCodes.Ldc_I8, 1L);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stind_I8);
            il.MarkLabel(skip);
        }

        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<ExpandMethod>();
    }

    /// <summary>Pushes a word of the successor: the old word without the changed bits, with the new constants and values.</summary>
    private void EmitWord(ILGenerator il, Emitter emitter, LocalBuilder old, (int Cell, Formula Value)[] updates)
    {
        il.Emit(OpCodes.Ldloc, old);
        if (updates.Length == 0)
        {
            return;
        }

        ulong clear = updates.Aggregate(0UL, (m, u) => m | layout.Fields[u.Cell].Mask);
        il.Emit(OpCodes.Ldc_I8, unchecked((long)~clear));
        il.Emit(OpCodes.And);
        ulong constant = updates.Aggregate(0UL, (m, u) => u.Value is Constant c ? m | ((ulong)c.Value << layout.Fields[u.Cell].Shift) : m);
        if (constant != 0)
        {
            il.Emit(OpCodes.Ldc_I8, unchecked((long)constant));
            il.Emit(OpCodes.Or);
        }

        foreach (var (cell, value) in updates.Where(u => u.Value is not Constant))
        {
            emitter.Value(value);
            il.Emit(OpCodes.Ldc_I4, layout.Fields[cell].Shift);
            il.Emit(OpCodes.Shl);
            il.Emit(OpCodes.Or);
        }
    }

    private TestMethod CompileTest(IEnumerable<(Formula Formula, int Bit)> tests)
    {
        var method = new DynamicMethod("Test", typeof(ulong), [typeof(ulong*)], typeof(Generator).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var emitter = new Emitter(il, layout, LoadWords(il));
        var result = il.DeclareLocal(typeof(ulong));
        foreach (var (formula, bit) in tests)
        {
            var skip = il.DefineLabel();
            emitter.Branch(formula, skip, when: false);
            il.Emit(OpCodes.Ldloc, result);
            il.Emit(OpCodes.Ldc_I8, unchecked((long)(1UL << bit)));
            il.Emit(OpCodes.Or);
            il.Emit(OpCodes.Stloc, result);
            il.MarkLabel(skip);
        }

        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<TestMethod>();
    }

    private LocalBuilder[] LoadWords(ILGenerator il)
    {
        var words = new LocalBuilder[layout.Words];
        for (int word = 0; word < layout.Words; word++)
        {
            words[word] = il.DeclareLocal(typeof(ulong));
            il.Emit(OpCodes.Ldarg_0);
            Offset(il, word * 8);
            il.Emit(OpCodes.Ldind_I8);
            il.Emit(OpCodes.Stloc, words[word]);
        }

        return words;
    }

    private static void Offset(ILGenerator il, int bytes)
    {
        if (bytes != 0)
        {
            il.Emit(OpCodes.Ldc_I4, bytes);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }
    }

    private static IEnumerable<List<T>> Chunks<T>(IEnumerable<T> items, Func<T, int> size)
    {
        var chunk = new List<T>();
        int total = 0;
        foreach (var item in items)
        {
            int one = size(item);
            if (total > 0 && total + one > MethodSize)
            {
                yield return chunk;
                (chunk, total) = ([], 0);
            }

            chunk.Add(item);
            total += one;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
