using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Tests.Architecture;

/// <summary>
/// The printer, the interpreter, the grounder and the traversals handle every kind of expression. A new kind fails here until it has
/// a sample, and then in each of these without it. The tests of Agreement cover the other engines.
/// </summary>
public sealed class NodeTests
{
    private static readonly SortType s_sort = new("Page");
    private static readonly Source s_here = new("./Tests/Architecture/NodeTests.cs", 1);
    private static readonly Variable s_flag = new("flag", null, [s_sort], ModelType.Bool, s_here);
    private static readonly Variable s_level = new("level", null, [], new RangeType(0, 3), s_here);
    private static readonly Binder s_page = new("p", s_sort);
    private static readonly Node s_read = new Read(s_flag, [new Bound(s_page)], Primed: false);
    private static readonly Node s_level1 = new Read(s_level, [], Primed: false);

    /// <summary>
    /// One sample of each kind, with its text, and its value if p is the second page, its flag is set and the level is 2.
    /// </summary>
    private static readonly (Node Node, string Text, long Value)[] s_samples =
    [
        (new Lit(ModelType.Bool, 0), "false", 0),
        (new Bound(s_page), "p", 1),
        (s_read, "flag[p]", 1),
        (new Eq(s_level1, new Lit(ModelType.Int, 2)), "level == 2", 1),
        (new Not(s_read), "!flag[p]", 0),
        (new And([s_read, Node.True]), "flag[p] & true", 1),
        (new Or([Node.False, new Not(s_read)]), "false | !flag[p]", 0),
        (new Implies(s_read, Node.False), "flag[p] => false", 0),
        (new Ite(s_read, s_level1, new Lit(ModelType.Int, 0)), "(if flag[p] then level else 0)", 2),
        (Each(QuantifierKind.Forall), "forall q: flag[q]", 0),
        (Each(QuantifierKind.Exists), "exists q: flag[q]", 1),
        (Counted(), "count(q: flag[q])", 1),
        (new Some(new Bound(s_page)), "p", 2),
        (new Less(s_level1, new Lit(ModelType.Int, 3)), "level < 3", 1),
        (new Plus(s_level1, new Lit(ModelType.Int, 1)), "level + 1", 3),
        (new Minus(s_level1, new Lit(ModelType.Int, 2)), "level - 2", 0),
        (new HasLabel("zap"), "has(zap)", 1),
        (new Definition("Flagged", [new Bound(s_page)], s_read), "Flagged(p)", 1),
    ];

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, s_samples.Length)];

    [Fact]
    public void Every_kind_of_node_has_a_sample()
    {
        var kinds = typeof(Node).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Node)));

        Assert.Equal(kinds.Select(k => k.Name).Order(), s_samples.Select(s => s.Node.GetType().Name).Distinct().Order());
    }

    [Theory, MemberData(nameof(Samples))]
    public void The_common_passes_handle_it(int sample)
    {
        var (node, text, value) = s_samples[sample];
        var scope = new Scope(
            new TransitionSystem("Sample", [s_sort], [s_flag, s_level], [], [], [new("zap", "a label", s_here)], [], s_here),
            new Dictionary<string, int> { ["Page"] = 2 });
        int[] state = [0, 1, 2];
        var bound = ImmutableDictionary<Binder, int>.Empty.Add(s_page, 1);

        Assert.Equal(text, Printer.Print(node));
        Assert.Equal(value, new Interpreter(scope).Value(node, bound, state));

        // Grounded with all codes possible for every cell; then with only the actual code possible, so everything folds to a constant.
        Assert.Equal(value, Evaluate(new Grounder(scope, new FormulaBuilder([0b11, 0b11, 0b1111]), _ => true).Of(node, bound), state));
        Assert.Equal(new Constant(value), new Grounder(scope, new FormulaBuilder([0b01, 0b10, 0b100]), _ => true).Of(node, bound));

        // A node rebuilt from its own children is unchanged. After renaming, the text differs exactly if the node mentions the
        // bound variable.
        Assert.Equal(text, Printer.Print(Fold.Map(node, child => child)));
        Assert.Equal(text.Replace("p]", "r]", StringComparison.Ordinal).Replace("(p)", "(r)", StringComparison.Ordinal) is var renamed
            && text == "p"
            ? "r"
            : renamed,
            Printer.Print(Fold.Substitute(node, new Dictionary<Binder, Node> { [s_page] = new Bound(new Binder("r", s_sort)) })));
        Assert.All(Fold.Children(node), child => Assert.Contains(child, Fold.Descendants(node)));
        Assert.True(Node.Same(node, node));
    }

    private static Node Each(QuantifierKind kind)
    {
        var q = new Binder("q", s_sort);
        return new Quantified(kind, q, new Read(s_flag, [new Bound(q)], Primed: false));
    }

    private static Node Counted()
    {
        var q = new Binder("q", s_sort);
        return new Count(q, new Read(s_flag, [new Bound(q)], Primed: false));
    }

    private static long Evaluate(Formula formula, int[] state) => formula switch
    {
        Constant f => f.Value,
        CellValue f => state[f.Cell],
        Is f => state[f.Cell] == f.Code ? 1 : 0,
        Equal f => Evaluate(f.Left, state) == Evaluate(f.Right, state) ? 1 : 0,
        Negation f => 1 - Evaluate(f.Operand, state),
        Conjunction f => f.Operands.All(o => Evaluate(o, state) != 0) ? 1 : 0,
        Disjunction f => f.Operands.Any(o => Evaluate(o, state) != 0) ? 1 : 0,
        Conditional f => Evaluate(Evaluate(f.Condition, state) != 0 ? f.Then : f.Else, state),
        LessThan f => Evaluate(f.Left, state) < Evaluate(f.Right, state) ? 1 : 0,
        Sum f => Evaluate(f.Left, state) + Evaluate(f.Right, state),
        Difference f => Evaluate(f.Left, state) - Evaluate(f.Right, state),
        _ => throw new System.Diagnostics.UnreachableException(formula.GetType().Name),
    };
}
