namespace Checker.Solver.Walk;

/// <summary>
/// Which enabled instance a walk takes next: first an action that has one, three times out of four among those that the walk has
/// taken less often than the average; then one of its instances, and now and then the better of two, which shows a label at work
/// that the walk has not seen often. A quarter of the steps is plain chance among the actions, so that nothing becomes impossible.
/// What is drawn depends on the seed, the walk's number and the walk so far, and on nothing else.
/// </summary>
internal sealed class Guidance
{
    /// <summary>A label that has been at work so often in a walk is no longer looked for.</summary>
    private const long Enough = 4;

    /// <summary>Labels are looked at in one step of so many: it takes longer than the step.</summary>
    private const int Sample = 4;

    /// <summary>Steps from one look for a refusal to the next.</summary>
    private const int Look = 16;

    /// <summary>Steps from one look at what was seldom to the next.</summary>
    private const int Review = 32;

    private readonly Walker _walker;
    private readonly Mark[] _marks;
    private readonly int[] _firstMark;
    private readonly (int Action, int Place, int Label)[] _labelled;
    private readonly bool _guided;
    private readonly ulong[] _all;
    private readonly ulong[] _seldom;
    private WalkRandom _random;
    private int _steps;

    public Guidance(Walker walker, bool guided)
    {
        var circuit = walker.Circuit;
        (_walker, _guided) = (walker, guided);
        (_marks, _firstMark) = (circuit.Marks, circuit.FirstMark);
        _all = [.. Enumerable.Repeat(ulong.MaxValue, (circuit.Actions.Length + 63) / 64)];
        _seldom = new ulong[_all.Length];
        Fired = new long[circuit.Actions.Length];
        Worked = new long[circuit.Labels.Length];
        Refused = new long[circuit.Labels.Length];
        _labelled = [.. circuit.Actions.SelectMany((a, i) => a.Labelled.Select((l, place) => (i, place, l.Label)))];
    }

    /// <summary>Steps of each action in this walk.</summary>
    public long[] Fired { get; }

    /// <summary>Steps in this walk that would not have been, or been others, but for the label (or, if it was dropped, with it); counted up to <see cref="Enough"/>.</summary>
    public long[] Worked { get; }

    /// <summary>How often the label was seen to refuse an instance; it is looked for no more once it was.</summary>
    public long[] Refused { get; }

    public void Begin(ulong seed, long walk)
    {
        (_random, _steps) = (new(seed, walk), 0);
        Array.Clear(Fired);
        Array.Clear(Worked);
        Array.Clear(Refused);
    }

    /// <returns>An enabled instance; -1 if there is none.</returns>
    public int Pick()
    {
        _steps++;
        if (!_guided)
        {
            int count = _walker.EnabledCount;
            return count == 0 ? -1 : Note(_walker.EnabledAt(_random.Below(count)));
        }

        if (_steps % Review == 1)
        {
            FindSeldom();
        }

        int action = (_random.Next() & 3) == 0 ? -1 : _walker.AnyLive(ref _random, _seldom);
        action = action < 0 ? _walker.AnyLive(ref _random, _all) : action;
        if (action < 0)
        {
            return -1;
        }

        int instance = _walker.EnabledAt(action, _random.Below(_walker.EnabledOf(action)));
        if (_steps % Sample == 0 && _firstMark[instance] != _firstMark[instance + 1] && Wanted(instance) == 0)
        {
            int second = _walker.EnabledAt(action, _random.Below(_walker.EnabledOf(action)));
            instance = Wanted(second) > 0 ? second : instance;
        }

        return Note(instance, action);
    }

    /// <summary>The actions that the walk has taken less often than most.</summary>
    private void FindSeldom()
    {
        Array.Clear(_seldom);
        long limit = 1 + (_steps / Math.Max(1, Fired.Length));
        for (int action = 0; action < Fired.Length; action++)
        {
            _seldom[action >> 6] |= Fired[action] < limit ? 1UL << action : 0;
        }
    }

    /// <summary>How many labels are at work in the instance that have not been so often enough.</summary>
    private int Wanted(int instance)
    {
        int wanted = 0;
        for (int m = _firstMark[instance]; m < _firstMark[instance + 1]; m++)
        {
            wanted += Worked[_marks[m].Label] < Enough && _walker.Shows(_marks[m]) ? 1 : 0;
        }

        return wanted;
    }

    private int Note(int instance) => Note(instance, _walker.Circuit.ActionOf(instance));

    private int Note(int instance, int action)
    {
        Fired[action]++;
        for (int m = _firstMark[instance]; _steps % Sample == 0 && m < _firstMark[instance + 1]; m++)
        {
            Worked[_marks[m].Label] += Worked[_marks[m].Label] < Enough && _walker.Shows(_marks[m]) ? 1 : 0;
        }

        if (_labelled.Length > 0 && _steps % Look == 0)
        {
            // Not of the action that fires: one of which all instances are refused never does.
            var (looked, place, label) = _labelled[_random.Below(_labelled.Length)];
            Refused[label] += Refused[label] == 0 && _walker.Refuses(looked, place) ? 1 : 0;
        }

        return instance;
    }
}
