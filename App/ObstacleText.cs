using Checker.Solver.Explicit;
using Checker.Solver.Traces;

namespace Checker.App;

/// <summary>The reason for an impossible scenario as a sentence.</summary>
public static class ObstacleText
{
    /// <summary>The largest number of cells named for one condition. More cells explain less.</summary>
    private const int MostReadings = 4;

    /// <summary>Returns the sentence, with the place of the scenario and the action at which it ends.</summary>
    public static string Of(ScenarioObstacle obstacle)
    {
        var (scenario, steps) = (obstacle.Scenario, obstacle.Steps);
        string place = $"scenario {scenario.Name} ({scenario.Source})";
        if (obstacle.Action is not { } action)
        {
            return $"{place}: all {Quantity.Of(steps, "action")} are possible, but the formula after them never holds, "
                + $"because {Conditions(obstacle)}";
        }

        string after = steps == 0 ? "cannot begin" : $"cannot go on after {scenario.Steps[steps - 1]} (action {steps} of "
            + $"{scenario.Steps.Length})";
        string detour = obstacle.Detour is { } first ? $"; {action} is possible one step later, after {first}" : "";
        string advice = obstacle.Reached.Scope.System.Dropped.IsEmpty ? "; if you reordered steps, change the scenario" : "";
        return $"{place} {after}: {action} {Reason(obstacle)}{detour}{advice}";
    }

    private static string Reason(ScenarioObstacle obstacle) => obstacle switch
    {
        { Nearest: null } => "has no parameters to choose from at these bounds",
        { BrokenRule: { } rule } => $"is enabled, but would break a rule of the model language ({rule})",
        _ => $"is not enabled, because {Conditions(obstacle)}",
    };

    private static string Conditions(ScenarioObstacle obstacle)
    {
        string[] conditions =
        [
            .. obstacle.Dropped.Select(l => $"the label {l} is dropped"),
            .. obstacle.False.Select(f => $"{f.Formula} is false{Values(f)}"),
        ];
        string range = obstacle.Always || obstacle.Nearest is not { Arguments.IsEmpty: false } nearest
            ? ""
            : $" for {nearest}, which comes nearest";
        return $"{string.Join(" and ", conditions)}{range}";
    }

    private static string Values(Reason condition)
    {
        var reads = condition.AllReads.ToList();
        bool says = reads is [var only] && only.Cell.ToString() == condition.Formula;
        return says || reads.Count is 0 or > MostReadings ? "" : $" ({string.Join(", ", reads)})";
    }
}
