using System.Text.RegularExpressions;

namespace Checker.Cli.Report;

/// <summary>
/// The places at which a long line is broken: between words, but never inside a command or a text in backticks, because it would be
/// copied with the line feed.
/// </summary>
internal static partial class Wrapping
{
    /// <summary>The largest column of a label after which the rest of a line hangs.</summary>
    private const int LargestLabel = 36;

    /// <summary>
    /// Returns the parts of the text, one for each line, and the indentation of all lines but the first. They hang below the text after
    /// a label with two or more spaces behind it, or are indented by two.
    /// </summary>
    public static (int Indent, List<Range> Lines) Break(string text, int width)
    {
        int leading = text.Length - text.TrimStart(' ').Length;
        int indent = Label().Match(text) is { Success: true, Length: <= LargestLabel and var label } ? label : leading + 2;
        var lines = new List<Range>();
        if (text.Length <= width)
        {
            return (indent, [Range.All]);
        }

        bool[] breakable = new bool[text.Length];
        for (int i = indent; i < text.Length; i++)
        {
            breakable[i] = text[i] == ' ' && text[i - 1] != ' ';
        }

        foreach (Match whole in Unbroken().Matches(text))
        {
            Array.Fill(breakable, false, whole.Index, whole.Length);
        }

        int start = 0;
        while (start < text.Length)
        {
            int room = width - (start == 0 ? 0 : indent);
            int end = text.Length;
            if (end - start > room)
            {
                // The last break which fits, or else the first one.
                end = Array.FindLastIndex(breakable, start + room, room, b => b);
                end = end > start ? end : Array.FindIndex(breakable, start + 1, b => b);
                end = end < 0 ? text.Length : end;
            }

            lines.Add(start..end);
            start = end;
            while (start < text.Length && text[start] == ' ')
            {
                start++;
            }
        }

        return (indent, lines);
    }

    [GeneratedRegex(@"^ *\S+(?: \S+)? {2,}(?=\S)")]
    private static partial Regex Label();

    /// <summary>Matches a text in backticks, or a command with its options.</summary>
    [GeneratedRegex(@"`[^`]*`|(?<![\w./-])(?:\./)?checker [a-z]+(?: [\w./][\w./-]*)?(?: --[a-z][\w-]*(?:[ =](?:'[^']*'|[^\s'-]\S*))?)*")]
    private static partial Regex Unbroken();
}
