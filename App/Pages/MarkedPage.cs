namespace Checker.App.Pages;

/// <summary>
/// A page with computed parts. Each part stands between two markers. The text around the markers is written by hand and left unchanged.
/// </summary>
public static class MarkedPage
{
    private const string End = "<!-- end -->";

    private static string Begin(string part) => $"<!-- generated: {part} -->";

    /// <summary>Returns an empty part, for a new page.</summary>
    internal static string Empty(string part) => $"{Begin(part)}\n\n{End}";

    /// <summary>Returns the page with the text of one part replaced.</summary>
    /// <param name="name">The page's name, for the message.</param>
    /// <exception cref="BadInputException">A marker is missing.</exception>
    public static string Replace(string page, string part, string text, string name)
    {
        string body = text.Trim('\n');
        return Find(page, part) is var (from, to)
            ? $"{page[..from]}\n\n{body}{(body.Length == 0 ? "" : "\n\n")}{page[to..]}"
            : throw new BadInputException($"{name}: it needs a line '{Begin(part)}' and, below it, a line '{End}'");
    }

    /// <summary>Returns the text of a part; null if the page has no such part.</summary>
    public static string? Part(string page, string part) => Find(page, part) is var (from, to) ? page[from..to].Trim('\n') : null;

    /// <summary>Returns the place between the markers.</summary>
    private static (int From, int To)? Find(string page, string part)
    {
        string begin = Begin(part);
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        int to = from < 0 ? -1 : page.IndexOf(End, from, StringComparison.Ordinal);
        return to < 0 ? null : (from + begin.Length, to);
    }
}
