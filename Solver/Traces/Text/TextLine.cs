using System.Collections.Immutable;

namespace Checker.Solver.Traces.Text;

/// <summary>The role of a segment in a trace's text. A terminal chooses the colours.</summary>
public enum TextRole
{
    Plain,
    Heading,

    /// <summary>The number of a state.</summary>
    Number,
    Actor,

    /// <summary>An action's name.</summary>
    Action,

    /// <summary>A parameter's or a bound variable's value.</summary>
    Parameter,
    Cell,

    /// <summary>A cell's value before the step.</summary>
    Old,

    /// <summary>A cell's value after the step, or in the initial state.</summary>
    New,

    /// <summary>File and line.</summary>
    Source,

    /// <summary>A property's name, or a label's.</summary>
    Property,
    Formula,

    /// <summary>The value of a formula that is true.</summary>
    True,

    /// <summary>The value of a formula that is false.</summary>
    False,

    /// <summary>A mark at a cell read by the violated property, or at a step in which a dropped label makes a difference.</summary>
    Mark,

    /// <summary>Words which help to read the rest.</summary>
    Note,
}

public readonly record struct TextSegment(string Text, TextRole Role);

/// <summary>One line, in ASCII; <see cref="ToString"/> is the line without colours.</summary>
public sealed record TextLine(ImmutableArray<TextSegment> Segments)
{
    public override string ToString() => string.Concat(Segments.Select(s => s.Text)).TrimEnd();
}

/// <summary>The layout of a text.</summary>
/// <param name="Heading">True for a first line which names the trace's model.</param>
/// <param name="Remark">A line below the heading; empty for none.</param>
public sealed record TextStyle(int Width = 100, bool Heading = true, string Remark = "");

/// <summary>Places segments one after the other. A segment which does not fit goes to the next line, indented.</summary>
internal sealed class Flow(int width)
{
    private readonly List<TextLine> _lines = [];
    private readonly List<TextSegment> _segments = [];
    private int _column;

    /// <summary>The column at which lines after the first begin.</summary>
    public int Indent { get; set; }

    public Flow Put(string text, TextRole role = TextRole.Plain)
    {
        if (text.Length > 0)
        {
            _segments.Add(new(text, role));
            _column += text.Length;
        }

        return this;
    }

    /// <summary>Adds spaces up to the column.</summary>
    public Flow To(int column) => Put(new string(' ', Math.Max(0, column - _column)));

    /// <summary>Adds an unbroken segment, on this line if it fits.</summary>
    public Flow Fit(string text, TextRole role = TextRole.Plain) =>
        Break(text.TrimEnd().Length).Put(_column == Indent ? text.TrimStart() : text, role);

    /// <summary>Adds words, with line breaks between them if necessary.</summary>
    public Flow Words(string text, TextRole role)
    {
        string[] words = text.Split(' ');
        for (int i = 0; i < words.Length; i++)
        {
            Fit(i == 0 ? words[i] : " " + words[i], role);
        }

        return this;
    }

    /// <summary>
    /// Adds a segment at a column, or further left if it is too long. It is alone on the next line if its place is taken.
    /// </summary>
    public Flow At(int column, string text, TextRole role)
    {
        int start = Math.Max(0, Math.Min(column, width - text.Length));
        return (_column == 0 || _column + 2 <= start ? this : EndLine()).To(start).Put(text, role);
    }

    public Flow EndLine()
    {
        _lines.Add(new([.. _segments]));
        _segments.Clear();
        _column = 0;
        return this;
    }

    public IReadOnlyList<TextLine> Lines => _lines;

    private Flow Break(int length) => _column + length <= width || _column <= Indent ? this : EndLine().To(Indent);
}
