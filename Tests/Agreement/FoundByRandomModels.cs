using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Generators;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Agreement;

/// <summary>The defects found by random models, each as the smallest model which shows it.</summary>
public sealed class FoundByRandomModels
{
    /// <summary>The cells had different value sets, hence different widths. No permuted state fitted the layout.</summary>
    [Fact]
    public void A_bulk_update_that_names_its_element_keeps_the_layout_symmetric() => AssertAgree(new NamesItself());

    /// <summary>The last of several bulk values won, in the order of the elements, and the mistake was not reported.</summary>
    [Fact]
    public void A_location_that_a_bulk_update_writes_for_several_elements_is_written_twice() =>
        Assert.Contains(AssertAgree(new Overwrites()), p => p.Name.StartsWith("OneWriter(Choose.owner", StringComparison.Ordinal));

    /// <summary>The branches of an If exclude each other for one element, but not for two.</summary>
    [Fact]
    public void The_branches_of_an_If_in_a_bulk_update_may_both_be_taken() =>
        Assert.Contains(AssertAgree(new BothBranches()), p => p.Name.StartsWith("OneWriter(Choose.mode", StringComparison.Ordinal));

    /// <summary>
    /// The cell never changes, so it has no bits. Its value overwrote the bits of another cell, and a violation was missed.
    /// </summary>
    [Fact]
    public void An_update_that_leaves_the_range_of_a_constant_writes_nothing() =>
        Assert.Contains(AssertAgree(new LeavesItsRange()), p => p.Name.StartsWith("InRange(Flip.level", StringComparison.Ordinal));

    /// <summary>The path to a later violation, and a scenario, pass a state in which another step breaks a rule.</summary>
    [Fact]
    public void A_trace_may_lead_past_a_step_that_breaks_a_rule() =>
        Assert.Contains(AssertAgree(new PastAMistake()), p => p.Name == "NeverThree");

    /// <returns>The violated properties.</returns>
    private static List<PropertyDeclaration> AssertAgree(Spec model)
    {
        var system = model.Build();
        var truth = new InterpreterSearch(new Scope(system, system.Sorts.ToDictionary(s => s.Name, _ => 3)));
        Engines.AssertExplorationAgrees(truth);
        Engines.AssertBoundedModelCheckingAgrees(truth);
        Engines.AssertStepsAgree(truth.Scope, truth.States);
        return [.. new Exhaustive(truth.Scope, new() { EveryProperty = true })
            .Run().Properties.Where(p => p.Holds == false)
            .Select(p => p.Property)];
    }

    private sealed class NamesItself : Spec
    {
        private readonly Var<A, Option<A>> peer = new();

        public NamesItself() => Action("All", () =>
        {
            Require(Exists<A>(a => peer[a] == None));
            ForEach<A>(x => peer[x] = x);
        });
    }

    private sealed class Overwrites : Spec
    {
        private readonly Var<Option<A>> owner = new();

        public Overwrites() => Action("Choose", () =>
        {
            Require(owner.Value == None);
            ForEach<A>(x => owner.Value = x);
        });
    }

    private sealed class BothBranches : Spec
    {
        private readonly Var<A, bool> flag = new();
        private readonly Var<Mode> mode = new();

        public BothBranches()
        {
            Action<A>("Raise", a => flag[a] = true);
            Action("Choose", () => ForEach<A>(x => If(flag[x], () => mode.Value = Mode.Slow, () => mode.Value = Mode.Fast)));
        }
    }

    private sealed class LeavesItsRange : Spec
    {
        private readonly Var<int> level = new(min: 0, max: 3);
        private readonly Var<bool> gate = new(true);
        private readonly Var<A, bool> flag = new();

        public LeavesItsRange()
        {
            level.Initially(3);
            Action<A>("Flip", a =>
            {
                var (closed, next) = (!gate.Value, level.Value + 1);
                flag[a] = !flag[a];
                If(closed, () => level.Value = next);
                gate.Value = closed;
            });
        }
    }

    private sealed class PastAMistake : Spec
    {
        private readonly Var<int> level = new(min: 0, max: 3);

        public PastAMistake()
        {
            Action("Fall", () => level.Value = level.Value - 1);
            Action("Rise", () =>
            {
                Require(level.Value < 3);
                level.Value = level.Value + 1;
            });
            Invariant("NeverThree", level.Value != 3);
            Scenario("RiseAndFall", ["Rise", "Fall", "Rise"], level.Value == 1);
            Scenario("Fall", ["Fall"], level.Value == 0);
        }
    }
}
