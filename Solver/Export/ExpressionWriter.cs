using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Export;

/// <summary>Writes expressions in one format. A format defines its operators, its values, its cells, and its quantifiers.</summary>
internal abstract class ExpressionWriter(Scope scope)
{
    protected Scope Scope { get; } = scope;

    protected abstract string Negation { get; }

    protected abstract string Conjunction { get; }

    protected abstract string Disjunction { get; }

    protected abstract string Equality { get; }

    protected abstract string Inequality { get; }

    /// <summary>Writes a closed expression.</summary>
    public Code Write(Node node) => Write(node, ImmutableDictionary<Binder, Code>.Empty);

    /// <param name="bound">The texts of the bound variables.</param>
    public Code Write(Node node, ImmutableDictionary<Binder, Code> bound)
    {
        return node switch
        {
            Lit n => Literal(n.Type, n.Code),
            Bound n => bound[n.Binder],
            Read n => Cell(n.Variable, [.. n.Index.Select(Of)], n.Primed),
            Eq n => Code.Infix(Of(n.Left), Equality, Of(n.Right)),
            Not { Operand: Eq n } => Code.Infix(Of(n.Left), Inequality, Of(n.Right)),
            Not n => Code.Prefix(Negation, Of(n.Operand)),
            And n => n.Operands.IsEmpty ? Of(Node.True) : Code.Infix(Conjunction, n.Operands.Select(Of)),
            Or n => n.Operands.IsEmpty ? Of(Node.False) : Code.Infix(Disjunction, n.Operands.Select(Of)),
            Implies n => Implication(Of(n.Premise), Of(n.Conclusion)),
            Ite n => Conditional(Of(n.Condition), Of(n.Then), Of(n.Else)),
            Quantified n => Quantifier(n, bound),
            Count n => Counted(n, bound),
            Some n => Holding(Of(n.Element)),
            Less n => Code.Infix(Of(n.Left), "<", Of(n.Right)),
            Plus n => Code.Infix(Of(n.Left), "+", Of(n.Right)),
            Minus n => Code.Infix(Of(n.Left), "-", Of(n.Right)),
            _ => throw new UnreachableException(node.GetType().Name),
        };

        Code Of(Node child) => Write(child, bound);
    }

    /// <summary>The values of a type, in the order of their codes.</summary>
    public IEnumerable<Code> Values(ModelType type) => Enumerable.Range(0, Scope.Cardinality(type)).Select(code => Literal(type, code));

    /// <summary>The value with this code. A number has any value, also a negative one.</summary>
    public abstract Code Literal(ModelType type, int code);

    public abstract Code Cell(Variable variable, ImmutableArray<Code> index, bool primed);

    protected abstract Code Conditional(Code condition, Code then, Code otherwise);

    protected abstract Code Quantifier(Quantified node, ImmutableDictionary<Binder, Code> bound);

    protected abstract Code Counted(Count node, ImmutableDictionary<Binder, Code> bound);

    /// <summary>The option holding an element.</summary>
    protected abstract Code Holding(Code element);

    protected virtual Code Implication(Code premise, Code conclusion) =>
        Code.Infix(Code.Prefix(Negation, premise), Disjunction, conclusion);

    /// <summary>Writes the body once for each value of the bound variable.</summary>
    protected IEnumerable<Code> Unrolled(Binder binder, Node body, ImmutableDictionary<Binder, Code> bound) =>
        Values(binder.Type).Select(value => Write(body, bound.SetItem(binder, value)));

    /// <summary>Writes the number of values of the bound variable that satisfy the body as a sum.</summary>
    protected Code Sum(Count node, ImmutableDictionary<Binder, Code> bound) =>
        Code.Infix("+", Unrolled(node.Binder, node.Body, bound)
            .Select(one => Conditional(one, Literal(ModelType.Int, 1), Literal(ModelType.Int, 0))));

    protected static Code Number(int value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        return value < 0 ? Code.Open(text) : Code.Closed(text);
    }
}
