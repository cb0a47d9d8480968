using System.Numerics;

namespace Checker.Solver.Walk;

/// <summary>What is possible where the walker is.</summary>
internal sealed unsafe partial class Walker
{
    /// <summary>Actions whose instances are counted together as well, to find the one at a place sooner.</summary>
    private const int Group = 8;

    /// <summary>How many of the action's instances are enabled.</summary>
    public int EnabledOf(int action) => _enabledOf[action];

    /// <summary>One of these actions that has an enabled instance, each as likely as the other.</summary>
    /// <param name="among">A bit for each action.</param>
    /// <returns>-1 if there is none.</returns>
    public int AnyLive(ref WalkRandom random, ulong[] among)
    {
        unchecked
        {
            int count = 0;
            for (int w = 0; w < _actionWords; w++)
            {
                count += BitOperations.PopCount(_live[w] & among[w]);
            }

            if (count == 0)
            {
                return -1;
            }

            int place = random.Below(count);
            int word = 0;
            for (int here; place >= (here = BitOperations.PopCount(_live[word] & among[word])); word++)
            {
                place -= here;
            }

            return (64 * word) + Bits.At(_live[word] & among[word], place);
        }
    }

    /// <summary>How many instances are enabled.</summary>
    public int EnabledCount { get; private set; }

    /// <summary>The instance at the place among the enabled ones, from 0; they are in the order of their numbers.</summary>
    public int EnabledAt(int place)
    {
        unchecked
        {
            int group = 0;
            while (place >= _enabledInGroup[group])
            {
                place -= _enabledInGroup[group++];
            }

            int action = group * Group;
            while (place >= _enabledOf[action])
            {
                place -= _enabledOf[action++];
            }

            return EnabledAt(action, place);
        }
    }

    /// <summary>The instance at the place among the action's enabled ones, from 0.</summary>
    public int EnabledAt(int action, int place)
    {
        var layout = _layouts[action];
        ulong* word = _enabled + layout.FirstWord;
        int first = layout.First;
        while (true)
        {
            int here = BitOperations.PopCount(*word);
            if (place < here)
            {
                return first + Bits.At(*word, place);
            }

            place -= here;
            word++;
            first += 64;
        }
    }

    /// <summary>The instance's place among all that are enabled, if it is.</summary>
    public int PlaceOf(int instance)
    {
        int place = 0;
        for (int action = 0; ; action++)
        {
            var layout = _layouts[action];
            int enabled = EnabledOf(action);
            if (instance < layout.First + layout.Count)
            {
                var (word, bit) = Math.DivRem(instance - layout.First, 64);
                for (int w = 0; w < word; w++)
                {
                    place += BitOperations.PopCount(_enabled[layout.FirstWord + w]);
                }

                return place + BitOperations.PopCount(_enabled[layout.FirstWord + word] & ((1UL << bit) - 1));
            }

            place += enabled;
        }
    }

    /// <param name="action">The instance's action.</param>
    public bool IsEnabled(int instance, int action)
    {
        var (word, bit) = Math.DivRem(instance - _layouts[action].First, 64);
        return (_enabled[_layouts[action].FirstWord + word] & (1UL << bit)) != 0;
    }

    /// <summary>Whether the label (or that it was dropped) makes a difference to the instance, which is enabled.</summary>
    public bool Shows(Mark mark)
    {
        if (IsTrue(mark.Signal))
        {
            return true;
        }

        for (int d = mark.FirstContrast; d < mark.EndContrast; d++)
        {
            if (Eval(_contrasts[d].Here) != Eval(_contrasts[d].Otherwise))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the label keeps some instance of the action from being enabled.</summary>
    /// <param name="labelled">One of the action's <see cref="ActionLayout.Labelled"/>.</param>
    public bool Refuses(int action, int labelled)
    {
        var layout = _layouts[action];
        var (_, first, end) = layout.Labelled[labelled];
        for (int w = 0; w < layout.Words; w++)
        {
            ulong* slots = _slots + layout.FirstSlot + (w * layout.Slots);
            var (all, label) = (ulong.MaxValue, ulong.MaxValue);
            for (int s = 0; s < layout.Slots; s++)
            {
                if (s >= first && s < end)
                {
                    label &= slots[s];
                }
                else
                {
                    all &= slots[s];
                }
            }

            if ((all & ~label) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
