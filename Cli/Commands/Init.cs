using System.CommandLine;
using Checker.App;
using Checker.App.Gate;
using Checker.Cli.Report;
using Checker.Model.Catalogue;

namespace Checker.Cli.Commands;

/// <summary><c>checker init [FILE]</c>: writes a commented list of checks for <c>checker ci</c>.</summary>
internal sealed class Init
{
    private readonly Argument<string> _file = new("file")
    {
        HelpName = "file",
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"the new file; {GateFile.DefaultPath} if not given",
    };

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var init = new Init();
        var command = new Command(name, description) { init._file };
        command.SetAction(given => init.Run(given, protocols));
        return command;
    }

    private int Run(ParseResult given, ProtocolSet protocols)
    {
        string path = given.GetValue(_file) ?? GateFile.DefaultPath;
        var files = NewGateFile.Write(path, protocols);
        var terminal = new Terminal(given.InvocationConfiguration.Output);
        terminal.Line($"wrote {string.Join(" and ", files)}");
        terminal.Line();
        string ci = $"{Self.Command} ci{(path == GateFile.DefaultPath ? "" : " " + Self.Argument(path))}";
        terminal.Table(["next", ""],
        [
            [ci, "runs the checks"],
            [$"{ci} --accept", "accepts the results; commit the file, and later runs show what differs"],
        ]);
        return ExitCode.Ok;
    }
}
