namespace Checker.Solver.Traces;

/// <summary>
/// The cost of reading a trace: the number of its actors, and the number of its context switches, which are the changes of the actor
/// between successive steps. A trace with fewer actors is simpler; among traces with equally many, one with fewer switches.
/// </summary>
public readonly record struct TraceCost(int Actors, int Switches) : IComparable<TraceCost>
{
    /// <summary>Returns the cost of the trace. A trace without steps has no actors.</summary>
    public static TraceCost Of(Trace trace)
    {
        string[] actors = [.. trace.States.Skip(1).Select(s => s.Instance!.Action.Actor)];
        return new(
            actors.Distinct(StringComparer.Ordinal).Count(),
            actors.Zip(actors.Skip(1)).Count(p => p.First != p.Second));
    }

    public static bool operator <(TraceCost left, TraceCost right) => left.CompareTo(right) < 0;

    public static bool operator >(TraceCost left, TraceCost right) => left.CompareTo(right) > 0;

    public static bool operator <=(TraceCost left, TraceCost right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TraceCost left, TraceCost right) => left.CompareTo(right) >= 0;

    public int CompareTo(TraceCost other) => (Actors, Switches).CompareTo((other.Actors, other.Switches));

    public override string ToString() =>
        $"{Actors} {(Actors == 1 ? "actor" : "actors")}, {Switches} {(Switches == 1 ? "switch" : "switches")}";
}

/// <summary>The result of the search for the simplest among the shortest traces of a property.</summary>
/// <param name="Cost">The cost of the trace which is shown.</param>
/// <param name="Obstacle">
/// The reason why the search gave up, and the trace is any shortest one; null if no shortest trace has a smaller cost.
/// </param>
public sealed record Simplicity(TraceCost Cost, string? Obstacle)
{
    /// <summary>True if every shortest trace of the property was considered, and none has a smaller cost.</summary>
    public bool IsSimplest => Obstacle is null;

    /// <summary>The result as a line above the trace: "simplest of the shortest: 2 actors, 3 switches".</summary>
    public override string ToString() => IsSimplest
        ? $"simplest of the shortest: {Cost}"
        : $"a shortest trace, not made simple: {Cost}; {Obstacle}";
}
