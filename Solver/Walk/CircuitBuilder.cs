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
    private readonly Effects _effects;
    private readonly LabelMarks _marks;

    private readonly List<Assignment> _assignments = [];
    private readonly List<int> _firstAssignment = [0];
    private readonly HashSet<int> _roots = [];
    private readonly List<ActionLayout> _actions = [];
    private readonly Dictionary<int, Dictionary<(int Word, int Slot), Wire>> _wires = [];
    private readonly List<int> _actionOfWord = [];
    private readonly List<ulong> _slots = [];
    private byte[] _truth = [];

    private CircuitBuilder(FiniteModel model)
    {
        (_model, _gates) = (model, new(model.Simplify.Possible));
        (_cells, _initial) = (model.Scope.Cells.Length, model.Scope.InitialState());
        _effects = new(_gates);
        _marks = new(model, _gates, _effects);
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

        Order(guards);
        int stateAlarm = Alarm(watched.Where(w => !w.OfSteps));
        int stepAlarm = Alarm(watched.Where(w => w.OfSteps));
        Root(terminal.SelectMany(t => t.Bad));
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
        var parts = action.Updates.Select(u => (u.Cell, Part: PartOf(u.Cell, u.Value))).ToArray();
        foreach (var group in parts.GroupBy(p => p.Part.Condition).OrderBy(g => g.Key))
        {
            if (group.Key != Gates.True)
            {
                _assignments.Add(new(-group.Count(), group.Key));
            }

            _assignments.AddRange(group.Select(p => new Assignment(p.Cell, p.Part.Value is { Kind: ValueKind.Constant } constant ? ~constant.A : _effects.Put(p.Part.Value))));
        }

        _firstAssignment.Add(_assignments.Count);
    }

    /// <summary>An update that otherwise leaves the cell as it is has to be looked at under its condition only.</summary>
    private (int Condition, Value Value) PartOf(int cell, Formula value)
    {
        var unchanged = _model.Unchanged(cell);
        return value switch
        {
            Choose c when c.Else.Equals(unchanged) => (_gates.Of(c.Condition), _effects.ValueOf(c.Then)),
            Choose c when c.Then.Equals(unchanged) => (Gates.Not(_gates.Of(c.Condition)), _effects.ValueOf(c.Else)),
            _ => (Gates.True, _effects.ValueOf(value)),
        };
    }

    /// <summary>
    /// What is mostly false comes first: then a look at the other slots, when one has changed, is mostly short. And what instances
    /// share comes in the same order, so that it gets the same slots. Of what is above the limit, one gate is made.
    /// </summary>
    private void Order(int[][] guards)
    {
        foreach (var action in Enumerable.Range(0, guards.Length).GroupBy(i => _model.Actions[i].Instance.Action))
        {
            var readers = action.SelectMany(i => guards[i]).CountBy(s => s).ToDictionary();
            foreach (int i in action)
            {
                int[] plain = [.. guards[i].Where(s => !_marks.IsLabelled(i, s)).OrderByDescending(Rarity).ThenByDescending(s => readers[s])];
                plain = plain.Length <= MostSlots ? plain : [.. plain[..(MostSlots - 1)], _gates.And(plain[(MostSlots - 1)..])];
                guards[i] = [.. plain, .. guards[i].Where(s => _marks.IsLabelled(i, s))];
            }
        }
    }

    /// <summary>How seldom the signal may be expected to be true: that a cell has one of many codes, before the rest.</summary>
    private int Rarity(int signal)
    {
        int node = signal >> 1;
        if (_gates.Inputs(node) is not null)
        {
            return (signal & 1) == 0 ? 2 : 1;
        }

        return (signal & 1) == 0 ? _gates.Codes(_gates.Leaf(node).Cell).Length : 0;
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
                    Connect(signal, layout, word, next[label]++, 1UL << bit);
                }
            }

            _actionOfWord.AddRange(Enumerable.Repeat(_actions.Count, words));
            _actions.Add(layout);
        }
    }

    private void Connect(int signal, ActionLayout layout, int word, int slot, ulong mask)
    {
        int first = layout.FirstSlot + (word * layout.Slots);
        if (!IsTrue(signal))
        {
            _slots[first + slot] &= ~mask;
        }

        if (signal >> 1 == 0)
        {
            return;   // a constant never changes
        }

        var wires = _wires.TryGetValue(signal >> 1, out var known) ? known : _wires[signal >> 1] = [];
        var (number, wire) = (layout.FirstWord + word, new Wire(0, first, (byte)slot, (byte)layout.Slots, (ushort)(layout.FirstWord + word)));
        wires[(number, slot)] = wire with { Mask = wires.GetValueOrDefault((number, slot)).Mask | mask };
    }

    private Circuit Assemble(bool[] used, int[] counts, ImmutableArray<Watched> watched, ImmutableArray<Watched> terminal, int stateAlarm, int stepAlarm)
    {
        var readers = new List<int>[_gates.Count];
        int levels = 1 + Enumerable.Range(0, _gates.Count).Max(_gates.Level);
        int[] levelSizes = new int[levels];
        for (int node = 1; node < _gates.Count; node++)
        {
            foreach (int input in used[node] ? _gates.Inputs(node) ?? [] : [])
            {
                (readers[input >> 1] ??= []).Add((2 * node) + (input & 1));
            }

            levelSizes[_gates.Level(node)] += used[node] ? 1 : 0;
        }

        var inputs = new List<int>();
        int[] firstInput = new int[_gates.Count + 1];
        for (int node = 0; node < _gates.Count; node++)
        {
            inputs.AddRange(_gates.Inputs(node) ?? []);
            firstInput[node + 1] = inputs.Count;
        }

        var wires = new List<Wire>();
        var gates = new List<int>();
        var fanouts = new Fanout[_gates.Count];
        for (int node = 0; node < _gates.Count; node++)
        {
            int firstWire = wires.Count;
            wires.AddRange((_wires.GetValueOrDefault(node) ?? []).Values);
            int firstGate = gates.Count;
            gates.AddRange(readers[node] ?? []);
            fanouts[node] = new(firstWire, wires.Count, firstGate, gates.Count, _gates.Level(node));
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
            InitialEnabled = [.. _actions.SelectMany(a => Enumerable.Range(0, a.Words).Select(w => _slots.Skip(a.FirstSlot + (w * a.Slots)).Take(a.Slots).Aggregate((all, slot) => all & slot)))],
            ActionOfInstance = [.. _actions.SelectMany((a, i) => Enumerable.Repeat(i, a.Count))],
            SlotCount = _slots.Count,
            FirstLeaf = firstLeaf,
            LeafAt = leafAt,
            FirstAssignment = [.. _firstAssignment],
            Assignments = [.. _assignments],
            Values = _effects.Values,
            StateAlarm = stateAlarm,
            StepAlarm = stepAlarm,
            Labels = _marks.Labels,
            FirstMark = _marks.First,
            Marks = _marks.All,
            Contrasts = _marks.Contrasts,
            IsKept = used,
            FirstInput = firstInput,
            Inputs = [.. inputs],
            Leaves = [.. Enumerable.Range(0, _gates.Count).Select(_gates.Leaf)],
            InitialValues = _truth,
            InitialCounts = counts,
            InitialSlots = [.. _slots],
        };
    }
}
