using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Checker.Tests.Docs;

/// <summary>The rules for the comments of C# sources: openings that stand alone, no riddles, and lines of limited length.</summary>
internal static partial class SourceProse
{
    public const int MostColumns = 140;

    /// <summary>The words with a limited frequency, each with the largest number of uses in a thousand words.</summary>
    private static readonly (string Word, int PerThousand)[] s_rationed = [("what", 1), ("that", 13)];

    /// <summary>Returns the problems of a source file, each with its line.</summary>
    public static IEnumerable<string> Problems(string source)
    {
        string[] lines = source.Split('\n');
        var verbatim = Verbatim(source);
        foreach (var (index, line) in lines.Index().Where(l => !verbatim.Contains(l.Index) && !ExpectedDiagnostic().IsMatch(l.Item)))
        {
            if (line.Length > MostColumns)
            {
                yield return $"line {index + 1} is longer than {MostColumns} columns";
            }

            if (CommentOf(line) is not { } comment)
            {
                continue;
            }

            // The text of an element may begin on the next line.
            string text = Element().Match(comment) is { Success: true, Groups: var groups }
                ? groups["text"].Length > 0 ? groups["text"].Value : CommentOf(lines[Math.Min(index + 1, lines.Length - 1)]) ?? ""
                : "";
            if (BadOpening().Match(text) is { Success: true } opening)
            {
                yield return $"line {index + 1} begins with '{opening.Value}': begin with a noun phrase or a verb";
            }

            foreach (Match person in Person().Matches(comment))
            {
                yield return $"line {index + 1}: '{person.Value}' names no party";
            }
        }
    }

    /// <summary>Returns the words which are too frequent in the comments of some sources.</summary>
    public static IEnumerable<string> Frequencies(IEnumerable<string> sources)
    {
        string[] words = [.. sources.SelectMany(WordsOf)];
        return from rationed in s_rationed
               let uses = words.Count(w => w.Equals(rationed.Word, StringComparison.OrdinalIgnoreCase))
               where uses * 1000 > rationed.PerThousand * Math.Max(words.Length, 1000)
               select string.Create(
                   CultureInfo.InvariantCulture,
                   $"'{rationed.Word}' {uses} times in {words.Length} words: at most {rationed.PerThousand} in a thousand");
    }

    /// <summary>Returns the lines with a text for users which begins with dots, and so leans on the text before it.</summary>
    public static IEnumerable<string> TextsWithDots(string source) =>
        source.Split('\n').Where(line => CommentOf(line) is null && DottedText().IsMatch(line)).Select(line => line.Trim());

    private static IEnumerable<string> WordsOf(string source)
    {
        var verbatim = Verbatim(source);
        return from line in source.Split('\n').Index()
               where !verbatim.Contains(line.Index)
               let comment = CommentOf(line.Item)
               where comment is not null && !ExpectedDiagnostic().IsMatch(line.Item)
               from word in Word().Matches(Markup().Replace(comment, " "))
               select word.Value;
    }

    /// <summary>Returns the text of the line's comment; null if there is none.</summary>
    private static string? CommentOf(string line) =>
        Comment().Match(line) is { Success: true } comment ? comment.Groups["text"].Value : null;

    /// <summary>Returns the indices of the lines which belong to a string of several lines.</summary>
    private static ImmutableHashSet<int> Verbatim(string source) =>
    [
        .. RawString().Matches(source).SelectMany(m => Enumerable.Range(
            source.AsSpan(0, m.Index).Count('\n'),
            m.ValueSpan.Count('\n') + 1)),
    ];

    /// <summary>Matches a comment which fills its line or follows code. Slashes in a string do not count.</summary>
    [GeneratedRegex(@"^(?:[^""]|""(?:\\.|[^""\\])*"")*?(?:^|(?<=\s))///?(?!/) ?(?<text>.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex("<(summary|returns|param|typeparam|remarks)( [^>]*)?>(?<text>.*)$")]
    private static partial Regex Element();

    [GeneratedRegex(@"^\s*((What(ever)?|Whether|Whoever|Who|Whose|Of|How|Where|That|When|Why|If)\b|\.\.|…)")]
    private static partial Regex BadOpening();

    [GeneratedRegex(@"\b(nobody|somebody|anybody|everybody|whoever|what\b[^.;:]* is for)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Person();

    [GeneratedRegex(@"(^|[\s(\[,])\$?""(\.{2,3}|…) ")]
    private static partial Regex DottedText();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex("[A-Za-z][A-Za-z'-]*")]
    private static partial Regex Word();

    /// <summary>Matches a raw string of several lines.</summary>
    [GeneratedRegex("(?<quotes>\"{3,})[^\"\\n]*\\n.*?\\k<quotes>", RegexOptions.Singleline)]
    private static partial Regex RawString();

    /// <summary>Matches the expected diagnostic of a wrong model, which is one line.</summary>
    [GeneratedRegex(@"^\s*// error M\d+: ")]
    private static partial Regex ExpectedDiagnostic();
}
