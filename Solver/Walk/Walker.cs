using System.Numerics;

namespace Checker.Solver.Walk;

/// <summary>
/// A walk through a finite instance, one step after the other, with everything that a step needs to know kept up to date: which
/// instances are enabled, and whether a property is violated. For one thread.
/// </summary>
internal sealed unsafe partial class Walker
{
    // Every pointer is into one of these, which do not move.
    private readonly object[] _arrays;
    private readonly Fanout* _fanouts;
    private readonly Wire* _wires;
    private readonly int* _gates;
    private readonly int* _firstLeaf;
    private readonly int* _leafAt;
    private readonly int* _firstAssignment;
    private readonly Assignment* _assignments;
    private readonly Value* _values;
    private readonly Contrast* _contrasts;
    private readonly byte* _kept;
    private readonly int* _firstInput;
    private readonly int* _inputs;
    private readonly int* _leaves;
    private readonly byte* _truth;
    private readonly int* _count;
    private readonly byte* _queued;
    private readonly ulong* _slots;
    private readonly ulong* _enabled;
    private readonly int* _actionOfWord;
    private readonly int* _enabledOf;
    private readonly int* _enabledInGroup;
    private readonly ulong* _live;
    private readonly byte* _cell;
    private readonly int* _queue;
    private readonly int* _queueStart;
    private readonly int* _queueLength;

    private readonly ActionLayout[] _layouts;
    private readonly Change* _next;
    private readonly Change* _changed;
    private readonly int _actionWords;
    private readonly int _levels;
    private readonly int _cells;
    private readonly bool _steps;
    private int _changes;

    public Walker(Circuit circuit)
    {
        Circuit = circuit;
        var arrays = new List<object>();
        _fanouts = (Fanout*)Pin(circuit.Fanouts, arrays);
        _wires = (Wire*)Pin(circuit.Wires, arrays);
        _gates = (int*)Pin(circuit.Gates, arrays);
        _firstLeaf = (int*)Pin(circuit.FirstLeaf, arrays);
        _leafAt = (int*)Pin(circuit.LeafAt, arrays);
        _firstAssignment = (int*)Pin(circuit.FirstAssignment, arrays);
        _assignments = (Assignment*)Pin(circuit.Assignments, arrays);
        _values = (Value*)Pin(circuit.Values, arrays);
        _contrasts = (Contrast*)Pin(circuit.Contrasts, arrays);
        _kept = (byte*)Pin(circuit.IsKept.Select(k => k ? (byte)1 : (byte)0).ToArray(), arrays);
        _firstInput = (int*)Pin(circuit.FirstInput, arrays);
        _inputs = (int*)Pin(circuit.Inputs, arrays);
        _leaves = (int*)Pin(circuit.Leaves.SelectMany(l => new[] { l.Cell, l.Code }).ToArray(), arrays);
        int nodes = circuit.Fanouts.Length;
        _truth = (byte*)Pin(new byte[nodes], arrays);
        _count = (int*)Pin(new int[nodes], arrays);
        _queued = (byte*)Pin(new byte[nodes], arrays);
        _slots = (ulong*)Pin(new ulong[circuit.SlotCount], arrays);
        _enabled = (ulong*)Pin(new ulong[circuit.ActionOfWord.Length], arrays);
        _actionWords = (circuit.Actions.Length + 63) / 64;
        _actionOfWord = (int*)Pin(circuit.ActionOfWord, arrays);
        _enabledOf = (int*)Pin(new int[circuit.Actions.Length], arrays);
        _enabledInGroup = (int*)Pin(new int[(circuit.Actions.Length / Group) + 1], arrays);
        _live = (ulong*)Pin(new ulong[_actionWords], arrays);
        _cells = circuit.Cells;
        _cell = (byte*)Pin(new byte[_cells], arrays);
        _queue = (int*)Pin(new int[nodes], arrays);
        int[] starts = [.. circuit.LevelSizes];
        for (int level = 0, sum = 0; level < starts.Length; level++)
        {
            (starts[level], sum) = (sum, sum + starts[level]);
        }

        _queueStart = (int*)Pin(starts, arrays);
        _queueLength = (int*)Pin(new int[starts.Length], arrays);
        int most = circuit.Assignments.Length == 0 ? 0 : Enumerable.Range(0, circuit.Instances.Length).Max(i => circuit.FirstAssignment[i + 1] - circuit.FirstAssignment[i]);
        _next = (Change*)Pin(new Change[most], arrays);
        _changed = (Change*)Pin(new Change[Math.Max(most, _cells)], arrays);
        _arrays = [.. arrays];
        _levels = starts.Length;
        _layouts = [.. circuit.Actions];
        _steps = circuit.Watched.Any(w => w.OfSteps && w.Bad.Length > 0);
        Reset();
    }

    public Circuit Circuit { get; }

    /// <summary>Some property is violated, by the state or by the step that led to it.</summary>
    public bool IsViolated => _count[Circuit.StateAlarm] != 0 || (_count[Circuit.StepAlarm] != 0 && HasStepped);

    /// <summary>There is a step to judge: none has been taken yet in the initial state.</summary>
    public bool HasStepped { get; private set; }

    /// <summary>A copy of the codes of all cells.</summary>
    public int[] State
    {
        get
        {
            int[] state = new int[_cells];
            for (int c = 0; c < state.Length; c++)
            {
                state[c] = _cell[c];
            }

            return state;
        }
    }

    /// <summary>Back to the initial state.</summary>
    public void Reset()
    {
        Circuit.InitialValues.CopyTo(new Span<byte>(_truth, Circuit.InitialValues.Length));
        Circuit.InitialCounts.CopyTo(new Span<int>(_count, Circuit.InitialCounts.Length));
        Circuit.InitialSlots.CopyTo(new Span<ulong>(_slots, Circuit.InitialSlots.Length));
        // A mark that is never taken away, so that the alarms never get into a queue: nothing but their count matters.
        (_queued[Circuit.StateAlarm], _queued[Circuit.StepAlarm]) = (1, 1);
        Circuit.InitialEnabled.CopyTo(new Span<ulong>(_enabled, Circuit.InitialEnabled.Length));
        new Span<int>(_enabledOf, _layouts.Length).Clear();
        new Span<int>(_enabledInGroup, (_layouts.Length / Group) + 1).Clear();
        EnabledCount = 0;
        new Span<ulong>(_live, _actionWords).Clear();
        for (int word = 0; word < Circuit.ActionOfWord.Length; word++)
        {
            Count(word, 0);
        }

        for (int c = 0; c < _cells; c++)
        {
            _cell[c] = (byte)Circuit.Model.Scope.Cells[c].Variable.Initial;
        }

        (_changes, HasStepped) = (0, false);
    }

    /// <summary>Takes a step; the instance has to be enabled.</summary>
    /// <returns>Whether a property is violated by the step or the state after it.</returns>
    public bool Fire(int instance)
    {
        unchecked
        {
            if (_steps)
            {
                CatchUp();
            }

            // All values are those of the state before the step.
            var end = _assignments + _firstAssignment[instance + 1];
            int count = 0;
            for (var assignment = _assignments + _firstAssignment[instance]; assignment != end; assignment++)
            {
                int value = assignment->Value;
                if (assignment->Cell < 0)
                {
                    assignment -= IsTrue(value) ? 0 : assignment->Cell;   // which is negative: they are passed over
                    continue;
                }

                _next[count] = new(assignment->Cell, value < 0 ? ~value : Eval(_values[value]));
                count++;
            }

            for (int i = 0; i < count; i++)
            {
                Set(_next[i].Cell, (byte)_next[i].Code);
            }
        }

        Propagate();
        HasStepped = true;
        return (_count[Circuit.StateAlarm] | _count[Circuit.StepAlarm]) != 0;
    }

    /// <summary>Goes to any state, as if there had been no step to it.</summary>
    public void MoveTo(ReadOnlySpan<byte> state)
    {
        if (_steps)
        {
            CatchUp();
        }

        for (int c = 0; c < _cells; c++)
        {
            Set(c, state[c]);
        }

        if (_steps)
        {
            CatchUp();
        }

        Propagate();
        HasStepped = false;
    }

    public void CopyTo(Span<byte> state) => new ReadOnlySpan<byte>(_cell, _cells).CopyTo(state);

    /// <summary>The properties that are violated, by the state or (unless there was none) the step.</summary>
    public IEnumerable<Watched> Violated() => Circuit.Watched.Where(w => (!w.OfSteps || HasStepped) && w.Bad.Any(IsTrue));

    /// <summary>The properties that are violated if nothing is enabled here.</summary>
    public IEnumerable<Watched> ViolatedIfStuck() => Circuit.Terminal.Where(w => w.Bad.Any(IsTrue));

    private static void* Pin<T>(T[] array, List<object> arrays)
        where T : unmanaged
    {
        // One more, so that there is something to point at.
        var pinned = GC.AllocateArray<T>(array.Length + 1, pinned: true);
        array.CopyTo(pinned, 0);
        arrays.Add(pinned);
        return System.Runtime.CompilerServices.Unsafe.AsPointer(ref pinned[0]);
    }

    /// <summary>The cells before the step become those after it. Nothing goes on from there yet: it is in time for the next step's judgement.</summary>
    private void CatchUp()
    {
        unchecked
        {
            for (int i = 0; i < _changes; i++)
            {
                int cell = _changed[i].Cell;
                int* leaves = _leafAt + _firstLeaf[_cells + cell];
                int old = leaves[_changed[i].Code];
                int now = leaves[_cell[cell]];
                if (old != 0)
                {
                    Flip(old);
                }

                if (now != 0)
                {
                    Flip(now);
                }
            }
        }

        _changes = 0;
    }

    private void Set(int cell, byte code)
    {
        unchecked
        {
            byte old = _cell[cell];
            if (old == code)
            {
                return;
            }

            _cell[cell] = code;
            if (_steps)
            {
                _changed[_changes++] = new(cell, old);
            }

            int* leaves = _leafAt + _firstLeaf[cell];
            if (leaves[old] != 0)
            {
                Flip(leaves[old]);
            }

            if (leaves[code] != 0)
            {
                Flip(leaves[code]);
            }
        }
    }

    /// <summary>The node's truth changes, and those who read it hear of it; gates only make a note of it.</summary>
    private void Flip(int node)
    {
        unchecked
        {
            // In locals: the compiler has to expect that a write through one pointer changes another.
            ulong* allSlots = _slots;
            ulong* enabled = _enabled;
            int* count = _count;
            int now = _truth[node] ^= 1;
            var fanout = _fanouts + node;
            var endWire = _wires + fanout->EndWire;
            for (var wire = _wires + fanout->FirstWire; wire != endWire; wire++)
            {
                // The instances of which every other input is true become enabled by this, or disabled.
                ulong* slots = allSlots + wire->FirstSlot;
                ulong* slot = slots + wire->Slot;
                ulong mask = wire->Mask;
                ulong value = *slot ^ mask;
                *slot = value | mask;
                ulong* endSlot = slots + wire->Slots;
                for (ulong* other = slots; other != endSlot && mask != 0; other++)
                {
                    mask &= *other;
                }

                *slot = value;
                if (mask != 0)
                {
                    ulong old = enabled[wire->Word];
                    enabled[wire->Word] = old ^ mask;
                    Count(wire->Word, BitOperations.PopCount(old));
                }
            }

            int* end = _gates + fanout->EndGate;
            for (int* reader = _gates + fanout->FirstGate; reader != end; reader++)
            {
                // An input that becomes true is one less to wait for. Either way the gate has flipped if the lesser count is 0.
                int gate = *reader >> 1;
                int truer = (*reader ^ now) & 1;
                int before = count[gate];
                count[gate] = before + 1 - (2 * truer);
                if (before == truer)
                {
                    Enqueue(gate);
                }
            }
        }
    }

    private void Enqueue(int gate)
    {
        unchecked
        {
            if (_queued[gate] == 0)
            {
                _queued[gate] = 1;
                int level = _fanouts[gate].Level;
                _queue[_queueStart[level] + _queueLength[level]++] = gate;
            }
        }
    }

    /// <summary>Level by level, so that every gate is looked at when all of its inputs are right.</summary>
    private void Propagate()
    {
        unchecked
        {
            for (int level = 1; level < _levels; level++)
            {
                int* queue = _queue + _queueStart[level];
                int length = _queueLength[level];
                _queueLength[level] = 0;
                for (int i = 0; i < length; i++)
                {
                    int gate = queue[i];
                    _queued[gate] = 0;
                    if ((_count[gate] == 0) != (_truth[gate] != 0))
                    {
                        Flip(gate);
                    }
                }
            }
        }
    }

    /// <param name="before">How many of the word's instances were counted before.</param>
    private void Count(int word, int before)
    {
        unchecked
        {
            int action = _actionOfWord[word];
            int enabled = _enabledOf[action] + BitOperations.PopCount(_enabled[word]) - before;
            _enabledInGroup[action / Group] += enabled - _enabledOf[action];
            EnabledCount += enabled - _enabledOf[action];
            _enabledOf[action] = enabled;
            ulong bit = 1UL << action;
            ulong* live = _live + (action >> 6);
            *live = enabled == 0 ? *live & ~bit : *live | bit;
        }
    }

    private bool IsTrue(int signal)
    {
        int node = signal >> 1;
        bool truth = _kept[node] != 0 ? _truth[node] != 0 : WorkOut(node);
        return truth == ((signal & 1) == 0);
    }

    private bool WorkOut(int node)
    {
        unchecked
        {
            int first = _firstInput[node];
            int end = _firstInput[node + 1];
            if (first == end)
            {
                return node == 0 || _cell[_leaves[2 * node]] == _leaves[(2 * node) + 1];
            }

            for (int i = first; i < end; i++)
            {
                if (!IsTrue(_inputs[i]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private int Eval(Value value) => value.Kind switch
    {
        ValueKind.Constant => value.A,
        ValueKind.Cell => _cell[value.A],
        ValueKind.Signal => IsTrue(value.A) ? 1 : 0,
        ValueKind.Choice => Eval(_values[IsTrue(value.A) ? value.B : value.C]),
        ValueKind.Sum => Eval(_values[value.A]) + Eval(_values[value.B]),
        _ => Eval(_values[value.A]) - Eval(_values[value.B]),
    };

    /// <summary>The code that a cell gets, or had.</summary>
    private readonly record struct Change(int Cell, int Code);
}
