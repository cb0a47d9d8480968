using System.CommandLine;

namespace Checker.Cli.Options;

/// <summary>The option that every command about protocols has: the protocols of a project in place of those of the program.</summary>
internal static class FromOption
{
    public const string Name = "--from";

    /// <summary>The given value; null where it is not given, or the command does not have the option.</summary>
    public static string? Of(ParseResult given) =>
        given.CommandResult.Command.Options.FirstOrDefault(o => o.Name == Name) is Option<string> option ? given.GetValue(option) : null;

    public static Option<string> Create() => new(Name)
    {
        HelpName = "project",
        Description = "checks the protocols of a project of your own: its folder (it is built first) or its assembly, a .dll",
    };
}
