using System.Collections.Immutable;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Mutation;

/// <summary>Where a mutant's steps are others than the model's, as formulas over the states before.</summary>
internal sealed class StepDifference
{
    private readonly ImmutableArray<(GroundAction? Before, GroundAction? After)> _pairs;

    /// <param name="actions">The names of the actions that may differ.</param>
    public StepDifference(CompiledModel original, CompiledModel mutant, IEnumerable<string> actions)
    {
        Mutant = mutant;
        var (model, before, after) = (original.Model, InstancesOf(original, actions), InstancesOf(mutant, actions));
        _pairs = [.. before.Keys.Union(after.Keys).Select(k => (Before: before.GetValueOrDefault(k), After: after.GetValueOrDefault(k))).Where(p => !Same(p.Before, p.After))];
        Added = Simplify.Or(_pairs.Select(p => Questions.Lacks(model, p.After, p.Before)));
        Missing = Simplify.Or(_pairs.Select(p => Questions.Lacks(model, p.Before, p.After)));
        Any = Simplify.Or([Added, Missing]);
    }

    public CompiledModel Mutant { get; }

    /// <summary>The mutant makes a step that the model does not make.</summary>
    public Formula Added { get; }

    /// <summary>The model makes a step that the mutant does not make.</summary>
    public Formula Missing { get; }

    public Formula Any { get; }

    /// <summary>They differ in values alone that nothing looks at.</summary>
    public bool IsDead(DeadValues dead) => dead.Explains(Mutant, _pairs);

    private static Dictionary<string, GroundAction> InstancesOf(CompiledModel model, IEnumerable<string> actions) =>
        model.Model.Actions.Where(a => actions.Contains(a.Instance.Action.Name)).ToDictionary(a => a.Instance.ToString(), StringComparer.Ordinal);

    private static bool Same(GroundAction? a, GroundAction? b) =>
        a is null ? b is null : b is not null && a.Guard.Equals(b.Guard) && a.Updates.SequenceEqual(b.Updates);
}
