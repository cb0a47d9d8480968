namespace Checker.Solver.Smt;

/// <summary>SMT-LIB formulas as text, with what is constant folded away.</summary>
internal static class Text
{
    public const string True = "true";
    public const string False = "false";

    public static string Not(string a) => a switch
    {
        True => False,
        False => True,
        _ => a.StartsWith("(not ", StringComparison.Ordinal) && Closes(a, 5) ? a[5..^1] : $"(not {a})",
    };

    public static string And(IEnumerable<string> parts) => Join("and", True, False, parts);

    public static string Or(IEnumerable<string> parts) => Join("or", False, True, parts);

    public static string Implies(string a, string b) => (a, b) switch
    {
        (True, _) => b,
        (False, _) or (_, True) => True,
        (_, False) => Not(a),
        _ => $"(=> {a} {b})",
    };

    public static string Ite(string c, string a, string b) => (c, a, b) switch
    {
        (True, _, _) => a,
        (False, _, _) => b,
        (_, True, False) => c,
        (_, False, True) => Not(c),
        (_, True, _) => Or([c, b]),
        (_, False, _) => And([Not(c), b]),
        (_, _, True) => Or([Not(c), a]),
        (_, _, False) => And([c, a]),
        _ => a == b ? a : $"(ite {c} {a} {b})",
    };

    public static string Equal(string a, string b) => a == b ? True : (a, b) switch
    {
        (True, _) => b,
        (_, True) => a,
        (False, _) => Not(b),
        (_, False) => Not(a),
        _ => $"(= {a} {b})",
    };

    public static string Quantify(string kind, string name, string sort, string body) =>
        body is True or False || !Mentions(body, name) ? body : $"({kind} (({name} {sort})) {body})";

    private static string Join(string op, string unit, string zero, IEnumerable<string> parts)
    {
        var kept = new List<string>();
        foreach (string part in parts)
        {
            if (part == zero)
            {
                return zero;
            }

            if (part != unit && !kept.Contains(part))
            {
                kept.Add(part);
            }
        }

        return kept.Count switch { 0 => unit, 1 => kept[0], _ => $"({op} {string.Join(' ', kept)})" };
    }

    /// <summary>Whether the parenthesis that opens at the start closes only at the end: <c>(not x)</c>, not <c>(not x) ...</c>.</summary>
    private static bool Closes(string text, int from)
    {
        int depth = 0;
        for (int i = from; i < text.Length - 1; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0)
            {
                return false;
            }
        }

        return depth == 0;
    }

    private static bool Mentions(string body, string name)
    {
        for (int i = body.IndexOf(name, StringComparison.Ordinal); i >= 0; i = body.IndexOf(name, i + 1, StringComparison.Ordinal))
        {
            if (IsDelimiter(body, i - 1) && IsDelimiter(body, i + name.Length))
            {
                return true;
            }
        }

        return false;

        static bool IsDelimiter(string text, int at) => at < 0 || at >= text.Length || text[at] is ' ' or '(' or ')';
    }
}
