using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Tests.Fuzz.Generator;
using Checker.Tests.Generators;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Fuzz;

/// <summary>
/// Models on which an engine was once wrong, run through every engine. They are findings of random models, reduced as far as
/// possible.
/// </summary>
public sealed class KnownModels
{
    public static TheoryData<string> Names => [.. s_models.Keys];

    private static readonly SortedDictionary<string, Func<Spec>> s_models = new(StringComparer.Ordinal)
    {
        ["a difference below zero"] = () => new Small((x, y) => x - y != -1),
        ["two equal differences below zero"] = () => new Small((x, y) => !(0 - x == 0 - y)),
        ["a sum above 63"] = () => new Large(),
        ["a literal at the end of int"] = () => new Small((x, y) => x + int.MaxValue != int.MaxValue),
        ["a sum beyond int"] = () => new Small((x, y) => (x + int.MaxValue > 0) & (y - int.MaxValue - 2 < 0)),
        ["a sort that is only quantified over"] = () => new OnlyQuantified(),
        ["an option of an enum that has a member None"] = () => new NoneOfTwo(),
        ["sorts that differ by case alone"] = () => new CaseAlone(),
        ["a way through values below zero"] = () => new Descent(),
    };

    [Theory, MemberData(nameof(Names))]
    public void Every_engine_agrees(string name)
    {
        var system = s_models[name]().Build();
        var raw = system with { Properties = [.. system.Properties.Where(p => p.Kind != PropertyKind.WellFormed)] };
        var model = new FuzzModel(raw, raw.Sorts.ToDictionary(s => s.Name, _ => 2), name);
        Assert.Empty(Runner.Check(model, null, new()).Select(f => $"{f.Engine} {f.Event}: {f.Message}"));
    }

    private sealed class Small : Spec
    {
        private readonly Var<int> x = new(min: 0, max: 2);
        private readonly Var<int> y = new(min: 0, max: 2);

        public Small(Func<Term<int>, Term<int>, Term<bool>> claim)
        {
            Action("X", () =>
            {
                Require(x.Value < 2);
                x.Value = x.Value + 1;
            });
            Action("Y", () =>
            {
                Require(y.Value < 2);
                y.Value = y.Value + 1;
            });
            Invariant("Claim", claim(x.Value, y.Value));
        }
    }

    private sealed class Large : Spec
    {
        private readonly Var<int> x = new(min: 30, max: 33);
        private readonly Var<int> y = new(min: 30, max: 33);

        public Large()
        {
            Action("X", () =>
            {
                Require(x.Value < 33);
                x.Value = x.Value + 1;
            });
            Action("Y", () =>
            {
                Require(y.Value + x.Value < 65);
                y.Value = y.Value + 1;
            });
            Invariant("Never64", x.Value + y.Value != 64);
        }
    }

    public enum Choice
    {
        None,
        One,
    }

    private sealed class NoneOfTwo : Spec
    {
        private readonly Var<Option<Choice>, bool> seen = new();
        private readonly Var<Option<Choice>> last = new();

        public NoneOfTwo()
        {
            Action<Option<Choice>>("See", c =>
            {
                seen[c] = true;
                last.Value = c;
            });
            Invariant("NotAll", !Forall<Option<Choice>>(c => seen[c]));
            Reachable("MemberNone", last.Value == (Term<Option<Choice>>)(Term<Choice>)Choice.None);
        }
    }

    public readonly struct Ab : ISort;

    public readonly struct AB : ISort;

    private sealed class CaseAlone : Spec
    {
        private readonly Var<Ab, AB, bool> seen = new();
        private readonly Var<AB, Option<Ab>> peer = new();

        public CaseAlone()
        {
            Action<Ab, AB>("See", (a, b) =>
            {
                seen[a, b] = true;
                peer[b] = a;
            });
            Invariant("NotBoth", Forall<Ab, Ab, AB>((a, other, b) => (seen[a, b] & seen[other, b]).Implies(a == other)));
        }
    }

    /// <summary>A sort used by no variable and no parameter. The model and its instances have it all the same.</summary>
    private sealed class OnlyQuantified : Spec
    {
        private readonly Var<bool> done = new();

        public OnlyQuantified()
        {
            Action("Go", () =>
            {
                Require(Exists<A>(a => Forall<A>(b => a == b)) | Count<A>(_ => !done.Value) == 2);
                ForEach<B>(_ => done.Value = true);
            });
            Invariant("Never", Forall<B>(_ => !done.Value));
            Invariant("Alone", Forall<A>(a => Exists<A>(b => a == b)));
        }
    }

    private sealed class Descent : Spec
    {
        private readonly Var<int> x = new(min: 0, max: 3);

        public Descent()
        {
            x.Initially(3);
            Action("Down", () =>
            {
                Require(x.Value > 0);
                x.Value = x.Value - 5 + 4;
            });
            Invariant("NotZero", x.Value != 0);
            Reachable("Zero", x.Value == 0);
        }
    }
}
