using Checker.Solver.Instance;

namespace Checker.Solver.Traces;

/// <summary>
/// The places in a mutant's trace where a dropped label makes a difference: steps which the model with the label would not take, or
/// take differently.
/// </summary>
public sealed class DroppedLabels
{
    private readonly List<(string Label, Interpreter With)> _dropped;

    public DroppedLabels(Scope scope)
    {
        var sizes = scope.System.Sorts.ToDictionary(s => s.Name, scope.SizeOf);
        _dropped = [.. scope.System.Dropped.Order(StringComparer.Ordinal).Select(label =>
            (label, new Interpreter(new(scope.System with { Dropped = scope.System.Dropped.Remove(label) }, sizes))))];
    }

    /// <summary>Returns the dropped labels which make a difference in this step, each with its effect.</summary>
    public IEnumerable<(string Label, string Effect)> Missed(ActionInstance instance, int[] before, int[] after)
    {
        foreach (var (label, with) in _dropped)
        {
            if (!with.Enabled(instance, before))
            {
                yield return (label, "would not have let this happen");
            }
            else if (!Same(with, instance, before, after))
            {
                yield return (label, "would have made this step another");
            }
        }
    }

    private static bool Same(Interpreter with, ActionInstance instance, int[] before, int[] after)
    {
        try
        {
            return with.Apply(instance, before).AsSpan().SequenceEqual(after);
        }
        catch (ModelErrorException)
        {
            return false;
        }
    }
}
