using Checker.Model.Ir;
using Checker.Model.Language;
using static Checker.Model.Language.Logic;
using Record = Checker.Model.Language.Record;

namespace Checker.Tests.Language;

/// <summary>Expressions as text, with exactly the brackets which the reader needs.</summary>
public sealed class PrinterTests
{
    public readonly struct Page : ISort;

    public readonly struct Frame : ISort;

    public enum Mode
    {
        Off,
        On,
    }

    public enum Answer
    {
        Yes,
        None,
    }

    public sealed class Request : Record
    {
        public Term<Option<Frame>> Frame { get => Get<Option<Frame>>(); set => Set(value); }
    }

    private sealed class M : Spec
    {
        private readonly Var<Page, Option<Frame>> maps = new();
        private readonly Var<Frame, bool> free = new();
        private readonly Var<Mode> mode = new();
        private readonly Var<int> level = new(min: 0, max: 5);
        private readonly RecordVar<Page, Request> request = new();

        public Dictionary<string, Node> Texts { get; } = [];

        public M()
        {
            Is("mode == On & (level < 3 | !(level == 4 & 1 < level)) => level != 5",
                (mode.Value == Mode.On & (level.Value < 3 | !(level.Value == 4 & level.Value > 1))).Implies(level.Value != 5));
            Is("forall p: exists f: maps[p] == f & free[f]", Forall<Page>(p => Exists<Frame>(f => maps[p] == f & free[f])));
            Is("(forall p: maps[p] == None) & (exists f: free[f])", Forall<Page>(p => maps[p] == None) & Exists<Frame>(f => free[f]));
            Is("count(f: free[f]) + 1 < level - (level - 2)", Count<Frame>(f => free[f]) + 1 < level.Value - (level.Value - 2));
            Is("(if mode == On then level else 0) == 0", Cond<int>(mode.Value == Mode.On, level.Value, 0) == 0);
            Is("(mode == On => mode == Off) => mode == On => has(zap)",
                (mode.Value == Mode.On).Implies(mode.Value == Mode.Off).Implies((mode.Value == Mode.On).Implies(Has("zap"))));
            Is("level <= 3 & 1 <= level & mode != On", level.Value <= 3 & level.Value >= 1 & mode.Value != Mode.On);
            Is("mode == On & mode == Off & (mode == On | mode == Off | mode == On)",
                mode.Value == Mode.On
                    & (mode.Value == Mode.Off & (mode.Value == Mode.On | (mode.Value == Mode.Off | mode.Value == Mode.On))));
            Is("(mode == On | has(zap)) & !has(zap) & true", (mode.Value == Mode.On | Has("zap")) & !Has("zap") & true);
            Is("forall p: request[p].frame != None", Forall<Page>(p => request[p].Frame != None));
            Is("exists p: Mapped(p)", Exists<Page>(p => Mapped(p)));
            Is("forall p: Mapped'(p) => Mapped(p)", Forall<Page>(p => Next(Mapped(p)).Implies(Mapped(p))));
            Is("forall p: maps'[p] == request[p].frame'", Forall<Page>(p => Next(maps[p]) == Next(request[p].Frame)));
            Is("mode == Off | mode == On", mode.Value.In(Mode.Off, Mode.On));
            Is("false", mode.Value.In());
        }

        private Term<bool> Mapped(Term<Page> p) => Define(p, maps[p] != None);

        private void Is(string text, Term<bool> formula) => Texts[text] = formula.Node;
    }

    public static TheoryData<string> Texts => [.. new M().Texts.Keys];

    [Theory, MemberData(nameof(Texts))]
    public void Formulas_read_like_the_mathematics(string text) => Assert.Equal(text, Printer.Print(new M().Texts[text]));

    [Fact]
    public void A_trace_names_the_elements_that_bound_variables_stand_for()
    {
        var exists = (Quantified)((Quantified)new M().Texts["forall p: exists f: maps[p] == f & free[f]"]).Body;
        var page = ((Bound)((Read)((Eq)((And)exists.Body).Operands[0]).Left).Index[0]).Binder;

        Assert.Equal(
            "maps[p1] == f2 & free[f2]",
            Printer.Print(exists.Body, new Dictionary<Binder, string> { [page] = "p1", [exists.Binder] = "f2" }));
    }

    [Fact]
    public void A_definition_opens_into_its_body()
    {
        var definition = (Definition)((Quantified)new M().Texts["exists p: Mapped(p)"]).Body;

        Assert.Equal("maps[p] != None", Printer.PrintBody(definition));
    }

    [Fact]
    public void Values_are_called_what_the_author_called_them()
    {
        Assert.Equal("f3", Printer.Value(new SortType("Frame"), 3));
        Assert.Equal("None", Printer.Value(new OptionType(new SortType("Frame")), 0));
        Assert.Equal("f0", Printer.Value(new OptionType(new SortType("Frame")), 1));
        Assert.Equal("On", Printer.Value(new EnumType(typeof(Mode)), 1));
        Assert.Equal("true", Printer.Value(ModelType.Bool, 1));

        // A member called None is not mistaken for the empty option.
        var option = new OptionType(new EnumType(typeof(Answer)));
        Assert.Equal(["None", "Yes", "Some(None)"], Enumerable.Range(0, 3).Select(code => Printer.Value(option, code)));
        Assert.Equal("12", Printer.Value(new RangeType(0, 20), 12));
    }
}
