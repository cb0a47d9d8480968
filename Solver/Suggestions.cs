using System.Globalization;

namespace Checker.Solver;

/// <summary>Suggestions for misspelt names.</summary>
public static class Suggestions
{
    /// <summary>The length up to which input is compared. Longer input is no misspelt name, and is clipped in messages.</summary>
    private const int LongestName = 60;

    /// <summary>The largest number of names listed in a message.</summary>
    private const int MostListed = 12;

    /// <summary>Returns the candidate with the fewest edits, ignoring letter case; null if none is near.</summary>
    public static string? Match(string given, IEnumerable<string> candidates)
    {
        if (given.Length is 0 or > LongestName)
        {
            return null;
        }

        string lower = given.ToLowerInvariant();
        // Two edits are one swap of neighbours. In a short name they make another name.
        int most = given.Length < 4 ? 1 : Math.Max(2, given.Length / 3);
        return candidates.Select(c => (Name: c, Edits: Edits(lower, c.ToLowerInvariant()))).Where(c => c.Edits <= most)
            .OrderBy(c => c.Edits).Select(c => c.Name).FirstOrDefault();
    }

    /// <summary>Returns the end of a message about a wrong name: "; did you mean 'x'?", or the allowed names if none is near.</summary>
    public static string Hint(string given, IReadOnlyCollection<string> allowed) => Match(given, allowed) is { } match
        ? $"; did you mean '{match}'?"
        : allowed.Count == 0 ? "; there is none"
        : $"; allowed {(allowed.Count == 1 ? "is" : "are")} {string.Join(", ", allowed.Take(MostListed))}"
            + (allowed.Count > MostListed ? $" and {allowed.Count - MostListed} more" : "");

    /// <summary>Returns text from outside in a form for one line of a terminal: clipped, and with control characters spelt out.</summary>
    public static string Quote(string text)
    {
        string clipped = text.Length > LongestName ? text[..LongestName] + "..." : text;
        return $"'{string.Concat(clipped.Select(c => c is < ' ' or > '~' ? $"\\u{(int)c:x4}" : c.ToString()))}'";
    }

    /// <summary>Returns a message with parts from outside in a form for one line of a terminal: control characters are spelt out.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            ? $"\\u{(int)c:x4}"
            : c.ToString()));

    /// <summary>Returns Levenshtein's distance: insertions, deletions and replacements of one letter.</summary>
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
