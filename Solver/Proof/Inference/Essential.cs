using Checker.Model.Ir;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// Finds the conjuncts of an inductive set which can be left out, in the finite instances. For every conjunct (and the property) it
/// records the conjuncts used by the solver. If one is left out, only its users must be shown again.
/// </summary>
internal sealed class Essential(IReadOnlyList<Arena> arenas, PropertyDeclaration property)
{
    // Null stands for the property.
    private readonly Dictionary<(Arena Arena, Clause? Conjunct), HashSet<Clause>> _used = [];

    /// <summary>
    /// Returns a part of the set which is inductive and implies the property, and in which every single conjunct is needed.
    /// </summary>
    public IReadOnlyList<Clause> Minimal(IReadOnlyList<Clause> conjuncts)
    {
        var set = conjuncts.ToList();
        int before;
        do
        {
            before = set.Count;
            // Conjuncts for the property come first. If one is not needed, neither are those taken for its sake.
            foreach (var conjunct in set.ToList())
            {
                CanGo(set, conjunct);
            }
        }
        while (set.Count < before);
        return set;
    }

    /// <summary>Leaves the conjunct out of the set, if the rest suffices.</summary>
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

                var counterexample = target is null
                    ? arena.Finite.Violating(property, rest, small: false)
                    : arena.Finite.Breaking(target, rest, small: false);
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
