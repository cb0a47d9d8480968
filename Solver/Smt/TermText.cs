using System.Diagnostics;
using System.Text;

namespace Checker.Solver.Smt;

/// <summary>Writes terms and declarations as SMT-LIB 2.</summary>
internal static class TermText
{
    public static string Print(Term term)
    {
        var text = new StringBuilder();
        Write(text, term);
        return text.ToString();
    }

    public static string DeclareSort(Symbol symbol) => $"(declare-sort {symbol} 0)";

    public static string DeclareValues(Symbol sort, IEnumerable<Symbol> values) =>
        $"(declare-datatypes (({sort} 0)) (({string.Join(' ', values.Select(v => $"({v})"))})))";

    public static string DeclareFunction(Symbol symbol, IEnumerable<TermSort> arguments, TermSort result) =>
        $"(declare-fun {symbol} ({string.Join(' ', arguments)}) {result})";

    public static string DeclareConstant(Symbol symbol, TermSort sort) => $"(declare-const {symbol} {sort})";

    private static void Write(StringBuilder text, Term term)
    {
        switch (term.Kind)
        {
            case TermKind.True or TermKind.False:
                text.Append(term.Kind == TermKind.True ? "true" : "false");
                return;
            case TermKind.Apply when term.Arguments.IsEmpty:
                text.Append(term.Symbol);
                return;
            case TermKind.Forall or TermKind.Exists:
                text.Append($"({(term.Kind == TermKind.Forall ? "forall" : "exists")} (({term.Symbol} {term.Sort})) ");
                Write(text, term.Arguments[0]);
                text.Append(')');
                return;
        }

        text.Append('(').Append(term.Kind switch
        {
            TermKind.Apply => term.Symbol.ToString(),
            TermKind.Not => "not",
            TermKind.And => "and",
            TermKind.Or => "or",
            TermKind.Implies => "=>",
            TermKind.Ite => "ite",
            TermKind.Equal => "=",
            _ => throw new UnreachableException(term.Kind.ToString()),
        });
        foreach (var argument in term.Arguments)
        {
            text.Append(' ');
            Write(text, argument);
        }

        text.Append(')');
    }
}
