using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using FsCheck;
using FsCheck.Fluent;
using static Checker.Model.Language.Logic;
using Record = Checker.Model.Language.Record;

namespace Checker.Tests.Traces;

/// <summary>The reason why a formula is true or false: its deciding parts, and nothing else.</summary>
public sealed class ExplainTests
{
    public readonly struct Box : ISort;

    public readonly struct Item : ISort;

    public enum Lid
    {
        Open,
        Shut,
    }

    public sealed class Label : Record
    {
        public Term<bool> Read { get => Get<bool>(); set => Set(value); }
    }

    /// <summary>Boxes with lids, with items inside.</summary>
    private sealed class Boxes : Spec
    {
        private readonly Var<Item, Option<Box>> place = new();
        private readonly Var<Box, Lid> lid = new();
        private readonly Var<int> moves = new(min: 0, max: 9);
        private readonly RecordVar<Box, Label> label = new();

        public Boxes()
        {
            Label("careful", "nothing is put into a shut box");
            Action<Item, Box>("Put", (i, b) =>
            {
                Require("careful", lid[b] == Lid.Open);
                place[i] = b;
                moves.Value = moves.Value + 1;
            });
            Action<Box>("Shut", b => { lid[b] = Lid.Shut; label[b].Read = true; });

            Invariant("NothingShutIn", Forall<Item, Box>((i, b) => (place[i] == b).Implies(lid[b] == Lid.Open)));
            Invariant("BothOpen", Forall<Box>(b => Open(b)) & moves.Value < 5);
            Invariant("SomethingOut", Exists<Item>(i => place[i] == None));
            Invariant("AsManyMovesAsItems", moves.Value == Count<Item>(i => place[i] != None) + 1);
            Invariant("NoneOrRead", Forall<Box>(b => label[b].Read == Open(b)));
            Invariant("LidByMoves", Forall<Box>(b => lid[b] == Cond<Lid>(moves.Value == 0, Lid.Open, Lid.Shut)));
            Invariant("Careful", Has("careful") | !Exists<Box>(b => lid[b] == Lid.Shut));
            StepInvariant("LidsStay", Forall<Box>(b => (lid[b] == Lid.Open).Implies(Next(Open(b)))));
            Reachable("AllIn", Forall<Item>(i => place[i] != None));
        }

        private Term<bool> Open(Term<Box> b) => Define(b, lid[b] == Lid.Open);
    }

    private static readonly TransitionSystem s_boxes = new Boxes().Build();
    private static readonly Scope s_scope = new(s_boxes, new Dictionary<string, int> { ["Box"] = 2, ["Item"] = 2 });

    [Fact]
    public void A_universal_formula_fails_for_one_binding_whose_premise_holds_and_conclusion_does_not() => Explains("NothingShutIn",
        [("place[i1]", 2), ("lid[b1]", 1)],
        "false forall i: forall b: place[i] == b => lid[b] == Open {i = i1, b = b1}",
        "  true premise: place[i1] == b1 [place[i1] = b1]",
        "  false conclusion: lid[b1] == Open [lid[b1] = Shut]");

    [Fact]
    public void Of_a_conjunction_the_first_failing_part_is_taken_and_a_definition_opened() => Explains("BothOpen",
        [("lid[b0]", 1), ("moves", 9)],
        "false (forall b: Open(b)) & moves < 5",
        "  false forall b: Open(b) {b = b0}",
        "    false lid[b0] == Open [lid[b0] = Shut]");

    [Fact]
    public void A_conjunction_holds_by_all_its_parts() => Explains("BothOpen",
        [],
        "true (forall b: Open(b)) & moves < 5",
        "  true forall b: Open(b) [lid[b0] = Open, lid[b1] = Open]",
        "  true moves < 5 [moves = 0]");

    [Fact]
    public void Where_no_element_decides_all_that_is_read_is_shown() => Explains("SomethingOut",
        [("place[i0]", 1), ("place[i1]", 1)],
        "false exists i: place[i] == None [place[i0] = b0, place[i1] = b0]");

    [Fact]
    public void An_existential_formula_holds_for_one_binding() => Explains("SomethingOut",
        [("place[i0]", 1)],
        "true exists i: place[i] == None {i = i1} [place[i1] = None]");

    [Fact]
    public void Sums_and_counts_are_shown_with_their_values() => Explains("AsManyMovesAsItems",
        [("place[i0]", 1), ("moves", 1)],
        "false moves == count(i: place[i] != None) + 1 [moves = 1]",
        "  2 count(i: place[i] != None) + 1",
        "    1 count(i: place[i] != None) [place[i0] = b0, place[i1] = None]");

    [Fact]
    public void An_equivalence_is_shown_from_both_sides() => Explains("NoneOrRead",
        [("label[b0].read", 1), ("label[b1].read", 1), ("lid[b1]", 1)],
        "false forall b: label[b].read == Open(b) {b = b1} [label[b1].read = true]",
        "  false Open(b1)",
        "    false lid[b1] == Open [lid[b1] = Shut]");

    [Fact]
    public void A_choice_is_shown_with_its_condition() => Explains("LidByMoves",
        [("moves", 1), ("lid[b0]", 1)],
        "false forall b: lid[b] == (if moves == 0 then Open else Shut) {b = b1} [lid[b1] = Open]",
        "  Shut (if moves == 0 then Open else Shut)",
        "    false if: moves == 0 [moves = 1]",
        "    Shut else: Shut");

    [Fact]
    public void A_label_that_is_there_or_dropped_is_a_reason()
    {
        Explains("Careful", [("lid[b0]", 1)], "true has(careful) | !(exists b: lid[b] == Shut)", "  true has(careful)");
        Assert.Equal(
            [
                "false has(careful) | !(exists b: lid[b] == Shut)",
                "  false has(careful)",
                "  false !(exists b: lid[b] == Shut) {b = b0} [lid[b0] = Shut]",
            ],
            Lines(Explanation.Why(
                new(s_boxes.Without("careful"), new Dictionary<string, int> { ["Box"] = 2, ["Item"] = 2 }),
                s_boxes.Property("Careful").Formula,
                State(("lid[b0]", 1)))));
    }

    [Fact]
    public void Of_a_step_the_values_before_and_after_are_shown() =>
        Assert.Equal(
            [
                "false forall b: lid[b] == Open => Open'(b) {b = b1}",
                "  true premise: lid[b1] == Open [lid[b1] = Open -> Shut]",
                "  false conclusion: Open'(b1)",
                "    false lid'[b1] == Open [lid[b1] = Open -> Shut]",
            ],
            Lines(Explanation.Why(
                s_scope,
                s_boxes.Property("LidsStay").Formula,
                State(("lid[b0]", 1)),
                State(("lid[b0]", 1), ("lid[b1]", 1)))));

    [Fact]
    public void A_cell_that_a_step_leaves_alone_is_called_unchanged()
    {
        var reason = Explanation.Why(s_scope, s_boxes.Property("LidsStay").Formula, State(), State());
        Assert.Equal("lid[b0] = Open (unchanged)", Assert.Single(reason.AllReads, r => r.Cell.ToString() == "lid[b0]").ToString());
    }

    /// <summary>The cells named by a reason are sufficient: with any contents of the other cells, the formula has the same value.</summary>
    [Theory, MemberData(nameof(Sample.Designs), MemberType = typeof(Sample))]
    public void The_cells_that_are_shown_decide_the_formula(string protocol, string design)
    {
        var header = Sample.Header(protocol, design);
        var scope = Sample.Load(header);
        var interpreter = new Interpreter(scope);
        Prop.ForAll(Sample.Choices(30), ArbMap.Default.ArbFor<int>(), (choices, seed) =>
        {
            var trace = Sample.Walk(header, choices.Append(0));
            int[] before = [.. trace.States[^2].Cells], after = [.. trace.States[^1].Cells];
            var random = new Random(seed);
            foreach (var property in scope.System.Properties)
            {
                var reason = Explanation.Why(scope, property.Formula, before, after);
                Assert.Equal(interpreter.Holds(property.Formula, before, after) ? "true" : "false", reason.Value);
                var read = reason.AllReads.Select(r => r.Cell.Number).ToHashSet();
                Assert.Equal(
                    interpreter.Holds(property.Formula, before, after),
                    interpreter.Holds(property.Formula, Others(before, read, random), Others(after, read, random)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

        int[] Others(int[] state, HashSet<int> kept, Random random) =>
            [.. scope.Cells.Select(c => kept.Contains(c.Number) ? state[c.Number] : random.Next(c.Cardinality))];
    }

    private static void Explains(string property, (string Cell, int Code)[] state, params string[] lines) =>
        Assert.Equal(lines, Lines(Explanation.Why(s_scope, s_boxes.Property(property).Formula, State(state))));

    private static int[] State(params (string Cell, int Code)[] values)
    {
        int[] state = s_scope.InitialState();
        foreach (var (name, code) in values)
        {
            state[s_scope.Cells.Single(c => c.ToString() == name).Number] = code;
        }

        return state;
    }

    private static ImmutableArray<string> Lines(Reason reason, string indent = "") =>
    [
        $"{indent}{reason.Value} {(reason.Role.Length == 0 ? "" : reason.Role + ": ")}{reason.Formula}"
            + (reason.Witness.IsEmpty ? "" : $" {{{string.Join(", ", reason.Witness)}}}")
            + (reason.Reads.IsEmpty ? "" : $" [{string.Join(", ", reason.Reads)}]"),
        .. reason.Parts.SelectMany(p => Lines(p, indent + "  ")),
    ];
}
