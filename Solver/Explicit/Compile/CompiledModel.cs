using System.Collections.Immutable;
using System.Reflection.Emit;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit.Compile;

/// <summary>Writes all successors of a state one after the other and returns where the next would go; counts each action's firings.</summary>
internal unsafe delegate ulong* ExpandMethod(ulong* state, ulong* successors, long* fired);

/// <summary>The predicates that hold in the state, one bit each.</summary>
internal unsafe delegate ulong TestMethod(ulong* state);

/// <summary>A finite instance as machine code: successors and predicates of packed states, without allocation or virtual call.</summary>
public sealed unsafe class CompiledModel
{
    /// <summary>
    /// The most formula nodes compiled into one method. The JIT stops optimising methods beyond 60 kB of IL or 2,000 basic
    /// blocks (its MinOpts thresholds); a node is at most about 20 bytes and two blocks, and shorter methods compile faster.
    /// </summary>
    private const int MethodSize = 800;

    /// <summary>Predicates that are tested together: their answers are the bits of one machine word.</summary>
    public const int MostPredicates = 64;

    private readonly ImmutableArray<ExpandMethod> _expand;

    public CompiledModel(FiniteModel model)
    {
        Model = model;
        Layout = new Layout(model);
        var actionNumbers = model.Scope.System.Actions.Select((a, i) => (a, i)).ToDictionary(p => p.a, p => p.i);
        _expand = [.. Chunks(model.Actions, a => 4 + Emitter.Size(a.Guard) + a.Updates.Sum(u => 1 + Emitter.Size(u.Value)))
            .Select(chunk => CompileExpand(chunk, actionNumbers))];
    }

    public FiniteModel Model { get; }

    public Layout Layout { get; }

    /// <summary>Words a state.</summary>
    public int Words => Layout.Words;

    /// <summary>The most successors that a state can have: room for them is what <see cref="Expand"/> needs.</summary>
    public int MostSuccessors => Model.Actions.Length;

    public ulong[] InitialState() => Layout.Pack(Model.Scope.InitialState());

    /// <summary>Writes the state's successors, <see cref="Words"/> words each, and returns the end. <paramref name="fired"/> has one counter an action.</summary>
    public ulong* Expand(ulong* state, ulong* successors, long* fired)
    {
        foreach (var part in _expand)
        {
            successors = part(state, successors, fired);
        }

        return successors;
    }

    /// <summary>Compiles predicates over states; at most <see cref="MostPredicates"/>.</summary>
    public Predicates Compile(IReadOnlyList<Formula> formulas)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(formulas.Count, MostPredicates);
        // A large disjunction (a step property: one disjunct an action instance) is cut into parts that share the bit.
        var parts = formulas.SelectMany((f, bit) => f is Any any
            ? Chunks(any.Operands, Emitter.Size).Select(c => (Formula: Simplify.Or(c), Bit: bit))
            : [(Formula: f, Bit: bit)]);
        return new([.. Chunks([.. parts.Where(p => !p.Formula.IsFalse)], p => 2 + Emitter.Size(p.Formula)).Select(CompileTest)]);
    }

    /// <summary>All successors of a state with the instances that lead to them, for traces and tests: slow.</summary>
    public IEnumerable<ulong[]> Successors(ulong[] state)
    {
        var result = new List<ulong[]>();
        ulong[] buffer = new ulong[Words * Math.Max(1, MostSuccessors)];
        long[] fired = new long[Model.Scope.System.Actions.Length];
        fixed (ulong* from = state, to = buffer)
        {
            fixed (long* counters = fired)
            {
                long words = Expand(from, to, counters) - to;
                for (int i = 0; i < words; i += Words)
                {
                    result.Add(buffer[i..(i + Words)]);
                }
            }
        }

        return result;
    }

    private ExpandMethod CompileExpand(IEnumerable<GroundAction> actions, Dictionary<ActionDeclaration, int> actionNumbers)
    {
        var method = new DynamicMethod("Expand", typeof(ulong*), [typeof(ulong*), typeof(ulong*), typeof(long*)], typeof(CompiledModel).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var words = LoadWords(il);
        var emitter = new Emitter(il, Layout, words);
        foreach (var action in actions)
        {
            var skip = il.DefineLabel();
            emitter.Branch(action.Guard, skip, when: false);
            for (int word = 0; word < Words; word++)
            {
                il.Emit(OpCodes.Ldarg_1);
                Offset(il, word * 8);
                EmitWord(il, emitter, words[word], [.. action.Updates.Where(u => Layout.Fields[u.Cell].Word == word)]);
                il.Emit(OpCodes.Stind_I8);
            }

            il.Emit(OpCodes.Ldarg_1);
            Offset(il, Words * 8);
            il.Emit(OpCodes.Starg_S, (byte)1);
            il.Emit(OpCodes.Ldarg_2);
            Offset(il, actionNumbers[action.Instance.Action] * 8);
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

    /// <summary>Pushes a word of the successor: the old word, less what changes, with the new constants and values.</summary>
    private void EmitWord(ILGenerator il, Emitter emitter, LocalBuilder old, (int Cell, Formula Value)[] updates)
    {
        il.Emit(OpCodes.Ldloc, old);
        if (updates.Length == 0)
        {
            return;
        }

        ulong clear = updates.Aggregate(0UL, (m, u) => m | Layout.Fields[u.Cell].Mask);
        il.Emit(OpCodes.Ldc_I8, unchecked((long)~clear));
        il.Emit(OpCodes.And);
        ulong constant = updates.Aggregate(0UL, (m, u) => u.Value is Constant c ? m | ((ulong)c.Value << Layout.Fields[u.Cell].Shift) : m);
        if (constant != 0)
        {
            il.Emit(OpCodes.Ldc_I8, unchecked((long)constant));
            il.Emit(OpCodes.Or);
        }

        foreach (var (cell, value) in updates.Where(u => u.Value is not Constant))
        {
            emitter.Value(value);
            il.Emit(OpCodes.Ldc_I4, Layout.Fields[cell].Shift);
            il.Emit(OpCodes.Shl);
            il.Emit(OpCodes.Or);
        }
    }

    private TestMethod CompileTest(IEnumerable<(Formula Formula, int Bit)> tests)
    {
        var method = new DynamicMethod("Test", typeof(ulong), [typeof(ulong*)], typeof(CompiledModel).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var emitter = new Emitter(il, Layout, LoadWords(il));
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
        var words = new LocalBuilder[Words];
        for (int word = 0; word < Words; word++)
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

/// <summary>Compiled predicates over packed states.</summary>
public sealed unsafe class Predicates
{
    private readonly ImmutableArray<TestMethod> _parts;

    internal Predicates(ImmutableArray<TestMethod> parts) => _parts = parts;

    /// <summary>The predicates that hold, one bit each in the order in which they were given.</summary>
    public ulong Test(ulong* state)
    {
        ulong result = 0;
        foreach (var part in _parts)
        {
            result |= part(state);
        }

        return result;
    }

    public ulong Test(ReadOnlySpan<ulong> state)
    {
        fixed (ulong* words = state)
        {
            return Test(words);
        }
    }
}
