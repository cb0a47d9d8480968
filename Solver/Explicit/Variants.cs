using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit;

/// <summary>
/// Explores variants of one model: mutants, and other designs with the same steps. They have the same state variables, and most
/// of their actions are the same. Equal parts are grounded and compiled once. The layout has room for every value of every type,
/// because a variant may reach states unreachable in the original. Any number of threads may explore at the same time.
/// </summary>
public sealed class Variants
{
    private readonly IReadOnlyDictionary<string, int> _sizes;
    private readonly string _state;
    private readonly FormulaBuilder _simplify;
    private readonly CodeCache _code;
    private readonly SymmetryGroup _group;
    private readonly Canonicalizer _canonicalizer;
    private readonly ConcurrentDictionary<string, ImmutableArray<(int Number, GroundAction Action)>> _ground = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StepFormula> _stepFormulas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Action, string Property), Formula> _steps = [];
    private readonly ConditionalWeakTable<ActionDeclaration, ConcurrentDictionary<string, string>> _keys = [];
    private readonly ConditionalWeakTable<Node, ConcurrentDictionary<string, string>> _formulaKeys = [];

    /// <exception cref="ArgumentException">The instance is too large to lay out.</exception>
    public Variants(TransitionSystem original, IReadOnlyDictionary<string, int> sizes)
    {
        (_sizes, _state) = (sizes, Structure.OfState(original));
        var model = new FiniteModel(new Scope(original, sizes), assumeReachable: false);
        _simplify = model.Formulas;
        _code = new(new Layout(model));
        _group = new(model.Scope);
        _canonicalizer = new(new CompiledModel(model, _code), _group);
    }

    /// <summary>The number of words of a state.</summary>
    public int Words => _code.Layout.Words;

    /// <summary>The canonicalizer; null if there is no symmetry.</summary>
    internal Canonicalizer? Canonicalizer => _canonicalizer.IsTrivial ? null : _canonicalizer;

    /// <summary>Explores the variant as if it were alone.</summary>
    /// <exception cref="ArgumentException">The variant has other state variables than the original.</exception>
    public ExplorationResult Explore(TransitionSystem variant, ExplorationOptions options) =>
        new Exhaustive(Compile(variant), _group, _canonicalizer, options).Run();

    /// <summary>Compiles the variant, together with its shared code.</summary>
    /// <exception cref="ArgumentException">The variant has other state variables than the original.</exception>
    internal CompiledModel Compile(TransitionSystem variant)
    {
        if (Structure.OfState(variant) != _state)
        {
            throw new ArgumentException("it has other states than the original", nameof(variant));
        }

        var scope = new Scope(variant, _sizes);
        var instances = scope.Instances.ToLookup(i => i.Action);
        var actions = variant.Actions.Select(a => (Action: a, Ground: GroundOf(scope, a, [.. instances[a]]))).ToList();
        var model = new FiniteModel(scope, _simplify, [.. actions.SelectMany(a => a.Ground)], StepParts);
        return new(model, _code);

        ImmutableArray<Formula> StepParts(PropertyDeclaration property)
        {
            bool negate = !property.IsWitnessed;
            string key = $"{negate}{KeyOf(variant, property)}";
            var formula = _stepFormulas.GetOrAdd(key, _ => new StepFormula(scope, _simplify, Has(variant), property.Formula));
            return [.. actions.Select(a =>
                _steps.GetOrAdd((KeyOf(variant, a.Action), key), _ => formula.Some(a.Ground, negate))).Where(f => !f.IsFalse)];
        }
    }

    private static Func<string, bool> Has(TransitionSystem system) => label => !system.Dropped.Contains(label);

    /// <summary>The possible instances of the action. Those of an equal action are reused under the variant's own names.</summary>
    private ImmutableArray<GroundAction> GroundOf(Scope scope, ActionDeclaration action, ImmutableArray<ActionInstance> instances)
    {
        var ground = _ground.GetOrAdd(KeyOf(scope.System, action), _ =>
        {
            var model = new FiniteModel(scope, _simplify, [], _ => []);
            return [.. instances.Select((instance, i) => (i, model.GroundOf(instance, Has(scope.System))))
                .Where(p => p.Item2 is not null)
                .Select(p => (p.i, p.Item2!))];
        });
        return [.. ground.Select(g => g.Action with { Instance = instances[g.Number] })];
    }

    private string KeyOf(TransitionSystem system, PropertyDeclaration property) =>
        _formulaKeys.GetOrCreateValue(property.Formula)
            .GetOrAdd(string.Join(',', system.Dropped.Order(StringComparer.Ordinal)), _ => Structure.Of(system, property.Formula));

    private string KeyOf(TransitionSystem system, ActionDeclaration action)
    {
        var keys = _keys.GetOrCreateValue(action);
        string dropped = string.Join(',', action.Labels.Where(system.Dropped.Contains));
        return keys.GetOrAdd(dropped, _ => Structure.Of(system, action));
    }
}
