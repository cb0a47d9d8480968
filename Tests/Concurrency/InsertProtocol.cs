using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Concurrency;

public readonly struct Inserter : ISort;

/// <summary>
/// The states to insert. A and B have the same hash, home slot and tag. C has another tag, and its home is the next slot.
/// </summary>
public enum Key
{
    Unwritten,
    A,
    B,
    C,
}

/// <summary>The slots of the table, in probe order. The first follows the last.</summary>
public enum Slot
{
    First,
    Second,
    Third,
}

/// <summary>The predecessors, as their hashes in order.</summary>
public enum Hash
{
    Least,
    Middle,
    Greatest,
}

public enum At
{
    Idle,
    Load,
    Swap,
    Compare,
    Read,
    Lower,
    Done,
}

/// <summary>
/// The insertion of StateSet as a model. Every access to shared memory is a step of its own. An inserter has one log entry to
/// fill. If its state turns out to be known, it may continue with another state and fill the same entry again.
/// </summary>
internal sealed class InsertProtocol : Spec
{
    // Shared: the table and the log. A slot names an entry by its inserter.
    private readonly Var<Slot, Option<Inserter>> slot = new();
    private readonly Var<Inserter, Key> state = new();
    private readonly Var<Inserter, Hash> predecessor = new();

    // Private to each inserter.
    private readonly Var<Inserter, At> at = new();
    private readonly Var<Inserter, Key> key = new();
    private readonly Var<Inserter, Hash> offer = new();
    private readonly Var<Inserter, Slot> probe = new();
    private readonly Var<Inserter, Option<Inserter>> loaded = new();
    private readonly Var<Inserter, Hash> seen = new();

    // The promises made, for the properties: the inserters told that a state is new, and the predecessors offered for it.
    private readonly Var<Key, Inserter, bool> won = new();
    private readonly Var<Key, bool> inserted = new();
    private readonly Var<Key, Hash> least = new(Hash.Greatest);

    public InsertProtocol()
    {
        Label("swap.if_empty", "a slot is taken only if it is still empty: compare-and-swap, not a store");
        Label("swap.reload", "an inserter that finds the slot taken looks at what is in it now");
        Label("entry.first", "an entry is written before a slot points at it");
        Label("compare.state", "the whole state is compared, not the tag alone");
        Label("lower.if_same", "a predecessor is replaced only if it is still the one that was read: compare-and-swap, not a store");
        Label("lower.if_less", "... and only by a smaller one");

        By("thread");
        Action<Inserter, Key, Hash>("Begin", (i, k, h) =>
        {
            Require(at[i] == At.Idle & k != Key.Unwritten);
            (at[i], key[i], offer[i], probe[i]) = (At.Load, k, h, Home(k));
        });

        // slot = Volatile.Read(..). If the slot is empty, the entry is filled: no slot points to it yet.
        Action<Inserter>("LoadEmpty", i =>
        {
            Require(at[i] == At.Load & Slots(i, s => slot[s] == None));
            Step("entry.first", () => (state[i], predecessor[i]) = (key[i], offer[i]));
            at[i] = At.Swap;
        });
        Action<Inserter, Inserter>("LoadTaken", (i, j) =>
        {
            Require(at[i] == At.Load & Slots(i, s => slot[s] == j));
            (loaded[i], at[i]) = (j, At.Compare);
        });

        // Interlocked.CompareExchange(ref slot, mine, 0)
        Action<Inserter, Slot>("Take", (i, s) =>
        {
            Require(at[i] == At.Swap & probe[i] == s);
            Require("swap.if_empty", slot[s] == None);
            slot[s] = i;
            at[i] = At.Done;
            Step("entry.first", () => Promise(i));
        });
        Action<Inserter>("WriteLate", i =>   // only if the entry was not written before
        {
            Require(!Has("entry.first") & at[i] == At.Done & state[i] == Key.Unwritten);
            (state[i], predecessor[i]) = (key[i], offer[i]);
            Promise(i);
        });
        Action<Inserter, Inserter>("FindTaken", (i, j) =>
        {
            Require(at[i] == At.Swap & Slots(i, s => slot[s] == j));
            Step("swap.reload", () => (loaded[i], at[i]) = (j, At.Compare), () => (probe[i], at[i]) = (After(probe[i]), At.Load));
        });

        Action<Inserter, Inserter>("Same", (i, j) =>
        {
            Require(at[i] == At.Compare & loaded[i] == j & SameTag(key[j], key[i]));
            Require("compare.state", state[j] == key[i]);
            at[i] = At.Read;
        });
        Action<Inserter, Inserter>("Other", (i, j) =>
        {
            Require(at[i] == At.Compare & loaded[i] == j);
            Require(!SameTag(key[j], key[i]) | (Has("compare.state") & state[j] != key[i]));
            (probe[i], loaded[i], at[i]) = (After(probe[i]), None, At.Load);
        });

        // The loop of Lower: reads the predecessor, and while ours is less, tries to store ours.
        Action<Inserter, Inserter>("ReadPredecessor", (i, j) =>
        {
            Require(at[i] == At.Read & loaded[i] == j);
            (seen[i], at[i]) = (predecessor[j], At.Lower);
        });
        Action<Inserter, Inserter>("Lower", (i, j) =>
        {
            Require(at[i] == At.Lower & loaded[i] == j);
            Require("lower.if_less", Less(offer[i], seen[i]));
            Require("lower.if_same", predecessor[j] == seen[i]);
            predecessor[j] = offer[i];
            Known(i);
        });
        Action<Inserter, Inserter>("LowerAgain", (i, j) =>
        {
            Require(at[i] == At.Lower & loaded[i] == j);
            Require(Has("lower.if_same") & predecessor[j] != seen[i] & (Less(offer[i], seen[i]) | !Has("lower.if_less")));
            seen[i] = predecessor[j];
        });
        Action<Inserter>("LeavePredecessor", i =>
        {
            Require(at[i] == At.Lower & Has("lower.if_less") & !Less(offer[i], seen[i]));
            Known(i);
        });

        Invariant("NoStateTwice", Forall<Slot, Slot>((s, t) => Forall<Inserter, Inserter>((i, j) =>
            (slot[s] == i & slot[t] == j & state[i] == state[j] & state[i] != Key.Unwritten).Implies(s == t))));
        Invariant("OneWinner", Forall<Key, Inserter, Inserter>((k, i, j) => (won[k, i] & won[k, j]).Implies(i == j)));
        Invariant("NothingLost", Forall<Key>(k => inserted[k].Implies(Exists<Slot, Inserter>((s, i) => slot[s] == i & state[i] == k))));
        Invariant("SlotsPointAtWrittenEntries", Forall<Slot, Inserter>((s, i) => (slot[s] == i).Implies(state[i] != Key.Unwritten)));
        Invariant("LeastPredecessor", Forall<Key, Inserter>((k, i) =>
            (inserted[k] & state[i] == k & Exists<Slot>(s => slot[s] == i) & Forall<Inserter>(j => at[j] == At.Idle | at[j] == At.Done))
                .Implies(predecessor[i] == least[k])));
        Terminal("StopsOnlyWhenAllHaveInserted", Forall<Inserter>(i => at[i] == At.Done));
        Reachable(
            "TwoOffersMeet",
            Exists<Inserter, Inserter>((i, j) => i != j & at[i] == At.Lower & at[j] == At.Lower & loaded[i] == loaded[j]));
        Reachable("SlotIsTakenMeanwhile", Exists<Inserter, Inserter>((i, j) => at[i] == At.Swap & Slots(i, s => slot[s] == j)));
        Reachable("ProbesWrapAround", Exists<Inserter>(i => key[i] == Key.A & probe[i] == Slot.First));
    }

    private static Term<Slot> Home(Term<Key> k) => Cond<Slot>(k == Key.C, Slot.First, Slot.Third);

    private static Term<Slot> After(Term<Slot> s) =>
        Cond(s == Slot.First, Slot.Second, Cond<Slot>(s == Slot.Second, Slot.Third, Slot.First));

    private static Term<bool> SameTag(Term<Key> a, Term<Key> b) => a == b | (a != Key.C & b != Key.C);

    private static Term<bool> Less(Term<Hash> a, Term<Hash> b) =>
        (a == Hash.Least & b != Hash.Least) | (a == Hash.Middle & b == Hash.Greatest);

    /// <summary>True if the slot at which the inserter looks satisfies the predicate.</summary>
    private Term<bool> Slots(Term<Inserter> i, Func<Term<Slot>, Term<bool>> holds) => Exists<Slot>(s => probe[i] == s & holds(s));

    /// <summary>Insert has returned true: the inserter's entry belongs to the state.</summary>
    private void Promise(Term<Inserter> i) => ForEach<Key>(k => If(k == key[i], () =>
    {
        won[k, i] = true;
        Count(i, k);
    }));

    /// <summary>Insert returns false: the entry is free for another state.</summary>
    private void Known(Term<Inserter> i)
    {
        ForEach<Key>(k => If(k == key[i], () => Count(i, k)));
        (at[i], key[i], offer[i], probe[i], loaded[i], seen[i]) = (At.Idle, Key.Unwritten, Hash.Least, Slot.First, None, Hash.Least);
    }

    private void Count(Term<Inserter> i, Term<Key> k)
    {
        inserted[k] = true;
        least[k] = Cond(Less(offer[i], least[k]), offer[i], least[k]);
    }
}
