using Checker.App;
using Checker.Solver.Explicit;

namespace Checker.Tests.Explicit;

/// <summary>An impossible scenario names the action at which it ends, and the false conditions of this action.</summary>
public sealed class ObstacleTests
{
    private const string Place = @"\Ascenario \w+ \(Tests/Explicit/Turns\.cs:\d+\) ";

    [Fact]
    public void A_possible_scenario_has_none()
    {
        var result = Explored("Ends");

        Assert.True(result.Holds);
        Assert.Null(result.Obstacle);
    }

    [Fact]
    public void An_impossible_action_is_named_with_its_false_condition_and_the_missing_step()
    {
        var obstacle = Explored("SkipsFlush").Obstacle!;

        Assert.Equal((1, "End", "Flush"), (obstacle.Steps, obstacle.Action, obstacle.Detour));
        Assert.Equal(["at[w0] == Flushed"], obstacle.False.Select(f => f.Formula));
        Assert.True(obstacle.Always);
        Assert.Matches(
            Place + @"cannot go on after Zap \(action 1 of 3\): End is not enabled, because at\[w0\] == Flushed is false "
                + @"\(at\[w0\] = Zapped\); End is possible one step later, after Flush; if you reordered steps, change the scenario\z",
            ObstacleText.Of(obstacle));
    }

    [Fact]
    public void A_scenario_which_cannot_begin_says_so()
    {
        var obstacle = Explored("BeginsWithFlush").Obstacle!;

        Assert.Equal((0, "Flush"), (obstacle.Steps, obstacle.Action));
        // The definition is opened.
        Assert.Equal(["at[w0] == Zapped", "stale"], obstacle.False.Select(f => f.Formula));
        Assert.Matches(Place + "cannot begin: Flush is not enabled, because ", ObstacleText.Of(obstacle));
    }

    [Fact]
    public void A_false_ending_is_named_after_all_actions()
    {
        var obstacle = Explored("StaysStale").Obstacle!;

        Assert.Equal((3, null), (obstacle.Steps, obstacle.Action));
        Assert.Matches(
            @"\Ascenario StaysStale \(Tests/Explicit/Turns\.cs:\d+\): all 3 actions are possible, but the formula after them never holds, "
                + @"because stale is false\z",
            ObstacleText.Of(obstacle));
    }

    [Fact]
    public void A_rule_of_the_language_can_be_the_obstacle()
    {
        var obstacle = Explored("CountsTwice").Obstacle!;

        Assert.Empty(obstacle.False);
        Assert.Matches(
            Place + @"cannot go on after Count \(action 1 of 2\): Count is enabled, but would break a rule of the model language \(.*"
                + @"ended becomes 2, outside", ObstacleText.Of(obstacle));
    }

    [Fact]
    public void An_action_without_parameters_to_choose_from_says_so() =>
        Assert.Contains(
            "Zap has no parameters to choose from at these bounds",
            ObstacleText.Of(Explored("Ends", workers: 0).Obstacle!),
            StringComparison.Ordinal);

    [Fact]
    public void Without_the_option_nothing_is_explained() =>
        Assert.Null(new Exhaustive(Explore.Scope(new Turns().Build(), ("Worker", 1)), new() { EveryProperty = true }).Run()
            .Result("SkipsFlush").Obstacle);

    [Fact]
    public void A_dropped_label_is_the_reason_and_no_step_was_reordered()
    {
        var (code, output, _) = Cli.Program.Call("verify --design snp,attribute,inplace,honest --drop convert.refcount");

        Assert.Equal(1, code);
        Assert.Matches(
            @"scenario PinDelaysConversion \(Properties/GuestMemory/\S+\.cs:\d+\) cannot go on after ConvertHostFlush "
                + @"\(action 7 of 16\): ConvertRefuse is not enabled, because the label convert\.refcount is dropped",
            Cli.Program.Words(output));
    }

    private static PropertyResult Explored(string scenario, int workers = 2) => new Exhaustive(
        Explore.Scope(new Turns().Build(), ("Worker", workers)),
        new() { Explained = true, EveryProperty = true }).Run().Result(scenario);
}
