using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// The search for a behaviour with the actions of a scenario, with any parameters. Without gaps, it computes the set of states after
/// each action; with gaps, see <see cref="ScenarioProduct"/>.
/// </summary>
internal static class Scenarios
{
    /// <returns>The replayed witness. Null if the scenario is impossible in this scope.</returns>
    /// <param name="options">The limits of the search for a scenario with gaps.</param>
    /// <exception cref="UnfinishedException">The search was stopped, or the memory does not suffice.</exception>
    public static Trace? Find(Scope scope, PropertyDeclaration scenario, ExplorationOptions options) => HasGaps(scenario)
        ? new ScenarioProduct(scope, scenario).Find(options) is { } states
            ? Replay.Check(new Trace(scope, scenario, states, LastStep: false))
            : null
        : Witness(scope, scenario, Ends(scope, scenario));

    /// <returns>The replayed witness, or the reason why there is none.</returns>
    /// <inheritdoc cref="Find"/>
    public static (Trace? Witness, ScenarioObstacle? Obstacle) Explain(
        Scope scope,
        PropertyDeclaration scenario,
        ExplorationOptions options)
    {
        if (HasGaps(scenario))
        {
            return Find(scope, scenario, options) is { } found ? (found, null) : (null, ObstacleOf(scope, scenario, options));
        }

        var ends = Ends(scope, scenario);
        return Witness(scope, scenario, ends) is { } witness
            ? (witness, null)
            : (null, ScenarioObstacle.Of(scope, scenario, ends, ends[0].Length - 1));
    }

    private static bool HasGaps(PropertyDeclaration scenario) => scenario.Gaps.Any();

    /// <summary>The obstacle after a shortest behaviour with as many of the scenario's first actions as possible.</summary>
    private static ScenarioObstacle ObstacleOf(Scope scope, PropertyDeclaration scenario, ExplorationOptions options)
    {
        var (reached, steps) = new ScenarioProduct(scope, scenario).Furthest(options);
        return ScenarioObstacle.Of(scope, scenario, [reached], steps);
    }

    private static Trace? Witness(Scope scope, PropertyDeclaration scenario, List<ImmutableArray<TraceState>> ends)
    {
        var interpreter = new Interpreter(scope);
        var found = ends[0].Length - 1 < scenario.Actions.Length
            ? default
            : ends.FirstOrDefault(path => interpreter.Holds(scenario.Formula, [.. path[^1].Cells]));
        return found.IsDefault ? null : Replay.Check(new Trace(scope, scenario, found, LastStep: false));
    }

    /// <summary>
    /// The behaviours with as many of the scenario's first actions as possible. Of those which end in the same state there is one.
    /// </summary>
    private static List<ImmutableArray<TraceState>> Ends(Scope scope, PropertyDeclaration scenario)
    {
        var interpreter = new Interpreter(scope);
        var instances = scope.Instances.ToLookup(i => i.Action.Name, StringComparer.Ordinal);
        var ends = new List<ImmutableArray<TraceState>> { ImmutableArray.Create(new TraceState(null, [.. scope.InitialState()])) };
        foreach (string action in scenario.Actions)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var next = new List<ImmutableArray<TraceState>>();
            foreach (var path in ends)
            {
                int[] state = [.. path[^1].Cells];
                foreach (var instance in instances[action])
                {
                    if (interpreter.Step(instance, state) is { } after && seen.Add(string.Join(',', after)))
                    {
                        next.Add(path.Add(new(instance, [.. after])));
                    }
                }
            }

            if (next.Count == 0)
            {
                return ends;
            }

            ends = next;
        }

        return ends;
    }
}
