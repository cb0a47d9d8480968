using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Walk.Compile;

namespace Checker.Solver.Walk;

/// <summary>
/// Prescribed walks: as choices, or as instances. Instances which are not enabled are skipped, so any list is a legal walk.
/// </summary>
internal sealed class Playback
{
    private readonly Walker _walker;

    public Playback(WalkCode code) => _walker = new(code);

    public WalkCode Code => _walker.Code;

    public Walker Walker => _walker;

    /// <summary>The instance of an action with these arguments; -1 if there is none.</summary>
    public int Find(ActionDeclaration action, ReadOnlySpan<int> arguments)
    {
        int offset = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            int cardinality = Code.Scope.Cardinality(action.Parameters[i].Type);
            if (arguments[i] < 0 || arguments[i] >= cardinality)
            {
                return -1;
            }

            offset = (offset * cardinality) + arguments[i];
        }

        var found = Code.Actions.First(a => a.Action == action);
        return found.Count == 0 ? -1 : found.First + offset;
    }

    /// <summary>
    /// Follows choices from the initial state. Choice c takes the enabled instance number c modulo the number of enabled instances.
    /// It stops at the end, or in a state without enabled instances.
    /// </summary>
    /// <returns>The instances taken.</returns>
    public IEnumerable<int> Follow(IEnumerable<int> choices)
    {
        _walker.Reset();
        foreach (int choice in choices)
        {
            int enabled = _walker.EnabledCount;
            if (enabled == 0)
            {
                yield break;
            }

            int instance = _walker.EnabledAt((int)(unchecked((uint)choice) % (uint)enabled));
            _walker.Fire(instance);
            yield return instance;
        }
    }

    /// <summary>Takes those of the instances which are enabled in their turn, up to the first violation.</summary>
    /// <param name="wanted">Selects the relevant properties.</param>
    /// <returns>The instances taken, the last of which violates a property. Null if there is no violation.</returns>
    public ImmutableArray<int>? Violates(IReadOnlyList<int> instances, Func<PropertyDeclaration, bool> wanted)
    {
        _walker.Reset();
        var taken = ImmutableArray.CreateBuilder<int>();
        if (Violation(wanted) is not null)
        {
            return [];
        }

        foreach (int instance in instances)
        {
            if (instance >= 0 && _walker.IsEnabled(instance))
            {
                bool violated = _walker.Fire(instance);
                taken.Add(instance);
                if (violated && Violation(wanted) is not null)
                {
                    return taken.ToImmutable();
                }
            }
        }

        return Violation(wanted) is not null ? taken.ToImmutable() : null;
    }

    /// <summary>The first relevant property violated in the walker's state.</summary>
    public Watched? Violation(Func<PropertyDeclaration, bool> wanted) => Violation(_walker, wanted);

    public static Watched? Violation(Walker walker, Func<PropertyDeclaration, bool> wanted)
    {
        var violated = walker.IsViolated ? walker.Violated().FirstOrDefault(w => wanted(w.Property)) : null;
        return violated
            ?? (walker.Code.Terminal.Length > 0 && walker.EnabledCount == 0
                ? walker.ViolatedIfStuck().FirstOrDefault(w => wanted(w.Property))
                : null);
    }
}
