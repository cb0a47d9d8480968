using System.Diagnostics;

namespace Checker.Model.Ir;

/// <summary>The text form of expressions: mathematics in plain ASCII, which a kernel developer can read aloud.</summary>
public static class Printer
{
    /// <param name="names">The names of bound variables, for example the elements which a trace has bound to them ("f1").</param>
    public static string Print(Node node, IReadOnlyDictionary<Binder, string>? names = null) =>
        new BinderNames(names).Text(node, Precedence.Lowest);

    /// <summary>Returns the text of a definition's body. Definitions inside of it stay closed.</summary>
    public static string PrintBody(Definition node, IReadOnlyDictionary<Binder, string>? names = null) => Print(node.Body, names);

    /// <summary>Returns a value as text: an enum member's name, <c>None</c>, or a sort's prefix with the element's number ("f1").</summary>
    public static string Value(ModelType type, long code) => type switch
    {
        // None at a type without such a value. Only an error message shows it.
        not (RangeType or IntType) when code < 0 => "None",
        BoolType => code == 0 ? "false" : "true",
        EnumType e => code < e.Members.Length ? e.Members[code] : $"?{code}",
        SortType s => $"{s.Prefix}{code}",
        OptionType when code == 0 => "None",
        // An enum may have a member called None. Two locations must not have the same name.
        OptionType o => Value(o.Element, code - 1) is var value and not "None" ? value : "Some(None)",
        RangeType or IntType => code.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new UnreachableException(type.Name),
    };

    /// <summary>
    /// Returns a variable at an index as in the model's source: <c>own[f1]</c>, <c>fault[v0].page</c>, <c>dead</c>. It is primed
    /// after the step.
    /// </summary>
    public static string Location(Variable variable, string index, bool primed = false)
    {
        string prime = primed ? "'" : "";
        return variable.Index.IsEmpty ? variable.Name + prime
            : variable.Record is { } record ? $"{record}[{index}]{variable.Name[record.Length..]}{prime}"
            : $"{variable.Name}{prime}[{index}]";
    }

    private enum Precedence
    {
        Lowest,
        Implication,
        Disjunction,
        Conjunction,
        Comparison,
        Sum,
        Unary,
    }

    private sealed class BinderNames(IReadOnlyDictionary<Binder, string>? names)
    {
        public string Text(Node node, Precedence around) => node switch
        {
            Lit n => Value(n.Type, n.Code),
            Bound n => names?.GetValueOrDefault(n.Binder) ?? n.Binder.Name,
            HasLabel n => $"has({n.Label})",
            Read { Variable.Rigid: RigidFunction.Order } n =>
                Wrap(Binary(n.Index[0], "<", n.Index[1], Precedence.Comparison), Precedence.Comparison, around),
            Read n => Location(n.Variable, List(n.Index), n.Primed),
            Eq n => Wrap(Binary(n.Left, "==", n.Right, Precedence.Comparison), Precedence.Comparison, around),
            Not { Operand: Eq n } => Wrap(Binary(n.Left, "!=", n.Right, Precedence.Comparison), Precedence.Comparison, around),
            Not { Operand: Less n } => Wrap(Binary(n.Right, "<=", n.Left, Precedence.Comparison), Precedence.Comparison, around),
            Not { Operand: Read { Variable.Rigid: RigidFunction.Order } n } =>
                Wrap(Binary(n.Index[1], "<=", n.Index[0], Precedence.Comparison), Precedence.Comparison, around),
            Not n => "!" + Text(n.Operand, Precedence.Unary),
            And n => n.Operands.IsEmpty ? "true" : Wrap(Join(n.Operands, " & ", Precedence.Conjunction), Precedence.Conjunction, around),
            Or n => n.Operands.IsEmpty ? "false" : Wrap(Join(n.Operands, " | ", Precedence.Disjunction), Precedence.Disjunction, around),
            Implies n => Wrap(
                $"{Text(n.Premise, Precedence.Disjunction)} => {Text(n.Conclusion, Precedence.Implication)}",
                Precedence.Implication,
                around),
            Ite n =>
                $"(if {Text(n.Condition, Precedence.Lowest)} then {Text(n.Then, Precedence.Lowest)} else "
                    + $"{Text(n.Else, Precedence.Lowest)})",
            Quantified n => Wrap(
                $"{(n.Kind == QuantifierKind.Forall ? "forall" : "exists")} {n.Binder.Name}: {Text(n.Body, Precedence.Lowest)}",
                Precedence.Lowest,
                around),
            Count n => $"count({n.Binder.Name}: {Text(n.Body, Precedence.Lowest)})",
            Some n => Text(n.Element, around),
            Less n => Wrap(Binary(n.Left, "<", n.Right, Precedence.Comparison), Precedence.Comparison, around),
            Plus n => Wrap(Binary(n.Left, "+", n.Right, Precedence.Sum), Precedence.Sum, around),
            Minus n => Wrap(Binary(n.Left, "-", n.Right, Precedence.Sum), Precedence.Sum, around),
            Definition n => n.Name + (n.Arguments.IsEmpty ? "" : $"({List(n.Arguments)})"),
            _ => throw new UnreachableException(node.GetType().Name),
        };

        private string List(IEnumerable<Node> nodes) => string.Join(",", nodes.Select(n => Text(n, Precedence.Lowest)));

        // Conjunction and disjunction are associative, so nested ones of the same kind need no brackets.
        private string Join(IEnumerable<Node> nodes, string separator, Precedence own) =>
            string.Join(separator, nodes.Select(n => Text(n, own)));

        private string Binary(Node left, string op, Node right, Precedence own) => $"{Text(left, own)} {op} {Text(right, own + 1)}";

        private static string Wrap(string text, Precedence own, Precedence around) => around > own ? $"({text})" : text;
    }
}
