using Checker.Solver.Explicit;

namespace Checker.App;

/// <summary>The sentence about a violation which says if it outlasts the operations in progress.</summary>
public static class TransienceText
{
    private const string Quiescent = "in which no operation is in progress";

    /// <summary>
    /// Returns the sentence. Null if the question does not arise: the model declares no operations, or no invariant of states is violated.
    /// </summary>
    public static string? Of(Run run, PropertyResult result)
    {
        string name = result.Property.Name;
        if (run.Job.Model.Operations.IsEmpty || result is not { Holds: false, Property: { IsClaimedInvariant: true, IsAboutSteps: false } })
        {
            return null;
        }

        return result.Transience switch
        {
            null => $"It is not decided if the violation of {name} outlasts the operations in progress, because not all states are "
                + $"explored{(run.Result.Outcome == Outcome.Violated ? " (--every-property explores them)" : "")}.",
            { Violated: > 0 and var violated, Lasting: { } lasting } t =>
                $"{name} stays violated in {Quantity.Count(violated)} of {Quantity.Of(t.Quiescent, "reachable state")} {Quiescent}; "
                + $"the shortest way to such a state has {Quantity.Of(lasting.Length, "state")}.",
            { StepsToQuiescence: { } steps } t =>
                $"{name} is violated only while {During(t)} in progress: it holds in each of the "
                + $"{Quantity.Of(t.Quiescent, "reachable state")} {Quiescent}, "
                + $"and the nearest of them is {Quantity.Of(steps, "step")} away.",
            var t => $"{name} is violated only while {During(t)} in progress, but no state {Quiescent} is reachable from here.",
        };
    }

    private static string During(Transience transience) => transience.During switch
    {
        [] => "an operation is",
        [var one] => $"{one} is",
        var several => $"{string.Join(", ", several[..^1])} and {several[^1]} are",
    };
}
