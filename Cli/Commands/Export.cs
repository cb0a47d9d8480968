using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Export;

namespace Checker.Cli.Commands;

/// <summary>The command <c>checker export</c>: writes one design at one size in the language of another tool.</summary>
internal sealed class Export
{
    private const int MostSteps = 1000;

    private readonly ProtocolSet _protocols;
    private readonly Option<string> _to = new("--to")
    {
        HelpName = "format",
        Description = $"the language: {string.Join(", ", Exported.Formats)}",
    };
    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<string[]> _drop = CommonOptions.Drop(" (checker list labels)");
    private readonly Option<string[]> _properties = CommonOptions.Properties("writes this property alone (checker list properties)");
    private readonly Option<string> _out = new("--out") { HelpName = "file", Description = "where to; standard output if not given" };
    private readonly Option<string> _steps = new("--steps")
    {
        HelpName = "number",
        Description = $"the largest number of steps that a file for smtlib asks about; {Exporter.DefaultSteps} if not given",
    };

    private Export(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var export = new Export(protocols);
        var command = new Command(name, description)
        {
            export._to, export._protocol, export._designs, export._bounds, export._drop, export._properties, export._out,
            export._steps,
        };
        command.SetAction(export.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var named = CommonOptions.List(given, _properties, split: true);
        var jobs = Plan.Of(new(
            _protocols,
            given.GetValue(_protocol),
            CommonOptions.List(given, _designs, split: false),
            given.GetValue(_bounds),
            CommonOptions.List(given, _drop, split: true),
            named,
            Engine.Exploration));
        int? steps = given.GetValue(_steps) is { } number ? Quantity.Parse(_steps.Name, number, 0, MostSteps) : null;
        var format = Exported.Format(given.GetValue(_to) ?? throw new BadInputException(
            $"export needs --to with one of the formats {string.Join(", ", Exported.Formats)}"));
        var job = One(jobs);
        string? path = given.GetValue(_out);
        var target = path is null ? null : new OutputFile("--out", path);
        var text = Exported.Of(
            job,
            format,
            named,
            path is null ? null : Path.GetFileNameWithoutExtension(path),
            steps);
        if (target is null)
        {
            given.InvocationConfiguration.Output.Write(text.Text);
            return ExitCode.Ok;
        }

        var configuration = text.Configuration is null ? null : new OutputFile("--out", Path.ChangeExtension(path, ".cfg")!);
        target.Write(text.Text);
        configuration?.Write(text.Configuration!);
        return ExitCode.Ok;
    }

    private static Job One(ImmutableArray<Job> jobs) => jobs is [var job]
        ? job
        : throw new BadInputException($"export writes one design, and {jobs.Length} are meant: name one with --design or --protocol "
            + "(checker list designs)");
}
