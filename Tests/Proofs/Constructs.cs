using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Proofs;

/// <summary>Small models, one for each construct of the language in the encoding for any size.</summary>
internal static partial class Constructs
{
    public readonly struct Ant : ISort;

    public readonly struct Bee : ISort;

    public readonly struct Cat : ISort;

    public enum Two
    {
        X0,
        X1,
    }

    public enum Three
    {
        None,
        Some,
        Rest,
    }

    /// <summary>Each model with its provable properties. All others are violated at some size, or need missing lemmas.</summary>
    public static IReadOnlyList<(Spec Model, string Proved)> All { get; } =
    [
        (new EnumNamedVariable(), "Fine"), (new EnumNamedFlag(), ""), (new ReservedWords(), "Never,Quiet"), (new ForeignNames(), "Nie"),
        (new BoolParameter(), "Fine,Never"),
        (new OptionParameter(), "NeverBoth"),
        (new EnumOptionParameter(), "NeverRest"),
        (new BoolIndex(), "Never"),
        (new OptionIndex(), "NeverNone"),
        (new ReadOptionIndex(), "OnlyLinked"),
        (new EnumOption(), "NeverX1"),
        (new MemberNames(), "Distinct"),
        (new QuantifiedBool(), "SomeValue"),
        (new QuantifiedOption(), "AlwaysNone"),
        (new QuantifiedEnum(), "OneIsTrue"),
        (new DefinedOption(), "Never"),
        (new BulkOverEnum(), "AllAlike"),
        (new BulkOverBool(), "AllAlike"),
        (new BulkInCompoundIndex(), "Fine"),
        (new ClearsAllOthers(), "One"),
        (new BulkOverOthers(), "Fine"), (new BulkChoosesEnum(), "Fine"), (new Ghost(), "OneMarked"),
        (new GhostOfIndex(), "NoOwnerless"), (new TakenName(), "Never"),
        (new NobodyLeft(), ""), (new SomebodyIsThere(), ""), (new OptionOfEmpty(), "NeverBad"), (new TwiceAtOnce(), "NeverX1"),
        (new CountsOneProperty(), "Fine"),
        (new CountsInGuard(), "Fine"), (new ConditionalOption(), "Never"),
    ];

    public sealed class EnumNamedVariable : Spec
    {
#pragma warning disable IDE1006 // The name is the point.
        private readonly Var<Two, Two> Two = new();
#pragma warning restore IDE1006

        public EnumNamedVariable()
        {
            Action<Two>("Go", e => Two[e] = Constructs.Two.X1);
            Invariant("Stays", Two[Constructs.Two.X0] == Constructs.Two.X0);
            Invariant("Fine", Two[Constructs.Two.X0] == Constructs.Two.X0 | Two[Constructs.Two.X0] == Constructs.Two.X1);
        }
    }

    public sealed class EnumNamedFlag : Spec
    {
#pragma warning disable IDE1006 // The name is the point.
        private readonly Var<Two, bool> Two = new();
#pragma warning restore IDE1006
        private readonly Var<Two> last = new();

        public EnumNamedFlag()
        {
            Action<Two>("Go", e =>
            {
                Two[e] = true;
                last.Value = e;
            });
            Invariant("Never", !Two[Constructs.Two.X0] | last.Value == Constructs.Two.X0);
        }
    }

    public sealed class ReservedWords : Spec
    {
        private readonly Var<Ant, Ant, bool> match = new();
        private readonly Var<Ant, bool> let = new();
        private readonly Var<Ant, Option<Ant>> forall = new();
        private readonly Var<bool> assert = new();
        private readonly Var<bool> @true = new();

        public ReservedWords()
        {
            Action<Ant, Ant>("Match", (exists, par) =>
            {
                Require(exists != par & !let[exists] & !assert.Value);
                match[exists, par] = true;
                forall[exists] = par;
            });
            Action("Set", () => @true.Value = false);
            Lemma("L", "Never", "only others are linked", Forall<Ant, Ant>((n, m) => (forall[n] == m).Implies(n != m)));
            Lemma("M", "Never", "only others are linked", Forall<Ant>(n => !match[n, n]));
            Lemma("Q", "Quiet", "it is only ever cleared", !@true.Value);
            Invariant("Never", Forall<Ant>(n => !match[n, n] & forall[n] != n));
            Invariant("Quiet", !@true.Value);
        }
    }

    public sealed class ForeignNames : Spec
    {
        private readonly Var<Ant, bool> grün = new();
        private readonly Var<Ant, bool> größer = new();

        public ForeignNames()
        {
            Action<Ant>("Größe |\\ ü", α =>
            {
                Require(größer[α]);
                grün[α] = true;
            });
            Lemma("λ|", "Nie", "as it is", Forall<Ant>(α => !größer[α] & !grün[α]));
            Invariant("Nie", Forall<Ant>(α => !grün[α]));
        }
    }

    public sealed class BoolParameter : Spec
    {
        private readonly Var<Ant, bool> up = new();
        private readonly Var<Ant, bool> never = new();

        public BoolParameter()
        {
            Action<Ant, bool>("Set", (a, on) => up[a] = on);
            Action<Ant, bool>("Unset", (a, on) =>
            {
                Require(!on);
                never[a] = on;
            });
            Lemma("L", "Never", "as it is", Forall<Ant>(a => !never[a]));
            Invariant("Never", Forall<Ant>(a => !never[a]));
            Invariant("Fine", Forall<Ant>(a => up[a] | !up[a]));
            Invariant("Down", Forall<Ant>(a => !up[a]));
        }
    }

    public sealed class OptionParameter : Spec
    {
        private readonly Var<Option<Ant>> at = new();
        private readonly Var<bool> none = new();
        private readonly Var<bool> some = new();

        public OptionParameter()
        {
            Action<Option<Ant>>("Set", a => at.Value = a);
            Action<Option<Ant>>("See", a =>
            {
                Require(a == None & a != None);
                none.Value = true;
            });
            Action<Option<Ant>>("Hold", a =>
            {
                Require(a == at.Value & a != None);
                some.Value = true;
            });
            Lemma("L", "NeverBoth", "nothing is both", !none.Value);
            Invariant("NeverBoth", !none.Value);
            Invariant("NeverSome", at.Value == None);
        }
    }

    public sealed class EnumOptionParameter : Spec
    {
        private readonly Var<Ant, Option<Three>> mode = new();

        public EnumOptionParameter()
        {
            Action<Ant, Option<Three>>("Set", (a, e) =>
            {
                Require(e != Lift(Three.Rest));
                mode[a] = e;
            });
            Lemma("L", "NeverRest", "a guard", Forall<Ant>(a => mode[a] != Lift(Three.Rest)));
            Invariant("NeverRest", Forall<Ant>(a => mode[a] != Lift(Three.Rest)));
            Invariant("NeverNone", Forall<Ant>(a => mode[a] != Lift(Three.None)));
        }
    }

    public sealed class BoolIndex : Spec
    {
        private readonly Var<bool, Ant, bool> on = new();

        public BoolIndex()
        {
            Action<Ant>("Set", a => on[true, a] = true);
            Action<Ant, bool>("Copy", (a, b) =>
            {
                Require(on[b, a] != b);
                on[b, a] = on[on[b, a], a];
            });
            Lemma("L", "Never", "only the other is written", Forall<Ant>(a => !on[false, a]));
            Invariant("Never", Forall<Ant>(a => !on[false, a]));
            Invariant("NeverOther", Forall<Ant>(a => !on[true, a]));
        }
    }

    public sealed class OptionIndex : Spec
    {
        private readonly Var<Option<Ant>, Two, bool> seen = new();

        public OptionIndex()
        {
            Action<Ant, Two>("Set", (a, e) => seen[a, e] = true);
            Lemma("L", "NeverNone", "only elements are seen", Forall<Two>(e => !seen[None, e]));
            Invariant("NeverNone", Forall<Two>(e => !seen[None, e]));
            Invariant("NoneAtAll", Forall<Option<Ant>>(o => !seen[o, Two.X0]));
        }
    }

    public sealed class ReadOptionIndex : Spec
    {
        private readonly Var<Bee, Option<Ant>> link = new();
        private readonly Var<Option<Ant>, bool> marked = new();
        private readonly Var<Option<Ant>, Three> kind = new();
        private readonly Var<bool> bad = new();

        public ReadOptionIndex()
        {
            Action<Bee, Ant>("Link", (b, a) =>
            {
                Require(link[b] == None);
                link[b] = a;
                marked[a] = true;
                kind[a] = Three.Some;
            });
            Action<Bee>("Bad", b =>
            {
                Require(link[b] != None & (!marked[link[b]] | kind[link[b]] != Three.Some | marked[None]));
                bad.Value = true;
            });
            Lemma(
                "L",
                "OnlyLinked",
                "a link marks",
                Forall<Bee>(b => link[b] != None).Implies(true)
                    & Forall<Bee, Ant>((b, a) => (link[b] == a).Implies(marked[a] & kind[a] == Three.Some)));
            Lemma("N", "OnlyLinked", "none is not marked", !marked[None] & !bad.Value);
            Invariant("OnlyLinked", !bad.Value);
            Invariant("SameKind", Forall<Bee, Bee>((b, c) => kind[link[b]] == kind[link[c]]));
        }
    }

    public sealed class EnumOption : Spec
    {
        private readonly Var<Ant, Option<Two>> mode = new();
        private readonly Var<Ant, Two> last = new();

        public EnumOption()
        {
            Action<Ant>("Set", a =>
            {
                Require(mode[a] != Lift(Two.X0));
                mode[a] = last[a];
            });
            Action<Ant>("Clear", a => mode[a] = None);
            Lemma(
                "L",
                "NeverX1",
                "the last one is always the first",
                Forall<Ant>(a => last[a] == Two.X0 & (mode[a] == None | mode[a] == Lift(Two.X0))));
            Invariant("NeverX1", Forall<Ant>(a => mode[a] != Lift(Two.X1)));
            Invariant("Alike", Forall<Ant, Ant>((a, b) => mode[a] == mode[b]));
        }
    }

    /// <summary>Members with the same names as the values of an option.</summary>
    public sealed class MemberNames : Spec
    {
        private readonly Var<Option<Three>> one = new();
        private readonly Var<Three> two = new();

        public MemberNames()
        {
            Action<Three>("Set", e =>
            {
                one.Value = e;
                two.Value = e;
            });
            Lemma(
                "L",
                "Distinct",
                "both are written alike",
                one.Value == None | (one.Value != None & Exists<Three>(e => one.Value == e & two.Value == e)));
            Invariant("Distinct", (one.Value == Lift(Three.None)).Implies(two.Value == Three.None));
            Invariant("NeverNone", one.Value != Lift(Three.None));
        }
    }

    public sealed class QuantifiedBool : Spec
    {
        private readonly Var<Ant, bool> on = new();

        public QuantifiedBool()
        {
            Action<Ant>("Set", a => on[a] = true);
            Invariant("SomeValue", Forall<Ant>(a => Exists<bool>(b => on[a] == b)));
            Invariant("EveryValue", Forall<Ant>(a => Forall<bool>(b => on[a] == b)));
        }
    }

    public sealed class QuantifiedOption : Spec
    {
        private readonly Var<Ant, Option<Ant>> link = new();
        private readonly Var<Ant, Option<Two>> mode = new();

        public QuantifiedOption()
        {
            Action<Ant>("Set", a => link[a] = None);
            Action<Ant, Two>("Mode", (a, e) => mode[a] = e);
            Lemma("L", "AlwaysNone", "nothing is linked", Forall<Ant>(a => link[a] == None));
            Invariant("AlwaysNone", Forall<Option<Ant>>(o => Forall<Ant>(a => link[a] == None & (o == None | link[a] != o))));
            Invariant("NoMode", Forall<Option<Two>>(o => Forall<Ant>(a => o == None | mode[a] != o)));
        }
    }

    public sealed class QuantifiedEnum : Spec
    {
        private readonly Var<Three, Ant, bool> on = new();

        public QuantifiedEnum()
        {
            Action<Three, Ant>("Set", (e, a) =>
            {
                Require(Forall<Three>(f => !on[f, a]));
                on[e, a] = true;
            });
            Lemma("L", "OneIsTrue", "a guard", Forall<Ant>(a => Forall<Three, Three>((e, f) => (on[e, a] & on[f, a]).Implies(e == f))));
            Invariant("OneIsTrue", Forall<Ant>(a => Forall<Three, Three>((e, f) => (on[e, a] & on[f, a]).Implies(e == f))));
            Invariant("NoneIsTrue", Forall<Ant>(a => !Exists<Three>(e => on[e, a])));
        }
    }

    public sealed class DefinedOption : Spec
    {
        private readonly Var<Ant, Option<Ant>> link = new();
        private readonly Var<Ant, Two> kind = new();

        public DefinedOption()
        {
            Action<Ant>("Set", a => link[a] = Define(link[a], "Owner"));
            Action<Ant>("Kind", a => kind[a] = Define(kind[a], "Kind"));
            Lemma("L", "Never", "as it is", Forall<Ant>(a => link[a] == None & Define(kind[a], "Kind") == Two.X0));
            Invariant(
                "Never",
                Forall<Ant>(a => Define(link[a], "Owner") == None & Define(link[a], "Owner") != a & Define(kind[a], "Kind") == kind[a]));
        }
    }

    public sealed class BulkOverEnum : Spec
    {
        private readonly Var<Two, Ant, Two> kind = new();

        public BulkOverEnum()
        {
            Action<Ant>("All", a => ForEach<Two>(e => kind[e, a] = Two.X1));
            Lemma("L", "AllAlike", "all at once", Forall<Ant>(a => Forall<Two, Two>((e, f) => kind[e, a] == kind[f, a])));
            Invariant("AllAlike", Forall<Ant>(a => Forall<Two, Two>((e, f) => kind[e, a] == kind[f, a])));
            Invariant("Never", Forall<Ant>(a => kind[Two.X1, a] == Two.X0));
        }
    }

    public sealed class BulkOverBool : Spec
    {
        private readonly Var<bool, bool> on = new();

        public BulkOverBool()
        {
            Action<bool>("All", b => ForEach<bool>(e => on[e] = b));
            Lemma("L", "AllAlike", "all at once", on[true] == on[false]);
            Invariant("AllAlike", on[true] == on[false]);
            Invariant("Never", !on[true]);
        }
    }

    public sealed class BulkInCompoundIndex : Spec
    {
        private readonly Var<Ant, Ant, bool> v = new();

        public BulkInCompoundIndex()
        {
            Action<Ant, Ant>("Set", (p, q) => ForEach<Ant>(z => v[Cond(p == q, z, p), z] = true));
            Lemma("L", "Fine", "as it is", Forall<Ant, Ant>((a, b) => v[a, b].Implies(Exists<Ant>(c => v[c, b]))));
            Invariant("Fine", Forall<Ant, Ant>((a, b) => v[a, b].Implies(Exists<Ant>(c => v[c, b]))));
            Invariant("Diagonal", Forall<Ant, Ant>((a, b) => v[a, b].Implies(a == b)));
        }
    }

    private static Term<Option<T>> Lift<T>(T value)
        where T : struct, Enum => (Term<T>)value;
}
