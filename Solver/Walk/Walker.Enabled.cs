using System.Numerics;
using Checker.Solver.Walk.Compile;

namespace Checker.Solver.Walk;

/// <summary>The possible steps in the walker's state.</summary>
internal sealed unsafe partial class Walker
{
    private int _enabledCount;
    private bool _isCounted;

    /// <summary>The number of enabled instances of the action.</summary>
    public int EnabledOf(int action)
    {
        Refresh(action);
        return Count(action);
    }

    /// <summary>
    /// Draws one of these actions with an enabled instance, all equally likely. If there is none, draws one of the others.
    /// </summary>
    /// <param name="among">The actions, one bit each.</param>
    /// <param name="chance">A random number which decides as far as possible. After that, further numbers are drawn.</param>
    /// <returns>The action; -1 if nothing is enabled.</returns>
    public int AnyLive(ref WalkRandom random, ulong chance, ulong[] among) =>
        _actionWords == 1 ? AnyLive(ref random, chance, among[0]) : AnyLiveOfMany(chance, among);

    /// <summary>The number of enabled instances.</summary>
    public int EnabledCount
    {
        get
        {
            RefreshAll();
            return _enabledCount;
        }
    }

    /// <summary>The instance with the given index among the enabled ones, counted from 0 in the order of the actions.</summary>
    public int EnabledAt(int place)
    {
        unchecked
        {
            RefreshAll();
            for (int w = 0; ; w++)
            {
                for (ulong live = _live[w]; live != 0; live &= live - 1)
                {
                    int action = (64 * w) + BitOperations.TrailingZeroCount(live);
                    if (place < _enabledOf[action])
                    {
                        return EnabledAt(action, place);
                    }

                    place -= _enabledOf[action];
                }
            }
        }
    }

    /// <summary>The instance with the given index among the action's enabled ones, counted from 0.</summary>
    public int EnabledAt(int action, int place)
    {
        unchecked
        {
            var row = _rows[action];
            while (true)
            {
                int here = BitOperations.PopCount(row->Mask);
                if (place < here)
                {
                    return row->Base + (row->Stride * Bits.At(row->Mask, place));
                }

                place -= here;
                row++;
            }
        }
    }

    /// <summary>
    /// Draws one of the action's enabled instances, of which there must be some: first a row, then an instance of the row.
    /// </summary>
    /// <param name="chance">The random number which decides.</param>
    public int Draw(int action, ulong chance)
    {
        unchecked
        {
            var row = _rows[action] + WalkRandom.Below(chance, _rowCount[action]);
            return row->Base + (row->Stride * Bits.At(row->Mask, WalkRandom.Below(chance << 32, BitOperations.PopCount(row->Mask))));
        }
    }

    public bool IsEnabled(int instance)
    {
        int action = _actionOf[instance];
        Refresh(action);
        var end = _rows[action] + _rowCount[action];
        for (var row = _rows[action]; row != end; row++)
        {
            int bit = instance - row->Base;
            if (row->Stride > 0)
            {
                bit = bit % row->Stride == 0 ? bit / row->Stride : -1;
            }

            if (bit is >= 0 and < 64 && (row->Mask & (1UL << bit)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if the label (or its absence, if it was dropped) has an effect on the enabled instance.</summary>
    public bool Shows(LabelUse label, int instance)
    {
        byte* arguments = _arguments + (instance * _stride);
        if (label.EnabledOtherwise.Value(_cells, _planes, arguments) == 0)
        {
            return true;
        }

        int action = _actionOf[instance];
        var end = (_effects[action] ??= Code.Actions[action].Effects.Value)(_cells, _planes, arguments, _next);
        var endOtherwise = label.EffectsOtherwise.Value(_cells, _planes, arguments, _otherwise);
        return !IsWithin(_next, end, _otherwise, endOtherwise) || !IsWithin(_otherwise, endOtherwise, _next, end);
    }

    /// <summary>True if the label prevents some instance of its action from being enabled.</summary>
    public bool Refuses(LabelUse label) => label.Refuses is { } refuses && refuses.Value(_cells, _planes, _arguments) != 0;

    /// <summary>True if each change of the first list is also in the second, or changes nothing.</summary>
    private bool IsWithin(Change* first, Change* end, Change* second, Change* endSecond)
    {
        for (; first != end; first++)
        {
            bool found = first->Code == _cells[first->Cell];
            for (var other = second; other != endSecond && !found; other++)
            {
                found = *other == *first;
            }

            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    private int AnyLive(ref WalkRandom random, ulong chance, ulong among)
    {
        unchecked
        {
            _entrances(_cells, _planes, _open);
            // An action which may have become possible is examined only when it is drawn. If it turns out to be impossible, the
            // draw does not count.
            ulong possible = Possible(0);
            while (possible != 0)
            {
                ulong candidates = (possible & among) != 0 ? possible & among : possible;
                int action = Bits.At(candidates, WalkRandom.Below(chance, BitOperations.PopCount(candidates)));
                Refresh(action);
                if ((*_live & (1UL << action)) != 0)
                {
                    return action;
                }

                possible &= ~(1UL << action);
                chance = random.Next();
            }

            return -1;
        }
    }

    private int AnyLiveOfMany(ulong chance, ulong[] among)
    {
        unchecked
        {
            int count = 0;
            int preferred = 0;
            for (int action = 0; action < _actions; action++)
            {
                int one = EnabledOf(action) != 0 ? 1 : 0;
                count += one;
                preferred += one & (int)(among[action >> 6] >> action);
            }

            if (count == 0)
            {
                return -1;
            }

            int place = WalkRandom.Below(chance, preferred > 0 ? preferred : count);
            for (int action = 0; ; action++)
            {
                if ((preferred == 0 || (among[action >> 6] & (1UL << action)) != 0) && _rowCount[action] != 0 && place-- == 0)
                {
                    return action;
                }
            }
        }
    }

    /// <summary>Counts the instances of all actions. Only uniform draws need it.</summary>
    private void RefreshAll()
    {
        unchecked
        {
            if (_isCounted)
            {
                return;
            }

            _isCounted = true;
            _entrances(_cells, _planes, _open);
            for (int w = 0; w < _actionWords; w++)
            {
                // A closed action has no instances. Getting one again is an event.
                for (ulong shut = _live[w] & ~_open[w]; shut != 0; shut &= shut - 1)
                {
                    _rowCount[(64 * w) + BitOperations.TrailingZeroCount(shut)] = 0;
                }

                _uncounted[w] |= _live[w] & ~_open[w];
                _live[w] &= _open[w];
                for (ulong left = _touched[w] & Possible(w); left != 0; left &= left - 1)
                {
                    Refresh((64 * w) + BitOperations.TrailingZeroCount(left));
                }

                for (; _uncounted[w] != 0; _uncounted[w] &= _uncounted[w] - 1)
                {
                    int action = (64 * w) + BitOperations.TrailingZeroCount(_uncounted[w]);
                    int count = Count(action);
                    _enabledCount += count - _enabledOf[action];
                    _enabledOf[action] = count;
                }
            }
        }
    }

    private int Count(int action)
    {
        unchecked
        {
            int count = 0;
            var end = _rows[action] + _rowCount[action];
            for (var row = _rows[action]; row != end; row++)
            {
                count += BitOperations.PopCount(row->Mask);
            }

            return count;
        }
    }

    /// <summary>The actions which may have enabled instances: those which had some or may have got some, and which are open.</summary>
    private ulong Possible(int word) => (_live[word] | _risen[word]) & _open[word];

    private void Refresh(int action)
    {
        unchecked
        {
            var (word, bit) = (action >> 6, 1UL << action);
            if ((_touched[word] & bit) == 0)
            {
                return;
            }

            _touched[word] &= ~bit;
            _risen[word] &= ~bit;
            var end = (_enabled[action] ??= Code.Actions[action].Enabled.Value)(_cells, _planes, _rows[action]);
            _uncounted[word] |= bit;
            _rowCount[action] = (int)(end - _rows[action]);
            _live[word] = _rowCount[action] == 0 ? _live[word] & ~bit : _live[word] | bit;
        }
    }
}
