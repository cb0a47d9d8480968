using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Proof;
using Checker.Tests.Explicit;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Language;

/// <summary>Ordered sorts, ranges, and blocks. The fuzzer compares all engines on random models with them.</summary>
public sealed class OrderTests
{
    public readonly struct Page : IOrderedSort;

    public readonly struct Region : IOrderedSort;

    public readonly struct Frame : ISort;

    /// <summary>Ranges of pages become private. A region is mapped as a whole only while all its pages are alike.</summary>
    private sealed class Regions : Spec
    {
        private readonly BlockMap<Page, Region> region = new();
        private readonly Var<Page, bool> isPrivate = new();
        private readonly Var<Region, bool> whole = new();

        public Regions()
        {
            Label("convert.hull", "a conversion splits every region with a page of the range");
            ActionOnRange<Page, bool>("Convert", (range, to) =>
            {
                ForEach<Page>(p => If(range.Contains(p), () => isPrivate[p] = to));
                Step("convert.hull", () => ForEach<Page>(p => If(range.Contains(p), () => whole[region[p]] = false)));
            });
            Action<Region>("Map", r =>
            {
                Require(Forall<Page, Page>((p, q) => (region[p] == r & region[q] == r).Implies(isPrivate[p] == isPrivate[q])));
                whole[r] = true;
            });
            Action("Next", () =>
            {
                Require(Exists<Page, Page>((p, q) => p.IsFirst() & q.Follows(p) & !isPrivate[p] & isPrivate[q]));
                ForEach<Page>(p => isPrivate[p] = true);
            });
            Invariant("WholeIsUniform", Forall<Page, Page>((p, q) =>
                (whole[region[p]] & region[p] == region[q]).Implies(isPrivate[p] == isPrivate[q])));
            Reachable("LastAlone", Exists<Page>(p => p.IsLast() & isPrivate[p]) & Forall<Page>(p => p.IsLast() | !isPrivate[p]));
        }
    }

    private static ExplorationResult Explored(TransitionSystem system, int pages, int regions) =>
        new Exhaustive(Explore.Scope(system, ("Page", pages), ("Region", regions)), new()).Run();

    [Fact]
    public void An_ordered_sort_has_no_symmetry_and_blocks_are_even()
    {
        var system = new Regions().Build();
        var scope = Explore.Scope(system, ("Page", 5), ("Region", 2));

        Assert.Equal("none", new SymmetryGroup(scope).Describe(scope));
        Assert.Equal(
            ["region[p0]=r0", "region[p1]=r0", "region[p2]=r0", "region[p3]=r1", "region[p4]=r1"],
            scope.Cells.Where(c => c.Variable.Rigid == RigidFunction.Blocks)
                .Select(c => $"{c}={Printer.Value(c.Variable.Type, c.Initial)}"));
        Assert.Equal(1 << 4, Explored(new OnePage().Build(), 4, 1).Distinct);
    }

    /// <summary>Every page for itself: the order adds no states.</summary>
    private sealed class OnePage : Spec
    {
        private readonly Var<Page, bool> mark = new();

        public OnePage()
        {
            Action<Page>("Mark", p =>
            {
                Require(!mark[p] & Forall<Page>(q => q == p | q < p | p < q));
                mark[p] = true;
            });
            Reachable("Some", Exists<Page>(p => mark[p]));
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(3, 2)]
    public void A_range_and_its_hull_keep_the_invariant(int pages, int regions)
    {
        var result = Explored(new Regions().Build(), pages, regions);

        Assert.Equal(Outcome.Complete, result.Outcome);
        Assert.All(result.Properties, p => Assert.True(p.Holds));
    }

    [Fact]
    public void Without_the_hull_a_whole_region_is_mixed()
    {
        var violated = Explored(new Regions().Build().Without("convert.hull"), 4, 2).FirstViolation!;

        Assert.Equal("WholeIsUniform", violated.Property.Name);
        Assert.Equal(["Map", "Convert"], violated.Trace!.States.Skip(1).Select(s => s.Instance!.Action.Name));
    }

    [Theory]
    [InlineData("", ProofStatus.Proved)]
    [InlineData("convert.hull", ProofStatus.Failed)]
    public void The_invariant_is_proved_for_all_sizes_and_never_that_of_the_mutant(string drop, ProofStatus status)
    {
        var system = new Regions().Build();
        system = drop.Length == 0 ? system : system.Without(drop);
        var claimed = system.Properties.Where(p => p.IsSafety).ToList();

        Assert.Equal(status, Induction.Prove(system, claimed, claimed, ProofOptions.Default).Status);
    }

    /// <summary>Facts about orders and blocks which need each axiom, and false ones which no axiom may imply.</summary>
    private sealed class Facts : Spec
    {
        private readonly BlockMap<Page, Region> region = new();
        private readonly Var<bool> moved = new();

        public Facts(bool hold)
        {
            Action("Move", () => moved.Value = !moved.Value);
            Reachable("Moved", moved.Value);
            if (hold)
            {
                Invariant("Irreflexive", Forall<Page, Page>((p, q) => !(p < q & q < p)));
                Invariant("Transitive", Forall<Page, Page, Page>((p, q, r) => (p < q & q < r).Implies(p < r)));
                Invariant("Total", Forall<Page, Page>((p, q) => p < q | p == q | q < p));
                Invariant("First", Exists<Page>(p => p.IsFirst()) & Exists<Page>(p => p.IsLast()));
                Invariant("Blocks", Forall<Page, Page>((p, q) => (region[p] < region[q]).Implies(p < q)));
            }
            else
            {
                Invariant("Largest", Forall<Page>(p => Exists<Page>(q => p < q)));
                Invariant("OneBlock", Forall<Page, Page>((p, q) => region[p] == region[q]));
                Invariant("Injective", Forall<Page, Page>((p, q) => (region[p] == region[q]).Implies(p == q)));
                Invariant("Discrete", Forall<Page, Page>((p, q) => (p < q).Implies(q.Follows(p))));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Facts_about_orders_are_proved_exactly_if_they_hold(bool hold)
    {
        var system = new Facts(hold).Build();
        foreach (var fact in system.Properties.Where(p => p.IsSafety))
        {
            Assert.Equal(
                hold ? ProofStatus.Proved : ProofStatus.Failed,
                Induction.Prove(system, [fact], [fact], ProofOptions.Default).Status);
        }

        Assert.Equal(hold, Explored(system, 3, 2).FirstViolation is null);
    }

    [Fact]
    public void An_order_is_printed_as_one()
    {
        var system = new Regions().Build();

        Assert.Equal("first <= last", Printer.Print(system.Action("Convert").Guards[0].Condition));
        Assert.Equal(
            "p < q | p == q | q < p",
            Printer.Print(((Quantified)((Quantified)new Facts(true).Build().Property("Total").Formula).Body).Body));
    }

    private sealed class Unordered : Spec
    {
        private readonly Var<Frame, bool> used = new();

        public Unordered() => Action<Frame, Frame>("Use", (f, g) =>
        {
            Require(f < g);
            used[f] = true;
        });
    }

    [Fact]
    public void An_order_of_a_symmetric_sort_is_refused()
    {
        var refused = Assert.Throws<ModelException>(() => new Unordered().Build());

        Assert.Equal(Code.NoOrder, Assert.Single(refused.Diagnostics).Code);
        Assert.Contains("declare `struct Frame : IOrderedSort`", refused.Message, StringComparison.Ordinal);
    }
}
