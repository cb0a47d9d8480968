using Checker.Model.Language;
using Checker.Solver.Proof;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Proofs;

/// <summary>The encoding for any size: its text, and its strength for options.</summary>
public sealed class RelationalTests
{
    public readonly struct Page : ISort;

    public readonly struct Frame : ISort;

    public enum Colour
    {
        Red,
        Blue,
    }

    [Fact]
    public void Options_are_relations_with_a_predicate_for_some()
    {
        var relational = new Relational(new Pages().Build());

        Assert.Contains("(declare-fun |var at| (|sort Page| |sort Frame|) Bool)", relational.Declarations());
        Assert.Contains("(declare-fun |some at| (|sort Page|) Bool)", relational.Declarations());
        Assert.Contains("(declare-fun |var painted[_,Blue]| (|sort Page|) Bool)", relational.Declarations());
    }

    [Theory]
    [InlineData("NoneIsNotSome", ProofStatus.Proved)]
    [InlineData("OneElementAtMost", ProofStatus.Proved)]
    [InlineData("MovedIsThere", ProofStatus.Proved)]
    [InlineData("EverybodyHasAFrame", ProofStatus.Failed)]
    public void What_holds_by_being_an_option_is_proved_and_nothing_else(string property, ProofStatus expected)
    {
        var model = new Pages().Build();

        Assert.Equal(expected, Induction.Prove(model, [model.Property(property)], Proving.Options).Status);
    }

    /// <summary>Every initiation, preservation and implication of the language's own bookkeeping is provable by itself.</summary>
    [Fact]
    public void The_representation_is_inductive_by_itself()
    {
        var model = Proving.Model("GuestMemory", "pkvm,attribute,inplace,spurious");

        var result = Induction.Prove(model, [], [], Proving.Options);

        Assert.Empty(Proving.Open(result));
        Assert.NotEmpty(result.Conjuncts);
    }

    /// <summary>A name declared twice would make two elements one. Any thread may make a script, and numbers its names by itself.</summary>
    [Fact]
    public void No_script_declares_a_name_twice()
    {
        var system = new Ends().Build();
        var obligations = new Obligations(system, [system.Property("Fine")], []);

        Assert.All(obligations.Scripts(), script =>
        {
            string[] declarations =
                [.. obligations.Declarations, .. script.Declarations, .. script.Goals.SelectMany(g => g.Declarations)];
            Assert.Contains(declarations, d => d.Contains("|const some!", StringComparison.Ordinal));
            Assert.Distinct(declarations.Where(d => d.Length > 0));
        });
    }

    /// <summary>Options with an index and without: the elements of all of them have names.</summary>
    private sealed class Ends : Spec
    {
        private readonly Var<Option<Frame>> first = new();
        private readonly Var<Option<Frame>> last = new();
        private readonly Var<Page, Option<Frame>> at = new();

        public Ends()
        {
            Action<Page, Frame>("Put", (p, f) =>
            {
                Require(at[p] == None);
                at[p] = f;
                first.Value = f;
            });
            Action<Page>("Take", p =>
            {
                Require(at[p] != None);
                last.Value = at[p];
                at[p] = None;
            });
            Invariant("Fine", Forall<Page>(p => at[p] == None | at[p] != None));
        }
    }

    private sealed class Pages : Spec
    {
        private readonly Var<Page, Option<Frame>> at = new();
        private readonly Var<Page, Colour, bool> painted = new();

        public Pages()
        {
            Action<Page, Frame>("Put", (p, f) =>
            {
                Require(at[p] == None);
                at[p] = f;
            });
            Action<Page, Page>("Move", (p, q) =>
            {
                Require(p != q & at[p] != None);
                at[q] = at[p];
                ForEach<Page>(r => If(r != p & r != q, () => painted[r, Colour.Blue] = true));
            });
            Action<Page, Colour>("Clear", (p, c) =>
            {
                at[p] = None;
                painted[p, c] = false;
            });
            Invariant("NoneIsNotSome", Forall<Page, Frame>((p, f) => (at[p] == f).Implies(at[p] != None)));
            Invariant("OneElementAtMost", Forall<Page, Frame, Frame>((p, f, g) => (at[p] == f & at[p] == g).Implies(f == g)));
            StepInvariant("MovedIsThere", Forall<Page, Page>((p, q) =>
                (at[p] == None & Next(at[p]) != None & at[q] != None & Next(at[q]) == None).Implies(p == q)));
            Invariant("EverybodyHasAFrame", Forall<Page>(p => at[p] != None));
        }
    }
}
