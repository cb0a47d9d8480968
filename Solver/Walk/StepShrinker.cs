using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Walk;

/// <summary>
/// Breadth-first search from the initial state for a shorter walk, with some instances only and with a limit on the states.
/// </summary>
internal static class StepShrinker
{
    /// <param name="shorterThan">The length of the known walk. Only a walk of fewer steps is useful.</param>
    /// <returns>A shortest walk of these instances to a violation. Null if there is none, or none was found within the limits.</returns>
    public static ImmutableArray<int>? Among(
        Playback playback,
        ImmutableArray<int> instances,
        int shorterThan,
        int mostStates,
        Func<PropertyDeclaration, bool> wanted,
        CancellationToken cancellation)
    {
        var walker = playback.Walker;
        walker.Reset();
        byte[] initial = new byte[walker.Code.Planes.Cells];
        walker.CopyTo(initial);
        var states = new List<byte[]> { initial };
        var (parents, steps, depths) = (new List<int> { -1 }, new List<int> { -1 }, new List<int> { 0 });
        var seen = new HashSet<byte[]>(new SameState()) { initial };
        for (int from = 0; from < states.Count && depths[from] + 1 < shorterThan && !cancellation.IsCancellationRequested; from++)
        {
            walker.MoveTo(states[from]);
            var enabled = instances.Where(i => walker.IsEnabled(i)).ToArray();
            foreach (int instance in enabled)
            {
                walker.MoveTo(states[from]);
                if (walker.Fire(instance) && Playback.Violation(walker, wanted) is not null)
                {
                    return Path(from, instance);
                }

                byte[] next = new byte[initial.Length];
                walker.CopyTo(next);
                if (seen.Add(next))
                {
                    if (walker.Code.Terminal.Length > 0 && Playback.Violation(walker, wanted) is not null)
                    {
                        return Path(from, instance);
                    }

                    if (states.Count >= mostStates)
                    {
                        return null;
                    }

                    states.Add(next);
                    parents.Add(from);
                    steps.Add(instance);
                    depths.Add(depths[from] + 1);
                }
            }
        }

        return null;

        ImmutableArray<int> Path(int state, int last)
        {
            var path = ImmutableArray.CreateBuilder<int>();
            path.Add(last);
            for (int s = state; s > 0; s = parents[s])
            {
                path.Insert(0, steps[s]);
            }

            return path.ToImmutable();
        }
    }

    private sealed class SameState : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] state)
        {
            var hash = default(HashCode);
            hash.AddBytes(state);
            return hash.ToHashCode();
        }
    }
}
