using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Instance;
using Checker.Solver.Walk.Compile;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Walk;

/// <summary>
/// The critical cases of the compiler of walks, in models made for them. Random models cover the rest (<see cref="CodeTests"/>).
/// </summary>
public sealed class CompileTests
{
    private readonly struct Row : ISort;

    private readonly struct Column : ISort;

    private enum Colour
    {
        Red,
        Green,
        Blue,
    }

    /// <summary>
    /// A claim with a repeated part, behind a part which often decides; and then the same claim where the first part decides nothing.
    /// A value computed for the first claim is missing for the second if the first was skipped.
    /// </summary>
    [Fact]
    public void What_was_passed_over_is_not_remembered() => CodeTests.AssertAgree(Sizes(new Board().Build(), 3, 9), Choices(300));

    [Fact]
    public void A_sort_may_be_empty_or_as_large_as_can_be()
    {
        CodeTests.AssertAgree(Sizes(new Board().Build(), 0, 2), [0, 1, 2, 3, 4]);
        CodeTests.AssertAgree(Sizes(new Board().Build(), 1, Scope.LargestSort), Choices(60));
    }

    /// <summary>Unrolling over the colours may remove a quantifier. The remaining ones are then less deep.</summary>
    [Fact]
    public void Quantifiers_keep_apart_when_one_of_them_goes() => CodeTests.AssertAgree(Sizes(new Painting().Build(), 3, 2), Choices(300));

    /// <summary>The other side of a comparison may have values outside the variable's range.</summary>
    [Fact]
    public void Ranges_may_differ() => CodeTests.AssertAgree(Sizes(new Scores().Build(), 3, 2), Choices(300));

    [Fact]
    public void Expressions_that_say_the_same_are_the_same()
    {
        var system = new Board().Build();
        var interned = new Interned();
        Node Of(string property) => interned.Of(Reduction.Reduce(system.Property(property).Formula, _ => true));

        Assert.Same(Of("Same1"), Of("Same2"));
        Assert.NotSame(Of("Same1"), Of("Other"));
        Assert.True(Node.Same(Of("Closed"), Of("Closed")));
        Assert.Equal(4, Fold.Descendants(Of("Nested")).OfType<Quantified>().Select(q => q.Binder).Distinct().Count());
    }

    /// <summary>An event for each change which makes a condition true, and none for the changes which only make it false.</summary>
    [Fact]
    public void Events_tell_getting_from_losing()
    {
        var scope = Sizes(new Board().Build(), 2, 2);
        var colour = scope.System.Variable("colour");
        var events = new Events(scope, 1, 1);
        // "No row is red" is violated when a row becomes red.
        events.WatchProperty(0, Reduction.Reduce(new Not(scope.System.Property("NoneIsRed").Formula), _ => true), ofSteps: false);
        bool Is(int code, bool gets) =>
            events.Table[events.First(colour) + (((2 * code) + (gets ? 0 : 1)) * events.Words) + events.First(EventKind.Suspect)] != 0;

        Assert.True(Is((int)Colour.Red, gets: true));
        Assert.Equal([false, false, false, false, false], [Is(0, false), Is(1, true), Is(1, false), Is(2, true), Is(2, false)]);
    }

    private static int[] Choices(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next())];
    }

    private static Scope Sizes(TransitionSystem system, int rows, int columns) =>
        new(system, new Dictionary<string, int>(StringComparer.Ordinal) { [nameof(Row)] = rows, [nameof(Column)] = columns });

    private sealed class Board : Spec
    {
        private readonly Var<Row, Column, bool> cell = new();
        private readonly Var<Row, Colour> colour = new();
        private readonly Var<Row, Option<Column>> mark = new();
        private readonly Var<bool> gate = new();

        public Board()
        {
            Action<Row, Column>("Flip", (r, c) => cell[r, c] = !cell[r, c]);
            Action<Row, Column>("Mark", (r, c) =>
            {
                Require(cell[r, c] & mark[r] != c & Exists<Row>(q => mark[q] == None));
                mark[r] = c;
            });
            Action<Row>("Paint", r =>
            {
                Require(Any(r) & (mark[r] != None | gate.Value));
                colour[r] = Cond<Colour>(
                    colour[r] == Colour.Red,
                    Colour.Green,
                    Cond<Colour>(colour[r] == Colour.Green, Colour.Blue, Colour.Red));
                ForEach<Column>(c => If(mark[r] == c, () => cell[r, c] = false));
            });
            Action<Row>("Gate", _ => gate.Value = !gate.Value);
            Invariant("NoneIsRed", Forall<Row>(r => colour[r] != Colour.Red));
            Invariant("Decided", (gate.Value | Some()) & Some());
            Invariant("Same1", Forall<Row>(r => Any(r)));
            Invariant("Same2", Forall<Row>(q => Exists<Column>(d => cell[q, d])));
            Invariant("Other", Forall<Row>(q => Exists<Column>(d => !cell[q, d])));
            Invariant("Closed", gate.Value.Implies(Exists<Row>(r => Forall<Column>(c => cell[r, c]))));
            Invariant(
                "Nested",
                Forall<Row, Column>((r, c) => (mark[r] == c).Implies(Exists<Row, Column>((q, d) => q != r & d != c & cell[q, d]))));
            StepInvariant("Steady", Forall<Row>(r => (Next(colour[r]) != colour[r]).Implies(mark[r] != None & Next(mark[r]) == mark[r])));
        }

        private Term<bool> Any(Term<Row> r) => Exists<Column>(c => cell[r, c]);

        private Term<bool> Some() =>
            Exists<Row>(r => (Any(r) & colour[r] == Colour.Red) | (!Any(r) & colour[r] == Colour.Green) | (Any(r) & mark[r] != None));
    }

    private sealed class Painting : Spec
    {
        private readonly Var<Row, Row, bool> near = new();
        private readonly Var<Row, bool> flag = new();
        private readonly Var<Option<Row>> owner = new();

        public Painting()
        {
            Action<Row, Row>("Near", (r, q) => near[r, q] = !near[r, q]);
            Action<Row>("Flag", r => flag[r] = !flag[r]);
            Action<Colour>("Go", k =>
            {
                Require(Forall<Row>(x => Exists<Row>(y => near[x, y] & (k == Colour.Red | Exists<Row>(z => flag[z])))));
                owner.Value = None;
            });
            Action<Colour>(
                "Own",
                k => ForEach<Row>(r => If(near[r, r] & (k == Colour.Red | Exists<Row>(z => flag[z])), () => owner.Value = r)));
        }
    }

    private sealed class Scores : Spec
    {
        private readonly Var<Row, int> score = new(1, 3);
        private readonly Var<Row, int> best = new(0, 6);
        private readonly Var<int> level = new(0, 5);

        public Scores()
        {
            Action<Row>("Up", r => score[r] = Cond<int>(score[r] == 3, 1, score[r] + 1));
            Action("Climb", () => level.Value = Cond<int>(level.Value == 5, 0, level.Value + 1));
            Action<Row>("Best", r =>
            {
                Require(score[r] != level.Value & best[r] != score[r]);
                best[r] = level.Value;
            });
            Action<Row, Row>("Even", (r, q) =>
            {
                Require(r != q & score[r] == best[q] & score[q] != 7);
                best[q] = score[r] + score[q];
            });
            Invariant("Apart", Forall<Row>(r => score[r] != level.Value));
            Invariant("Below", Forall<Row>(r => best[r] == score[r] | best[r] < level.Value));
        }
    }
}
