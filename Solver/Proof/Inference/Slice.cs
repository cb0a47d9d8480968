using System.Collections.Immutable;
using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// The part of a model that a formula can depend on (its cone of influence): the variables that it reads, whatever an update of these
/// reads, and whatever decides that a step with such an update exists. The latter is what the guards of the action read, and what the
/// ranges and the double writes of the variables that are left out depend on: these conditions become guards. So a state of the whole
/// model says of the variables that are kept what a reachable state of the slice says, and the other way round.
/// </summary>
internal static class Slice
{
    public static TransitionSystem Of(TransitionSystem system, PropertyDeclaration property)
    {
        // Of the actions that change nothing that is kept, a step property may still be about their steps.
        bool idle = property.Kind == PropertyKind.StepInvariant && !HoldsIfNothingChanges(system, property);
        var kept = Read(property.Formula).ToHashSet();
        int before;
        do
        {
            before = kept.Count;
            foreach (var action in system.Actions.Where(IsKept))
            {
                kept.UnionWith([.. action.Guards.Concat(StepExists(action, kept, system)).SelectMany(g => Read(g.Condition))]);
                kept.UnionWith([.. action.Updates.Where(u => kept.Contains(u.Variable)).SelectMany(u => u.When.Concat(u.Index).Append(u.Value)).SelectMany(Read)]);
            }
        }
        while (kept.Count > before);

        ImmutableArray<Variable> variables = [.. system.Variables.Where(kept.Contains)];
        ImmutableArray<ActionDeclaration> actions = [.. system.Actions.Where(IsKept)
            .Select(a => a with { Updates = [.. a.Updates.Where(u => kept.Contains(u.Variable))], Guards = [.. a.Guards, .. StepExists(a, kept, system)] })];
        var types = variables.SelectMany(v => v.Index.Append(v.Type))
            .Concat(actions.SelectMany(a => a.Parameters.Concat(a.Updates.SelectMany(u => u.Bulk))).Select(b => b.Type))
            .Concat(actions.SelectMany(a => a.Guards.Select(g => g.Condition).Concat(a.Updates.SelectMany(u => u.When.Concat(u.Index).Append(u.Value)))).Append(property.Formula).SelectMany(Types))
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

    /// <summary>The conditions on a step that come from updates of variables that are left out.</summary>
    private static IEnumerable<Guard> StepExists(ActionDeclaration action, HashSet<Variable> kept, TransitionSystem system) =>
        RequiredProperties.StepExists(action with { Updates = [.. action.Updates.Where(u => !kept.Contains(u.Variable))] })
            .Select(c => Reduction.Reduce(c, label => !system.Dropped.Contains(label))).Where(c => Inner(c) != Node.True)
            .Select(c => new Guard(c, null, "the step exists", action.Source));

    private static Node Inner(Node node) => node is Quantified quantified ? Inner(quantified.Body) : node;

    /// <summary>
    /// A step after which all is as before cannot violate the step property: its formula folds to "true" in a small instance. (Where
    /// that misleads, a violation is missed here, and the proof, which is about the whole model, fails.)
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
        Fold.Descendants(node).SelectMany(n => n switch { Quantified q => [q.Binder.Type], Count c => [c.Binder.Type], _ => new[] { n.Type } });
}
