using System.CommandLine;
using Checker.Model.Catalogue;

namespace Checker.Cli.Commands;

/// <summary>
/// The name and sentence of a command, and the function that builds its options. Building the options of all commands takes
/// longer than the rest of the start, so the command line builds only the chosen one.
/// </summary>
public sealed record CommandEntry(string Name, string Description, Func<ProtocolSet, string, string, Command> Factory)
{
    /// <summary>The command works on any protocols, and so on those of <c>--from</c>.</summary>
    public bool IsGeneral { get; init; }

    /// <summary>The command to use for protocols of <c>--from</c>, if this one is about protocols of the program alone.</summary>
    public string? Instead { get; init; }

    /// <summary>Builds the command with its options.</summary>
    public Command Create(ProtocolSet protocols) => Factory(protocols, Name, Description);

    /// <summary>The command without its options, for the list of commands.</summary>
    public Command Stub() => new(Name, Description);
}
