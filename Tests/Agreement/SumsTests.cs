using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Instance;
using Checker.Solver.Walk;
using Checker.Tests.Generators;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Agreement;

/// <summary>
/// Intermediate results outside 0..63 are exact in every engine: negative ones, large ones, and literals at the ends of int. An
/// engine which dropped such values took an equation for false, a guard for impossible, or a cell for constant.
/// </summary>
public sealed class SumsTests
{
    public static TheoryData<string, int?> Models => new()
    {
        { nameof(Behind), 2 }, { nameof(BothNegative), 1 }, { nameof(Seventy), 11 }, { nameof(NegativeGuard), 3 },
        { nameof(DownAndUp), 4 }, { nameof(ThereAndBack), 3 }, { nameof(CountBehind), 2 }, { nameof(EndOfInt), null },
        { nameof(OtherEndOfInt), null }, { nameof(BelowZero), 2 }, { nameof(MinusOneInACondition), null },
    };

    [Theory, MemberData(nameof(Models))]
    public void Every_engine_says_what_the_interpreter_says(string model, int? length)
    {
        var system = Build(model);
        var truth = new InterpreterSearch(new Scope(system, system.Sorts.ToDictionary(s => s.Name, _ => 2)));
        Assert.Equal(length, truth.FirstViolation);
        Engines.AssertExplorationAgrees(truth);
        Engines.AssertBoundedModelCheckingAgrees(truth);
        Engines.AssertStepsAgree(truth.Scope, truth.States.Take(20));

        var checkedProperties = FiniteBmc.Checked(system);
        var induction = KInduction.Run(new FiniteModel(truth.Scope), checkedProperties, 12, new());
        Assert.Equal(length, induction.Answer.Shown?.Length);
        Assert.Equal(length is null, induction.Answer is Answer.Holds);

        var walk = new Campaign(truth.Scope, new() { Walks = 200, Steps = 60, Seed = 1 }).Run();
        Assert.Equal(length is null, walk.Failed is null);
    }

    private static TransitionSystem Build(string model) =>
        ((Spec)Activator.CreateInstance(typeof(SumsTests).GetNestedType(model, System.Reflection.BindingFlags.NonPublic)!)!).Build();

    internal sealed class Behind : Spec
    {
        private readonly Var<int> written = new(min: 0, max: 2);
        private readonly Var<int> read = new(min: 0, max: 2);

        public Behind()
        {
            Action("Write", () => { Require(written.Value < 2); written.Value = written.Value + 1; });
            Action("Read", () => { Require(read.Value < 2); read.Value = read.Value + 1; });
            Invariant("NeverOneBehind", written.Value - read.Value != -1);
        }
    }

    private sealed class BothNegative : Spec
    {
        private readonly Var<int> x = new(min: 1, max: 2);
        private readonly Var<int> y = new(min: 1, max: 2);

        public BothNegative()
        {
            Action("X", () => x.Value = 2);
            Action("Y", () => y.Value = 2);
            Invariant("NeverEqual", !((0 - x.Value) == (0 - y.Value)));
        }
    }

    private sealed class Seventy : Spec
    {
        private readonly Var<int> x = new(min: 30, max: 40);
        private readonly Var<int> y = new(min: 30, max: 40);

        public Seventy()
        {
            Action("X", () => { Require(x.Value < 40); x.Value = x.Value + 1; });
            Action("Y", () => { Require(y.Value < 40); y.Value = y.Value + 1; });
            Invariant("Never70", x.Value + y.Value != 70);
        }
    }

    private sealed class NegativeGuard : Spec
    {
        private readonly Var<int> x = new(min: 0, max: 2);
        private readonly Var<int> y = new(min: 0, max: 2);
        private readonly Var<bool> bad = new();

        public NegativeGuard()
        {
            Action("X", () => { Require(x.Value < 2); x.Value = x.Value + 1; });
            Action("Y", () => { Require(y.Value < 2); y.Value = y.Value + 1; });
            Action("Bad", () => { Require(x.Value - y.Value == -1); bad.Value = true; });
            Invariant("NeverBad", !bad.Value);
        }
    }

    private sealed class DownAndUp : Spec
    {
        private readonly Var<int> x = new(min: 0, max: 3);

        public DownAndUp()
        {
            x.Initially(3);
            Action("Down", () => { Require(x.Value > 0); x.Value = x.Value - 2 + 1; });
            Invariant("NeverZero", x.Value != 0);
            Reachable("Zero", x.Value == 0);
        }
    }

    /// <summary>A cell which seemed constant but was written, over the bits of another cell.</summary>
    private sealed class ThereAndBack : Spec
    {
        private readonly Var<bool> c = new();
        private readonly Var<int> y = new(min: 0, max: 1);
        private readonly Var<int> x = new(min: 0, max: 3);

        public ThereAndBack()
        {
            Action("Toggle", () => y.Value = 1 - y.Value);
            Action("Copy", () => x.Value = y.Value - 3 + 3);
            Action("Set", () => { Require(x.Value == 2); c.Value = true; });
            Invariant("Zero", x.Value == 0);
        }
    }

    private sealed class CountBehind : Spec
    {
        private readonly Var<A, bool> taken = new();
        private readonly Var<B, bool> freed = new();

        public CountBehind()
        {
            Action<A>("Take", a => { Require(!taken[a]); taken[a] = true; });
            Action<B>("Free", b => { Require(!freed[b]); freed[b] = true; });
            Invariant("NeverOneBehind", Count<A>(a => taken[a]) - Count<B>(b => freed[b]) != -1);
            Invariant("NeverTwoBehind", Count<A>(a => taken[a]) != Count<B>(b => freed[b]) + -2);
        }
    }

    private sealed class EndOfInt : Spec
    {
        private readonly Var<int> x = new(min: 0, max: 3);

        public EndOfInt()
        {
            Action("Up", () => { Require(x.Value < 3); x.Value = x.Value + 1; });
            Invariant("Positive", x.Value + int.MaxValue > 0);
            Invariant("Large", x.Value + int.MaxValue + int.MaxValue + int.MaxValue > int.MaxValue);
        }
    }

    private sealed class OtherEndOfInt : Spec
    {
        private readonly Var<int> x = new(min: 0, max: 3);

        public OtherEndOfInt()
        {
            Action("Up", () => { Require(x.Value < 3); x.Value = x.Value + 1; });
            Invariant("NotTheOther", x.Value + int.MinValue != int.MaxValue);
            Invariant("NotAround", x.Value - int.MinValue != int.MinValue);
        }
    }

    /// <summary>A value which leaves its range on only one branch.</summary>
    private sealed class BelowZero : Spec
    {
        private readonly Var<int> x = new(min: 1, max: 3);
        private readonly Var<bool> on = new();

        public BelowZero()
        {
            Action("Switch", () => on.Value = !on.Value);
            Action("Go", () => x.Value = Cond(on.Value, x.Value - 1, x.Value));
            Invariant("One", x.Value == 1);
        }
    }

    private sealed class MinusOneInACondition : Spec
    {
        private readonly Var<int> x = new(min: 0, max: 3);

        public MinusOneInACondition()
        {
            Action("Set", () => x.Value = Cond(x.Value == -1, (Term<int>)3, (Term<int>)1));
            Action("Down", () => { Require(x.Value - 2 == -1); x.Value = 1; });
            Invariant("NeverTwo", x.Value != 2);
        }
    }
}
