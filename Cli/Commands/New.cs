using System.CommandLine;
using Checker.App;
using Checker.App.Own;
using Checker.Cli.Report;

namespace Checker.Cli.Commands;

/// <summary><c>checker new DIR</c>: writes a project with a small protocol, as a beginning of one's own.</summary>
internal sealed class New
{
    private readonly Argument<string> _directory = new("dir")
    {
        HelpName = "dir",
        Description = "the folder of the project: a new one, or an empty one",
    };

    private readonly Option<string> _name = new("--name")
    {
        HelpName = "name",
        Description = "the protocol's name, such as Gate; the folder's name if not given",
    };

    public static Command Create(string name, string description)
    {
        var project = new New();
        var command = new Command(name, description) { project._directory, project._name };
        command.SetAction(project.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        string directory = given.GetValue(_directory)!;
        var (name, files) = NewProject.Write(directory, given.GetValue(_name));
        var terminal = new Terminal(given.InvocationConfiguration.Output);
        string folder = Self.Argument(directory);
        terminal.Line($"{name}, in {directory}: {string.Join(", ", files)}");
        terminal.Line();
        string[][] next =
        [
            [$"{Self.Command} verify --from {folder}", "explores all states"],
            [$"{Self.Command} verify --from {folder} --drop enter.free", "shows what a label is needed for"],
            [$"{Self.Command} prove --from {folder}", "proves the invariants for any size"],
            [$"cd {folder} && dotnet test", "runs the tests"],
        ];
        terminal.Table(["next", ""], next);
        return ExitCode.Ok;
    }
}
