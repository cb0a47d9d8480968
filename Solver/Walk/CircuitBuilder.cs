using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk;

/// <summary>From a finite instance to its <see cref="Circuit"/>.</summary>
internal sealed class CircuitBuilder
{
    /// <summary>Guards have more inputs than this seldom; the rest of them then goes through a gate.</summary>
    private const int MostSlots = 16;

    private readonly FiniteModel _model;
    private readonly Gates _gates;
    private readonly int _cells;
    private readonly int[] _initial;
    private readonly LabelMarks _marks;

    private readonly List<Value> _values = [];
    private readonly List<Assignment> _assignments = [];
    private readonly List<int> _firstAssignment = [0];
    private readonly HashSet<int> _roots = [];
    private readonly List<ActionLayout> _actions = [];
    private readonly Dictionary<int, Dictionary<(int Slot, int Word), ulong>> _wires = [];
    private readonly List<int> _actionOfWord = [];
    private readonly List<ulong> _slots = [];
    private byte[] _truth = [];

    private CircuitBuilder(FiniteModel model)
    {
        (_model, _gates) = (model, new(model.Simplify.Possible));
        (_cells, _initial) = (model.Scope.Cells.Length, model.Scope.InitialState());
        _marks = new(model, _gates);
    }

    /// <param name="properties">What is checked after each step: everything but what is to be reachable.</param>
    public static Circuit Build(FiniteModel model, IEnumerable<PropertyDeclaration> properties) => new CircuitBuilder(model).Build([.. properties]);

    private Circuit Build(ImmutableArray<PropertyDeclaration> properties)
    {
        ImmutableArray<Watched> watched = [.. properties.Where(p => p.Kind is PropertyKind.Invariant or PropertyKind.WellFormed or PropertyKind.Lemma or PropertyKind.StepInvariant).Select(Watch)];
        ImmutableArray<Watched> terminal = [.. properties.Where(p => p.Kind == PropertyKind.Terminal).Select(Watch)];
        int[][] guards = [.. _model.Actions.Select(a => Conjuncts(a.Guard))];
        for (int i = 0; i < guards.Length; i++)
        {
            _marks.Add(_model.Actions[i], guards[i]);
            Assign(_model.Actions[i]);
        }

        Shorten(guards);
        int stateAlarm = Alarm(watched.Where(w => !w.OfSteps));
        int stepAlarm = Alarm(watched.Where(w => w.OfSteps));
        Root(terminal.SelectMany(t => t.Bad));
        Root(_marks.All.Select(m => m.Signal));
        Root(guards.SelectMany(g => g));

        var used = Used([stateAlarm, stepAlarm]);
        int[] counts = Evaluate();
        Layout(guards);
        return Assemble(used, counts, watched, terminal, stateAlarm, stepAlarm);
    }

    private Watched Watch(PropertyDeclaration property)
    {
        bool step = FiniteModel.SpeaksOfSteps(property);
        var bad = step ? Simplify.Not(OfStep(property.Formula)) : _model.Property(property).Matters;
        // A disjunction's parts go to the alarm one by one: what a violation is made of never needs to be put together.
        Formula[] parts = bad switch { Any any => [.. any.Operands], Negation { Operand: All all } => [.. all.Operands.Select(Simplify.Not)], _ => [bad] };
        return new(property, step, [.. parts.Select(p => _gates.Of(p, step)).Where(s => s != Gates.False).Distinct()]);
    }

    /// <summary>The formula over the state before a step and, numbered behind it, the one after it.</summary>
    private Formula OfStep(Node formula)
    {
        var simplify = new Simplify([.. _model.Simplify.Possible, .. _model.Simplify.Possible]);
        var after = Enumerable.Range(0, _cells).ToDictionary(c => c, c => _model.Scope.Cells[c].Variable.Type is BoolType ? simplify.Test(c + _cells) : simplify.Cell(c + _cells));
        return new Ground(_model.Scope, simplify, label => !_model.Scope.System.Dropped.Contains(label)) { Next = after }
            .Of(formula, ImmutableDictionary<Binder, int>.Empty);
    }

    private int[] Conjuncts(Formula guard)
    {
        var parts = guard is All all ? all.Operands.AsEnumerable() : [guard];
        int[] signals = [.. parts.Select(p => _gates.Of(p)).Where(s => s != Gates.True).Distinct()];
        return signals.Contains(Gates.False) ? [Gates.False] : signals;
    }

    private void Assign(GroundAction action)
    {
        foreach (var (cell, formula) in action.Updates)
        {
            _assignments.Add(new(cell, ValueOf(formula)));
        }

        _firstAssignment.Add(_assignments.Count);
    }

    private Value ValueOf(Formula formula) => formula switch
    {
        Constant c => new(ValueKind.Constant, c.Value, 0, 0),
        CellValue c => new(ValueKind.Cell, c.Cell, 0, 0),
        Choose c => Choice(c),
        Sum s => new(ValueKind.Sum, Put(s.Left), Put(s.Right), 0),
        Difference d => new(ValueKind.Difference, Put(d.Left), Put(d.Right), 0),
        _ => Signal(_gates.Of(formula)),
    };

    private Value Choice(Choose c)
    {
        int condition = _gates.Of(c.Condition);
        if (condition is Gates.True or Gates.False)
        {
            return ValueOf(condition == Gates.True ? c.Then : c.Else);
        }

        _roots.Add(condition >> 1);
        return new(ValueKind.Choice, condition, Put(c.Then), Put(c.Else));
    }

    private Value Signal(int signal)
    {
        _roots.Add(signal >> 1);
        return new(ValueKind.Signal, signal, 0, 0);
    }

    private int Put(Formula formula)
    {
        var value = ValueOf(formula);
        _values.Add(value);
        return _values.Count - 1;
    }

    /// <summary>The inputs that most of the action's instances share come first, so that they get the same slots; those above the limit become one.</summary>
    private void Shorten(int[][] guards)
    {
        foreach (var action in Enumerable.Range(0, guards.Length).GroupBy(i => _model.Actions[i].Instance.Action))
        {
            var readers = action.SelectMany(i => guards[i]).CountBy(s => s).ToDictionary();
            foreach (int i in action)
            {
                int[] plain = [.. guards[i].Where(s => !_marks.IsLabelled(i, s)).OrderByDescending(s => readers[s])];
                plain = plain.Length <= MostSlots ? plain : [.. plain[..(MostSlots - 1)], _gates.And(plain[(MostSlots - 1)..])];
                guards[i] = [.. plain, .. guards[i].Where(s => _marks.IsLabelled(i, s))];
            }
        }
    }

    /// <summary>An and-gate of which nothing but the count is ever looked at.</summary>
    private int Alarm(IEnumerable<Watched> watched)
    {
        int[] good = [.. watched.SelectMany(w => w.Bad).Distinct().Select(Gates.Not)];
        Root(good);
        return _gates.AddCounter(good);
    }

    private void Root(IEnumerable<int> signals) => _roots.UnionWith(signals.Select(s => s >> 1));

    /// <summary>What some root depends on; formulas were tried that nothing came of.</summary>
    private bool[] Used(IEnumerable<int> counters)
    {
        bool[] used = new bool[_gates.Count];
        foreach (int node in _roots.Concat(counters))
        {
            used[node] = true;
        }

        for (int node = _gates.Count - 1; node > 0; node--)
        {
            foreach (int input in used[node] ? _gates.Inputs(node) ?? [] : [])
            {
                used[input >> 1] = true;
            }
        }

        return used;
    }

    /// <summary>Every node's truth in the initial state.</summary>
    /// <returns>Every gate's false inputs there.</returns>
    private int[] Evaluate()
    {
        _truth = new byte[_gates.Count];
        int[] counts = new int[_gates.Count];
        for (int node = 0; node < _gates.Count; node++)
        {
            var (cell, code) = _gates.Leaf(node);
            counts[node] = _gates.Inputs(node)?.Count(s => !IsTrue(s)) ?? 0;
            _truth[node] = (_gates.Inputs(node) is null ? _initial[cell % _cells] == code : counts[node] == 0) ? (byte)1 : (byte)0;
        }

        return counts;
    }

    private bool IsTrue(int signal) => _truth[signal >> 1] != (signal & 1);

    private void Layout(int[][] guards)
    {
        foreach (var action in Enumerable.Range(0, guards.Length).GroupBy(i => _model.Actions[i].Instance.Action))
        {
            int first = action.First();
            int count = action.Count();
            int words = (count + 63) / 64;
            int[] labels = [.. action.SelectMany(_marks.LabelsOf).Distinct().Order()];
            int Of(int i, int label) => guards[i].Count(s => _marks.LabelOf(i, s) == label);
            int plain = Math.Max(1, action.Max(i => Of(i, -1)));
            var labelled = ImmutableArray.CreateBuilder<(int, int, int)>();
            int slots = plain;
            foreach (int label in labels)
            {
                int more = action.Max(i => Of(i, label));
                labelled.Add((label, slots, slots + more));
                slots += more;
            }

            var layout = new ActionLayout(action.Key, first, count, _actionOfWord.Count, words, _slots.Count, slots, labelled.ToImmutable());
            _slots.AddRange(Enumerable.Repeat(ulong.MaxValue, words * slots));
            if (count % 64 != 0)
            {
                _slots[layout.FirstSlot + ((words - 1) * slots)] = (1UL << (count % 64)) - 1;
            }

            foreach (int i in action)
            {
                var (word, bit) = Math.DivRem(i - first, 64);
                var next = labelled.ToDictionary(l => l.Item1, l => l.Item2);
                next[-1] = 0;
                foreach (int signal in guards[i])
                {
                    int label = _marks.LabelOf(i, signal);
                    Connect(signal, layout.FirstSlot + (word * slots) + next[label]++, layout.FirstWord + word, 1UL << bit);
                }
            }

            _actionOfWord.AddRange(Enumerable.Repeat(_actions.Count, words));
            _actions.Add(layout);
        }
    }

    private void Connect(int signal, int slot, int word, ulong mask)
    {
        if (!IsTrue(signal))
        {
            _slots[slot] &= ~mask;
        }

        if (signal >> 1 == 0)
        {
            return;   // a constant never changes
        }

        var wires = _wires.TryGetValue(signal >> 1, out var known) ? known : _wires[signal >> 1] = [];
        wires[(slot, word)] = wires.GetValueOrDefault((slot, word)) | mask;
    }

    private Circuit Assemble(bool[] used, int[] counts, ImmutableArray<Watched> watched, ImmutableArray<Watched> terminal, int stateAlarm, int stepAlarm)
    {
        var readers = new List<int>[_gates.Count, 2];
        int levels = 1 + Enumerable.Range(0, _gates.Count).Max(_gates.Level);
        int[] levelSizes = new int[levels];
        for (int node = 1; node < _gates.Count; node++)
        {
            foreach (int input in used[node] ? _gates.Inputs(node) ?? [] : [])
            {
                (readers[input >> 1, input & 1] ??= []).Add(node);
            }

            levelSizes[_gates.Level(node)] += used[node] ? 1 : 0;
        }

        var wires = new List<Wire>();
        var gates = new List<int>();
        var fanouts = new Fanout[_gates.Count];
        for (int node = 0; node < _gates.Count; node++)
        {
            int firstWire = wires.Count;
            wires.AddRange((_wires.GetValueOrDefault(node) ?? []).Select(w => new Wire(w.Value, w.Key.Slot, w.Key.Word)));
            int firstGate = gates.Count;
            gates.AddRange(readers[node, 0] ?? []);
            int firstOpposite = gates.Count;
            gates.AddRange(readers[node, 1] ?? []);
            fanouts[node] = new(firstWire, wires.Count, firstGate, firstOpposite, gates.Count, _gates.Level(node));
        }

        int[] firstLeaf = [0, .. _model.Scope.Cells.Concat(_model.Scope.Cells).Select(c => c.Cardinality)];
        for (int cell = 0; cell < 2 * _cells; cell++)
        {
            firstLeaf[cell + 1] += firstLeaf[cell];
        }

        int[] leafAt = new int[firstLeaf[^1]];
        for (int node = 1; node < _gates.Count; node++)
        {
            if (used[node] && _gates.Inputs(node) is null)
            {
                var (cell, code) = _gates.Leaf(node);
                leafAt[firstLeaf[cell] + code] = node;
            }
        }

        Debug.Assert(_firstAssignment.Count == _model.Actions.Length + 1, "one for each instance");
        return new(_model, [.. _actions], watched, terminal)
        {
            Fanouts = fanouts,
            Wires = [.. wires],
            Gates = [.. gates],
            LevelSizes = levelSizes,
            ActionOfWord = [.. _actionOfWord],
            ActionOfInstance = [.. _actions.SelectMany((a, i) => Enumerable.Repeat(i, a.Count))],
            SlotCount = _slots.Count,
            FirstLeaf = firstLeaf,
            LeafAt = leafAt,
            FirstAssignment = [.. _firstAssignment],
            Assignments = [.. _assignments],
            Values = [.. _values],
            StateAlarm = stateAlarm,
            StepAlarm = stepAlarm,
            Labels = _marks.Labels,
            FirstMark = _marks.First,
            Marks = _marks.All,
            InitialValues = _truth,
            InitialCounts = counts,
            InitialSlots = [.. _slots],
        };
    }
}
