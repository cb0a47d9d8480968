using Checker.Solver;

namespace Checker.App;

/// <summary>A name chosen from several.</summary>
public static class Choice
{
    /// <summary>
    /// The largest number of names listed in an error message. For more names, the message gives the command which lists them.
    /// </summary>
    private const int MostListed = 12;

    /// <param name="what">The kind of name: "label", "protocol".</param>
    /// <param name="where">The place of the name: "in --design snq,*,*,*". It may be empty.</param>
    /// <param name="listing">The command which lists the names, if there are many.</param>
    /// <exception cref="BadInputException">The name is none of them.</exception>
    public static string Of(string what, string given, IReadOnlyCollection<string> allowed, string where = "", string listing = "")
    {
        if (allowed.FirstOrDefault(a => string.Equals(a, given, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return name;
        }

        string place = where.Length == 0 ? "" : " " + where;
        string near = Suggestions.Match(given, allowed) is { } match ? $"did you mean '{match}'? " : "";
        throw new BadInputException($"unknown {what} {Suggestions.Quote(given)}{place}; {near}{Allowed(allowed, listing)}");
    }

    private static string Allowed(IReadOnlyCollection<string> allowed, string listing) => allowed.Count <= MostListed || listing.Length == 0
        ? $"allowed: {string.Join(", ", allowed)}"
        : $"`{listing}` lists all {allowed.Count}";
}
