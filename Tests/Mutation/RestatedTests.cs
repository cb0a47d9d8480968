using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Mutation;
using Checker.Tests.Explicit;
using Checker.Tests.Generators;
using Checker.Tests.Walk;
using FsCheck.Xunit;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Mutation;

/// <summary>
/// Mutants whose rules or properties differ from the model's, even if their steps are the same. A step which leaves its range, or
/// gives a location two values, exists in neither; and a property may mention a label.
/// </summary>
public sealed class RestatedTests
{
    public enum Kind
    {
        LabelledRange,
        Range,
        LabelledUpdate,
        Writers,
        LabelledWriters,
        NewRange,
        Claim,
        WeakerClaim,
        StepClaim,
        Possibility,
        LostPossibility,
        Ending,
        Story,
        ClaimAlone,
        Order,
    }

    private enum Phase
    {
        Idle,
        First,
        Second,
        Done,
    }

    private sealed class Restated : Spec
    {
        private readonly Var<int> level = new(min: 0, max: 3);
        private readonly Var<int> high = new(min: 0, max: 3);
        private readonly Var<A, Mode> mode = new();
        private readonly Var<bool> on = new();
        private readonly Var<Phase> phase = new();

        public Restated(Kind kind)
        {
            Label("l", "a guard, a step, or a word in a property");
            switch (kind)
            {
                case Kind.LabelledRange:
                    Rise(() => Require("l", level.Value < 3));
                    break;
                case Kind.Range:
                    Rise(() => Require(level.Value < 3));
                    break;
                case Kind.LabelledUpdate:
                    Action("Rise", () =>
                    {
                        var next = Cond(Has("l") & level.Value == 3, level.Value, level.Value + 1);
                        on.Value = !on.Value;
                        level.Value = next;
                    });
                    break;
                case Kind.Writers:
                    Action<A, A>("Go", (a, b) => Write(a, b, () => Require(a != b)));
                    break;
                case Kind.LabelledWriters:
                    Action<A, A>("Go", (a, b) => Write(a, b, () => Require("l", a != b)));
                    break;
                case Kind.NewRange:
                    Action("Up", () =>
                    {
                        Require(high.Value < 2);
                        high.Value = high.Value + 1;
                    });
                    Action("Set", () =>
                    {
                        Require(level.Value + high.Value < 3);
                        level.Value = level.Value + high.Value + 1;
                    });
                    break;
                case Kind.Claim:
                    Switch();
                    Invariant("P", Has("l") | !on.Value);
                    break;
                case Kind.WeakerClaim:
                    Switch();
                    Invariant("P", !Has("l") | on.Value | !on.Value);
                    break;
                case Kind.StepClaim:
                    Switch();
                    StepInvariant("P", Has("l") | Next(on.Value) == on.Value);
                    break;
                case Kind.Possibility:
                    Switch();
                    Reachable("P", Cond(Has("l"), on.Value, !on.Value));
                    break;
                case Kind.LostPossibility:
                    Switch();
                    Reachable("P", Has("l") & on.Value);
                    break;
                case Kind.Ending:
                    Action("Go", () =>
                    {
                        Require(!on.Value);
                        Require("l", on.Value | !on.Value);
                        on.Value = true;
                    });
                    Terminal("P", Has("l") & on.Value);
                    break;
                case Kind.Story:
                    Switch();
                    Scenario("P", ["Go", "Go"], Has("l") & on.Value);
                    break;
                case Kind.ClaimAlone:
                    Action("Go", () => on.Value = true);
                    Invariant("P", Has("l") | !on.Value);
                    break;
                default:
                    Advance("Begin", Phase.Idle, Phase.First);
                    Advance("Work", Phase.First, Phase.Second);
                    Advance("End", Phase.Second, Phase.Done);
                    Scenario("Story", ["Begin", "Work", "End"], phase.Value == Phase.Done);
                    break;
            }
        }

        private void Rise(Action guard) => Action("Rise", () =>
        {
            guard();
            level.Value = level.Value + 1;
        });

        private void Write(Term<A> a, Term<A> b, Action guard)
        {
            guard();
            mode[a] = Mode.Slow;
            mode[b] = Mode.Fast;
        }

        private void Switch() => Action("Go", () =>
        {
            Require("l", on.Value | !on.Value);
            on.Value = true;
        });

        private void Advance(string name, Phase from, Phase to) => Action(name, () =>
        {
            Require(phase.Value == from);
            phase.Value = to;
        });
    }

    private sealed class Nothing : Spec
    {
        private readonly Var<bool> on = new();

        public Nothing()
        {
            Label("one", "a guard that is always true");
            Label("two", "a guard that is always true");
            Action("Go", () =>
            {
                Require("one", (Term<bool>)true);
                Require("two", (Term<bool>)true);
                on.Value = true;
            });
        }
    }

    private static readonly Dictionary<string, int> s_sizes = new() { [nameof(A)] = 2, [nameof(B)] = 2 };

    public static TheoryData<Kind> All => [.. Enum.GetValues<Kind>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Verdicts_are_those_of_the_interpreter(Kind kind) => MutantTruth.AssertAgrees(new Restated(kind).Build(), s_sizes);

    [Theory]
    [InlineData(Kind.LabelledRange, "l", "InRange(Rise.level)", 4)]
    [InlineData(Kind.Range, "Rise.guard1", "InRange(Rise.level)", 4)]
    [InlineData(Kind.LabelledUpdate, "l", "InRange(Rise.level)", 4)]
    [InlineData(Kind.Writers, "Go.guard1", "OneWriter(Go.mode)", 1)]
    [InlineData(Kind.LabelledWriters, "l", "OneWriter(Go.mode)", 1)]
    [InlineData(Kind.Claim, "l", "P", 2)]
    [InlineData(Kind.StepClaim, "l", "P", 2)]
    [InlineData(Kind.Ending, "l", "P", 2)]
    [InlineData(Kind.ClaimAlone, "l", "P", 2)]
    public void A_mutant_is_killed_by_a_rule_or_property_that_only_it_has(Kind kind, string mutant, string property, int length)
    {
        var result = Try(kind, mutant);

        Assert.Equal(
            (MutantVerdict.Killed, property, length),
            (result.Verdict, result.Violations[0].Property.Name, result.Violations[0].Length));
    }

    [Theory]
    [InlineData(Kind.LostPossibility, "l", "P")]
    [InlineData(Kind.Story, "l", "P")]
    public void A_possibility_that_speaks_of_a_label_is_lost_with_it(Kind kind, string mutant, string lost)
    {
        var result = Try(kind, mutant);

        Assert.Equal((MutantVerdict.Noticed, lost), (result.Verdict, Assert.Single(result.Lost)));
    }

    [Theory]
    [InlineData(Kind.WeakerClaim)]
    [InlineData(Kind.Possibility)]
    public void A_property_that_says_something_else_and_holds_as_well_is_no_difference(Kind kind) =>
        Assert.Equal(MutantClass.Equivalent, Try(kind, "l").Class);

    [Fact]
    public void A_label_that_changes_nothing_is_no_mutant()
    {
        var mutants = Operators.Of(new Nothing().Build());

        Assert.DoesNotContain(mutants, m => m.Kind == MutationKind.Label);
    }

    [Theory]
    [InlineData(Kind.LabelledRange)]
    [InlineData(Kind.LabelledUpdate)]
    [InlineData(Kind.LabelledWriters)]
    [InlineData(Kind.Claim)]
    [InlineData(Kind.StepClaim)]
    [InlineData(Kind.Possibility)]
    [InlineData(Kind.Ending)]
    [InlineData(Kind.ClaimAlone)]
    public void A_label_that_keeps_a_rule_or_a_property_is_relevant(Kind kind) =>
        Assert.Empty(Explore.Run(Explore.Scope(new Restated(kind).Build(), (nameof(A), 2))).Vacuity!.LabelsNeverRelevant);

    [Fact]
    public void A_label_without_which_all_is_the_same_is_not() =>
        Assert.Equal(
            ["l"],
            Explore.Run(Explore.Scope(new Restated(Kind.WeakerClaim).Build(), (nameof(A), 2))).Vacuity!.LabelsNeverRelevant);

    [Theory]
    [InlineData(Kind.LabelledRange)]
    [InlineData(Kind.LabelledWriters)]
    public void A_walk_sees_a_label_refuse_a_step_that_would_break_a_rule(Kind kind)
    {
        var code = CodeTests.Code(Explore.Scope(new Restated(kind).Build(), (nameof(A), 2)));
        var walker = new Solver.Walk.Walker(code);
        bool refused = false;
        for (int step = 0; step < 5; step++)
        {
            refused |= code.Actions.Any(a => a.Labels.Any(walker.Refuses));
            if (walker.EnabledCount > 0)
            {
                walker.Fire(walker.EnabledAt(0));
            }
        }

        Assert.True(refused);
    }

    [Properties(Arbitrary = [typeof(RandomModel)], MaxTest = 25, QuietOnSuccess = true), Trait("Tier", "slow")]
    public sealed class OfRandomModels
    {
        [Property]
        public void Verdicts_are_those_of_the_interpreter(RandomModel model)
        {
            if (Right(model) is { Actions.IsEmpty: false } system)
            {
                MutantTruth.AssertAgrees(system, new Dictionary<string, int> { [nameof(A)] = model.SizeA, [nameof(B)] = model.SizeB });
            }
        }

        /// <summary>
        /// The model without its rule-breaking actions, and without the properties which then fail. Mutants are made from correct
        /// models.
        /// </summary>
        private static TransitionSystem Right(RandomModel model)
        {
            var system = model.System;
            while (true)
            {
                var violated = Explore.Run(model.ScopeOf(system), new() { EveryProperty = true, Vacuity = false }).Properties
                    .Where(p => p.Holds != true && p.Property.Kind is not (PropertyKind.Reachable or PropertyKind.Scenario))
                    .Select(p => p.Property)
                    .ToHashSet();
                if (violated.Count == 0)
                {
                    return system;
                }

                var broken = violated.Where(p => p.Kind == PropertyKind.WellFormed).Select(p => p.Name.Split('(', '.')[1]).ToHashSet();
                var actions = system.Actions.RemoveAll(a => broken.Contains(a.Name));
                var kept = system.Properties.Where(p =>
                    !violated.Contains(p)
                        && !p.Actions.Any(broken.Contains)
                        && !(p.Kind == PropertyKind.WellFormed && broken.Contains(p.Name.Split('(', '.')[1])));
                system = system with
                {
                    Actions = actions,
                    Properties = [.. broken.Count == 0
                        ? kept
                        : kept.Concat(violated.Where(p => p.Kind != PropertyKind.WellFormed && !p.Actions.Any(broken.Contains)))]
                };
            }
        }
    }

    private static MutantResult Try(Kind kind, string mutant)
    {
        var system = new Restated(kind).Build();
        return Assert.Single(MutationTest.Run(system, s_sizes, [Operators.Of(system).Single(m => m.Name == mutant)], new()));
    }
}
