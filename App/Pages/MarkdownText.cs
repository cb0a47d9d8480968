using System.Text;
using System.Text.RegularExpressions;

namespace Checker.App.Pages;

/// <summary>The layout of generated Markdown.</summary>
internal static partial class MarkdownText
{
    private const int Width = 100;

    /// <summary>Returns the paragraph in lines of at most a hundred columns. The target of a link does not count.</summary>
    /// <param name="indent">The space before each line but the first.</param>
    /// <param name="first">The space before the first line.</param>
    public static string Wrap(string paragraph, string indent = "", string first = "")
    {
        var text = new StringBuilder();
        string line = first;
        foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isEmpty = string.IsNullOrWhiteSpace(line);
            if (!isEmpty && Columns($"{line} {word}") > Width && !OpensAnItem().IsMatch(word))
            {
                text.Append(line).Append('\n');
                line = indent + word;
            }
            else
            {
                line += isEmpty ? word : $" {word}";
            }
        }

        return text.Append(line).Append('\n').ToString();
    }

    /// <summary>Returns the part of an address which leads to the heading, by the rules of GitHub.</summary>
    public static string Anchor(string heading) => NoLetter().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private static int Columns(string line) => LinkTarget().Replace(line, "]").Length;

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex LinkTarget();

    /// <summary>Matches a word with a meaning of its own at the beginning of a line.</summary>
    [GeneratedRegex(@"^([-+*#>|]|#+|\d+\.)$")]
    private static partial Regex OpensAnItem();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoLetter();
}
