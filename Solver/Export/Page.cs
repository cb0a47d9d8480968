using System.Text;

namespace Checker.Solver.Export;

/// <summary>The lines of an exported file. A comment is one line without control characters, so it cannot end early.</summary>
/// <param name="comment">The opening of a comment which ends with its line.</param>
internal sealed class Page(string comment)
{
    private const int Step = 2;
    private readonly StringBuilder _text = new();
    private int _indent;

    public void Line(string text = "") => _text.Append(' ', text.Length == 0 ? 0 : _indent).Append(text).Append('\n');

    public void Comment(string text) => Line(InLine(text));

    /// <summary>Returns the comment for the end of a line.</summary>
    public string InLine(string text) => $"{comment} {string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).TrimEnd('\\', ' ')}";

    /// <summary>Writes the lines of the body further to the right.</summary>
    public void Inside(Action body)
    {
        _indent += Step;
        body();
        _indent -= Step;
    }

    public override string ToString() => _text.ToString();
}
