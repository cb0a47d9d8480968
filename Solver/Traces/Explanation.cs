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
    /// <summary>
    /// The parts which do not decide the value: the other operands, and the bodies of quantifiers for other elements. Empty unless
    /// <see cref="Explanation.Whole"/> was asked for.
    /// </summary>
    public ImmutableArray<Reason> Others { get; init; } = [];

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

    /// <summary>The largest number of elements of a quantifier with a reason of their own besides the deciding one.</summary>
    private readonly int _elements;

    private Explanation(Interpreter interpreter, int[] state, int[]? next, int elements = 0) =>
        (_interpreter, _state, _next, _elements) = (interpreter, state, next, elements);

    /// <summary>Returns the reason why a closed formula is true or false in a state or, with <paramref name="next"/>, for a step.</summary>
    public static Reason Why(Scope scope, Node formula, int[] state, int[]? next = null) =>
        new Explanation(new(scope), state, next).Why("", formula, ImmutableDictionary<Binder, int>.Empty);

    /// <summary>Returns the reason why a formula with these values of its free variables is true or false in a state.</summary>
    public static Reason Why(Scope scope, Node formula, ImmutableDictionary<Binder, int> bound, int[] state) =>
        new Explanation(new(scope), state, null).Why("", formula, bound);

    /// <summary>
    /// Returns the reason for the value of a closed formula with all its parts: those which decide it, and as
    /// <see cref="Reason.Others"/> those which do not.
    /// </summary>
    /// <param name="elements">The largest number of elements shown for a quantifier, besides the deciding one.</param>
    public static Reason Whole(Interpreter interpreter, Node formula, int[] state, int[]? next, int elements) =>
        new Explanation(interpreter, state, next, elements).Why("", formula, ImmutableDictionary<Binder, int>.Empty);

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
        var others = ImmutableArray.CreateBuilder<Reason>();
        var (cause, inner) = (node, bound);
        while (Through(cause, inner) is { } through)
        {
            if (cause is Quantified q)
            {
                witness.Add(Binding(q.Binder, through.Bound));
                others.AddRange(Bodies(q, inner, except: through.Bound[q.Binder]));
            }

            (cause, inner) = through;
        }

        var (reads, parts) = (Reads(cause, inner), Parts(cause, inner));
        if (_elements > 0)
        {
            others.AddRange(Undeciding(cause, inner));
            (reads, parts) = cause is Quantified undecided ? ([], [.. Bodies(undecided, inner)]) : (reads, parts);
        }

        return new(role, Text(node, bound), Printer.Value(node.Type, Value(node, bound)), witness.ToImmutable(),
            [.. reads.DistinctBy(r => r.Cell.Number)], parts)
        {
            Others = others.ToImmutable(),
        };
    }

    /// <summary>The body of a quantifier for the first elements, each with the element as its role.</summary>
    /// <param name="except">The code of an element to leave out.</param>
    private IEnumerable<Reason> Bodies(Quantified q, ImmutableDictionary<Binder, int> bound, int except = -1) =>
        _elements == 0
            ? []
            : Elements(q.Binder, bound).Where(b => b[q.Binder] != except).Take(_elements).Select(b => Why(Binding(q.Binder, b), q.Body, b));

    private static string Binding(Binder binder, ImmutableDictionary<Binder, int> bound) =>
        $"{binder.Name} = {Printer.Value(binder.Type, bound[binder])}";

    /// <summary>The operands which do not decide the node.</summary>
    private IEnumerable<Reason> Undeciding(Node node, ImmutableDictionary<Binder, int> bound)
    {
        switch (node)
        {
            case And or Or:
                var flat = Flatten(node).ToList();
                var settles = flat.FirstOrDefault(o => Value(o, bound) == (node is And ? 0 : 1));
                return settles is null ? [] : flat.Where(o => !ReferenceEquals(o, settles)).Select(o => Why("", o, bound));
            case Implies n when Value(n, bound) != 0:
                return [Value(n.Premise, bound) == 0 ? Why("conclusion", n.Conclusion, bound) : Why("premise", n.Premise, bound)];
            default:
                return [];
        }
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
            case And n: return Deciding(n, decides: 0, bound);
            case Or n: return Deciding(n, decides: 1, bound);
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
    private ImmutableArray<Reason> Deciding(Node node, int decides, ImmutableDictionary<Binder, int> bound)
    {
        var flat = Flatten(node).ToList();
        var settles = flat.FirstOrDefault(o => Value(o, bound) == decides);
        return settles is null ? [.. flat.Select(o => Why("", o, bound))] : [Why("", settles, bound)];
    }

    /// <summary>The operands of a conjunction or disjunction, with nested ones of the same kind opened.</summary>
    private static IEnumerable<Node> Flatten(Node node) => node switch
    {
        And n => n.Operands.SelectMany(o => o is And ? Flatten(o) : [o]),
        Or n => n.Operands.SelectMany(o => o is Or ? Flatten(o) : [o]),
        _ => [node],
    };

    /// <summary>The cells read by the node itself, outside its <see cref="Parts"/>.</summary>
    private IEnumerable<CellReading> Reads(Node node, ImmutableDictionary<Binder, int> bound) => node switch
    {
        // No single element decides these, so the cells for all elements count.
        Quantified q => Elements(q.Binder, bound).SelectMany(b => WithoutOthers(q.Body, b).AllReads),
        Count c => Elements(c.Binder, bound).SelectMany(b => WithoutOthers(c.Body, b).AllReads),
        Read r => r.Index.SelectMany(i => Reads(i, bound)).Append(Reading(r, bound)),
        Eq or Less or Plus or Minus or Some => Fold.Children(node).Where(o => !IsCompound(o)).SelectMany(o => Reads(o, bound)),
        _ => [],
    };

    /// <summary>The reason without the parts which do not decide.</summary>
    private Reason WithoutOthers(Node node, ImmutableDictionary<Binder, int> bound) =>
        (_elements == 0 ? this : new(_interpreter, _state, _next)).Why("", node, bound);

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
