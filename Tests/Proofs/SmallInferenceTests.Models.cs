using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Proofs;

/// <content>The small models, one for each test.</content>
public sealed partial class SmallInferenceTests
{
    public readonly struct Ant : ISort;

    public readonly struct Bee : ISort;

    private sealed class FourGood : Spec
    {
        public readonly Var<Ant, bool> good = new();
        public readonly Var<Ant, bool> bad = new();

        public FourGood()
        {
            Action<Ant>("Break", n =>
            {
                Require(Exists<Ant, Ant>((a, b) => Exists<Ant, Ant>((c, d) =>
                    a != b & a != c & a != d & b != c & b != d & c != d & good[a] & good[b] & good[c] & good[d])));
                bad[n] = true;
            });
            Action<Ant>("Spoil", n => { Require(bad[n]); good[n] = true; });
            Invariant("NeverBad", Forall<Ant>(n => !bad[n]));
        }
    }

    private sealed class Parity : Spec
    {
        public readonly Var<Ant, bool> left = new();
        public readonly Var<Ant, bool> right = new();
        public readonly Var<Ant, bool> lost = new();

        public Parity()
        {
            Action<Ant>("Both", n => { left[n] = !left[n]; right[n] = !right[n]; });
            Action<Ant>("Lose", n => { Require(left[n] != right[n]); lost[n] = true; });
            Invariant("Safe", Forall<Ant>(n => !lost[n]));
        }
    }

    private sealed class Clash : Spec
    {
        public readonly Var<Ant, Mode> x = new();
        public readonly Var<Ant, bool> y = new();

        public Clash()
        {
            Action<Ant, Ant>("Go", (p, q) => { x[p] = Mode.Busy; x[q] = Mode.Gone; y[p] = p == q; });
            Invariant("Never", Forall<Ant>(a => !y[a]));
        }
    }

    private sealed class Counted : Spec
    {
        public readonly Var<int> count = new(min: 0, max: 2);
        public readonly Var<Ant, bool> seen = new();
        public readonly Var<bool> done = new();

        public Counted()
        {
            Action<Ant>("Finish", a => { done.Value = count.Value == 2; seen[a] = true; count.Value = count.Value + 1; });
            Invariant("NotDone", !done.Value);
        }
    }

    private sealed class Restless : Spec
    {
        public readonly Var<bool> on = new();
        public readonly Var<bool> other = new();

        public Restless()
        {
            Action("Turn", () => on.Value = !on.Value);
            Action("Aside", () => other.Value = true);
            StepInvariant("Always", on.Value != Next(on.Value));
        }
    }

    private sealed class Aside : Spec
    {
        public readonly Var<Ant, bool> marked = new();
        public readonly Var<bool> any = new();
        public readonly Var<Bee, bool> aside = new();

        public Aside()
        {
            Action<Ant>("Mark", n => { Require(!any.Value); marked[n] = true; any.Value = true; });
            Action<Bee>("Aside", o => aside[o] = true);
            Invariant("OneMarked", Forall<Ant, Ant>((n, m) => (marked[n] & marked[m]).Implies(n == m)));
        }
    }

    private sealed class Flag : Spec
    {
        public readonly Var<bool> done = new();
        public readonly Var<Ant, bool> seen = new();

        public Flag()
        {
            Action<Ant>("Finish", a => { Require(Forall<Ant>(b => b == a)); done.Value = true; seen[a] = true; });
            Invariant("NotDone", !done.Value);
        }
    }

    private sealed class OneToken : Spec
    {
        public readonly Var<Ant, bool> has = new();
        public readonly Var<bool> given = new();

        public OneToken()
        {
            Action<Ant>("Give", a => { Require(!given.Value); has[a] = true; given.Value = true; });
            Invariant("One", Forall<Ant, Ant>((a, b) => (has[a] & has[b]).Implies(a == b)));
            Lemma("Held", "One", "it was given", Forall<Ant>(a => has[a].Implies(given.Value)));
        }
    }

    private sealed class Pair : Spec
    {
        public readonly Var<Ant, bool> x = new();
        public readonly Var<Ant, bool> busy = new();

        public Pair()
        {
            Action<Ant>("Start", a => { Require(Forall<Ant>(b => !busy[b])); busy[a] = true; });
            Action<Ant, Ant>("Both", (a, b) => { Require(busy[a] & !busy[b]); x[a] = true; x[b] = false; });
            Invariant("Idle", Forall<Ant>(a => x[a].Implies(busy[a])));
        }
    }

    private sealed class BoolParameter : Spec
    {
        public readonly Var<Ant, bool> sent = new();
        public readonly Var<Ant, bool> seen = new();
        public readonly Var<Ant, bool> kept = new();

        public BoolParameter()
        {
            Action<Ant>("Send", n => { sent[n] = true; kept[n] = true; });
            Action<Ant, bool>("Receive", (n, keep) => { Require(kept[n] & (keep | sent[n])); seen[n] = true; sent[n] = keep; });
            Invariant("Seen", Forall<Ant>(n => seen[n].Implies(kept[n])));
        }
    }

    private sealed class OptionParameter : Spec
    {
        public readonly Var<Ant, Option<Bee>> link = new();
        public readonly Var<Ant, Option<Bee>> old = new();

        public OptionParameter()
        {
            Action<Ant, Option<Bee>>("Link", (a, b) => { link[a] = b; old[a] = None; });
            Action<Ant>("Store", a => { Require(link[a] != None); old[a] = link[a]; });
            Invariant("Same", Forall<Ant, Bee>((a, b) => (old[a] == b).Implies(link[a] == b)));
        }
    }

    private sealed class EnumOption : Spec
    {
        public readonly Var<Ant, Option<Mode>> mode = new();
        public readonly Var<Ant, bool> ran = new();

        public EnumOption()
        {
            Action<Ant>("Run", a => { mode[a] = (Term<Mode>)Mode.Busy; ran[a] = true; });
            Action<Ant>("Stop", a => { Require(ran[a]); mode[a] = (Term<Mode>)Mode.Gone; });
            Invariant("Ran", Forall<Ant>(a => (mode[a] != None).Implies(ran[a])));
        }
    }

    private sealed class LoneOption : Spec
    {
        public readonly Var<Option<Ant>> first = new();
        public readonly Var<Ant, bool> marked = new();

        public LoneOption()
        {
            Action<Ant>("Mark", n => { Require(first.Value == None); marked[n] = true; first.Value = n; });
            Invariant("OneMarked", Forall<Ant, Ant>((n, m) => (marked[n] & marked[m]).Implies(n == m)));
        }
    }

    private sealed class Indices : Spec
    {
        public readonly Var<Mode, bool, bool> table = new();
        public readonly Var<Option<Ant>, bool> holder = new();
        public readonly Var<bool> used = new();

        public Indices()
        {
            Action<Ant>("Take", a => { holder[(Term<Option<Ant>>)a] = true; used.Value = true; table[Mode.Busy, true] = true; });
            Invariant("Used", (table[Mode.Busy, true] | Exists<Ant>(a => holder[(Term<Option<Ant>>)a])).Implies(used.Value));
        }
    }

    private sealed class NoSorts : Spec
    {
        public readonly Var<Mode> mode = new();
        public readonly Var<bool> ran = new();
        public readonly Var<bool> stopped = new();

        public NoSorts()
        {
            Action("Run", () => { Require(mode.Value == Mode.Idle); mode.Value = Mode.Busy; ran.Value = true; });
            Action("Stop", () => { Require(mode.Value == Mode.Busy); mode.Value = Mode.Gone; stopped.Value = true; });
            Invariant("Order", stopped.Value.Implies(ran.Value));
        }
    }

    private sealed class Umlaut : Spec
    {
        public readonly Var<Ant, bool> müde = new();
        public readonly Var<Ant, bool> wach = new();

        public Umlaut()
        {
            Action<Ant>("Schläft", ä => { müde[ä] = true; wach[ä] = true; });
            Invariant("Gähnt", Forall<Ant>(ö => müde[ö].Implies(wach[ö])));
        }
    }

    private sealed class Shadow : Spec
    {
        public readonly Var<Ant, Ant, bool> knows = new();
        public readonly Var<Ant, bool> met = new();

        public Shadow()
        {
            Action<Ant, Ant>("Meet", (a, b) => { Require(a != b); knows[a, b] = true; met[a] = true; });
            Action<Ant>("Greet", a => { Require(Exists<Ant>(b => knows[a, b]) & Forall<Ant>(b => !knows[b, b])); met[a] = true; });
            Invariant("Met", Forall<Ant>(a => Exists<Ant>(b => knows[a, b]).Implies(met[a])) & Forall<Ant>(a => !knows[a, a]));
        }
    }

    private sealed class OnlyMentioned : Spec
    {
        public readonly Var<bool> on = new();
        public readonly Var<bool> was = new();

        public OnlyMentioned()
        {
            Action("Turn", () => { Require(!was.Value); on.Value = !on.Value; was.Value = true; });
            Invariant("Was", Forall<Bee>(b => on.Value.Implies(was.Value)));
        }
    }

    private sealed class Counting : Spec
    {
        public readonly Var<Ant, bool> owner = new();

        public Counting()
        {
            Action<Ant>("Take", a => { Require(Forall<Ant>(b => !owner[b])); owner[a] = true; });
            Invariant("One", Count<Ant>(a => owner[a]) <= 1);
        }
    }

    private sealed class SomeAnt : Spec
    {
        public readonly Var<Ant, bool> seen = new();
        public readonly Var<bool> done = new();

        public SomeAnt()
        {
            Action("Finish", () => { Require(Forall<Ant>(a => seen[a])); done.Value = true; });
            Action<Ant>("See", a => seen[a] = true);
            Invariant("SeenOne", done.Value.Implies(Exists<Ant>(a => seen[a])));
        }
    }
}
