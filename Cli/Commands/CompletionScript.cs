using System.CommandLine;
using Checker.App;

namespace Checker.Cli.Commands;

/// <summary><c>checker completion SHELL</c>: prints the script which completes command lines in a shell.</summary>
internal static class CompletionScript
{
    public static Command Create(string name, string description)
    {
        var shell = new Argument<string>("shell")
        {
            HelpName = "shell",
            Description = string.Join(", ", Completion.Shells),
        };
        var command = new Command(name, description) { shell };
        command.SetAction(given =>
        {
            given.InvocationConfiguration.Output.Write(Completion.Script(given.GetValue(shell)!));
            return ExitCode.Ok;
        });
        return command;
    }
}
