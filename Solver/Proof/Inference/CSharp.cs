using System.Diagnostics;
using Checker.Model.Ir;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// Formulas as C# of the model language, for pasting among a protocol's lemmas, where <c>m</c> is the model. Named predicates are spelt
/// out, because another file may not have access to them.
/// </summary>
public static class CSharp
{
    /// <summary>Returns the declaration of a lemma.</summary>
    public static string Declare(PropertyDeclaration lemma) =>
        $"m.Lemma({Quote(lemma.Name)}, {Quote(lemma.Serves)}, {Quote(lemma.Because)},\n    {Print(lemma.Formula)});";

    /// <summary>Returns the formula as an expression.</summary>
    public static string Print(Node node) => new Names([]).Text(node, Precedence.Lowest);

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    // The precedences of C#: operators which bind tighter come later.
    private enum Precedence
    {
        Lowest,
        Or,
        And,
        Equality,
        Relation,
        Sum,
        Unary,
        Primary,
    }

    private sealed class Names(Dictionary<Binder, string> names)
    {
        public string Text(Node node, Precedence around) => node switch
        {
            Lit { Type: BoolType } n => n.Code != 0 ? "(Term<bool>)true" : "(Term<bool>)false",
            Lit { Type: EnumType type } n => $"{type.Name}.{type.Members[n.Code]}",
            Lit { Type: OptionType { Element: EnumType type } } n when n.Code > 0 =>
                $"(Term<{type.Name}>){type.Name}.{type.Members[n.Code - 1]}",
            Lit { Type: OptionType } => "None",
            Lit n => n.Code.ToString(),
            Bound n => names[n.Binder],
            HasLabel n => $"Has({Quote(n.Label)})",
            Read n => n.Primed ? $"Next({Location(n)})" : Location(n),
            Some { Element: Lit { Type: EnumType type } } n => $"(Term<{type.Name}>){Text(n.Element, Precedence.Primary)}",
            Some n => Text(n.Element, around),
            Eq n => Infix(n.Left, "==", n.Right, Precedence.Equality, around),
            Not { Operand: Eq n } => Infix(n.Left, "!=", n.Right, Precedence.Equality, around),
            Not n => "!" + Text(n.Operand, Precedence.Unary),
            And { Operands.IsEmpty: true } => "(Term<bool>)true",
            Or { Operands.IsEmpty: true } => "(Term<bool>)false",
            And { Operands: [var one] } => Text(one, around),
            Or { Operands: [var one] } => Text(one, around),
            And n => Wrap(Chain(" & ", n.Operands, Precedence.And), Precedence.And, around),
            Or n => Wrap(Chain(" | ", n.Operands, Precedence.Or), Precedence.Or, around),
            Implies n => $"{Text(n.Premise, Precedence.Primary)}.Implies({Text(n.Conclusion, Precedence.Lowest)})",
            Ite n =>
                $"Cond{Generic(n.Then.Type)}({Text(n.Condition, Precedence.Lowest)}, {Text(n.Then, Precedence.Lowest)}, "
                    + $"{Text(n.Else, Precedence.Lowest)})",
            Quantified n => Quantify(n),
            Count n => Binding($"Count<{n.Binder.Type}>", [n.Binder], n.Body),
            Less n => Infix(n.Left, "<", n.Right, Precedence.Relation, around),
            Plus n => Wrap($"{Text(n.Left, Precedence.Sum)} + {Text(n.Right, Precedence.Sum + 1)}", Precedence.Sum, around),
            Minus n => Wrap($"{Text(n.Left, Precedence.Sum)} - {Text(n.Right, Precedence.Sum + 1)}", Precedence.Sum, around),
            Definition n => Text(n.Body, around),
            _ => throw new UnreachableException(node.GetType().Name),
        };

        /// <summary>Constants do not determine the type to which both branches convert.</summary>
        private static string Generic(ModelType type) => type switch
        {
            BoolType => "",
            OptionType o => $"<Option<{o.Element.Name}>>",
            RangeType or IntType => "<int>",
            _ => $"<{type.Name}>",
        };

        private string Location(Read read)
        {
            string index = string.Join(", ", read.Index.Select(i => Text(i, Precedence.Lowest)));
            if (read.Variable.Record is { } record)
            {
                string field = read.Variable.Name[(record.Length + 1)..];
                return $"m.{record}[{index}].{char.ToUpperInvariant(field[0])}{field[1..]}";
            }

            return read.Index.IsEmpty ? $"m.{read.Variable.Name}.Value" : $"m.{read.Variable.Name}[{index}]";
        }

        /// <summary>Puts quantifiers of one kind into one lambda, with at most three variables.</summary>
        private string Quantify(Quantified node)
        {
            var binders = new List<Binder> { node.Binder };
            var body = node.Body;
            while (binders.Count < 3 && body is Quantified inner && inner.Kind == node.Kind)
            {
                binders.Add(inner.Binder);
                body = inner.Body;
            }

            return Binding($"{node.Kind}<{string.Join(", ", binders.Select(b => b.Type))}>", binders, body);
        }

        private string Binding(string function, IReadOnlyList<Binder> binders, Node body)
        {
            var inner = new Dictionary<Binder, string>(names);
            foreach (var binder in binders)
            {
                // If a name is taken, the next free letter is used.
                string name = binder.Name;
                for (char next = name[0]; inner.ContainsValue(name) || name == "m"; name = next.ToString())
                {
                    next = next == 'z' ? 'a' : (char)(next + 1);
                }

                inner[binder] = name;
            }

            string variables = string.Join(", ", binders.Select(b => inner[b]));
            return $"{function}({(binders.Count == 1 ? variables : $"({variables})")} => {new Names(inner).Text(body, Precedence.Lowest)})";
        }

        /// <summary>Joins operands. Operators group to the left, so the first operand needs no brackets.</summary>
        private string Chain(string op, IEnumerable<Node> operands, Precedence own) =>
            string.Join(op, operands.Select((o, i) => Text(o, i == 0 ? own : own + 1)));

        private string Infix(Node left, string op, Node right, Precedence own, Precedence around) =>
            Wrap($"{Text(left, own + 1)} {op} {Text(right, own + 1)}", own, around);

        private static string Wrap(string text, Precedence own, Precedence around) => around > own ? $"({text})" : text;
    }
}
