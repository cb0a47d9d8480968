using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Explicit;
using Checker.Tests.Reference;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Explicit;

/// <summary>
/// The explorer's answers beyond invariants: irrelevant labels and actions, states without successors, reachable situations.
/// </summary>
public sealed class QuestionsTests
{
    public readonly struct Door : ISort;

    public enum State
    {
        Shut,
        Open,
        Locked,
    }

    private sealed class Doors : Spec
    {
        private readonly Var<Door, State> state = new();
        private readonly Var<bool> alarm = new();

        public Doors(bool dead = false)
        {
            Label("open.one", "only one door is open at a time");
            Label("open.shut", "a door that is open already is not opened");
            Label("shut.silence", "shutting a door silences the alarm");
            Label("lock.open", "an open door is not locked");
            Label("nowhere", "is mentioned by no action");
            Action<Door>("Open", d =>
            {
                Require(state[d] != State.Locked);
                Require("open.one", Forall<Door>(e => state[e] != State.Open));
                Require("open.shut", state[d] == State.Shut);   // follows from the preceding guard
                state[d] = State.Open;
            });
            Action<Door>("Shut", d =>
            {
                Require(state[d] == State.Open);
                state[d] = State.Shut;
                Step("shut.silence", () => alarm.Value = false);   // it never rings
            });
            Action<Door>("Lock", d =>
            {
                Require("lock.open", state[d] != State.Open);
                Require(state[d] != State.Locked & !alarm.Value);
                state[d] = State.Locked;
            });
            if (dead)
            {
                Action<Door>("Ring", d =>
                {
                    Require(state[d] == State.Locked & state[d] == State.Open);
                    alarm.Value = true;
                });
            }

            Invariant("OpenIsAlone", Forall<Door, Door>((d, e) => (state[d] == State.Open & state[e] == State.Open).Implies(d == e)));
            Invariant("AlarmMeansLocked", alarm.Value.Implies(Forall<Door>(d => state[d] == State.Locked)));
            StepInvariant("LockedStaysLocked", Forall<Door>(d => (state[d] == State.Locked).Implies(Next(state[d]) == State.Locked)));
            StepInvariant("AlarmStays", alarm.Value.Implies(Next(alarm.Value)));
            Terminal("StopsWhenAllAreLocked", Forall<Door>(d => state[d] == State.Locked));
            Terminal("NeverStopsLocked", !Exists<Door>(d => state[d] == State.Locked));
            Reachable("TwoLocked", Exists<Door, Door>((d, e) => d != e & state[d] == State.Locked & state[e] == State.Locked));
            Reachable("Rings", alarm.Value);
            Reachable("ShutsADoor", Exists<Door>(d => state[d] == State.Open & Next(state[d]) == State.Shut));
            Reachable("LocksAnOpenDoor", Exists<Door>(d => state[d] == State.Open & Next(state[d]) == State.Locked));
            Scenario("OpenShutLock", ["Open", "Shut", "Lock"], Exists<Door>(d => state[d] == State.Locked));
            Scenario("OpenOpen", ["Open", "Open"], true);
            Scenario("LockTwiceAndAllAreLocked", ["Lock", "Lock"], Forall<Door>(d => state[d] == State.Locked));
        }
    }

    private static readonly ExplorationResult s_doors = Explore.Run(
        Explore.Scope(new Doors(dead: true).Build(), ("Door", 3)),
        new() { EveryProperty = true });

    [Fact]
    public void What_never_mattered_is_listed()
    {
        Assert.Equal(["Ring"], s_doors.Vacuity!.ActionsNeverEnabled);
        Assert.Equal(["open.shut", "shut.silence"], s_doors.Vacuity.LabelsNeverRelevant);
        Assert.Equal(["AlarmMeansLocked: alarm", "AlarmStays: alarm"], s_doors.Vacuity.AntecedentsNeverTrue);
    }

    [Fact]
    public void A_label_matters_once_what_shadowed_it_is_dropped()
    {
        var result = Explore.Run(Explore.Scope(new Doors().Build().Without("open.one"), ("Door", 3)), new() { EveryProperty = true });

        Assert.Equal(["shut.silence"], result.Vacuity!.LabelsNeverRelevant);
        Assert.Empty(result.Vacuity.ActionsNeverEnabled);
    }

    [Fact]
    public void Firings_are_counted_by_action()
    {
        var result = Explore.Run(Explore.Scope(new Doors().Build(), ("Door", 2)), new() { Symmetry = false, EveryProperty = true });

        // Two doors: at most one open. SS SO OS, SL LS, OL LO, LL: 8 states.
        Assert.Equal(8, result.Distinct);
        // Open: both in SS, one in SL and LS; Shut: SO OS OL LO; Lock: both in SS, one in SO OS SL LS
        Assert.Equal([4, 4, 6], result.Fired);
        Assert.Equal(1 + 14, result.Generated);
    }

    [Fact]
    public void A_state_in_which_nothing_is_enabled_must_be_terminal()
    {
        Assert.Equal(1, s_doors.Deadlocks);
        Assert.True(s_doors.Result("StopsWhenAllAreLocked").Holds);
        var violated = s_doors.Result("NeverStopsLocked");
        Assert.False(violated.Holds);
        Assert.Equal(["Lock", "Lock", "Lock"], violated.Trace!.States.Skip(1).Select(s => s.Instance!.Action.Name));
    }

    [Fact]
    public void A_violated_Terminal_stops_the_search()
    {
        var result = Explore.Run(Explore.Scope(new Doors().Build(), ("Door", 3)), new());

        Assert.Equal(
            (Outcome.Violated, "NeverStopsLocked", 4),
            (result.Outcome, result.FirstViolation?.Property.Name, result.FirstViolation?.Trace?.Length));
    }

    [Fact]
    public void Without_a_Terminal_a_model_may_stop_anywhere()
    {
        var system = new Doors().Build();
        var result = Explore.Run(
            Explore.Scope(system with { Properties = [.. system.Properties.Where(p => p.Name != "NeverStopsLocked")] }, ("Door", 3)),
            new());

        Assert.Equal((Outcome.Complete, 1L), (result.Outcome, result.Deadlocks));
    }

    [Theory]
    [InlineData("TwoLocked", "Lock,Lock")]
    [InlineData("Rings", null)]
    [InlineData("ShutsADoor", "Open,Shut")]
    [InlineData("LocksAnOpenDoor", null)]
    [InlineData("OpenShutLock", "Open,Shut,Lock")]
    [InlineData("OpenOpen", null)]
    [InlineData("LockTwiceAndAllAreLocked", null)]
    public void What_is_reachable_has_a_shortest_witness(string property, string? actions)
    {
        var result = s_doors.Result(property);

        Assert.Equal(actions is not null, result.Holds);
        Assert.Equal(actions?.Split(','), result.Trace?.States.Skip(1).Select(s => s.Instance!.Action.Name));
    }

    [Fact]
    public void A_witness_found_before_the_search_ended_counts_and_what_was_not_found_is_undecided()
    {
        var result = Explore.Run(Explore.Scope(new Doors().Build(), ("Door", 3)), new() { Cancellation = new(canceled: true) });

        Assert.Null(result.Result("TwoLocked").Holds);
        Assert.Null(result.Result("OpenIsAlone").Holds);
        Assert.Null(result.FirstViolation);
    }

    [Fact]
    public void A_two_state_witness_shows_its_step()
    {
        var trace = s_doors.Result("ShutsADoor").Trace!;

        Assert.True(trace.LastStep);
        Assert.Equal(3, trace.Length);
    }

    public static TheoryData<string> Reference =>
        [.. Row.All.Where(r => r.Bounds == "1,2,1,1,1" && Fatal(r))
            .Select(r => $"{r.Design} {r.Bounds}")
            .Distinct()
            .Where(id => !Row.Get(id).Violated)];

    private sealed class Many : Spec
    {
        private readonly Var<int> level = new(min: 0, max: 63);

        public Many()
        {
            Action("Rise", () =>
            {
                Require(level.Value < 63);
                level.Value = level.Value + 1;
            });
            for (int i = 0; i < 150; i++)
            {
                Invariant($"NotThe{i}th", level.Value != (i % 50) + 14);   // violated at level 14 by 0, 50 and 100, and so on
            }

            Terminal("NeverStops", level.Value < 63);
        }
    }

    [Fact]
    public void Properties_may_be_more_than_a_machine_word_has_bits()
    {
        var result = Explore.Run(Explore.Scope(new Many().Build()), new() { EveryProperty = true });

        Assert.Equal(150, result.Properties.Count(p => p.Property.Kind == PropertyKind.Invariant && p.Holds == false));
        Assert.All(Enumerable.Range(0, 150), i => Assert.Equal((i % 50) + 15, result.Result($"NotThe{i}th").Trace?.Length));
        Assert.Equal(64, result.Result("NeverStops").Trace?.Length);
        Assert.True(result.Result("InRange(Rise.level)").Holds);
    }

    /// <summary>Every label with a violation in expected.csv was relevant in its design, and every action of these designs fires.</summary>
    [Theory, MemberData(nameof(Reference))]
    public void The_reference_protocol_is_not_vacuous(string id)
    {
        var (row, protocol) = (Row.Get(id), Registry.Get("GuestMemory"));

        var result = Explore.Run(row.Scope(), new());

        Assert.Equal(
            protocol.NeverFires(protocol.Designs.Single(d => d.Id == row.Design)).Keys.Order(),
            result.Vacuity!.ActionsNeverEnabled.Order());
        Assert.Empty(Row.All.Where(r => Fatal(r) && r.Design == row.Design && r.Bounds == row.Bounds)
            .Select(r => r.Dropped)
            .Intersect(result.Vacuity.LabelsNeverRelevant));
        Assert.DoesNotContain(result.Vacuity.AntecedentsNeverTrue, a => a.StartsWith("HostNeverReachesPrivate", StringComparison.Ordinal));
    }

    private static bool Fatal(Row row) => row.Violated && row.Dropped.Length > 0 && !row.Dropped.Contains(',', StringComparison.Ordinal)
        && Row.All.Any(r => r.Id == $"{row.Design} {row.Bounds}");

    /// <summary>An irrelevant label can be dropped without any change.</summary>
    [Theory]
    [InlineData("cca,hole,separate,honest")]
    [InlineData("sw,attribute,inplace,honest")]
    public void A_label_that_never_mattered_changes_nothing_when_it_is_dropped(string design)
    {
        var whole = Explore.Run(Explore.GuestMemory(design, "1,2,1,1,1"), new() { Symmetry = false });

        Assert.NotEmpty(whole.Vacuity!.LabelsNeverRelevant);
        foreach (string label in whole.Vacuity.LabelsNeverRelevant)
        {
            var without = Explore.Run(Explore.GuestMemory(design, "1,2,1,1,1", label), new() { Symmetry = false, Vacuity = false });
            Assert.Equal((whole.Distinct, whole.Generated, whole.Depth), (without.Distinct, without.Generated, without.Depth));
            Assert.Equal(whole.Fired, without.Fired);
        }
    }
}
