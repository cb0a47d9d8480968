using System.Collections.Immutable;

namespace Checker.Model.Ir;

/// <summary>
/// A bound variable: the parameter of an action, or the variable of a quantifier or a bulk update. Two binders are equal if they
/// are one object.
/// </summary>
public sealed class Binder(string name, ModelType type)
{
    public string Name { get; } = name;

    public ModelType Type { get; } = type;

    public override string ToString() => $"{Name}: {Type}";
}

/// <summary>
/// An expression. Its C# type is untyped, but every node has a <see cref="ModelType"/>.
/// Expressions are trees with almost no sharing. A pass over them is a switch (<see cref="Fold"/>).
/// </summary>
public abstract record Node(ModelType Type)
{
    public static readonly Node True = new Lit(ModelType.Bool, 1);
    public static readonly Node False = new Lit(ModelType.Bool, 0);

    /// <summary>Tests syntactic equality. It is spelt out because the equality of records compares arrays by reference.</summary>
    public static bool Same(Node a, Node b) => (a, b) switch
    {
        (Lit x, Lit y) => x.Code == y.Code && x.Type == y.Type,
        (Bound x, Bound y) => x.Binder == y.Binder,
        (Read x, Read y) => x.Variable == y.Variable && x.Primed == y.Primed && Same(x.Index, y.Index),
        (Eq x, Eq y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
        (Not x, Not y) => Same(x.Operand, y.Operand),
        (And x, And y) => Same(x.Operands, y.Operands),
        (Or x, Or y) => Same(x.Operands, y.Operands),
        (Implies x, Implies y) => Same(x.Premise, y.Premise) && Same(x.Conclusion, y.Conclusion),
        (Ite x, Ite y) => Same(x.Condition, y.Condition) && Same(x.Then, y.Then) && Same(x.Else, y.Else),
        (Some x, Some y) => Same(x.Element, y.Element),
        (Less x, Less y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
        (Plus x, Plus y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
        (Minus x, Minus y) => Same(x.Left, y.Left) && Same(x.Right, y.Right),
        (HasLabel x, HasLabel y) => x.Label == y.Label,
        (Definition x, Definition y) => x.Name == y.Name && Same(x.Arguments, y.Arguments) && Same(x.Body, y.Body),
        _ => ReferenceEquals(a, b),
    };

    private static bool Same(ImmutableArray<Node> a, ImmutableArray<Node> b) =>
        a.Length == b.Length && a.Zip(b).All(pair => Same(pair.First, pair.Second));

    public sealed override string ToString() => Printer.Print(this);
}

public sealed record Lit(ModelType Type, int Code) : Node(Type);

public sealed record Bound(Binder Binder) : Node(Binder.Type);

/// <summary>A variable's value at an index, before the step. If primed, the value after the step; only step properties use it.</summary>
public sealed record Read(Variable Variable, ImmutableArray<Node> Index, bool Primed) : Node(Variable.Type);

public sealed record Eq(Node Left, Node Right) : Node(ModelType.Bool);

public sealed record Not(Node Operand) : Node(ModelType.Bool);

public sealed record And(ImmutableArray<Node> Operands) : Node(ModelType.Bool);

public sealed record Or(ImmutableArray<Node> Operands) : Node(ModelType.Bool);

public sealed record Implies(Node Premise, Node Conclusion) : Node(ModelType.Bool);

public sealed record Ite(Node Condition, Node Then, Node Else) : Node(Then.Type);

public enum QuantifierKind
{
    Forall,
    Exists,
}

public sealed record Quantified(QuantifierKind Kind, Binder Binder, Node Body) : Node(ModelType.Bool);

/// <summary>The number of elements satisfying the body.</summary>
public sealed record Count(Binder Binder, Node Body) : Node(ModelType.Int);

/// <summary>The option holding an element.</summary>
public sealed record Some(Node Element) : Node(new OptionType(Element.Type));

public sealed record Less(Node Left, Node Right) : Node(ModelType.Bool);

public sealed record Plus(Node Left, Node Right) : Node(ModelType.Int);

public sealed record Minus(Node Left, Node Right) : Node(ModelType.Int);

/// <summary>True unless the label was dropped from the model. Mutants are made this way.</summary>
public sealed record HasLabel(string Label) : Node(ModelType.Bool);

/// <summary>A named predicate applied to arguments. <paramref name="Body"/> is its meaning; the name is shown to the reader.</summary>
public sealed record Definition(string Name, ImmutableArray<Node> Arguments, Node Body) : Node(Body.Type);
