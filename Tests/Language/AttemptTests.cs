using Checker.Model.Language;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Mutation;
using Checker.Tests.Explicit;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Language;

/// <summary>Calls which may fail: both outcomes are steps, and mutants ignore the failure.</summary>
public sealed class AttemptTests
{
    public readonly struct Page : ISort;

    public enum Entry
    {
        Mapped,
        Blocked,
        Removed,
    }

    /// <summary>A page is blocked by the firmware, which may be busy. The host then removes what it believes to be blocked.</summary>
    private sealed class Removal : Spec
    {
        private readonly Var<Page, Entry> entry = new();
        private readonly Var<Page, bool> believed = new();
        private readonly Var<Page, bool> retried = new();

        public Removal()
        {
            Label("fw.block", "the host looks at the answer of the firmware");
            Action<Page>("Block", p =>
            {
                Require(entry[p] == Entry.Mapped & !believed[p]);
                Attempt(
                    "fw.block",
                    call: () => entry[p] = Entry.Blocked,
                    then: () => believed[p] = true,
                    failed: () => retried[p] = true,
                    possible: !retried[p]);
            });
            Action<Page>("Remove", p =>
            {
                Require(believed[p]);
                (entry[p], believed[p]) = (Entry.Removed, false);
            });
            Invariant("BelievedIsBlocked", Forall<Page>(p => believed[p].Implies(entry[p] == Entry.Blocked)));
            Reachable("Retry", Exists<Page>(p => retried[p] & entry[p] == Entry.Removed));
        }
    }

    [Fact]
    public void Both_outcomes_are_explored_and_the_failure_only_where_it_is_possible()
    {
        var scope = Explore.Scope(new Removal().Build(), ("Page", 1));

        Assert.Equal(
            [
                "entry[p0]=Blocked believed[p0]=true retried[p0]=false",
                "entry[p0]=Blocked believed[p0]=true retried[p0]=true",
                "entry[p0]=Mapped believed[p0]=false retried[p0]=false",
                "entry[p0]=Mapped believed[p0]=false retried[p0]=true",
                "entry[p0]=Removed believed[p0]=false retried[p0]=false",
                "entry[p0]=Removed believed[p0]=false retried[p0]=true",
            ],
            Explore.States(scope));
        Assert.Equal(
            ["Block(p=p0, block=Succeeds)", "Block(p=p0, block=Fails)"],
            scope.Instances.Where(i => i.Action.Name == "Block").Select(i => i.ToString()));
    }

    [Fact]
    public void Without_the_label_the_failure_is_not_looked_at()
    {
        var result = new Exhaustive(Explore.Scope(new Removal().Build().Without("fw.block"), ("Page", 1)), new()).Run();

        var violated = result.FirstViolation!;
        Assert.Equal("BelievedIsBlocked", violated.Property.Name);
        Assert.Equal("Block(p=p0, block=Fails)", violated.Trace!.States[^1].Instance!.ToString());
    }

    [Fact]
    public void Fault_mutants_keep_one_update_of_success_after_a_failure()
    {
        var system = new Removal().Build();
        var faults = Operators.Of(system).Where(m => m.Kind == MutationKind.Fault).ToList();

        Assert.Equal(
            [
                "fw.block: without fw.block: the failure is not looked at",
                "Block.block.kept1: Block: block fails, and entry[p] = Blocked all the same",
                "Block.block.kept2: Block: block fails, and believed[p] = true all the same",
            ],
            faults.Select(m => $"{m.Name}: {m.Text}"));
        Assert.Equal([true, false, false], faults.Select(m => m.DropsLabel));

        // The firmware blocks the page and answers that it is busy. The host tries again, and the page is no longer mapped.
        var results = MutationTest.Run(system, new Dictionary<string, int>(StringComparer.Ordinal) { ["Page"] = 1 }, faults, new());
        Assert.Equal([MutantVerdict.Killed, MutantVerdict.Noticed, MutantVerdict.Killed], results.Select(r => r.Verdict));
    }

    /// <summary>Two calls, one after the other. The second is made only if the first succeeded.</summary>
    private sealed class Nested : Spec
    {
        private readonly Var<bool> first = new();
        private readonly Var<bool> second = new();
        private readonly Var<bool> returned = new();

        public Nested()
        {
            Label("a.first", "the first answer counts");
            Label("a.second", "the second answer counts");
            Action("Do", () =>
            {
                Require(!first.Value & !returned.Value);
                Attempt(
                    "a.first",
                    call: () => first.Value = true,
                    then: () => Attempt(
                        "a.second",
                        call: () => second.Value = true,
                        then: () => returned.Value = true,
                        failed: Unchanged),
                    failed: Unchanged);
            });
            Reachable("Both", first.Value & second.Value & returned.Value);
        }
    }

    [Fact]
    public void A_call_that_is_not_made_has_one_outcome()
    {
        var scope = Explore.Scope(new Nested().Build());
        var interpreter = new Interpreter(scope);

        Assert.Equal(
            ["Do(first=Succeeds, second=Succeeds)", "Do(first=Succeeds, second=Fails)", "Do(first=Fails, second=Succeeds)"],
            interpreter.Successors(scope.InitialState()).Select(s => s.Instance.ToString()));
        Assert.Equal(
            [
                "first=false second=false returned=false",
                "first=true second=false returned=false",
                "first=true second=true returned=true",
            ],
            Explore.States(scope));
    }

    /// <summary>A helper which two callers in one action use. Both write the same value.</summary>
    private sealed class Twice : Spec
    {
        private readonly Var<Page, bool> clean = new();
        private readonly Var<bool> dirty = new();

        public Twice()
        {
            Action<Page, Page>("CleanBoth", (p, q) =>
            {
                Clean(p);
                Clean(q);
            });

            void Clean(Term<Page> p)
            {
                clean[p] = true;
                dirty.Value = true;
            }
        }
    }

    [Fact]
    public void A_helper_may_write_the_same_value_twice() => Assert.Equal(
        [
            "clean[p0]=false clean[p1]=false dirty=false",
            "clean[p0]=false clean[p1]=true dirty=true",
            "clean[p0]=true clean[p1]=false dirty=true",
            "clean[p0]=true clean[p1]=true dirty=true",
        ],
        Explore.States(Explore.Scope(new Twice().Build(), ("Page", 2))));
}
