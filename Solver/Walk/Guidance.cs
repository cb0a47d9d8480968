using System.Numerics;
using Checker.Solver.Walk.Compile;

namespace Checker.Solver.Walk;

/// <summary>
/// The choice of the next step of a walk. First it chooses an enabled action, three times out of four among those which the walk has
/// taken less often than the average. Then it chooses an instance of the action. Now and then it prefers an instance in which a label
/// has a rarely seen effect. A quarter of the steps chooses actions purely by chance, so nothing becomes impossible. The choices depend
/// only on the seed, the walk's number and the walk so far.
/// </summary>
internal sealed class Guidance
{
    /// <summary>The number of effects in a walk after which a label is no longer looked for.</summary>
    private const long Enough = 4;

    /// <summary>The number of steps between two examinations of labels, which take longer than a step.</summary>
    private const int Sample = 8;

    /// <summary>The number of steps between two searches for a refusal.</summary>
    private const int LookEvery = 16;

    /// <summary>The number of steps between two searches for rare actions.</summary>
    private const int Review = 32;

    private readonly Walker _walker;
    private readonly LabelUse[][] _labels;
    private readonly LabelUse[] _refusing;
    private readonly bool _guided;
    private readonly ulong[] _all;
    private readonly ulong[] _seldom;
    private WalkRandom _random;
    private int _steps;

    public Guidance(Walker walker, bool guided)
    {
        var code = walker.Code;
        (_walker, _guided) = (walker, guided);
        _all = [.. Enumerable.Repeat(ulong.MaxValue, (code.Actions.Length + 63) / 64)];
        _seldom = new ulong[_all.Length];
        Fired = new long[code.Actions.Length];
        Worked = new long[code.Labels.Length];
        Refused = new long[code.Labels.Length];
        _labels = [.. code.Actions.Select(a => a.Labels.ToArray())];
        _refusing = [.. code.Actions.SelectMany(a => a.Labels).Where(l => l.Refuses is not null)];
    }

    /// <summary>The number of steps of each action in this walk.</summary>
    public long[] Fired { get; }

    /// <summary>
    /// The number of steps in this walk on which the label (or its absence, if it was dropped) had an effect, counted up to
    /// <see cref="Enough"/>.
    /// </summary>
    public long[] Worked { get; }

    /// <summary>The number of times the label was seen to refuse an instance. After the first, it is no longer looked for.</summary>
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
        int instance = _guided ? Guided() : Uniform();
        if (instance >= 0)
        {
            Fired[_walker.Code.ActionOf[instance]]++;
            Look();
        }

        return instance;
    }

    private int Uniform()
    {
        int count = _walker.EnabledCount;
        if (count == 0)
        {
            return -1;
        }

        int instance = _walker.EnabledAt(_random.Below(count));
        if (_steps % Sample == 0)
        {
            int action = _walker.Code.ActionOf[instance];
            Note(action, Shown(action, instance));
        }

        return instance;
    }

    private int Guided()
    {
        if (_steps % Review == 1)
        {
            FindSeldom();
        }

        ulong chance = _random.Next();
        ulong second = _random.Next();
        int action = _walker.AnyLive(ref _random, chance, (chance & 3) == 0 ? _all : _seldom);
        if (action < 0)
        {
            return -1;
        }

        int instance = _walker.Draw(action, second);
        if (_steps % Sample == 0 && _labels[action].Length > 0)
        {
            ulong shown = Shown(action, instance);
            if (shown == 0)
            {
                int other = _walker.Draw(action, _random.Next());
                shown = Shown(action, other);
                instance = shown != 0 ? other : instance;
            }

            Note(action, shown);
        }

        return instance;
    }

    /// <summary>Finds the actions which the walk has taken less often than most.</summary>
    private void FindSeldom()
    {
        Array.Clear(_seldom);
        long limit = 1 + (_steps / Math.Max(1, Fired.Length));
        for (int action = 0; action < Fired.Length; action++)
        {
            _seldom[action >> 6] |= Fired[action] < limit ? 1UL << action : 0;
        }
    }

    /// <summary>
    /// The labels of the action which have an effect on the instance, one bit each. Labels seen often enough are left out.
    /// </summary>
    private ulong Shown(int action, int instance)
    {
        ulong shown = 0;
        var labels = _labels[action];
        for (int i = 0; i < labels.Length; i++)
        {
            shown |= Worked[labels[i].Label] < Enough && _walker.Shows(labels[i], instance) ? 1UL << i : 0;
        }

        return shown;
    }

    private void Note(int action, ulong shown)
    {
        for (; shown != 0; shown &= shown - 1)
        {
            Worked[_labels[action][BitOperations.TrailingZeroCount(shown)].Label]++;
        }
    }

    private void Look()
    {
        if (_steps % LookEvery == 0 && _refusing.Length > 0)
        {
            // The label need not belong to the action which fires: an action with all instances refused never fires.
            var label = _refusing[_random.Below(_refusing.Length)];
            Refused[label.Label] += Refused[label.Label] == 0 && _walker.Refuses(label) ? 1 : 0;
        }
    }
}
