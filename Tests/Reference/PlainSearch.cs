using Checker.Solver.Instance;

namespace Checker.Tests.Reference;

/// <summary>The counts of a breadth-first search.</summary>
public sealed record Counts(long Distinct, long Generated, int Depth);

/// <summary>
/// Breadth-first search as in a textbook, with the interpreter and a HashSet of strings. It uses no part of the explorer: no packed
/// states, no compiled code, no threads. It is slow and easy to verify.
/// </summary>
internal static class PlainSearch
{
    public static Counts Count(Scope scope)
    {
        var interpreter = new Interpreter(scope);
        var seen = new HashSet<string>(StringComparer.Ordinal) { Key(scope.InitialState()) };
        List<int[]> level = [scope.InitialState()];
        long generated = 1;
        int depth = 0;
        while (level.Count > 0)
        {
            depth++;
            var next = new List<int[]>();
            foreach (var (_, successor) in level.SelectMany(interpreter.Successors))
            {
                generated++;
                if (seen.Add(Key(successor)))
                {
                    next.Add(successor);
                }
            }

            level = next;
        }

        return new(seen.Count, generated, depth);
    }

    private static string Key(int[] state) => string.Create(state.Length, state, (text, codes) =>
    {
        for (int i = 0; i < codes.Length; i++)
        {
            text[i] = (char)codes[i];
        }
    });
}
