using System.Collections.Immutable;
using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// The search for a scenario with gaps. The model gets one more variable, the number of the scenario's actions taken so far. An action
/// which is the next of the scenario may advance it; at a gap, every action may also happen without advancing it. The scenario is
/// then a question about a reachable state, which the exploration answers. This is the product with the automaton of the scenario
/// (Vardi and Wolper, "An automata-theoretic approach to automatic program verification", 1986).
/// </summary>
internal sealed class ScenarioProduct
{
    private const string Counter = "(scenario)";

    private readonly Scope _scope;
    private readonly PropertyDeclaration _scenario;
    private readonly ImmutableArray<string> _steps;
    private readonly Variable _taken;
    private readonly Dictionary<ActionDeclaration, ActionDeclaration> _origins = [];

    public ScenarioProduct(Scope scope, PropertyDeclaration scenario)
    {
        (_scope, _scenario, _steps) = (scope, scenario, scenario.Steps);
        _taken = new(Counter, null, [], new RangeType(0, _steps.Length), scenario.Source);
    }

    /// <summary>Returns a shortest behaviour of the scenario. Null if there is none.</summary>
    /// <exception cref="UnfinishedException">The search was stopped, or the memory does not suffice.</exception>
    public ImmutableArray<TraceState>? Find(ExplorationOptions options) =>
        Ask([new And([TakenIs(_steps.Length), _scenario.Formula])], options)[0];

    /// <summary>Returns a shortest behaviour with as many of the first actions as possible, and the number of these actions.</summary>
    /// <inheritdoc cref="Find"/>
    public (ImmutableArray<TraceState> Behaviour, int Steps) Furthest(ExplorationOptions options)
    {
        var reached = Ask([.. Enumerable.Range(0, _steps.Length + 1).Select(TakenIs)], options);
        int steps = reached.FindLastIndex(r => r is not null);
        return (reached[steps]!.Value, steps);
    }

    /// <summary>Returns for each formula over the product a shortest behaviour after which it holds; null if there is none.</summary>
    private List<ImmutableArray<TraceState>?> Ask(ImmutableArray<Node> formulas, ExplorationOptions options)
    {
        var system = Product([.. formulas.Select((f, i) => PropertyKinds.Reached($"{_scenario.Name} {i}", f, _scenario.Source))]);
        var sizes = system.Sorts.ToDictionary(s => s.Name, _scope.SizeOf, StringComparer.Ordinal);
        var explored = new Exhaustive(new(system, sizes), options with
        {
            Checkpoint = null,
            EveryProperty = false,
            Explained = false,
            Lemmas = false,
            Simplest = false,
            Symmetry = true,
            Vacuity = false,
            Witnesses = true,
        }).Run();
        var results = explored.Properties.Where(p => p.Property.IsWitnessed).ToList();
        return results.TrueForAll(r => r.Holds is not null)
            ? [.. results.Select(r => r.Trace?.States.Select(Original).ToImmutableArray())]
            : throw new UnfinishedException(
                explored.Outcome,
                explored.Distinct,
                explored.Depth,
                $"the search for {_scenario.Name} has not ended");
    }

    private TransitionSystem Product(ImmutableArray<PropertyDeclaration> questions)
    {
        var actions = ImmutableArray.CreateBuilder<ActionDeclaration>();
        foreach (var action in _scope.System.Actions)
        {
            // At a gap, the action happens between two of the scenario.
            Add(action, "", new Or([.. _scenario.Gaps.Select(TakenIs)]), []);
            for (int at = 0; at < _steps.Length; at++)
            {
                if (_steps[at] == action.Name)
                {
                    Add(action, $" {at + 1}", TakenIs(at), [new Update(_taken, [], new Lit(_taken.Type, at + 1), [], [], action.Source)]);
                }
            }
        }

        return RequiredProperties.Renew(_scope.System with
        {
            Variables = _scope.System.Variables.Add(_taken),
            Actions = actions.ToImmutable(),
            Properties = questions,
            Operations = [],
        });

        void Add(ActionDeclaration action, string suffix, Node when, ImmutableArray<Update> advance)
        {
            var copy = action with
            {
                Name = action.Name + suffix,
                Guards = action.Guards.Insert(0, new(when, null, Counter, action.Source)),
                Updates = [.. action.Updates, .. advance],
            };
            _origins[copy] = action;
            actions.Add(copy);
        }
    }

    private Eq TakenIs(int steps) => new(new Read(_taken, [], Primed: false), new Lit(_taken.Type, steps));

    /// <summary>The state without the counter, which is its last cell, and the instance in the original scope.</summary>
    private TraceState Original(TraceState state) => new(
        state.Instance is { } instance
            ? _scope.Instances.First(i => i.Action == _origins[instance.Action] && i.Arguments.SequenceEqual(instance.Arguments))
            : null,
        state.Cells[..^1]);
}
