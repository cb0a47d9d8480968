namespace Checker.Tests.Cli;

/// <summary>The command <c>checker walk</c>: exit codes, output, and the reproduction of a run from its output.</summary>
public sealed class WalkTests
{
    private const string Mutant = "walk --design tdx,hole,separate,spurious --bounds 2,3,2,1,1 --drop punch.flush --walks 50 --steps 1000";

    [Theory]
    [InlineData("", "NoMappingOutlivesItsFrame")]
    [InlineData("--property MappingFollowsDesignation", "MappingFollowsDesignation")]
    public void A_mutant_is_violated_and_the_walk_can_be_taken_again(string more, string property)
    {
        var (code, output, _) = Program.Call($"{Mutant} --seed 7 {more}");
        Assert.Equal(1, code);
        Assert.Contains($"violates {property}", output, StringComparison.Ordinal);
        string again = output.Split('\n').Single(l => l.Contains(" --walk ", StringComparison.Ordinal)).Trim();

        var (codeAgain, outputAgain, _) = Program.Call(again[(again.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

        Assert.Equal(1, codeAgain);
        Assert.Equal(TraceOf(output), TraceOf(outputAgain));
    }

    [Fact]
    public void The_trace_that_is_written_can_be_replayed()
    {
        using var folder = new Folder();
        string file = folder["walk.json"];
        Assert.Equal(1, Program.Call($"{Mutant} --seed 0x7 --trace-out {file}").Code);

        var (code, output, _) = Program.Call($"replay {file}");

        Assert.Equal(0, code);
        Assert.Contains("without punch.flush", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_says_that_nothing_was_found_and_not_that_it_holds()
    {
        var outcome = Program.Call("walk --protocol PageLifecycle --design inplace,honest --bounds 3,3 --walks 20 --steps 100 --seed 3 "
            + "--json");

        Assert.Equal(0, outcome.Code);
        Assert.Equal("undecided", outcome.Run.GetProperty("verdict").GetString());
        Assert.Equal((20, 2000), (outcome.Run.GetProperty("walks").GetInt64(), outcome.Run.GetProperty("steps").GetInt64()));
        Assert.Equal("0x0000000000000003", outcome.Run.GetProperty("seed").GetString());
    }

    [Fact]
    public void A_violation_that_is_expected_is_no_failure()
    {
        var outcome = Program.Call("walk --design sw,attribute,separate,spurious --bounds 3,4,2,2,2 --walks 40 --steps 2000 --seed 1 "
            + "--json");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            ("violated", "NoSilentCorruption"),
            (outcome.Run.GetProperty("verdict").GetString(), outcome.Run.GetProperty("property").GetString()));
        Assert.True(outcome.Run.GetProperty("expected").GetBoolean());
    }

    [Fact]
    public void Uniform_walks_are_other_walks()
    {
        const string Walk = "walk --protocol PageLifecycle --design inplace,honest --bounds 3,3 --walks 1 --steps 200 --seed 3 --json";
        Assert.NotEqual(
            Program.Call(Walk).Run.GetProperty("fired").ToString(),
            Program.Call($"{Walk} --uniform").Run.GetProperty("fired").ToString());
    }

    private static string TraceOf(string output) =>
        output[output.IndexOf("the initial state", StringComparison.Ordinal)..output.IndexOf(
            "Steps of each action",
            StringComparison.Ordinal)];
}
