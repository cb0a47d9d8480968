using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Naive;

/// <summary>The failure of a search because the instance is too large for it.</summary>
internal sealed class TooMuchException(string message) : Exception(message);

/// <summary>The reachable states in breadth-first order, all their steps, and the resulting verdict on every property.</summary>
internal sealed class NaiveSearch
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<NaiveState> _states = [];
    private readonly List<int> _levels = [];
    private readonly List<IReadOnlyList<(NaiveInstance Instance, int Target)>> _steps = [];
    private readonly Dictionary<PropertyDeclaration, int> _lengths = [];
    private readonly Dictionary<string, long> _fired = new(StringComparer.Ordinal);

    /// <exception cref="TooMuchException">There are more states, or more expressions to evaluate, than allowed.</exception>
    public NaiveSearch(TransitionSystem system, IReadOnlyDictionary<string, int> sizes, int mostStates, long mostWork)
    {
        Model = new(system, sizes);
        Add(Model.Initial, 1);
        for (int state = 0; state < _states.Count; state++)
        {
            Expand(state);
            if (_states.Count > mostStates || Model.Work > mostWork)
            {
                throw new TooMuchException($"{_states.Count} states, {Model.Work} evaluations");
            }
        }

        foreach (var property in system.Properties)
        {
            Judge(property);
        }
    }

    public NaiveModel Model { get; }

    /// <summary>The reachable states, nearest first.</summary>
    public IReadOnlyList<NaiveState> States => _states;

    /// <summary>The number of steps of all states, plus one for the initial state.</summary>
    public long Generated => 1 + _steps.Sum(s => s.Count);

    public int Depth => _levels[^1];

    public int Deadlocks => _steps.Count(s => s.Count == 0);

    /// <summary>The states in which the rules of the language are broken, by action and variable.</summary>
    public Dictionary<(string Rule, string Action, string Variable), HashSet<int>> Breaches { get; } = [];

    /// <summary>The steps from a state.</summary>
    public IReadOnlyList<(NaiveInstance Instance, int Target)> StepsFrom(int state) => _steps[state];

    /// <summary>The number of states of a shortest path to a state, both ends included.</summary>
    public int LevelOf(int state) => _levels[state];

    /// <summary>The number of a state; null if it is not reachable.</summary>
    public int? NumberOf(NaiveState state) => _numbers.TryGetValue(state.Key, out int number) ? number : null;

    public long Fired(string action) => _fired.GetValueOrDefault(action);

    /// <summary>
    /// The number of states of a shortest trace which violates the property or, for Reachable and Scenario, witnesses it. Null if
    /// there is none.
    /// </summary>
    public int? LengthOf(PropertyDeclaration property) => _lengths.TryGetValue(property, out int length) ? length : null;

    /// <summary>True if the property reads the state after a step, or is a property of steps by its kind.</summary>
    public static bool IsOfSteps(PropertyDeclaration property) => property.Kind == PropertyKind.StepInvariant
        || (property.Kind == PropertyKind.Reachable && Contains(property.Formula, n => n is Read { Primed: true }));

    /// <summary>True if a trace to the property is a witness rather than a violation.</summary>
    public static bool IsWitnessed(PropertyDeclaration property) => property.Kind is PropertyKind.Reachable or PropertyKind.Scenario;

    private static bool Contains(Node node, Func<Node, bool> condition) => condition(node)
        || Fold.Children(node).Any(c => Contains(c, condition));

    private void Add(NaiveState state, int level)
    {
        if (_numbers.TryAdd(state.Key, _states.Count))
        {
            _states.Add(state);
            _levels.Add(level);
        }
    }

    private void Expand(int state)
    {
        var steps = new List<(NaiveInstance, int)>();
        foreach (var instance in Model.Instances)
        {
            var outcome = Model.Take(instance, _states[state]);
            Breach("InRange", instance, outcome.LeftRange, state);
            Breach("OneWriter", instance, outcome.WrittenTwice, state);
            if (outcome.Next is { } next)
            {
                Add(next, _levels[state] + 1);
                steps.Add((instance, _numbers[next.Key]));
                _fired[instance.Action.Name] = _fired.GetValueOrDefault(instance.Action.Name) + 1;
            }
        }

        _steps.Add(steps);
    }

    private void Breach(string rule, NaiveInstance instance, IEnumerable<string> variables, int state)
    {
        foreach (string variable in variables)
        {
            if (!Breaches.TryGetValue((rule, instance.Action.Name, variable), out var states))
            {
                Breaches[(rule, instance.Action.Name, variable)] = states = [];
            }

            states.Add(state);
        }
    }

    private void Judge(PropertyDeclaration property)
    {
        if (property.Kind == PropertyKind.Scenario)
        {
            if (IsPossible(property))
            {
                _lengths[property] = property.Actions.Length + 1;
            }

            return;
        }

        bool wanted = property.Kind == PropertyKind.Reachable;
        bool ofSteps = IsOfSteps(property);
        for (int state = 0; state < _states.Count; state++)
        {
            bool found = ofSteps ? _steps[state].Any(s => Model.Holds(property.Formula, _states[state], _states[s.Target]) == wanted)
                : (property.Kind != PropertyKind.Terminal || _steps[state].Count == 0)
                    && Model.Holds(property.Formula, _states[state]) == wanted;
            if (found)
            {
                _lengths[property] = _levels[state] + (ofSteps ? 1 : 0);
                return;
            }
        }
    }

    private bool IsPossible(PropertyDeclaration scenario)
    {
        HashSet<int> at = [0];
        foreach (string action in scenario.Actions)
        {
            at = [.. at.SelectMany(s => _steps[s]).Where(s => s.Instance.Action.Name == action).Select(s => s.Target)];
        }

        return at.Any(s => Model.Holds(scenario.Formula, _states[s]));
    }
}
