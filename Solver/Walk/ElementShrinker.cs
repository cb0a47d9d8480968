using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Walk.Compile;

namespace Checker.Solver.Walk;

/// <summary>Shortening of a walk by removing elements, and by moving it to a smaller instance.</summary>
internal static class ElementShrinker
{
    /// <summary>Replaces one element by another, and removes steps which mention an element, while the walk still fails.</summary>
    /// <param name="fails">Returns the remaining walk if it fails.</param>
    public static ImmutableArray<int> Elements(
        Playback playback,
        ImmutableArray<int> walk,
        Func<ImmutableArray<int>, ImmutableArray<int>?> fails)
    {
        foreach (var sort in playback.Code.Scope.System.Sorts)
        {
            for (bool changed = true; changed;)
            {
                changed = false;
                int[] used = [.. Used(playback, walk, sort)];
                foreach (int one in used.Reverse())
                {
                    var without = walk.RemoveAll(i => ElementsOf(playback.Code.Scope.Instances[i], sort).Contains(one));
                    var candidates = used.Where(other => other < one)
                        .Select(other => Renamed(playback, walk, sort, e => e == one ? other : e, playback))
                        .Prepend(without);
                    if (candidates.Select(fails).FirstOrDefault(left => left is not null) is { } left)
                    {
                        (walk, changed) = (left, true);
                        break;
                    }
                }
            }
        }

        return walk;
    }

    /// <summary>
    /// The walk in the smallest instance in which it still fails: with the number of elements it mentions, or a few more, or one
    /// fewer.
    /// </summary>
    public static (Playback Playback, ImmutableArray<int> Walk) Sizes(
        Playback playback,
        ImmutableArray<int> walk,
        Func<PropertyDeclaration, bool> wanted,
        Func<string, int> least)
    {
        var scope = playback.Code.Scope;
        var sorts = scope.System.Sorts;
        var used = sorts.ToDictionary(s => s.Name, s => Used(playback, walk, s), StringComparer.Ordinal);
        int Fit(SortType sort, int more) => Math.Min(scope.SizeOf(sort), Math.Max(least(sort.Name), used[sort.Name].Length) + more);
        // An element mentioned by no step may still be needed, by its presence or its absence.
        var sizes = new[] { sorts.ToDictionary(s => s.Name, s => Fit(s, 0), StringComparer.Ordinal) }
            .Concat(sorts.Select(more => sorts.ToDictionary(s => s.Name, s => Fit(s, s == more ? 1 : 0), StringComparer.Ordinal)))
            .Append(sorts.ToDictionary(s => s.Name, s => Fit(s, 1), StringComparer.Ordinal));
        foreach (var smaller in sizes.Where(size => sorts.Any(s => size[s.Name] < scope.SizeOf(s))))
        {
            var there = At(playback, smaller);
            if (there.Violates(Moved(playback, walk, used, there), wanted) is { } left)
            {
                return (there, left);
            }
        }

        // If the final state must have no enabled action, an element can be removed only together with its steps.
        foreach (var sort in sorts.Where(s =>
            playback.Code.Terminal.Length > 0 && used[s.Name].Length == scope.SizeOf(s) && scope.SizeOf(s) > least(s.Name)))
        {
            var there = At(playback, sorts.ToDictionary(s => s.Name, s => scope.SizeOf(s) - (s == sort ? 1 : 0), StringComparer.Ordinal));
            foreach (int element in used[sort.Name])
            {
                var without = walk.RemoveAll(i => ElementsOf(playback.Code.Scope.Instances[i], sort).Contains(element));
                if (there.Violates(
                    Moved(
                        playback,
                        without,
                        used.ToDictionary(u => u.Key, u => u.Key == sort.Name ? u.Value.Remove(element) : u.Value),
                        there),
                    wanted) is { } left)
                {
                    return (there, left);
                }
            }
        }

        return (playback, walk);
    }

    private static Playback At(Playback playback, Dictionary<string, int> sizes) =>
        new(new WalkCode(
            new(playback.Code.Scope.System, sizes),
            playback.Code.Watched.Concat(playback.Code.Terminal).Select(w => w.Property)));

    /// <summary>The walk in another instance, with its elements numbered in the order of use.</summary>
    private static ImmutableArray<int> Moved(
        Playback from,
        ImmutableArray<int> walk,
        Dictionary<string, ImmutableArray<int>> used,
        Playback to) =>
        [.. from.Code.Scope.System.Sorts.Aggregate(
            walk.Select(i => from.Code.Scope.Instances[i]),
            (instances, sort) => instances.Select(i => Rename(i, sort, e => used[sort.Name].IndexOf(e))))
            .Select(i => to.Find(i.Action, i.Arguments.AsSpan()))];

    /// <summary>The elements mentioned by the walk, in the order of use.</summary>
    private static ImmutableArray<int> Used(Playback playback, ImmutableArray<int> walk, SortType sort) =>
        [.. walk.SelectMany(i => ElementsOf(playback.Code.Scope.Instances[i], sort)).Distinct()];

    private static IEnumerable<int> ElementsOf(ActionInstance instance, SortType sort) =>
        from pair in instance.Action.Parameters.Zip(instance.Arguments)
        let element = pair.First.Type == sort ? pair.Second
            : pair.First.Type is OptionType { Element: var inner } && inner == sort ? pair.Second - 1
            : -1
        where element >= 0
        select element;

    private static ImmutableArray<int> Renamed(
        Playback from,
        ImmutableArray<int> walk,
        SortType sort,
        Func<int, int> rename,
        Playback to) =>
        [.. walk.Select(i => Rename(from.Code.Scope.Instances[i], sort, rename)).Select(i => to.Find(i.Action, i.Arguments.AsSpan()))];

    private static ActionInstance Rename(ActionInstance instance, SortType sort, Func<int, int> rename) => instance with
    {
        Arguments = [.. instance.Action.Parameters.Zip(instance.Arguments, (parameter, code) =>
            parameter.Type == sort ? rename(code)
            : parameter.Type is OptionType { Element: var inner } && inner == sort && code > 0 ? rename(code - 1) + 1
            : code)],
    };
}
