using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Walk;

/// <summary>
/// Shortening of a failed walk: fewer steps (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002), fewer
/// elements, smaller sorts, and finally a shortest behaviour made of the remaining instances; repeated until nothing changes. An
/// instance which is no longer enabled is skipped, so the rest is always a walk. A shorter walk may violate another wanted property
/// than the original walk. The trace names the property it violates itself.
/// </summary>
public sealed class Shrink
{
    private readonly Func<PropertyDeclaration, bool> _wanted;
    private readonly Func<string, int> _least;
    private readonly CancellationToken _cancellation;

    private Shrink(Func<PropertyDeclaration, bool> wanted, Func<string, int> least, CancellationToken cancellation) =>
        (_wanted, _least, _cancellation) = (wanted, least, cancellation);

    /// <param name="wanted">Selects the properties which the shortened walk may violate.</param>
    /// <param name="least">The smallest number of elements of a sort.</param>
    /// <returns>A replayed trace, mostly of a smaller instance. If cancelled, it is longer than necessary.</returns>
    public static Trace Of(
        Campaign campaign,
        FailedWalk failed,
        Func<PropertyDeclaration, bool> wanted,
        Func<string, int>? least = null,
        CancellationToken cancellation = default) =>
        new Shrink(wanted, least ?? (_ => 1), cancellation).Run(new(campaign.Code), failed.Instances);

    private Trace Run(Playback playback, ImmutableArray<int> instances)
    {
        var walk = playback.Violates(instances, _wanted)
            ?? throw new ArgumentException("the walk violates nothing that is wanted", nameof(instances));
        while (true)
        {
            var sizes = Sizes(playback);
            int length = walk.Length;
            walk = FewerSteps(playback, walk);
            walk = ElementShrinker.Elements(playback, walk, w => playback.Violates(w, _wanted));
            walk = FewerSteps(playback, walk);
            (playback, walk) = ElementShrinker.Sizes(playback, walk, _wanted, _least);
            walk = Nearest(playback, walk);
            if (_cancellation.IsCancellationRequested || (walk.Length == length && Sizes(playback).SequenceEqual(sizes)))
            {
                return TraceOf(playback, walk);
            }
        }
    }

    /// <summary>
    /// Removes parts of the walk, first halves, then smaller and smaller parts, while it still violates a wanted property.
    /// </summary>
    private ImmutableArray<int> FewerSteps(Playback playback, ImmutableArray<int> walk)
    {
        for (int size = Math.Max(1, walk.Length / 2); size > 0;)
        {
            bool changed = false;
            // Parts are removed from the end, because late steps depend on early ones and not the other way round.
            for (int start = walk.Length - size; start >= 0 && !_cancellation.IsCancellationRequested; start -= size)
            {
                int first = Math.Min(start, walk.Length - size);
                if (first >= 0 && playback.Violates(walk.RemoveRange(first, size), _wanted) is { } shorter)
                {
                    (walk, changed) = (shorter, true);
                }
            }

            size = size == 1 && changed ? 1 : size / 2;
        }

        return walk;
    }

    /// <summary>The shortest behaviour of the walk's own instances; then of all instances, as far as the budget allows.</summary>
    private ImmutableArray<int> Nearest(Playback playback, ImmutableArray<int> walk)
    {
        const int FewStates = 100_000;
        const int States = 150_000;
        walk = StepShrinker.Among(playback, [.. walk.Distinct().Order()], walk.Length, FewStates, _wanted, _cancellation) ?? walk;
        return StepShrinker.Among(
            playback,
            [.. Enumerable.Range(0, playback.Code.Scope.Instances.Length)],
            walk.Length,
            States,
            _wanted,
            _cancellation)
            ?? walk;
    }

    private static ImmutableArray<int> Sizes(Playback playback)
    {
        var scope = playback.Code.Scope;
        return [.. scope.System.Sorts.Select(scope.SizeOf)];
    }

    private Trace TraceOf(Playback playback, ImmutableArray<int> walk)
    {
        playback.Violates(walk, _wanted);
        var violated = playback.Violation(_wanted)!;
        var scope = playback.Code.Scope;
        var interpreter = new Interpreter(scope);
        int[] state = scope.InitialState();
        var states = ImmutableArray.Create(new TraceState(null, [.. state]));
        foreach (int number in walk)
        {
            var instance = scope.Instances[number];
            state = interpreter.Apply(instance, state);
            states = states.Add(new(instance, [.. state]));
        }

        return Replay.Check(new Trace(scope, violated.Property, states, violated.OfSteps));
    }
}
