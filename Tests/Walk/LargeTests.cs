using Checker.Solver.Instance;
using Checker.Solver.Walk;
using Checker.Solver.Walk.Compile;
using Checker.Tests.Explicit;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Checker.Tests.Walk;

/// <summary>A correct design at a size too large for exploration. Any list of numbers is a walk, so FsCheck may shrink it freely.</summary>
[Trait("Tier", "slow")]
public sealed class LargeTests
{
    private static readonly Lazy<WalkCode> s_code = new(() =>
        CodeTests.Code(Explore.GuestMemory("snp,attribute,inplace,spurious", "8,16,4,4,4")));

    [Property(MaxTest = 50, EndSize = 400, QuietOnSuccess = true)]
    public FsCheck.Property All_invariants_hold_on_any_walk(int[] choices)
    {
        var playback = new Playback(s_code.Value);
        return playback.Follow(choices).All(_ => !playback.Walker.IsViolated).ToProperty();
    }

    [Property(MaxTest = 3, EndSize = 60, QuietOnSuccess = true)]
    public void Any_list_of_numbers_is_a_walk_of_the_interpreter(int[] choices)
    {
        var (playback, interpreter) = (new Playback(s_code.Value), new Interpreter(s_code.Value.Scope));
        int[] state = interpreter.Scope.InitialState();
        foreach (int instance in playback.Follow(choices))
        {
            state = interpreter.Step(s_code.Value.Scope.Instances[instance], state)!;
            Assert.Equal(state, playback.Walker.State);
        }

        Assert.All(playback.Code.Watched.Where(w => !w.OfSteps), w => Assert.True(interpreter.Holds(w.Property.Formula, state)));
    }

    [Fact]
    public void A_million_guided_steps_find_nothing()
    {
        var scope = s_code.Value.Scope;
        var result = new Campaign(scope, new() { Walks = 500, Steps = 2000, Seed = 11, Threads = 2 }).Run();

        Assert.Null(result.Failed);
        Assert.Equal(1_000_000, result.Steps);
        string[] never = [.. scope.System.Actions.Zip(result.Fired).Where(a => a.Second == 0).Select(a => a.First.Name)];
        Assert.Equal(["GuestRead"], never);
    }
}
