using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Tests.Architecture;
using Checker.Tests.Fuzz.Generator;
using Checker.Tests.Fuzz.Naive;
using Checker.Tests.Generators;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Fuzz;

/// <summary>The naive interpreter alone: the cases of docs/semantics.md, and its independence.</summary>
public sealed class NaiveTests
{
    private static readonly Source s_here = new("./Tests/Fuzz/NaiveTests.cs", 1);

    [Fact]
    public void It_knows_nothing_of_the_engines()
    {
        string engines = string.Join('.', "Checker", "Solver");
        var files = Repository.Files().Where(f => f.StartsWith("Tests/Fuzz/Naive/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.DoesNotContain(engines, Repository.Read(f), StringComparison.Ordinal));
        // Nor indirectly: these types contain and use only the model, themselves and the base class library.
        var types = typeof(NaiveModel).Assembly.GetTypes().Where(t => t.Namespace == typeof(NaiveModel).Namespace).ToList();
        var mentioned = types.SelectMany(t => t.GetMethods(Everything).SelectMany(m => m.GetParameters().Select(p => p.ParameterType)
            .Append(m.ReturnType).Concat(m.GetMethodBody()?.LocalVariables.Select(v =>
                v.LocalType) ?? [])).Concat(t.GetFields(Everything).Select(f => f.FieldType)));
        Assert.Contains(typeof(TransitionSystem), mentioned);
        Assert.DoesNotContain(mentioned, t => t.ToString().Contains(engines, StringComparison.Ordinal));
    }

    private const System.Reflection.BindingFlags Everything =
        System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic
        | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly;

    [Fact]
    public void Integers_on_the_way_are_of_any_size()
    {
        var (least, most) = (new Lit(ModelType.Int, int.MinValue), new Lit(ModelType.Int, int.MaxValue));
        Assert.True(Closed(new Less(new Minus(least, most), least)));
        Assert.True(Closed(new Less(most, new Plus(most, new Lit(ModelType.Int, 1)))));
        Assert.True(Closed(new Eq(new Minus(new Plus(most, most), most), most)));
        Assert.True(Closed(new Eq(new Minus(new Lit(ModelType.Int, 0), new Lit(ModelType.Int, 1)), new Lit(ModelType.Int, -1))));
    }

    [Fact]
    public void Quantifiers_range_over_every_kind_of_type()
    {
        SortType sort = new("S");
        var mode = FuzzEnums.Of(0, "Mode", ["Off", "On", "Odd"]);
        Assert.Equal([2, 3, 4, 2, 3], new ModelType[] { ModelType.Bool, mode, new OptionType(mode), sort,
            new OptionType(sort) }.Select(t => Counted(t, 2)));
        Assert.Equal([0, 1], new ModelType[] { sort, new OptionType(sort) }.Select(t => Counted(t, 0)));
        var x = new Binder("x", sort);
        Assert.True(Closed(new Quantified(QuantifierKind.Forall, x, Node.False), (sort, 0)));
        Assert.False(Closed(new Quantified(QuantifierKind.Exists, x, Node.True), (sort, 0)));

        int Counted(ModelType type, int size) => Enumerable.Range(0, 9).Single(n =>
            Closed(new Eq(new Count(new Binder("x", type), Node.True), new Lit(ModelType.Int, n)), (sort, size)));
    }

    [Fact]
    public void An_option_is_none_or_something_equal_to_itself()
    {
        var mode = FuzzEnums.Of(0, "Mode", ["Off", "On", "Odd"]);
        OptionType option = new(mode);
        Assert.False(Closed(new Eq(new Lit(option, 0), new Some(new Lit(mode, 0)))));
        Assert.True(Closed(new Eq(new Lit(option, 2), new Some(new Lit(mode, 1)))));
    }

    [Fact]
    public void All_right_hand_sides_are_of_the_state_before() => Assert.Equal(["ff", "tf", "ft"], States(new Swap()));

    [Fact]
    public void A_step_that_leaves_a_range_or_writes_two_values_does_not_exist_and_its_rule_is_broken_there()
    {
        var search = Search(new Rules());
        Assert.Equal(["0", "1", "2"], search.States.Select(s => s.Key));
        Assert.Equal([2], search.Breaches[("InRange", "Up", "level")]);
        Assert.Equal([1], search.Breaches[("OneWriter", "Both", "level")]);
        Assert.Equal(2, search.Breaches.Count);
        Assert.Equal(5, search.Generated);
        Assert.Equal(2, search.Fired("Both"));
    }

    [Fact]
    public void Lengths_count_states_and_a_step_counts_the_state_after_it()
    {
        var search = Search(new Lengths());
        Assert.Equal(4, search.Depth);
        Assert.Equal(1, search.Deadlocks);
        Assert.Equal([("Below2", 3), ("NoStepTo2", 3), ("Steps", 2), ("Never", null), ("Twice", 3), ("FourTimes", null),
            ("EndsBelow3", 4), ("EndsAt3", null), ("Helper", 2)],
            search.Model.System.Properties.Where(p => p.Kind != PropertyKind.WellFormed).Select(p => (p.Name, search.LengthOf(p))));
    }

    [Fact]
    public void A_dropped_label_opens_its_guard_and_takes_its_other_branch()
    {
        Assert.Equal(["0"], States(new Labelled()));
        Assert.Equal(["0", "1"], States(new Labelled(), "open"));
        Assert.Equal(["0", "2"], States(new Labelled(), "open", "one"));
    }

    [Fact]
    public void States_that_differ_by_names_are_one_orbit()
    {
        var search = Search(new Flags(), 3);
        Assert.Equal(8, search.States.Count);
        Assert.Equal(4, NaiveOrbits.Of(search).Distinct().Count());
    }

    private static NaiveSearch Search(Spec model, int size = 2)
    {
        var system = model.Build();
        return new(system, system.Sorts.ToDictionary(s => s.Name, _ => size), 1000, 1_000_000);
    }

    private static IEnumerable<string> States(Spec model, params string[] dropped)
    {
        var system = model.Build().Without(dropped);
        return new NaiveSearch(system, system.Sorts.ToDictionary(s => s.Name, _ => 1), 1000, 1_000_000).States.Select(s =>
            s.Key.Replace(",", "", StringComparison.Ordinal));
    }

    /// <summary>True if a formula without variables holds.</summary>
    private static bool Closed(Node formula, params (SortType Sort, int Size)[] sorts)
    {
        var system = new TransitionSystem("Empty", [.. sorts.Select(s => s.Sort)], [], [], [], [], ImmutableHashSet<string>.Empty, s_here);
        var model = new NaiveModel(system, sorts.ToDictionary(s => s.Sort.Name, s => s.Size));
        return model.Holds(formula, model.Initial);
    }

    private sealed class Swap : Spec
    {
        private readonly Var<bool> left = new();
        private readonly Var<bool> right = new();

        public Swap()
        {
            Action("Set", () =>
            {
                Require(!left.Value & !right.Value);
                left.Value = true;
            });
            Action("Swap", () => (left.Value, right.Value) = (right.Value, left.Value));
        }
    }

    private sealed class Rules : Spec
    {
        private readonly Var<int> level = new(min: 0, max: 2);

        public Rules()
        {
            Action("Up", () => level.Value = level.Value + 1);
            Action("Both", () =>
            {
                // Only at 1 are both updates made.
                var (low, notZero) = (level.Value < 2, level.Value != 0);
                If(low, () => level.Value = 2);
                If(notZero, () => level.Value = 1);
            });
        }
    }

    private sealed class Lengths : Spec
    {
        private readonly Var<int> level = new(min: 0, max: 3);

        public Lengths()
        {
            Action("Up", () =>
            {
                Require(level.Value < 3);
                level.Value = level.Value + 1;
            });
            Invariant("Below2", level.Value < 2);
            StepInvariant("NoStepTo2", Next(level.Value) != 2);
            Reachable("Steps", Next(level.Value) == level.Value + 1);
            Reachable("Never", level.Value - 4 == 0);
            Scenario("Twice", ["Up", "Up"], level.Value == 2);
            Scenario("FourTimes", ["Up", "Up", "Up", "Up"], level.Value != 9);
            Terminal("EndsBelow3", level.Value < 3);
            Terminal("EndsAt3", level.Value == 3);
            Lemma("Helper", "Below2", "it is false", level.Value == 0);
        }
    }

    private sealed class Labelled : Spec
    {
        private readonly Var<int> level = new(min: 0, max: 2);

        public Labelled()
        {
            Label("open", "keeps it shut");
            Label("one", "one and not two");
            Action("Go", () =>
            {
                Require("open", level.Value == 1);
                Step("one", () => level.Value = 1, without: () => level.Value = 2);
            });
        }
    }

    private sealed class Flags : Spec
    {
        private readonly Var<A, bool> flag = new();

        public Flags() => Action<A>("Raise", a => flag[a] = true);
    }
}
