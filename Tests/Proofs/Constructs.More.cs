using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Proofs;

/// <summary>Bulk updates, options with an element, sorts without elements, and counting.</summary>
internal static partial class Constructs
{
    public sealed class ClearsAllOthers : Spec
    {
        private readonly Var<Ant, bool> owner = new();

        public ClearsAllOthers()
        {
            Action<Ant>("Take", a =>
            {
                owner[a] = true;
                ForEach<Ant>(z => If(z != a, () => owner[z] = false));
            });
            Lemma("L", "One", "all others are cleared", Forall<Ant, Ant>((a, b) => (owner[a] & owner[b]).Implies(a == b)));
            Invariant("One", Forall<Ant, Ant>((a, b) => (owner[a] & owner[b]).Implies(a == b)));
        }
    }

    /// <summary>A bulk update of a variable which is not indexed by the bulk variable.</summary>
    public sealed class BulkOverOthers : Spec
    {
        private readonly Var<Ant, Option<Bee>> link = new();
        private readonly Var<bool> any = new();
        private readonly Var<bool> never = new();

        public BulkOverOthers()
        {
            Action<Ant, Bee>("Link", (a, b) => link[a] = b);
            Action<Bee>("Drop", b => ForEach<Ant>(a => If(link[a] == b, () => any.Value = true)));
            Action<Bee>("Never", b => ForEach<Ant>(a => If(link[a] == None & link[a] == b, () => never.Value = true)));
            Lemma("L", "Fine", "a link stays", (!any.Value | Exists<Ant>(a => link[a] != None)) & !never.Value);
            Invariant("Fine", (!any.Value | Exists<Ant>(a => link[a] != None)) & !never.Value);
            Invariant("NoLink", !any.Value);
        }
    }

    public sealed class BulkChoosesEnum : Spec
    {
        private readonly Var<Ant, Three> kind = new();
        private readonly Var<Three> chosen = new();

        public BulkChoosesEnum()
        {
            Action<Ant>("Raise", a => kind[a] = Three.Some);
            Action("Choose", () => ForEach<Ant>(a => If(kind[a] != Three.None, () => chosen.Value = kind[a])));
            Lemma("L", "Fine", "only one kind is ever raised", chosen.Value != Three.Rest & Forall<Ant>(a => kind[a] != Three.Rest));
            Invariant("Fine", chosen.Value != Three.Rest);
            Invariant("Never", chosen.Value == Three.None);
        }
    }

    /// <summary>An option without an index.</summary>
    public sealed class Ghost : Spec
    {
        private readonly Var<Option<Ant>> first = new();
        private readonly Var<Ant, bool> marked = new();
        private readonly Var<bool> any = new();

        public Ghost()
        {
            Action<Ant>("Mark", n =>
            {
                Require(!any.Value);
                marked[n] = true;
                any.Value = true;
                first.Value = n;
            });
            Action<Ant>("Again", n =>
            {
                Require(marked[n]);
                first.Value = n;
            });
            Lemma(
                "FirstMarked",
                "OneMarked",
                "the ghost is the marked one",
                Forall<Ant, Ant>((n, m) => (marked[n] & first.Value == m).Implies(n == m)));
            Lemma("HasFirst", "OneMarked", "there is one", Forall<Ant>(n => marked[n].Implies(first.Value != None)));
            Lemma("MarkedAny", "OneMarked", "a flag", Forall<Ant>(n => marked[n].Implies(any.Value)));
            Invariant("OneMarked", Forall<Ant, Ant>((n, m) => (marked[n] & marked[m]).Implies(n == m)));
        }
    }

    /// <summary>The proof needs the fact that every option has an element, at an element named neither by guards nor by the goal.</summary>
    public sealed class GhostOfIndex : Spec
    {
        private readonly Var<Ant, Option<Bee>> link = new();
        private readonly Var<Bee, bool> live = new();
        private readonly Var<bool> bad = new();

        public GhostOfIndex()
        {
            Action<Ant, Bee>("Link", (a, b) =>
            {
                link[a] = b;
                live[b] = true;
            });
            Action("Bad", () =>
            {
                Require(Exists<Ant>(a => link[a] != None) & Forall<Bee>(b => !live[b]));
                bad.Value = true;
            });
            Lemma("L", "NoOwnerless", "what is linked lives", Forall<Ant, Bee>((a, b) => (link[a] == b).Implies(live[b])));
            Lemma("B", "NoOwnerless", "as it is", !bad.Value);
            Invariant("NoOwnerless", !bad.Value);
        }
    }

    /// <summary>A lemma with the name of a conjunct added by the encoding.</summary>
    public sealed class TakenName : Spec
    {
        private readonly Var<Ant, Option<Ant>> x = new();

        public TakenName()
        {
            Action<Ant>("Set", a => x[a] = None);
            Lemma("Some(x)", "Never", "as it is", Forall<Ant>(a => x[a] == None));
            Lemma("Element(x)", "Never", "as it is", Forall<Ant>(a => x[a] == None));
            Lemma("guard 1: true", "Never", "as it is", Forall<Ant>(a => x[a] == None));
            Invariant("Never", Forall<Ant>(a => x[a] == None));
        }
    }

    /// <summary>Without any cat the bad state is possible; with one or more it is not.</summary>
    public sealed class NobodyLeft : Spec
    {
        private readonly Var<Cat, bool> seen = new();
        private readonly Var<bool> bad = new();

        public NobodyLeft()
        {
            Action("Bad", () =>
            {
                Require(Forall<Cat>(c => seen[c]));
                bad.Value = true;
            });
            Action<Cat>("Idle", c => seen[c] = false);
            Lemma("NeverSeen", "NeverBad", "it is never set", Forall<Cat>(c => !seen[c]));
            Lemma("NotBad", "NeverBad", "as it is", !bad.Value);
            Invariant("NeverBad", !bad.Value);
        }
    }

    /// <summary>A property violated if there is no cat.</summary>
    public sealed class SomebodyIsThere : Spec
    {
        private readonly Var<Cat, bool> seen = new();

        public SomebodyIsThere()
        {
            Action<Cat>("Idle", c => seen[c] = false);
            Lemma("NeverSeen", "Somebody", "it is never set", Forall<Cat>(c => !seen[c]));
            Invariant("Somebody", Exists<Cat>(c => !seen[c]));
        }
    }

    /// <summary>An option of a sort without elements is None.</summary>
    public sealed class OptionOfEmpty : Spec
    {
        private readonly Var<Ant, Option<Cat>> pet = new();
        private readonly Var<Cat, bool> fed = new();
        private readonly Var<bool> bad = new();

        public OptionOfEmpty()
        {
            Action<Ant, Cat>("Adopt", (a, c) =>
            {
                pet[a] = c;
                fed[c] = true;
            });
            Action<Ant>("Bad", a =>
            {
                Require(pet[a] != None & Forall<Cat>(c => !fed[c]));
                bad.Value = true;
            });
            Lemma("L", "NeverBad", "a pet is fed", Forall<Ant, Cat>((a, c) => (pet[a] == c).Implies(fed[c])));
            Lemma("B", "NeverBad", "as it is", !bad.Value);
            Invariant("NeverBad", !bad.Value);
        }
    }

    /// <summary>The only step which would violate the property writes one location twice, and so does not exist.</summary>
    public sealed class TwiceAtOnce : Spec
    {
        private readonly Var<Ant, Two> x = new();

        public TwiceAtOnce()
        {
            Action<Ant, Ant>("Both", (a, b) =>
            {
                Require(a == b);
                x[a] = Two.X0;
                x[b] = Two.X1;
            });
            Lemma("L", "NeverX1", "as it is", Forall<Ant>(a => x[a] == Two.X0));
            Invariant("NeverX1", Forall<Ant>(a => x[a] == Two.X0));
        }
    }

    public sealed class CountsOneProperty : Spec
    {
        private readonly Var<Ant, bool> owner = new();

        public CountsOneProperty()
        {
            Action<Ant>("Take", a =>
            {
                Require(Forall<Ant>(b => !owner[b]));
                owner[a] = true;
            });
            Lemma("C", "AtMostOne", "as it is", Count<Ant>(a => owner[a]) <= 1);
            Lemma("L", "Fine", "a guard", Forall<Ant, Ant>((a, b) => (owner[a] & owner[b]).Implies(a == b)));
            Invariant("AtMostOne", Count<Ant>(a => owner[a]) <= 1);
            Invariant("Fine", Forall<Ant, Ant>((a, b) => (owner[a] & owner[b]).Implies(a == b)));
        }
    }

    public sealed class CountsInGuard : Spec
    {
        private readonly Var<Ant, bool> owner = new();
        private readonly Var<bool> many = new();
        private readonly Var<bool> quiet = new();

        public CountsInGuard()
        {
            Action<Ant>("Take", a =>
            {
                Require(Count<Ant>(b => owner[b]) <= 1);
                many.Value = Count<Ant>(b => owner[b]) == 1;
                owner[a] = true;
                quiet.Value = false;
            });
            Lemma("L", "Fine", "as it is", !quiet.Value);
            Invariant("Fine", !quiet.Value);
            Invariant("Few", !many.Value);
        }
    }

    public sealed class ConditionalOption : Spec
    {
        private readonly Var<Ant, Option<Ant>> link = new();
        private readonly Var<Ant, bool> on = new();

        public ConditionalOption()
        {
            Action<Ant, Ant>("Set", (a, b) =>
            {
                Require(a != b);
                link[a] = Cond(on[a], link[b], link[a]);
            });
            Lemma("L", "Never", "as it is", Forall<Ant>(a => link[a] == None));
            Invariant("Never", Forall<Ant>(a => Cond(on[a], link[a], link[a]) == None));
        }
    }
}
