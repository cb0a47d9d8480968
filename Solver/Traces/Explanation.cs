using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces;

/// <summary>A cell which decides a formula, with its value. If the formula is about a step, also the value after it.</summary>
public sealed record CellReading(Cell Cell, int Before, int? After)
{
    private string Was => Printer.Value(Cell.Variable.Type, Before);

    public override string ToString() => After is not { } after ? $"{Cell} = {Was}"
        : after == Before ? $"{Cell} = {Was} (unchanged)"
        : $"{Cell} = {Was} -> {Printer.Value(Cell.Variable.Type, after)}";
}

/// <summary>The reason for the value of a formula.</summary>
/// <param name="Role">The role in the formula above: "premise", "conclusion", "if", "then", "else"; empty for any other part.</param>
/// <param name="Formula">The formula, with the elements bound to its free variables.</param>
/// <param name="Value">"true", "false", or the value of a term which is no formula.</param>
/// <param name="Witness">The element which decides a quantifier: "f = f1".</param>
/// <param name="Reads">The deciding cells, if the formula is not taken apart any further.</param>
/// <param name="Parts">The deciding parts. All others do not matter.</param>
public sealed record Reason(
    string Role,
    string Formula,
    string Value,
    ImmutableArray<string> Witness,
    ImmutableArray<CellReading> Reads,
    ImmutableArray<Reason> Parts)
{
    /// <summary>The cells on which the reason depends, each once.</summary>
    public IEnumerable<CellReading> AllReads => Reads.Concat(Parts.SelectMany(p => p.AllReads)).DistinctBy(r => r.Cell.Number);
}

/// <summary>
/// Takes a formula apart until the reason for its value is visible: the binding for which a universal quantifier fails, the false
/// conjunct, the true premise of a false conclusion, or the contents of a definition. All values come from the interpreter.
/// </summary>
public sealed class Explanation
{
    private readonly Interpreter _interpreter;
    private readonly int[] _state;
    private readonly int[]? _next;

    private Explanation(Interpreter interpreter, int[] state, int[]? next) => (_interpreter, _state, _next) = (interpreter, state, next);

    /// <summary>Returns the reason why a closed formula is true or false in a state or, with <paramref name="next"/>, for a step.</summary>
    public static Reason Why(Scope scope, Node formula, int[] state, int[]? next = null) =>
        new Explanation(new(scope), state, next).Why("", formula, ImmutableDictionary<Binder, int>.Empty);

    /// <summary>Returns the reason why a formula with these values of its free variables is true or false in a state.</summary>
    public static Reason Why(Scope scope, Node formula, ImmutableDictionary<Binder, int> bound, int[] state) =>
        new Explanation(new(scope), state, null).Why("", formula, bound);

    /// <summary>Returns the reason why the end of the trace violates or witnesses its property.</summary>
    /// <exception cref="ArgumentException">The trace has no property.</exception>
    public static Reason Why(Trace trace)
    {
        var property = trace.Property
            ?? throw new ArgumentException("a trace without a property shows nothing that could be explained", nameof(trace));
        int[] last = [.. trace.States[^1].Cells];
        return trace.LastStep
            ? Why(trace.Scope, property.Formula, [.. trace.States[^2].Cells], last)
            : Why(trace.Scope, property.Formula, last);
    }

    private Reason Why(string role, Node node, ImmutableDictionary<Binder, int> bound)
    {
        var witness = ImmutableArray.CreateBuilder<string>();
        var (cause, inner) = (node, bound);
        while (Through(cause, inner) is { } through)
        {
            if (cause is Quantified q)
            {
                witness.Add($"{q.Binder.Name} = {Printer.Value(q.Binder.Type, through.Bound[q.Binder])}");
            }

            (cause, inner) = through;
        }

        return new(role, Text(node, bound), Printer.Value(node.Type, Value(node, bound)), witness.ToImmutable(),
            [.. Reads(cause, inner).DistinctBy(r => r.Cell.Number)], Parts(cause, inner));
    }

    /// <summary>The single deciding part of a negation or a quantifier: the operand, or the body for one element.</summary>
    private (Node Node, ImmutableDictionary<Binder, int> Bound)? Through(Node node, ImmutableDictionary<Binder, int> bound)
    {
        switch (node)
        {
            case Not n:
                return (n.Operand, bound);
            case Quantified q:
                // An element which refutes a universal formula or satisfies an existential one; or the only element.
                int decides = q.Kind == QuantifierKind.Forall ? 0 : 1;
                var elements = Elements(q.Binder, bound);
                return elements.Count == 1
                    ? (q.Body, elements[0])
                    : elements.FirstOrDefault(b => Value(q.Body, b) == decides) is { } found ? (q.Body, found) : null;
            default:
                return null;
        }
    }

    private ImmutableArray<Reason> Parts(Node node, ImmutableDictionary<Binder, int> bound)
    {
        switch (node)
        {
            case And n: return Deciding(n, o => (o as And)?.Operands, decides: 0, bound);
            case Or n: return Deciding(n, o => (o as Or)?.Operands, decides: 1, bound);
            case Implies n when Value(n, bound) == 0: return [Why("premise", n.Premise, bound), Why("conclusion", n.Conclusion, bound)];
            case Implies n:
                return Value(n.Premise, bound) == 0
                    ? [Why("premise", n.Premise, bound)]
                    : [Why("conclusion", n.Conclusion, bound)];
            case Ite n:
                return
                [
                    Why("if", n.Condition, bound),
                    Value(n.Condition, bound) != 0 ? Why("then", n.Then, bound) : Why("else", n.Else, bound),
                ];
            case Definition n: return [Why("", n.Body, bound)];
            case Eq or Less or Plus or Minus: return [.. Fold.Children(node).Where(IsCompound).Select(o => Why("", o, bound))];
            default: return [];
        }
    }

    /// <summary>The first operand which decides a conjunction or disjunction; all operands if none does so alone.</summary>
    private ImmutableArray<Reason> Deciding(
        Node node,
        Func<Node, ImmutableArray<Node>?> operands,
        int decides,
        ImmutableDictionary<Binder, int> bound)
    {
        var flat = Flatten(node).ToList();
        var settles = flat.FirstOrDefault(o => Value(o, bound) == decides);
        return settles is null ? [.. flat.Select(o => Why("", o, bound))] : [Why("", settles, bound)];

        IEnumerable<Node> Flatten(Node n) => operands(n) is { } inside ? inside.SelectMany(Flatten) : [n];
    }

    /// <summary>The cells read by the node itself, outside its <see cref="Parts"/>.</summary>
    private IEnumerable<CellReading> Reads(Node node, ImmutableDictionary<Binder, int> bound) => node switch
    {
        // No single element decides these, so the cells for all elements count.
        Quantified q => Elements(q.Binder, bound).SelectMany(b => Why("", q.Body, b).AllReads),
        Count c => Elements(c.Binder, bound).SelectMany(b => Why("", c.Body, b).AllReads),
        Read r => r.Index.SelectMany(i => Reads(i, bound)).Append(Reading(r, bound)),
        Eq or Less or Plus or Minus or Some => Fold.Children(node).Where(o => !IsCompound(o)).SelectMany(o => Reads(o, bound)),
        _ => [],
    };

    /// <summary>True for a node which deserves a line of its own in a comparison or a sum.</summary>
    private static bool IsCompound(Node node) => node is not (Lit or Bound or Read or Some or HasLabel);

    private CellReading Reading(Read read, ImmutableDictionary<Binder, int> bound)
    {
        int cell = _interpreter.Scope.CellAt(read.Variable, [.. read.Index.Select(i => (int)Value(i, bound))]);
        return new(_interpreter.Scope.Cells[cell], _state[cell], _next?[cell]);
    }

    private List<ImmutableDictionary<Binder, int>> Elements(Binder binder, ImmutableDictionary<Binder, int> bound) =>
        [.. Enumerable.Range(0, _interpreter.Scope.Cardinality(binder.Type)).Select(code => bound.SetItem(binder, code))];

    private long Value(Node node, ImmutableDictionary<Binder, int> bound) => _interpreter.Value(node, bound, _state, _next);

    private static string Text(Node node, ImmutableDictionary<Binder, int> bound) =>
        Printer.Print(node, bound.ToDictionary(b => b.Key, b => Printer.Value(b.Key.Type, b.Value)));
}
