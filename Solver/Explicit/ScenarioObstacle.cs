using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>The place at which an impossible scenario ends, and the reason. All behaviours with the actions before it were tried.</summary>
/// <param name="Reached">A behaviour with the longest possible part of the scenario, as near to the next action as any.</param>
/// <param name="Action">The first impossible action. Null: all actions are possible, but the ending is false after them.</param>
/// <param name="Nearest">
/// The instance of the action with the fewest false conditions. Null: the action has no instance at this size.
/// </param>
/// <param name="False">
/// The false conditions: those which are false for every instance in every reached state, or, if there are none, those of the nearest.
/// </param>
/// <param name="Always">True if the conditions are false for every instance in every reached state.</param>
/// <param name="Dropped">The dropped labels among the conditions. They are in <paramref name="False"/> no more.</param>
/// <param name="BrokenRule">The rule of the language which the action would break; null unless its guards hold.</param>
/// <param name="Detour">An action outside the scenario after which the impossible action is possible; null if no single one is.</param>
public sealed record ScenarioObstacle(
    PropertyDeclaration Scenario,
    Trace Reached,
    string? Action,
    ActionInstance? Nearest,
    ImmutableArray<Reason> False,
    ImmutableArray<string> Dropped,
    bool Always,
    string? BrokenRule,
    string? Detour)
{
    /// <summary>The number of possible actions of the scenario.</summary>
    public required int Steps { get; init; }

    /// <param name="ends">
    /// All behaviours with the first actions of the scenario. Of a scenario with gaps, one of the shortest.
    /// </param>
    /// <param name="steps">The number of these actions.</param>
    internal static ScenarioObstacle Of(
        Scope scope,
        PropertyDeclaration scenario,
        IReadOnlyList<ImmutableArray<TraceState>> ends,
        int steps)
    {
        var interpreter = new Interpreter(scope);
        string? action = steps < scenario.Steps.Length ? scenario.Steps[steps] : null;
        var attempts = action is null
            ? [.. ends.Select(end => new Attempt(interpreter, end, null, [scenario.Formula]))]
            : ends.SelectMany(_ => scope.Instances.Where(i => i.Action.Name == action), (end, i) =>
                new Attempt(interpreter, end, i, i.Action.Guards.Select(g => g.Condition))).ToList();
        string? detour = action is null ? null : FindDetour(interpreter, ends, action);
        if (attempts.Count == 0)
        {
            return new(scenario, Replay.Check(new(scope, null, ends[0], false)), action, null, [], [], false, null, detour)
            {
                Steps = steps,
            };
        }

        var nearest = attempts.MinBy(a => a.False.Length)!;
        var common = nearest.False.Where(c => attempts.TrueForAll(a => a.False.Contains(c, ReferenceEqualityComparer.Instance))).ToList();
        var named = common.Count > 0 ? common : [.. nearest.False];
        return new(
            scenario,
            Replay.Check(new(scope, null, nearest.End, false)),
            action,
            nearest.Instance,
            [.. named.Where(c => c is not HasLabel).Select(nearest.Why)],
            [.. named.OfType<HasLabel>().Select(l => l.Label)],
            common.Count > 0 && scenario.Steps == scenario.Actions,
            nearest.False.IsEmpty ? nearest.BrokenRule() : null,
            detour)
        {
            Steps = steps,
        };
    }

    private static string? FindDetour(Interpreter interpreter, IEnumerable<ImmutableArray<TraceState>> ends, string action)
    {
        var wanted = interpreter.Scope.Instances.Where(i => i.Action.Name == action).ToList();
        return ends.SelectMany(end => interpreter.Successors([.. end[^1].Cells]))
            .FirstOrDefault(s => wanted.Exists(i => interpreter.Step(i, s.Next) is not null))
            .Instance?.Action.Name;
    }

    /// <summary>The conditions of one instance, or of the ending, after one behaviour.</summary>
    private sealed class Attempt
    {
        private readonly Interpreter _interpreter;
        private readonly int[] _state;
        private readonly ImmutableDictionary<Binder, int> _bound;

        public Attempt(Interpreter interpreter, ImmutableArray<TraceState> end, ActionInstance? instance, IEnumerable<Node> conditions)
        {
            (_interpreter, End, Instance, _state) = (interpreter, end, instance, [.. end[^1].Cells]);
            _bound = ImmutableDictionary<Binder, int>.Empty.AddRange(
                instance is null ? [] : instance.Action.Parameters.Zip(instance.Arguments, KeyValuePair.Create));
            False = [.. conditions.SelectMany(FalseParts)];
        }

        public ImmutableArray<TraceState> End { get; }

        public ActionInstance? Instance { get; }

        public ImmutableArray<Node> False { get; }

        public Reason Why(Node conjunct) => Explanation.Why(_interpreter.Scope, conjunct, _bound, _state);

        public string? BrokenRule()
        {
            try
            {
                _interpreter.Apply(Instance!, _state);
                return null;
            }
            catch (ModelErrorException broken)
            {
                return broken.Message;
            }
        }

        /// <summary>
        /// The false parts of a condition. A definition which is a conjunction is opened as well, and so is a guard with a label.
        /// </summary>
        private IEnumerable<Node> FalseParts(Node node) => Fold.Conjuncts(node)
            .Where(c => !_interpreter.Holds(c, _bound, _state))
            .SelectMany(c => c switch
            {
                Definition { Body: And body } => FalseParts(body),
                Implies { Premise: HasLabel } guard => FalseParts(guard.Conclusion),
                _ => [c],
            });
    }
}
