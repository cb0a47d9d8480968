using Checker.Model.Check;
using Checker.Model.Language;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Explicit;
using static Checker.Model.Language.Logic;
using Record = Checker.Model.Language.Record;

namespace Checker.Tests.Language;

/// <summary>
/// The meaning of models, shown on the smallest examples. <see cref="Explore.States"/> checks that the interpreter and the compiled
/// model agree.
/// </summary>
public sealed class SemanticsTests
{
    public readonly struct Cup : ISort;

    public enum Drink
    {
        Nothing,
        Tea,
        Coffee,
    }

    public sealed class Order : Record
    {
        public Term<Option<Cup>> Cup { get => Get<Option<Cup>>(); set => Set(value); }

        public Term<Drink> Drink { get => Get<Drink>(); set => Set(value); }

        [Between(1, 3)]
        public Term<int> Spoons { get => Get<int>(); set => Set(value); }
    }

    private sealed class Swap : Spec
    {
        private readonly Var<Drink> left = new(Drink.Tea);
        private readonly Var<Drink> right = new(Drink.Coffee);

        public Swap() => Action("Swap", () =>
        {
            var (l, r) = (left.Value, right.Value);
            (left.Value, right.Value) = (r, l);
        });
    }

    [Fact]
    public void All_updates_of_a_step_read_the_state_before_it() =>
        Assert.Equal(["left=Coffee right=Tea", "left=Tea right=Coffee"], Explore.States(Explore.Scope(new Swap().Build())));

    private sealed class Branches : Spec
    {
        private readonly Var<Cup, Drink> drink = new();
        private readonly Var<bool> warm = new();

        public Branches() => Action<Cup>("Pour", c =>
        {
            Require(drink[c] == Drink.Nothing);
            If(warm.Value, () => drink[c] = Drink.Tea, () =>
            {
                drink[c] = Drink.Coffee;
                warm.Value = true;
            });
        });
    }

    [Fact]
    public void If_takes_one_branch_and_leaves_the_rest_alone() => Assert.Equal(
        [
            "drink[c0]=Coffee drink[c1]=Nothing warm=true",
            "drink[c0]=Coffee drink[c1]=Tea warm=true",
            "drink[c0]=Nothing drink[c1]=Coffee warm=true",
            "drink[c0]=Nothing drink[c1]=Nothing warm=false",
            "drink[c0]=Tea drink[c1]=Coffee warm=true",
        ],
        Explore.States(Explore.Scope(new Branches().Build(), ("Cup", 2))));

    private sealed class Bulk : Spec
    {
        private readonly Var<Cup, Drink> drink = new(Drink.Tea);
        private readonly Var<Cup, Cup, bool> near = new();

        public Bulk()
        {
            Action("Clear", () => ForEach<Cup>(c => If(drink[c] == Drink.Tea, () => drink[c] = Drink.Nothing)));
            Action<Cup>("Gather", c => ForEach<Cup>(d => ForEach<Cup>(e => near[d, e] = d == c | e == c)));
        }
    }

    [Fact]
    public void ForEach_updates_every_element_in_one_step()
    {
        var states = Explore.States(Explore.Scope(new Bulk().Build(), ("Cup", 2)));

        Assert.Equal(6, states.Count);
        Assert.DoesNotContain(states, s => s.Contains("drink[c0]=Tea drink[c1]=Nothing", StringComparison.Ordinal));
        Assert.Contains("drink[c0]=Nothing drink[c1]=Nothing near[c0,c0]=true near[c0,c1]=true near[c1,c0]=true near[c1,c1]=false", states);
    }

    private sealed class Labelled : Spec
    {
        private readonly Var<Drink> drink = new();

        public Labelled()
        {
            Label("sober", "no coffee");
            Label("polite", "what comes is tea");
            Action("Pour", () =>
            {
                Require("sober", drink.Value == Drink.Nothing);
                Step("polite", () => drink.Value = Drink.Tea, () => drink.Value = Drink.Coffee);
            });
            Invariant("NotBoth", Has("sober") | Has("polite"));
        }
    }

    [Theory]
    [InlineData("", "drink=Nothing;drink=Tea", 2)]
    [InlineData("polite", "drink=Coffee;drink=Nothing", 2)]
    [InlineData("sober", "drink=Nothing;drink=Tea", 3)]
    public void A_dropped_label_leaves_out_its_guard_or_takes_the_other_step(string dropped, string states, int generated)
    {
        var scope = Explore.Scope(new Labelled().Build().Without(dropped.Split(',', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal(states.Split(';'), Explore.States(scope));
        Assert.Equal(generated, Explore.Run(scope).Generated);
        Assert.True(Explore.Run(scope).Result("NotBoth").Holds);
    }

    [Fact]
    public void Properties_see_which_labels_are_dropped() =>
        Assert.Equal(1, Explore.Run(Explore.Scope(new Labelled().Build().Without("sober", "polite"))).Result("NotBoth").Trace?.Length);

    [Fact]
    public void An_unknown_label_cannot_be_dropped() =>
        Assert.StartsWith(
            "Labelled has no label 'polight'",
            Assert.Throws<ArgumentException>(() => new Labelled().Build().Without("sober", "polight")).Message);

    private sealed class Records : Spec
    {
        private readonly RecordVar<Cup, Order> order = new();

        public Records()
        {
            Action<Cup>("Take", c =>
            {
                order[c].Cup = c;
                order[c].Drink = Drink.Tea;
                order[c].Spoons = 3;
            });
            Action<Cup>("Cancel", c => order[c].Reset());
        }
    }

    [Fact]
    public void Reset_gives_every_field_of_one_record_its_first_value() => Assert.Equal(
        ["order[c0].cup=None order[c0].drink=Nothing order[c0].spoons=1", "order[c0].cup=c0 order[c0].drink=Tea order[c0].spoons=3"],
        Explore.States(Explore.Scope(new Records().Build(), ("Cup", 1))));

    [Fact]
    public void Reset_leaves_other_records_alone() =>
        Assert.Equal(4, Explore.States(Explore.Scope(new Records().Build(), ("Cup", 2))).Count);

    private sealed class Overfilled : Spec
    {
        private readonly Var<int> spoons = new(min: 1, max: 3);

        public Overfilled()
        {
            Action("Add", () => spoons.Value = spoons.Value + 1);
            Action("Remove", () =>
            {
                Require(spoons.Value > 1);
                spoons.Value = spoons.Value - 1;
            });
            Action("Halve", () => spoons.Value = Cond<int>(spoons.Value == 3, 2, 1));   // in range by its text
        }
    }

    [Fact]
    public void A_sum_that_leaves_its_range_violates_InRange_with_a_trace_to_the_state_before()
    {
        var result = Explore.Run(Explore.Scope(new Overfilled().Build()));

        Assert.Equal(["InRange(Add.spoons)", "InRange(Remove.spoons)"], result.Properties.Select(p => p.Property.Name));
        Assert.Equal("initially: spoons=1\nAdd: spoons=2\nAdd: spoons=3", Explore.Text(result.FirstViolation?.Trace));
        Assert.Equal("InRange(Add.spoons)", result.FirstViolation?.Property.Name);
    }

    [Fact]
    public void A_step_out_of_range_does_not_exist()
    {
        var result = Explore.Run(Explore.Scope(new Overfilled().Build()), new() { EveryProperty = true });

        Assert.Equal((Outcome.Complete, 3, 1 + 2 + 3 + 2), (result.Outcome, result.Distinct, result.Generated));
        Assert.True(result.Result("InRange(Remove.spoons)").Holds);
    }

    [Fact]
    public void The_interpreter_refuses_to_leave_a_range()
    {
        var scope = Explore.Scope(new Overfilled().Build());

        var refused = Assert.Throws<ModelErrorException>(() =>
            new Interpreter(scope).Apply(scope.Instances.Single(i => i.Action.Name == "Add"), [3]));

        Assert.Matches(@"^Tests/Language/SemanticsTests\.cs:\d+: spoons becomes 4, outside 1\.\.3$", refused.Message);
    }

    private sealed class Writers : Spec
    {
        private readonly Var<Cup, Drink> drink = new();

        public Writers()
        {
            Action<Cup, Cup>("ServeBoth", (c, d) =>
            {
                drink[c] = Drink.Tea;
                drink[d] = Drink.Coffee;
            });
            Action<Cup, Cup>("ServeTwo", (c, d) =>
            {
                Require(Distinct(c, d));
                drink[c] = Drink.Tea;
                drink[d] = Drink.Coffee;
            });
            Action<Cup>("ServeAll", c =>
            {
                ForEach<Cup>(d => If(d != c, () => drink[d] = Drink.Coffee));
                drink[c] = Drink.Tea;
            });
        }
    }

    [Fact]
    public void Two_writers_of_one_location_violate_OneWriter_unless_something_keeps_them_apart()
    {
        var result = Explore.Run(Explore.Scope(new Writers().Build(), ("Cup", 2)), new() { EveryProperty = true, Symmetry = false });

        Assert.Equal(["OneWriter(ServeBoth.drink)", "OneWriter(ServeAll.drink)"], result.Properties.Select(p => p.Property.Name));
        Assert.Equal(1, result.Result("OneWriter(ServeBoth.drink)").Trace?.Length);
        Assert.True(result.Result("OneWriter(ServeAll.drink)").Holds);
    }

    private sealed class Sums : Spec
    {
        private readonly Var<int> big = new(min: 0, max: 63);
        private readonly Var<Cup, bool> full = new();

        public Sums()
        {
            Action<Cup>("Fill", c =>
            {
                Require(!full[c] & big.Value <= 60 & big.Value >= Count<Cup>(d => full[d]));
                big.Value = big.Value + Count<Cup>(d => !full[d]);
                full[c] = true;
            });
            Invariant("Bounded", big.Value < 64 & !(big.Value > 63));
        }
    }

    [Fact]
    public void Integers_count_and_compare_up_to_the_largest()
    {
        var scope = Explore.Scope(new Sums().Build(), ("Cup", 8));

        var result = Explore.Run(scope);

        Assert.Equal((Outcome.Complete, 256), (result.Outcome, result.Distinct));   // 8 + 7 + ... + 1 = 36 <= 60: all can be full
        Assert.Equal(256, Explore.States(scope).Count);
        Assert.Equal(8, Explore.Run(Explore.Scope(new Sums().Build(), ("Cup", 7)), new()).Distinct);   // orbits: none to seven full
    }

    [Fact]
    public void Next_of_next_is_refused()
    {
        var refused = Assert.Throws<ModelException>(() => new TwoSteps().Build());

        Assert.Contains(
            "M108: Next(flag') inside Next: a step has one state before it and one after it",
            refused.Message,
            StringComparison.Ordinal);
    }

    private sealed class TwoSteps : Spec
    {
        private readonly Var<bool> flag = new();

        public TwoSteps() => StepInvariant("Two", Next(Next(flag.Value)));
    }

    [Fact]
    public void A_sort_may_be_empty()
    {
        var scope = Explore.Scope(new Branches().Build(), ("Cup", 0));

        Assert.Equal(["warm=false"], Explore.States(scope));
        Assert.Equal((1L, 1L, 1), Explore.Run(scope) is var r ? (r.Distinct, r.Generated, r.Depth) : default);
    }

    [Fact]
    public void A_scope_needs_a_size_for_each_sort()
    {
        var refused = Assert.Throws<ArgumentException>(() => Explore.Scope(new Branches().Build(), ("Plate", 2)));

        Assert.StartsWith($"the sort Cup needs a size from 0 to {Scope.LargestSort}", refused.Message);
    }

    [Fact]
    public void A_sort_that_is_too_large_is_no_mistake_of_the_program()
    {
        var refused = Assert.Throws<InstanceTooLargeException>(() => Explore.Scope(new Branches().Build(), ("Plate", 2), ("Cup", 63)));

        Assert.Equal("the sort Cup has 63 elements; at most 62 are allowed", refused.Message);
    }
}
