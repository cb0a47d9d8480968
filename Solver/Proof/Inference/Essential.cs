using Checker.Model.Ir;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// Which conjuncts of an inductive set can be left out, in the finite instances. For every conjunct (and the property) it is kept what
/// the solver used to show it; so when one is left out, only what used it has to be shown again.
/// </summary>
internal sealed class Essential(IReadOnlyList<Arena> arenas, PropertyDeclaration property)
{
    // Null stands for the property.
    private readonly Dictionary<(Arena Arena, Clause? Conjunct), HashSet<Clause>> _used = [];

    /// <summary>A part of the set that is inductive and implies the property, and from which no single conjunct can be left out.</summary>
    public IReadOnlyList<Clause> Minimal(IReadOnlyList<Clause> conjuncts)
    {
        var set = conjuncts.ToList();
        int before;
        do
        {
            before = set.Count;
            // What serves the property was taken first: if it can go, so can what was taken for its sake.
            foreach (var conjunct in set.ToList())
            {
                CanGo(set, conjunct);
            }
        }
        while (set.Count < before);
        return set;
    }

    /// <summary>Leaves the conjunct out of the set, if the rest does without it.</summary>
    public bool CanGo(List<Clause> set, Clause conjunct)
    {
        var rest = set.Where(c => c != conjunct).ToList();
        var shown = new Dictionary<(Arena, Clause?), HashSet<Clause>>();
        foreach (var arena in arenas)
        {
            foreach (var target in rest.Prepend<Clause?>(null))
            {
                if (_used.TryGetValue((arena, target), out var used) && !used.Contains(conjunct) && used.IsSubsetOf(set))
                {
                    continue;
                }

                var counterexample = target is null ? arena.Finite.Violating(property, rest, small: false) : arena.Finite.Breaking(target, rest, small: false);
                if (counterexample is not null)
                {
                    return false;
                }

                shown[(arena, target)] = arena.Finite.Used(rest);
            }
        }

        foreach (var (target, used) in shown)
        {
            _used[target] = used;
        }

        set.Remove(conjunct);
        return true;
    }
}
