using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Generators;
using FsCheck.Xunit;

namespace Checker.Tests.Agreement;

/// <summary>
/// Compares every engine with a search by the interpreter, on random small models and their mutants.
/// <see cref="FoundByRandomModels"/> keeps the defects found by these tests.
/// </summary>
[Properties(Arbitrary = [typeof(RandomModel)], MaxTest = 60, QuietOnSuccess = true)]
[Trait("Tier", "slow")]
public sealed class RandomModelTests
{
    [Property]
    public void Exploration_agrees(RandomModel model) => Engines.AssertExplorationAgrees(new(model.Scope));

    [Property]
    public void Bounded_model_checking_agrees(RandomModel model) => Engines.AssertBoundedModelCheckingAgrees(new(model.Scope));

    [Property]
    public void A_step_of_Z3_is_a_step_of_the_interpreter(RandomModel model, int[] picks)
    {
        var states = new InterpreterSearch(model.Scope).States.ToList();
        Engines.AssertStepsAgree(model.Scope, picks.Append(states.Count - 1).Take(4).Select(i => states[Math.Abs(i % states.Count)]));
    }

    [Property]
    public void Labels_are_relevant_where_the_mutant_differs(RandomModel model, bool symmetry)
    {
        // The irrelevant labels, computed from every step of every state in the model and in its mutant, and from the violations of
        // only one of the two. The rules of the language count as properties.
        var truth = new InterpreterSearch(model.Scope);
        var mentioned = model.System.Actions.SelectMany(a => a.Labels).ToHashSet(StringComparer.Ordinal);
        var irrelevant =
            from label in model.System.Labels.Select(l => l.Name)
            where !model.System.Dropped.Contains(label) && (mentioned.Contains(label) || model.System.RestatedWithout(label).Any())
            let mutant = model.ScopeOf(model.System.Without(label))
            where truth.States.All(s => Steps(model.Scope, s).SequenceEqual(Steps(mutant, s))
                && !model.System.Properties.Any(p => Differs(model.Scope, mutant, p, s)))
            select label;
        var options = new ExplorationOptions { Symmetry = symmetry, EveryProperty = true };
        Assert.Equal(irrelevant, new Exhaustive(model.Scope, options).Run().Vacuity!.LabelsNeverRelevant);
    }

    /// <summary>
    /// True if the mutant violates a property in this state and the model does not, or if only one of them witnesses it.
    /// </summary>
    private static bool Differs(Scope model, Scope mutant, PropertyDeclaration property, int[] state)
    {
        if (property.Kind is PropertyKind.Lemma or PropertyKind.Scenario
            || (property.Kind == PropertyKind.Terminal && new Interpreter(mutant).Successors(state).Any()))
        {
            return false;
        }

        var (before, after) = (Matters(model, property, state), Matters(mutant, property, state));
        return property.Kind == PropertyKind.Reachable ? before != after : after && !before;
    }

    private static bool Matters(Scope scope, PropertyDeclaration property, int[] state)
    {
        var (interpreter, wanted) = (new Interpreter(scope), property.Kind == PropertyKind.Reachable);
        return property.IsAboutSteps
            ? interpreter.Successors(state).Any(s => interpreter.Holds(property.Formula, state, s.Next) == wanted)
            : interpreter.Holds(property.Formula, state) == wanted;
    }

    private static IEnumerable<string?> Steps(Scope scope, int[] state)
    {
        var interpreter = new Interpreter(scope);
        return scope.Instances.Select(i => interpreter.Step(i, state) is { } next ? InterpreterSearch.Key(next) : null);
    }
}
