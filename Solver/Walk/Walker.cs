using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Checker.Solver.Walk.Compile;

namespace Checker.Solver.Walk;

/// <summary>
/// A walk through a finite instance, one step after the other. Enabled instances and violations are recomputed only after a step which
/// may have changed them (<see cref="Events"/>), and enabled instances only as far as requested. It is for one thread.
/// </summary>
internal sealed unsafe partial class Walker
{
    // Every pointer leads into one of these arrays, which do not move.
    private readonly List<object> _arrays = [];
    private readonly byte* _cells;
    private readonly ulong* _planes;
    private readonly byte* _before;
    private readonly ulong* _planesBefore;
    private readonly CellPlaces* _places;
    private readonly PlaneBit* _bits;
    private readonly ulong* _events;
    private readonly byte* _arguments;
    private readonly int* _actionOf;
    private readonly Row** _rows;
    private readonly int* _rowCount;
    private readonly int* _enabledOf;

    // Bits of actions: had an enabled instance; may have one, by a quick test; the number of its instances is unknown.
    private readonly ulong* _live;
    private readonly ulong* _open;
    private readonly ulong* _uncounted;
    private readonly ulong* _bad;

    // The events since an action or a property was examined, all in one array.
    private readonly ulong* _happened;
    private readonly ulong* _touched;
    private readonly ulong* _risen;
    private readonly ulong* _suspect;
    private readonly ulong* _suspectLater;

    private readonly Change* _next;
    private readonly Change* _otherwise;
    private readonly Change* _changed;

    private readonly byte[] _initialCells;
    private readonly ulong[] _initialPlanes;
    private readonly EntranceMethod _entrances;
    private readonly EnabledMethod?[] _enabled;
    private readonly EffectMethod?[] _effects;
    private readonly TestMethod?[] _tests;
    private readonly int _cellCount;
    private readonly int _actions;
    private readonly int _actionWords;
    private readonly int _propertyWords;
    private readonly int _eventWords;
    private readonly int _stride;
    private int _changes;

    public Walker(WalkCode code)
    {
        Code = code;
        var scope = code.Scope;
        (_cellCount, _actions, _stride) = (scope.Cells.Length, code.Actions.Length, code.MostParameters);
        (_actionWords, _propertyWords, _eventWords) = (code.Events.ActionWords, code.Events.PropertyWords, code.Events.Words);
        int planes = code.Planes.Count + 1;
        _initialCells = [.. scope.InitialState().Select(c => (byte)c)];
        // The first word is the distance to the copy with the state before the step.
        _initialPlanes = [(ulong)planes * sizeof(ulong), .. code.Planes.Initial()];
        _cells = Pin(new byte[2 * _cellCount]);
        _before = _cells + _cellCount;
        _planes = Pin(new ulong[2 * planes]);
        _planesBefore = _planes + planes;

        var bits = new List<PlaneBit>();
        var places = new CellPlaces[_cellCount];
        foreach (var cell in scope.Cells)
        {
            PlaneBit[] before = [.. code.Planes.Of(cell, before: true)];
            int first = bits.Count;
            bits.AddRange([.. before, .. code.Planes.Of(cell, before: false).Except(before)]);
            places[cell.Number] = new(
                code.Events.First(cell.Variable),
                first,
                first + before.Length,
                bits.Count,
                code.Planes.IsReadBefore(cell.Variable) ? 1 : 0);
        }

        _places = Pin(places);
        _bits = Pin(bits.ToArray());
        _events = Pin(code.Events.Table);
        _arguments = Pin(code.Arguments);
        _actionOf = Pin(code.ActionOf);
        _rows = (Row**)Pin([.. code.Actions.Select(a => (nint)Pin(new Row[a.Count]))]);
        _rowCount = Pin(new int[_actions]);
        _enabledOf = Pin(new int[_actions]);
        _uncounted = Pin(new ulong[_actionWords]);
        _live = Pin(new ulong[_actionWords]);
        _open = Pin(new ulong[_actionWords]);
        _bad = Pin(new ulong[_propertyWords]);
        _happened = Pin(new ulong[_eventWords]);
        _touched = _happened + code.Events.First(EventKind.Touch);
        _risen = _happened + code.Events.First(EventKind.Rise);
        _suspect = _happened + code.Events.First(EventKind.Suspect);
        _suspectLater = _happened + code.Events.First(EventKind.SuspectLater);

        int most = scope.System.Actions.Max(a => a.Updates.Sum(u => u.Bulk.Aggregate(1, (n, b) => n * scope.Cardinality(b.Type))));
        _next = Pin(new Change[most]);
        _otherwise = Pin(new Change[most]);
        _changed = Pin(new Change[Math.Max(most, _cellCount)]);
        _entrances = code.Entrances.Value;
        _enabled = new EnabledMethod?[_actions];
        _effects = new EffectMethod?[_actions];
        _tests = new TestMethod?[code.Watched.Length];
        Reset();
    }

    public WalkCode Code { get; }

    /// <summary>True if a property is violated, by the state or by the step to it.</summary>
    public bool IsViolated
    {
        get
        {
            ulong any = 0;
            for (int w = 0; w < _propertyWords; w++)
            {
                any |= _bad[w];
            }

            return any != 0;
        }
    }

    /// <summary>True if there is a step to judge. In the initial state there is none yet.</summary>
    public bool HasStepped { get; private set; }

    /// <summary>A copy of the codes of all cells.</summary>
    public int[] State
    {
        get
        {
            int[] state = new int[_cellCount];
            for (int c = 0; c < state.Length; c++)
            {
                state[c] = _cells[c];
            }

            return state;
        }
    }

    /// <summary>Returns to the initial state.</summary>
    public void Reset()
    {
        _initialCells.CopyTo(new Span<byte>(_cells, _cellCount));
        _initialCells.CopyTo(new Span<byte>(_before, _cellCount));
        _initialPlanes.CopyTo(new Span<ulong>(_planes, _initialPlanes.Length));
        _initialPlanes.CopyTo(new Span<ulong>(_planesBefore, _initialPlanes.Length));
        (_changes, HasStepped) = (0, false);
        new Span<int>(_rowCount, _actions).Clear();
        new Span<int>(_enabledOf, _actions).Clear();
        new Span<ulong>(_uncounted, _actionWords).Clear();
        new Span<ulong>(_live, _actionWords).Clear();
        new Span<ulong>(_bad, _propertyWords).Clear();
        _enabledCount = 0;
        // Nothing is known: every action may have enabled instances, and every property may be violated.
        Bits.Fill(_touched, _actions);
        Bits.Fill(_risen, _actions);
        Bits.Fill(_suspect, Code.Watched.Length);
        Bits.Fill(_suspectLater, Code.Watched.Length);
        Judge();
    }

    /// <summary>Takes a step. The instance must be enabled.</summary>
    /// <returns>True if the step or the state after it violates a property.</returns>
    public bool Fire(int instance)
    {
        unchecked
        {
            CatchUp();
            int action = _actionOf[instance];
            // All values refer to the state before the step.
            var end = (_effects[action] ??= Code.Actions[action].Effects.Value)(_cells, _planes, _arguments + (instance * _stride), _next);
            HasStepped = true;
            for (var change = _next; change != end; change++)
            {
                Set(change->Cell, change->Code);
            }

            return Judge();
        }
    }

    /// <summary>Moves to any state, as if there had been no step to it.</summary>
    public void MoveTo(ReadOnlySpan<byte> state)
    {
        CatchUp();
        for (int c = 0; c < _cellCount; c++)
        {
            Set(c, state[c]);
        }

        CatchUp();
        HasStepped = false;
        // A step property cannot be judged yet, and must be examined after the first step.
        Bits.Fill(_suspectLater, Code.Watched.Length);
        Judge();
    }

    public void CopyTo(Span<byte> state)
    {
        new ReadOnlySpan<byte>(_cells, _cellCount).CopyTo(state);
        GC.KeepAlive(this);
    }

    /// <summary>The properties violated by the state, or by the step if there was one.</summary>
    public IEnumerable<Watched> Violated() => Code.Watched.Where((_, p) => IsBad(p));

    /// <summary>The properties violated if nothing is enabled in this state.</summary>
    public IEnumerable<Watched> ViolatedIfStuck() => Code.Terminal.Where(Holds);

    private bool IsBad(int property) => (_bad[property >> 6] & (1UL << property)) != 0;

    private bool Holds(Watched watched) => watched.Violated.Value(_cells, _planes, _arguments) != 0;

    private T* Pin<T>(T[] array)
        where T : unmanaged
    {
        // The array has margins: data written by two walkers must lie on different cache lines, which are fetched in pairs.
        const int Lines = 128;
        int margin = (Lines + sizeof(T) - 1) / sizeof(T);
        var pinned = GC.AllocateArray<T>(array.Length + (2 * margin), pinned: true);
        array.CopyTo(pinned, margin);
        _arrays.Add(pinned);
        return (T*)Unsafe.AsPointer(ref pinned[margin]);
    }

    /// <summary>Copies the cells after the step to the cells before it.</summary>
    private void CatchUp()
    {
        unchecked
        {
            for (int i = 0; i < _changes; i++)
            {
                var (cell, old) = (_changed[i].Cell, _changed[i].Code);
                var place = _places + cell;
                int now = _cells[cell];
                _before[cell] = (byte)now;
                for (int p = place->FirstBit; p < place->EndBefore; p++)
                {
                    ulong* plane = _planesBefore + 1 + _bits[p].First;
                    plane[old] &= ~(1UL << _bits[p].Bit);
                    plane[now] |= 1UL << _bits[p].Bit;
                }
            }
        }

        _changes = 0;
    }

    private void Set(int cell, int code)
    {
        unchecked
        {
            int old = _cells[cell];
            if (old == code)
            {
                return;
            }

            _cells[cell] = (byte)code;
            var place = _places + cell;
            _changed[_changes] = new(cell, old);
            _changes += place->IsReadBefore;   // the value is unpredictable, so there is no branch

            for (int p = place->FirstBit; p < place->EndBit; p++)
            {
                ulong bit = 1UL << _bits[p].Bit;
                ulong* plane = _planes + 1 + _bits[p].First;
                plane[old] ^= bit;
                plane[code] ^= bit;
            }

            int words = _eventWords;
            ulong* gets = _events + place->Events + (code * 2 * words);
            ulong* loses = _events + place->Events + (((2 * old) + 1) * words);
            ulong* happened = _happened;
            for (int w = 0; w < words; w += 4)
            {
                // Not as a vector: recently written words are not available to a longer read for a while.
                happened[w] |= gets[w] | loses[w];
                happened[w + 1] |= gets[w + 1] | loses[w + 1];
                happened[w + 2] |= gets[w + 2] | loses[w + 2];
                happened[w + 3] |= gets[w + 3] | loses[w + 3];
            }
        }
    }

    /// <summary>Examines the properties which may be violated now, or were violated.</summary>
    private bool Judge()
    {
        unchecked
        {
            _isCounted = false;
            ulong any = 0;
            for (int w = 0; w < _propertyWords; w++)
            {
                for (ulong left = _suspect[w] | _bad[w]; left != 0; left &= left - 1)
                {
                    int property = (64 * w) + BitOperations.TrailingZeroCount(left);
                    var violated = _tests[property] ??= Code.Watched[property].Violated.Value;
                    bool bad = violated(_cells, _planes, _arguments) != 0 && (HasStepped || !Code.Watched[property].OfSteps);
                    ulong bit = 1UL << property;
                    _bad[w] = bad ? _bad[w] | bit : _bad[w] & ~bit;
                }

                any |= _bad[w];
                (_suspect[w], _suspectLater[w]) = (_suspectLater[w], 0);
            }

            return any != 0;
        }
    }

    /// <summary>
    /// The places of a cell: the start of its events, and its bits in the planes, those of the state before a step first.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct CellPlaces(int Events, int FirstBit, int EndBefore, int EndBit, int IsReadBefore);
}
