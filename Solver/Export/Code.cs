namespace Checker.Solver.Export;

/// <summary>
/// The text of an expression in an exported format. A closed text is an operand as it stands; any other gets parentheses. So no
/// format depends on the precedence of its operators.
/// </summary>
internal readonly record struct Code(string Text, bool IsClosed)
{
    public string Operand => IsClosed ? Text : $"({Text})";

    /// <summary>A name, a number, or a text with its own brackets.</summary>
    public static Code Closed(string text) => new(text, true);

    public static Code Open(string text) => new(text, false);

    /// <summary>Joins operands of one operator. A single operand needs none.</summary>
    public static Code Infix(string op, IEnumerable<Code> operands)
    {
        Code[] all = [.. operands];
        return all.Length == 1 ? all[0] : Open(string.Join($" {op} ", all.Select(o => o.Operand)));
    }

    public static Code Infix(Code left, string op, Code right) => Infix(op, [left, right]);

    public static Code Prefix(string op, Code operand) => Open(op + operand.Operand);

    public override string ToString() => Text;
}
