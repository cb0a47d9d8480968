using Checker.Solver;

namespace Checker.App;

/// <summary>A name that must be one of several.</summary>
public static class Choice
{
    /// <summary>More names than this are better listed by a command than in an error message.</summary>
    private const int MostListed = 12;

    /// <param name="what">"label", "protocol": what the name is one of.</param>
    /// <param name="where">Where it was given: "in --design snq,*,*,*". May be empty.</param>
    /// <param name="listing">The command that lists the names, should there be many.</param>
    /// <exception cref="BadInputException">It is none of them.</exception>
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
