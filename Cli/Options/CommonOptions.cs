using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.App.Gate;

namespace Checker.Cli.Options;

/// <summary>The options shared by several commands. Their values are texts, so all error messages are our own.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 64;

    public static Option<string> Protocol() =>
        new("--protocol") { HelpName = "name", Description = "the protocol (checker list protocols)" };

    public static Option<string[]> Designs() => new("--design")
    {
        HelpName = "design",
        Description = "a design such as snp,attribute,separate,spurious, with * for any part (checker list designs); may be repeated",
    };

    public static Option<string> Bounds() => new("--bounds")
    {
        HelpName = "sizes",
        Description = "the number of elements of each sort, such as 2,2 (checker list protocols shows the sorts, in their order)",
    };

    /// <param name="listing">A hint at the list of labels, after a space.</param>
    public static Option<string[]> Drop(string listing = "") => new("--drop")
    {
        HelpName = "label",
        Description = $"leaves a labelled guard or step out{listing}; may be repeated, or a list a,b",
    };

    /// <param name="use">The command's use of the property.</param>
    public static Option<string[]> Properties(string use) => new("--property")
    {
        HelpName = "name",
        Description = $"{use}; may be repeated, or a list A,B",
    };

    public static Option<string> Shard() => new("--shard")
    {
        HelpName = "i/n",
        Description = "does part i of n alone, for n machines (checker merge joins the --json outputs of all)",
    };

    /// <summary>Returns the part of the items to work on. The shard is null if all are.</summary>
    /// <param name="name">The name of an item, different for each.</param>
    /// <exception cref="BadInputException">The text is no part, or there are fewer items than parts.</exception>
    public static (ImmutableArray<T> Items, Shard? Shard) Part<T>(
        ParseResult given,
        Option<string> option,
        ImmutableArray<T> all,
        Func<T, string> name) =>
        given.GetValue(option) is { } text ? App.Gate.Shard.Parse(text).Of(all, name) : (all, null);

    /// <param name="what">The noun for the parallel units of work.</param>
    public static Option<string> Threads(string what, string more = "") =>
        new("--threads") { HelpName = "number", Description = $"{what}; all cores if not given{more}" };

    /// <exception cref="BadInputException">The text is no number of threads.</exception>
    public static int Threads(ParseResult given, Option<string> option) =>
        given.GetValue(option) is { } number ? Quantity.Parse(option.Name, number, 1, MostThreads) : Math.Min(Machine.Cores, MostThreads);

    /// <param name="split">True if a value may be a list with commas.</param>
    /// <exception cref="BadInputException">An item of a list is empty.</exception>
    public static ImmutableArray<string> List(ParseResult given, Option<string[]> option, bool split)
    {
        string[] values = given.GetValue(option) ?? [];
        ImmutableArray<string> items = [.. values.SelectMany(v => split ? v.Split(',', StringSplitOptions.TrimEntries) : [v])];
        return items.All(i => i.Length > 0)
            ? items
            : throw new BadInputException($"{option.Name} {string.Join(' ', values)}: an item of the list is empty; "
                + "a list is a,b without further commas");
    }
}
