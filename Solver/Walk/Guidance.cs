namespace Checker.Solver.Walk;

/// <summary>
/// Which enabled instance a walk takes next. Of two actions that have enabled instances, drawn at random, the one that the walk has
/// taken less often; of two of its instances, the one that shows a label at work, if the walk has not seen that label so often
/// already. A quarter of the steps is plain chance, so that nothing becomes impossible. What is drawn depends on the seed, the
/// walk's number and the walk so far, and on nothing else.
/// </summary>
internal sealed class Guidance
{
    private const int Tries = 48;

    /// <summary>A label that has been at work so often in a walk is no longer looked for.</summary>
    private const long Enough = 64;

    private readonly Walker _walker;
    private readonly int[] _actions;
    private readonly (int Label, int Signal)[] _marks;
    private readonly int[] _firstMark;
    private readonly bool _guided;
    private WalkRandom _random;

    public Guidance(Walker walker, bool guided)
    {
        var circuit = walker.Circuit;
        (_walker, _guided) = (walker, guided);
        _actions = [.. Enumerable.Range(0, circuit.Actions.Length)];
        (_marks, _firstMark) = (circuit.Marks, circuit.FirstMark);
        Fired = new long[circuit.Actions.Length];
        Worked = new long[circuit.Labels.Length];
        Refused = new long[circuit.Labels.Length];
        MayRefuse = [.. circuit.Actions.Select(a => a.Labelled.Length > 0)];
    }

    /// <summary>Steps of each action in this walk.</summary>
    public long[] Fired { get; }

    /// <summary>Steps in this walk that would not have been, or been others, but for the label (or, if it was dropped, with it).</summary>
    public long[] Worked { get; }

    /// <summary>How often the label was seen to refuse an instance; it is looked for no more once it was.</summary>
    public long[] Refused { get; }

    private bool[] MayRefuse { get; }

    public void Begin(ulong seed, long walk)
    {
        _random = new(seed, walk);
        Array.Clear(Fired);
        Array.Clear(Worked);
        Array.Clear(Refused);
    }

    /// <returns>An enabled instance; -1 if there is none.</returns>
    public int Pick()
    {
        if (!_guided)
        {
            int count = _walker.EnabledCount();
            return count == 0 ? -1 : Note(_walker.EnabledAt(_random.Below(count)));
        }

        int action = Draw();
        if (action < 0)
        {
            return -1;
        }

        if ((_random.Next() & 3) != 0 && Draw() is var other && Fired[other] < Fired[action])
        {
            action = other;
        }

        int instance = _walker.EnabledAt(action, _random.Below(_walker.EnabledOf(action)));
        if (_firstMark[instance] != _firstMark[instance + 1] && Wanted(instance) == 0)
        {
            int second = _walker.EnabledAt(action, _random.Below(_walker.EnabledOf(action)));
            instance = Wanted(second) > 0 ? second : instance;
        }

        return Note(instance, action);
    }

    /// <summary>An action that has an enabled instance.</summary>
    private int Draw()
    {
        for (int i = 0; i < Tries; i++)
        {
            int action = _random.Below(_actions.Length);
            if (_walker.EnabledOf(action) > 0)
            {
                return action;
            }
        }

        int[] enabled = [.. _actions.Where(a => _walker.EnabledOf(a) > 0)];
        return enabled.Length == 0 ? -1 : enabled[_random.Below(enabled.Length)];
    }

    /// <summary>How many labels are at work in the instance that have not been so often enough.</summary>
    private int Wanted(int instance)
    {
        int wanted = 0;
        for (int m = _firstMark[instance]; m < _firstMark[instance + 1]; m++)
        {
            wanted += Worked[_marks[m].Label] < Enough && _walker.IsTrue(_marks[m].Signal) ? 1 : 0;
        }

        return wanted;
    }

    private int Note(int instance) => Note(instance, _walker.Circuit.ActionOf(instance));

    private int Note(int instance, int action)
    {
        Fired[action]++;
        for (int m = _firstMark[instance]; m < _firstMark[instance + 1]; m++)
        {
            Worked[_marks[m].Label] += _walker.IsTrue(_marks[m].Signal) ? 1 : 0;
        }

        if (MayRefuse[action])
        {
            var labelled = _walker.Circuit.Actions[action].Labelled;
            for (int i = 0; i < labelled.Length; i++)
            {
                Refused[labelled[i].Label] += Refused[labelled[i].Label] == 0 && _walker.Refuses(action, i) ? 1 : 0;
            }
        }

        return instance;
    }
}
