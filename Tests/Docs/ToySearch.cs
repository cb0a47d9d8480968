using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Tests.Docs;

/// <summary>The checker of docs/tutorial.md.</summary>
internal static class ToySearch
{
    /// <returns>The number of states seen, and the steps to a nearest violation of the invariant. Null if all states satisfy it.</returns>
    public static (int States, IReadOnlyList<string>? Trace) Run(Scope scope, Node invariant)
    {
        var interpreter = new Interpreter(scope);
        int[] initial = scope.InitialState();
        var cameFrom = new Dictionary<string, (string State, string Step)> { [Key(initial)] = ("", "") };
        var queue = new Queue<int[]>([initial]);
        while (queue.TryDequeue(out int[]? state))
        {
            if (!interpreter.Holds(invariant, state))
            {
                return (cameFrom.Count, StepsTo(Key(state)));
            }

            foreach (var (instance, next) in interpreter.Successors(state))
            {
                if (cameFrom.TryAdd(Key(next), (Key(state), instance.ToString())))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return (cameFrom.Count, null);

        IReadOnlyList<string> StepsTo(string key)
        {
            var steps = new Stack<string>();
            for (var (before, step) = cameFrom[key]; step.Length > 0; (before, step) = cameFrom[before])
            {
                steps.Push(step);
            }

            return [.. steps];
        }
    }

    private static string Key(int[] state) => string.Join(',', state);
}
