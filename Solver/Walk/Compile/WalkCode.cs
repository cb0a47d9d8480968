using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk.Compile;

/// <summary>Enabled instances of an action: for each set bit k of the mask, the instance number Base + k * Stride.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Row(ulong Mask, int Base, int Stride);

/// <summary>A new (or old) code of a cell.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Change(int Cell, int Code);

/// <summary>Writes the rows of enabled instances, and returns the end.</summary>
internal unsafe delegate Row* EnabledMethod(byte* cells, ulong* planes, Row* rows);

/// <summary>Writes a bit for each action which may have enabled instances, by a quick test.</summary>
internal unsafe delegate void EntranceMethod(byte* cells, ulong* planes, ulong* open);

/// <summary>Writes the changes by an instance with these arguments, and returns the end.</summary>
internal unsafe delegate Change* EffectMethod(byte* cells, ulong* planes, byte* arguments, Change* changes);

/// <summary>Computes a condition on the state, or on an instance with these arguments, as 0 or 1.</summary>
internal unsafe delegate int TestMethod(byte* cells, ulong* planes, byte* arguments);

/// <summary>The effect of a label on an action.</summary>
/// <param name="Label">The number of the label.</param>
/// <param name="EnabledOtherwise">
/// The test if an instance would be enabled with the label dropped (or, if it was dropped, with the label present).
/// </param>
/// <param name="EffectsOtherwise">The effect of the instance in this case.</param>
/// <param name="Refuses">
/// The test if the label prevents some instance from being enabled. Null if the label was dropped, or is in no guard.
/// </param>
internal sealed record LabelUse(
    int Label,
    Lazy<TestMethod> EnabledOtherwise,
    Lazy<EffectMethod> EffectsOtherwise,
    Lazy<TestMethod>? Refuses);

/// <param name="First">The number of the action's first instance.</param>
internal sealed record ActionCode(
    ActionDeclaration Action,
    int First,
    int Count,
    Lazy<EnabledMethod> Enabled,
    Lazy<EffectMethod> Effects,
    ImmutableArray<LabelUse> Labels);

/// <summary>A property that walks check, with the test for its violation.</summary>
internal sealed record Watched(PropertyDeclaration Property, bool OfSteps, Lazy<TestMethod> Violated);

/// <summary>
/// A model with sizes, compiled for walks. Code is made for each action with its parameters, and not for each instance, so the sizes
/// hardly affect the amount of code. The object is immutable; a <see cref="Walker"/> has the state. A method is compiled on first use.
/// </summary>
internal sealed class WalkCode
{
    /// <summary>
    /// The largest number of values for which a parameter of an enumeration is unrolled, which simplifies each value's code.
    /// </summary>
    private const int WrittenOut = 4;

    private readonly object _target = new();
    private readonly Interned _interned = new();
    private readonly Func<string, bool> _has;
    private readonly List<string> _labels = [];
    private readonly List<Node> _guards = [];

    /// <param name="properties">The properties checked after each step: all except reachability properties.</param>
    /// <exception cref="ArgumentException">A cell or a parameter has more values than a machine word has bits.</exception>
    public WalkCode(Scope scope, IEnumerable<PropertyDeclaration> properties)
    {
        foreach (var type in scope.System.Variables.SelectMany(v => v.Index.Append(v.Type))
            .Concat(scope.System.Actions.SelectMany(a => a.Parameters).Select(p => p.Type)))
        {
            if (scope.Cardinality(type) > Planes.MostCodes)
            {
                throw new ArgumentException(
                    $"{type} has {scope.Cardinality(type)} values; a walk can have to do with {Planes.MostCodes}",
                    nameof(scope));
            }
        }

        Scope = scope;
        Planes = new(scope);
        _has = label => !scope.System.Dropped.Contains(label);
        PropertyDeclaration[] safety = [.. properties.Where(p => p.IsSafety || p.IsLemma)];
        Events = new(scope, scope.System.Actions.Length, safety.Length);
        MostParameters = Math.Max(1, scope.System.Actions.Max(a => a.Parameters.Length));
        Arguments = new byte[scope.Instances.Length * MostParameters];
        ActionOf = new int[scope.Instances.Length];
        int first = 0;
        Actions = [.. scope.System.Actions.Select((a, i) => Compile(a, i, ref first))];
        Entrances = Looks();
        Watched = [.. safety.Select(Watch)];
        Terminal = [.. properties.Where(p => p.Subject == PropertySubject.Deadlock).Select(p => Watch(p, -1))];
    }

    public Scope Scope { get; }

    public Planes Planes { get; }

    public Events Events { get; }

    public ImmutableArray<ActionCode> Actions { get; }

    public Lazy<EntranceMethod> Entrances { get; }

    public ImmutableArray<Watched> Watched { get; }

    /// <summary>The properties required in states without enabled actions.</summary>
    public ImmutableArray<Watched> Terminal { get; }

    /// <summary>The labels on which actions depend.</summary>
    public ImmutableArray<string> Labels => [.. _labels];

    public int MostParameters { get; }

    /// <summary>The arguments of all instances. Those of instance i begin at i * <see cref="MostParameters"/>.</summary>
    public byte[] Arguments { get; }

    /// <summary>The number of each instance's action.</summary>
    public int[] ActionOf { get; }

    /// <summary>Compiles all methods now, on all processors.</summary>
    public void Prepare()
    {
        var methods = Actions.SelectMany(a => (Func<Delegate>[])[() => a.Enabled.Value, () => a.Effects.Value])
            .Concat(Actions.SelectMany(a => a.Labels)
            .SelectMany(l => (Func<Delegate>[])[() => l.EnabledOtherwise.Value, () => l.EffectsOtherwise.Value]))
            .Concat(Actions.SelectMany(a => a.Labels)
            .Where(l => l.Refuses is not null)
            .Select(l => (Func<Delegate>)(() => l.Refuses!.Value)))
            .Concat(Watched.Concat(Terminal).Select(w => (Func<Delegate>)(() => w.Violated.Value)))
            .Append(() => Entrances.Value);
        Parallel.ForEach(methods, method => RuntimeHelpers.PrepareDelegate(method()));
    }

    private ActionCode Compile(ActionDeclaration action, int number, ref int first)
    {
        int start = first;
        for (; first < Scope.Instances.Length && Scope.Instances[first].Action == action; first++)
        {
            ActionOf[first] = number;
            for (int i = 0; i < action.Parameters.Length; i++)
            {
                Arguments[(first * MostParameters) + i] = (byte)Scope.Instances[first].Arguments[i];
            }
        }

        var guard = Guard(action, _has);
        _guards.Add(guard);
        Events.WatchAction(number, guard);
        var labels = action.Labels.Select(label =>
        {
            if (!_labels.Contains(label))
            {
                _labels.Add(label);
            }

            bool there = _has(label);
            bool Otherwise(string l) => l == label ? !there : _has(l);
            var other = Guard(action, Otherwise);
            // A step which would break a rule without the label is also refused by the label, although it exists in neither case.
            var refused = Reduced(new Or([.. new[]
            {
                Refused(other, guard),
                Refused(Guards(action, Otherwise), Guards(action, _has))
            }.Distinct()]));
            return new LabelUse(_labels.IndexOf(label), Test(action.Parameters, other), Effects(action, Otherwise),
                there && refused != Node.False ? Found(action.Parameters, refused) : null);
        });
        return new(action, start, first - start, Enabled(action, guard, start), Effects(action, _has), [.. labels]);
    }

    /// <summary>Emits the quick test for actions which may have enabled instances.</summary>
    private Lazy<EntranceMethod> Looks() => Method<EntranceMethod>("Entrances", typeof(void), [typeof(ulong*)], il =>
    {
        var word = il.DeclareLocal(typeof(ulong));
        for (int number = 0; number < Actions.Length; number++)
        {
            if (number % 64 == 0)
            {
                il.Emit(OpCodes.Ldc_I8, 0L);
                il.Emit(OpCodes.Stloc, word);
            }

            il.Emit(OpCodes.Ldc_I4_0);
            foreach (var (_, open, condition) in WriteOut(Actions[number].Action.Parameters, _guards[number]))
            {
                new Enumeration(new(il, Planes), open, condition, []).EmitEntrance();
                il.Emit(OpCodes.Or);
            }

            il.Emit(OpCodes.Conv_U8);
            il.Emit(OpCodes.Ldc_I4, number % 64);
            il.Emit(OpCodes.Shl);
            il.Emit(OpCodes.Ldloc, word);
            il.Emit(OpCodes.Or);
            il.Emit(OpCodes.Stloc, word);
            if (number % 64 == 63 || number == Actions.Length - 1)
            {
                Store(il, number / 64 * 8, () => il.Emit(OpCodes.Ldloc, word), OpCodes.Stind_I8);
            }
        }

        il.Emit(OpCodes.Ret);
    });

    private Watched Watch(PropertyDeclaration property, int bit)
    {
        bool steps = property.IsAboutSteps;
        var bad = Reduced(new Not(property.Formula));
        if (bit >= 0)
        {
            Events.WatchProperty(bit, bad, steps);
        }

        return new(property, steps, Test([], bad, steps));
    }

    private Node Refused(Node otherwise, Node here) => otherwise == here ? Node.False : Reduced(new And([otherwise, new Not(here)]));

    private Node Guards(ActionDeclaration action, Func<string, bool> has) =>
        Reduced(new And([.. action.Guards.Select(g => g.Condition)]), has);

    /// <summary>The guards, and the condition that the step exists by the model's own rules.</summary>
    private Node Guard(ActionDeclaration action, Func<string, bool> has) =>
        Reduced(new And([.. action.Guards.Select(g => g.Condition), .. RequiredProperties.StepExists(action)]), has);

    private Node Reduced(Node node, Func<string, bool>? has = null) => _interned.Of(Reduction.Reduce(node, has ?? _has));

    private Lazy<EnabledMethod> Enabled(ActionDeclaration action, Node guard, int first) =>
        Method<EnabledMethod>("Enabled", typeof(Row*), [typeof(Row*)], il =>
    {
        int[] strides = Scope.Strides([.. action.Parameters.Select(p => p.Type)]);
        foreach (var (values, open, condition) in WriteOut(action.Parameters, guard))
        {
            var emitter = new LaneEmitter(il, Planes);
            int start = first + values.Sum(v => v.Value * strides[action.Parameters.IndexOf(v.Key)]);
            var loops = new Enumeration(emitter, open, condition, []);
            void Write(LocalBuilder? word)
            {
                Store(il, 0, () =>
                {
                    if (word is null)
                    {
                        il.Emit(OpCodes.Ldc_I8, 1L);
                    }
                    else
                    {
                        il.Emit(OpCodes.Ldloc, word);
                    }
                }, OpCodes.Stind_I8);
                Store(il, 8, () =>
                {
                    il.Emit(OpCodes.Ldc_I4, start);
                    foreach (var parameter in open.Where(p => p != loops.Innermost))
                    {
                        emitter.Value(new Bound(parameter));
                        il.Emit(OpCodes.Ldc_I4, strides[action.Parameters.IndexOf(parameter)]);
                        il.Emit(OpCodes.Mul);
                        il.Emit(OpCodes.Add);
                    }
                }, OpCodes.Stind_I4);
                Store(
                    il,
                    12,
                    () => il.Emit(OpCodes.Ldc_I4, loops.Innermost is null ? 0 : strides[action.Parameters.IndexOf(loops.Innermost)]),
                    OpCodes.Stind_I4);
                Advance(il, 3, 16);
            }

            if (loops.Innermost is null)
            {
                loops.Emit(() => Write(null));
            }
            else
            {
                loops.EmitWords(Write);
            }
        }

        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ret);
    });

    private Lazy<EffectMethod> Effects(ActionDeclaration action, Func<string, bool> has) =>
        Method<EffectMethod>("Effects", typeof(Change*), [typeof(byte*), typeof(Change*)], il =>
    {
        var emitter = new LaneEmitter(il, Planes);
        LoadArguments(il, emitter, action.Parameters);
        foreach (var update in action.Updates)
        {
            var when = Reduced(new And(update.When), has);
            if (when == Node.False)
            {
                continue;
            }

            new Enumeration(emitter, update.Bulk, when, action.Parameters).Emit(() =>
            {
                // The value is written in one piece, because it is read so.
                il.Emit(OpCodes.Ldarg, (short)4);
                emitter.CellNumber(update.Variable, [.. update.Index.Select(i => Reduced(i, has))]);
                il.Emit(OpCodes.Conv_U8);
                emitter.Value(Reduced(update.Value, has));
                il.Emit(OpCodes.Conv_U8);
                il.Emit(OpCodes.Ldc_I4, 32);
                il.Emit(OpCodes.Shl);
                il.Emit(OpCodes.Or);
                il.Emit(OpCodes.Stind_I8);
                Advance(il, 4, 8);
            });
        }

        il.Emit(OpCodes.Ldarg, (short)4);
        il.Emit(OpCodes.Ret);
    });

    private Lazy<TestMethod> Test(ImmutableArray<Binder> parameters, Node condition, bool ofSteps = false) =>
        Method<TestMethod>("Test", typeof(int), [typeof(byte*)], il =>
    {
        var emitter = new LaneEmitter(il, Planes, ofSteps);
        LoadArguments(il, emitter, parameters);
        emitter.Value(condition);
        il.Emit(OpCodes.Ret);
    });

    /// <summary>Emits a test if some values of the parameters satisfy the condition.</summary>
    private Lazy<TestMethod> Found(ImmutableArray<Binder> parameters, Node condition) =>
        Method<TestMethod>("Found", typeof(int), [typeof(byte*)], il =>
    {
        new Enumeration(new(il, Planes), parameters, condition, []).Emit(() =>
        {
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Ret);
        });
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ret);
    });

    /// <summary>Makes a delegate bound to an object. Such delegates are called directly; others shift their arguments first.</summary>
    private unsafe Lazy<T> Method<T>(string name, Type result, Type[] more, Action<ILGenerator> emit)
        where T : Delegate
    {
        var method = new DynamicMethod(
            name,
            result,
            [typeof(object), typeof(byte*), typeof(ulong*), .. more],
            typeof(WalkCode).Module,
            skipVisibility: true);
        emit(method.GetILGenerator());
        return new(() => method.CreateDelegate<T>(_target));
    }

    /// <summary>The values of the unrolled parameters, with the remaining parameters and the resulting guard.</summary>
    private IEnumerable<(ImmutableArray<KeyValuePair<Binder, int>> Values, ImmutableArray<Binder> Open, Node Condition)> WriteOut(
        ImmutableArray<Binder> parameters,
        Node guard)
    {
        ImmutableArray<Binder> few = [.. parameters.Where(p => p.Type is EnumType or BoolType && Scope.Cardinality(p.Type) <= WrittenOut)];
        ImmutableArray<Binder> open = [.. parameters.Except(few)];
        return from tuple in Scope.Tuples([.. few.Select(p => Scope.Cardinality(p.Type))])
               let values = tuple.Select((v, i) => KeyValuePair.Create(few[i], v)).ToImmutableArray()
               select (
                   values,
                   open,
                   Reduced(Fold.Substitute(guard, values.ToDictionary(v => v.Key, v => (Node)new Lit(v.Key.Type, v.Value)))));
    }

    private static void LoadArguments(ILGenerator il, LaneEmitter emitter, ImmutableArray<Binder> parameters)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            var local = il.DeclareLocal(typeof(int));
            il.Emit(OpCodes.Ldarg_3);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_U1);
            il.Emit(OpCodes.Stloc, local);
            emitter.Bind(parameters[i], local);
        }
    }

    /// <summary>Stores through the pointer in argument 3.</summary>
    private static void Store(ILGenerator il, int offset, Action value, OpCode store)
    {
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ldc_I4, offset);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
        value();
        il.Emit(store);
    }

    private static void Advance(ILGenerator il, short argument, int size)
    {
        il.Emit(OpCodes.Ldarg, argument);
        il.Emit(OpCodes.Ldc_I4, size);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Starg, argument);
    }
}
