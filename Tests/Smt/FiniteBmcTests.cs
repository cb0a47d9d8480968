using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Tests.Agreement;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Smt;

public sealed class FiniteBmcTests
{
    [Theory]
    [InlineData("Counter", "", "2", "lock", "NoLostUpdate", 5)]
    [InlineData("Counter", "", "4", "lock", "NoLostUpdate", 5)]
    [InlineData("GuestMemory", "snp,attribute,separate,spurious", "1,2,1,1,1", "fault.check_private", "MappingFollowsDesignation", 7)]
    [InlineData("GuestMemory", "snp,attribute,separate,spurious", "1,2,1,1,1", "set.zap", "MappingFollowsDesignation", 9)]
    public void Finds_the_shortest_violation_and_none_before(
        string protocol,
        string design,
        string bounds,
        string dropped,
        string property,
        int length)
    {
        var scope = Subject.ScopeOf(protocol, design, bounds, dropped);
        var found = Assert.IsType<Answer.Violated>(Run(scope, length + 2).Answer);
        Assert.Equal((property, length), (found.Trace.Property!.Name, found.Trace.Length));
        Assert.Same(found.Trace, Replay.Check(found.Trace));
        Assert.Equal(length - 2, Reached(Run(scope, length - 2)));
    }

    [Fact]
    public void A_step_that_violates_ends_the_trace()
    {
        var found = Assert.IsType<Answer.Violated>(Run(Ladder.Scope(), 20, "NeverFalls").Answer);
        Assert.True(found.Trace.LastStep);
        Assert.Equal(["Climb", "Climb", "Climb", "Fall"], found.Trace.States.Skip(1).Select(s => s.Instance!.Action.Name));
    }

    [Fact]
    public void A_state_without_a_step_out_of_it_ends_the_trace()
    {
        var found = Assert.IsType<Answer.Violated>(Run(Ladder.Scope(), 20, "EndsOnTheLadder").Answer);
        Assert.Equal(5, found.Trace.Length);
    }

    [Fact]
    public void Numbers_do_not_wrap_around()
    {
        var scope = Ladder.Scope();
        Reached(Run(scope, 8, "SumsAreSums"));
        Assert.Equal(1, Run(scope, 8, "InRange(Descend.rung)").Answer.Shown!.Length);
    }

    /// <summary>A variable called "bad" was confused with the question about bad states, and the answer was no.</summary>
    [Fact]
    public void Variables_may_be_called_as_parts_of_the_encoding_are()
    {
        var scope = new Scope(new SameNames().Build(), new Dictionary<string, int>(StringComparer.Ordinal));
        Assert.Equal(2, Run(scope, 4).Answer.Shown!.Length);
        using var direct = new ModelEncoding(scope);
        Assert.Equal(2, FiniteBmc.Run(direct, FiniteBmc.Checked(scope.System), 4, new()).Answer.Shown!.Length);
    }

    [Fact]
    public void No_time_is_no_answer()
    {
        var scope = Subject.ScopeOf("Counter", "", "2");
        var result = FiniteBmc.Run(new FiniteModel(scope), FiniteBmc.Checked(scope.System), 3, new() { Timeout = TimeSpan.FromTicks(1) });
        Assert.Equal(3, result.Asked);
        Assert.True(result.Exhausted < 3);
        Assert.Contains("not decided within", Assert.IsType<Answer.Undecided>(result.Answer).Why);
    }

    [Fact]
    public void Stops_when_told_to()
    {
        var scope = Subject.ScopeOf("Counter", "", "2");
        Assert.Throws<OperationCanceledException>(() =>
            FiniteBmc.Run(
                new FiniteModel(scope),
                FiniteBmc.Checked(scope.System),
                3,
                new() { Cancellation = new CancellationToken(canceled: true) }));
    }

    [Fact]
    public void What_is_to_be_reached_is_no_property_to_violate()
    {
        var scope = Subject.ScopeOf("Counter", "", "2");
        Assert.Throws<ArgumentException>(() => FiniteBmc.Run(new FiniteModel(scope), [scope.System.Property("AllDone")], 3, new()));
    }

    /// <summary>Both encodings find a witness of a state and of a step, as short as exploration's.</summary>
    [Fact]
    public void A_witness_is_as_short_as_that_of_exploration()
    {
        var scope = new Scope(new Switch().Build(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var wanted in scope.System.Properties.Where(p => p.Kind == PropertyKind.Reachable))
        {
            int? length = Explicit.Explore.Run(scope).Properties.Single(p => p.Property.Name == wanted.Name).Trace?.Length;
            var result = FiniteBmc.Witness(new FiniteModel(scope), wanted, 6, new());
            Assert.Equal(length, (result.Answer as Answer.Possible)?.Trace.Length);
            Assert.Equal(length is null, result.Answer is Answer.Impossible);
        }
    }

    private sealed class Switch : Spec
    {
        private readonly Var<bool> on = new();
        private readonly Var<int> times = new(0, 9);

        public Switch()
        {
            Action("On", () => { Require(!on.Value); on.Value = true; });
            Action("Off", () => { Require(on.Value & times.Value < 9); on.Value = false; times.Value = times.Value + 1; });
            Reachable("OnTwice", times.Value == 1 & on.Value);
            Reachable("TurnsOff", on.Value & !Next(on.Value));
            Reachable("Wraps", Next(times.Value) < times.Value);
        }
    }

    private sealed class SameNames : Spec
    {
        private readonly Var<bool> bad = new();
        private readonly Var<bool> choice = new();
        private readonly Var<bool> done = new();

        public SameNames()
        {
            Action("Finish", () => { Require(!bad.Value & !choice.Value); done.Value = true; });
            Action("Begin", () => { Require(done.Value); (bad.Value, choice.Value) = (true, true); });
            Action("End", () => { Require(done.Value); (bad.Value, choice.Value) = (false, false); });
            Invariant("NotDone", !done.Value);
        }
    }

    private static int Reached(BmcResult result)
    {
        Assert.Equal(Extent.Steps, Assert.IsType<Answer.Holds>(result.Answer).Extent);
        return result.Exhausted;
    }

    private static BmcResult Run(Scope scope, int depth, string? property = null) =>
        FiniteBmc.Run(
            new FiniteModel(scope),
            property is null ? FiniteBmc.Checked(scope.System) : [scope.System.Property(property)],
            depth,
            new());
}
