using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Smt.Inference;

/// <summary>
/// The part of a model that a formula can depend on (its cone of influence): the variables that it reads, and whatever an update of
/// these reads, or a guard of an action that updates one of them. All else is left out: what a state of the whole model says of
/// these variables is a reachable state of the slice, and the other way round, and the slice has far fewer.
/// </summary>
internal static class Slice
{
    public static TransitionSystem Of(TransitionSystem system, PropertyDeclaration property)
    {
        var kept = Read(property.Formula).ToHashSet();
        int before;
        do
        {
            before = kept.Count;
            foreach (var action in system.Actions.Where(a => a.Modifies.Any(kept.Contains)))
            {
                kept.UnionWith(action.Guards.SelectMany(g => Read(g.Condition)));
                kept.UnionWith(action.Updates.Where(u => kept.Contains(u.Variable)).SelectMany(u => u.When.Concat(u.Index).Append(u.Value)).SelectMany(Read).ToList());
            }
        }
        while (kept.Count > before);

        // A step property is about all actions; of those that change nothing here only that they can happen matters, and that is nothing.
        var actions = system.Actions.Where(a => a.Modifies.Any(kept.Contains))
            .Select(a => a with { Updates = [.. a.Updates.Where(u => kept.Contains(u.Variable))] });
        return system with
        {
            Variables = [.. system.Variables.Where(kept.Contains)],
            Actions = [.. actions],
            Properties = [property],
        };
    }

    private static IEnumerable<Variable> Read(Node node) => Fold.Descendants(node).OfType<Read>().Select(r => r.Variable);
}
