using System.Collections.Immutable;
using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// The part of a model on which a formula can depend (its cone of influence): the variables it reads, the variables read by an update of
/// these, and the variables which decide if a step with such an update exists. The last are those in the guards of the action, and in
/// the conditions of ranges and double writes of the omitted variables; these conditions become guards. So the reachable states of the
/// slice are exactly the reachable states of the whole model, restricted to the remaining variables.
/// </summary>
internal static class Slice
{
    public static TransitionSystem Of(TransitionSystem system, PropertyDeclaration property)
    {
        // An action which changes no remaining variable may still matter: a step property may be about its steps.
        bool idle = property.Subject == PropertySubject.Step && !HoldsIfNothingChanges(system, property);
        var kept = Read(property.Formula).ToHashSet();
        int before;
        do
        {
            before = kept.Count;
            foreach (var action in system.Actions.Where(IsKept))
            {
                kept.UnionWith([.. action.Guards.Concat(StepExists(action, kept, system)).SelectMany(g => Read(g.Condition))]);
                kept.UnionWith([.. action.Updates.Where(u => kept.Contains(u.Variable))
                    .SelectMany(u => u.When.Concat(u.Index).Append(u.Value))
                    .SelectMany(Read)]);
            }
        }
        while (kept.Count > before);

        ImmutableArray<Variable> variables = [.. system.Variables.Where(kept.Contains)];
        ImmutableArray<ActionDeclaration> actions = [.. system.Actions.Where(IsKept)
            .Select(a =>
                a with
                {
                    Updates = [.. a.Updates.Where(u => kept.Contains(u.Variable))],
                    Guards = [.. a.Guards, .. StepExists(a, kept, system)]
                })];
        var types = variables.SelectMany(v => v.Index.Append(v.Type))
            .Concat(actions.SelectMany(a => a.Parameters.Concat(a.Updates.SelectMany(u => u.Bulk))).Select(b => b.Type))
            .Concat(actions.SelectMany(a =>
                a.Guards.Select(g => g.Condition).Concat(a.Updates.SelectMany(u => u.When.Concat(u.Index).Append(u.Value))))
            .Append(property.Formula)
            .SelectMany(Types))
            .Select(t => t is OptionType o ? o.Element : t).ToHashSet();
        return system with
        {
            Sorts = [.. system.Sorts.Where(types.Contains)],
            Variables = variables,
            Actions = actions,
            Properties = [property],
        };

        bool IsKept(ActionDeclaration action) => idle || action.Modifies.Any(kept.Contains);
    }

    /// <summary>The conditions on a step which come from updates of omitted variables.</summary>
    private static IEnumerable<Guard> StepExists(ActionDeclaration action, HashSet<Variable> kept, TransitionSystem system) =>
        RequiredProperties.StepExists(action with { Updates = [.. action.Updates.Where(u => !kept.Contains(u.Variable))] })
            .Select(c => Reduction.Reduce(c, label => !system.Dropped.Contains(label))).Where(c => Inner(c) != Node.True)
            .Select(c => new Guard(c, null, "the step exists", action.Source));

    private static Node Inner(Node node) => node is Quantified quantified ? Inner(quantified.Body) : node;

    /// <summary>
    /// True if a step without any change cannot violate the step property: its formula folds to "true" in a small instance. If this is
    /// misleading, a violation is missed here. The proof, which is about the whole model, then fails.
    /// </summary>
    private static bool HoldsIfNothingChanges(TransitionSystem system, PropertyDeclaration property)
    {
        var variables = Read(property.Formula).ToHashSet();
        var still = system with { Variables = [.. system.Variables.Where(variables.Contains)], Actions = [], Properties = [] };
        var model = new FiniteModel(new Scope(still, system.Sorts.ToDictionary(s => s.Name, _ => 2)), assumeReachable: false);
        return model.State(property.Formula).IsTrue;
    }

    private static IEnumerable<Variable> Read(Node node) => Fold.Descendants(node).OfType<Read>().Select(r => r.Variable);

    private static IEnumerable<ModelType> Types(Node node) =>
        Fold.Descendants(node).SelectMany(n =>
            n switch { Quantified q => [q.Binder.Type], Count c => [c.Binder.Type], _ => new[] { n.Type } });
}
