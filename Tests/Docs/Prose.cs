using System.Globalization;
using System.Text.RegularExpressions;

namespace Checker.Tests.Docs;

/// <summary>
/// The rules for Markdown: short lines, and in hand-written parts openings that stand alone, and few "what" and "that".
/// </summary>
internal static partial class Prose
{
    private const int MostColumns = 100;

    /// <summary>The rationed words, each with the largest number of uses in a thousand words.</summary>
    private static readonly (string Word, int PerThousand)[] s_rationed = [("what", 2), ("that", 10)];

    /// <summary>
    /// The problems of one page, each with its line. A page below a thousand words may use a rationed word as often as a page of a
    /// thousand.
    /// </summary>
    public static IEnumerable<string> Problems(string markdown) =>
    [
        .. Lines(markdown, generatedToo: true).Where(l => IsLong(l.Text))
            .Select(l => $"line {l.Number} is longer than {MostColumns} columns"),
        .. Lines(markdown).SelectMany(l => Problems(l.Number, l.Text, l.Opens)),
        .. Frequencies(markdown, leastWords: 1000),
    ];

    /// <summary>The rationed words that are too frequent.</summary>
    /// <param name="leastWords">The number of words for which a shorter text counts.</param>
    public static IEnumerable<string> Frequencies(string markdown, int leastWords = 1)
    {
        string[] words = [.. Lines(markdown).SelectMany(l => Word().Matches(Plain(l.Text)).Select(m => m.Value))];
        return from rationed in s_rationed
               let uses = words.Count(w => w.Equals(rationed.Word, StringComparison.OrdinalIgnoreCase))
               where uses * 1000 > rationed.PerThousand * Math.Max(words.Length, leastWords)
               select string.Create(
                   CultureInfo.InvariantCulture,
                   $"'{rationed.Word}' {uses} times in {words.Length} words: at most {rationed.PerThousand} in a thousand");
    }

    private static IEnumerable<string> Problems(int number, string text, bool opens)
    {
        string[] openings = IsTable(text) ? text.Split('|') : opens ? [text] : [];
        foreach (string opening in openings.Select(o => BadOpening().Match(o)).Where(m => m.Success).Select(m => m.Groups["opening"].Value))
        {
            yield return $"line {number} opens with '{opening}': begin with the subject";
        }

        foreach (Match person in Person().Matches(Plain(text)))
        {
            yield return $"line {number}: '{person.Value}' is no party of the protocol";
        }
    }

    private static bool IsTable(string line) => line.StartsWith('|');

    private static bool IsLong(string line) => !IsTable(line) && LinkTarget().Replace(line, "]").Length > MostColumns;

    /// <summary>
    /// The lines of prose, without code. <c>Opens</c>: the line begins a paragraph, a list item or a heading.
    /// </summary>
    /// <param name="generatedToo">True to return the lines of generated parts as well.</param>
    private static IEnumerable<(int Number, string Text, bool Opens)> Lines(string markdown, bool generatedToo = false)
    {
        var (fenced, generated, indented, blank) = (false, false, false, true);
        foreach (var (number, text) in markdown.Split('\n').Index())
        {
            bool isFence = text.TrimStart().StartsWith("```", StringComparison.Ordinal);
            fenced ^= isFence;
            generated |= !generatedToo && text.StartsWith("<!-- generated:", StringComparison.Ordinal);
            indented = text.StartsWith("    ", StringComparison.Ordinal) && (indented || (blank && !Item().IsMatch(text)));
            bool isProse = !fenced && !isFence && !generated && !indented && text.Length > 0;
            generated &= !text.StartsWith("<!-- end", StringComparison.Ordinal);
            if (isProse)
            {
                yield return (number + 1, text, blank || text.StartsWith('#') || Item().IsMatch(text));
            }

            blank = text.Length == 0;
        }
    }

    /// <summary>The text without code and without the targets of links.</summary>
    private static string Plain(string text) => LinkTarget().Replace(Code().Replace(text, " "), "]");

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z][A-Za-z'-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^ *([*+-]|\d+\.) ")]
    private static partial Regex Item();

    /// <summary>Matches after the marks of a list, a heading or bold type.</summary>
    [GeneratedRegex(@"^[ #>]*(([*+-]|\d+\.) +)?[*_""']*(?<opening>(What(ever)?|Whether|Whoever|Who)\b|\.\.|…)")]
    private static partial Regex BadOpening();

    [GeneratedRegex(@"\b(nobody|somebody|anybody|everybody|whoever)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Person();
}
