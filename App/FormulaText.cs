using System.Text;
using Checker.Model.Ir;

namespace Checker.App;

/// <summary>A property's formula with its definitions, in lines of limited width.</summary>
public static class FormulaText
{
    private const int Width = 110;
    private const int Indent = 4;

    public static string Of(TransitionSystem system, PropertyDeclaration property)
    {
        var text = new StringBuilder();
        string ending = Printer.Print(property.Formula);
        Wrap(text, property.Actions.IsEmpty ? ending : $"{string.Join(", ", property.Actions)}; then {ending}");

        // If a definition is used several times with different arguments, one use represents all.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in Fold.Descendants(property.Formula).OfType<Definition>().Where(d => !d.Name.EndsWith('\'')))
        {
            string arguments = string.Join(',', definition.Arguments.Select(a => a is Lit ? a.ToString() : "_"));
            if (seen.Add($"{definition.Name}({arguments})"))
            {
                Wrap(
                    text,
                    $"where {definition} := "
                        + $"{(IsEveryLabel(system, definition.Body) ? "no label is dropped" : Printer.PrintBody(definition))}");
            }
        }

        return text.ToString();
    }

    private static bool IsEveryLabel(TransitionSystem system, Node node)
    {
        var parts = Fold.Descendants(node).Where(n => n is not And).ToList();
        return parts.TrueForAll(n => n is HasLabel) && parts.Count == system.Labels.Length;
    }

    private static void Wrap(StringBuilder text, string line)
    {
        int column = 0;
        foreach (string piece in Pieces(line.Split(' ')))
        {
            if (column > 0 && column + 1 + piece.Length > Width)
            {
                text.Append('\n').Append(' ', Indent);
                column = Indent;
            }
            else if (column > 0)
            {
                text.Append(' ');
                column++;
            }

            text.Append(piece);
            column += piece.Length;
        }

        text.Append('\n');
    }

    /// <summary>The unbreakable pieces: a comparison, a connective with its operands, a quantifier with its variable.</summary>
    private static IEnumerable<string> Pieces(string[] words)
    {
        string piece = words[0];
        for (int i = 1; i < words.Length; i++)
        {
            if (words[i] is "==" or "!=" or "<" or "<=" or "+" or "-"
                || words[i - 1] is "==" or "!=" or "<" or "<=" or "+" or "-" or "&" or "|" or "=>" or "then" or "else"
                || words[i - 1].TrimStart('(') is "forall" or "exists" or "if" or "where")
            {
                piece += " " + words[i];
            }
            else
            {
                yield return piece;
                piece = words[i];
            }
        }

        yield return piece;
    }
}
