using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// The search for a behaviour with the actions of a scenario, with any parameters. It computes the set of states after each action.
/// </summary>
internal static class Scenarios
{
    /// <returns>The replayed witness. Null if the scenario is impossible in this scope.</returns>
    public static Trace? Find(Scope scope, PropertyDeclaration scenario) => Witness(scope, scenario, Ends(scope, scenario));

    /// <returns>The replayed witness, or the reason why there is none.</returns>
    public static (Trace? Witness, ScenarioObstacle? Obstacle) Explain(Scope scope, PropertyDeclaration scenario)
    {
        var ends = Ends(scope, scenario);
        return Witness(scope, scenario, ends) is { } witness ? (witness, null) : (null, ScenarioObstacle.Of(scope, scenario, ends));
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
