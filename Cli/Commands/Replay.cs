using System.CommandLine;
using Checker.App;
using Checker.Cli.Report;
using Checker.Cli.Report.Html;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker replay FILE</c>: runs a trace through the interpreter and shows it, or names the refused step and the
/// reason.
/// </summary>
internal sealed class Replay
{
    private readonly ProtocolSet _protocols;
    private readonly Argument<string> _file = new("file")
    {
        HelpName = "file",
        Description = "a trace, in our JSON or in ITF (*.itf.json), as verify --trace-out writes them"
    };

    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the answer, and nothing else" };

    private readonly Option<string> _report = ReportFile.Option();

    private Replay(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var replay = new Replay(protocols);
        var command = new Command(name, description) { replay._file, replay._json, replay._report };
        command.SetAction(replay.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        string file = given.GetValue(_file)!;
        var terminal = new Terminal(given.InvocationConfiguration.Output);
        var report = ReportFile.Of(given, _report);
        var trace = TraceFile.Read(file, Load);
        try
        {
            Solver.Traces.Replay.Check(trace);
        }
        catch (ReplayException refused)
        {
            if (given.GetValue(_json))
            {
                Write(terminal.Writer, trace, refused.Message);
                return ExitCode.Violated;
            }

            terminal.Line(($"{file}: refused at ", Tone.Bad), (refused.Message, Tone.Plain));
            return ExitCode.Violated;
        }

        report?.Write(
            App.Reports.Report.Of(trace, Plan.ProtocolNamed(_protocols, trace.Header.Protocol)),
            given.InvocationConfiguration.Error);
        if (given.GetValue(_json))
        {
            Write(terminal.Writer, trace, null);
            return ExitCode.Ok;
        }

        terminal.Lines(TraceText.Write(trace, new(terminal.Width)));
        terminal.Line();
        terminal.Line($"The interpreter accepts all {trace.Length} states.", Tone.Good);
        return ExitCode.Ok;
    }

    /// <param name="refused">The state and the reason, if the trace is refused.</param>
    private static void Write(TextWriter output, Trace trace, string? refused) => Json.Write(output, "replay", json =>
    {
        json.WriteBoolean("accepted", refused is null);
        json.WriteString("refused", refused);
        json.WriteString("protocol", trace.Header.Protocol);
        json.WriteString("design", trace.Header.Design);
        json.WriteString("bounds", trace.Header.Bounds);
        Json.Strings(json, "dropped", trace.Header.Dropped);
        json.WriteString("property", trace.Property?.Name);
        json.WriteNumber("length", trace.Length);
    });

    /// <summary>Requires the names in the file to be exactly those of the model, because they are shown as they are.</summary>
    private static void Exactly(string what, string given, string name)
    {
        if (given != name)
        {
            throw new BadInputException($"'{what}' is {Suggestions.Quote(given)}; it is written {Suggestions.Quote(name)}");
        }
    }

    /// <summary>Builds the instance of a trace.</summary>
    /// <exception cref="ArgumentException">The protocol, the design, a label or the size does not exist.</exception>
    private Scope Load(TraceHeader header)
    {
        try
        {
            var protocol = Plan.ProtocolNamed(_protocols, header.Protocol);
            var bounds = BoundsOption.Parse(protocol, header.Bounds);
            Exactly("protocol", header.Protocol, protocol.Name);
            Exactly("bounds", header.Bounds, bounds.ToString());
            if (protocol.Variant(header.Design) is var (name, model))
            {
                Exactly("design", header.Design, name);
                return new(model.Without(header.Dropped), bounds.BySort);
            }

            // A protocol without variants has one design, which has no name.
            var design = protocol.Designs.FirstOrDefault(d => d.Id == header.Design)
                ?? throw new BadInputException($"{protocol.Name} has no design "
                    + $"{Suggestions.Quote(header.Design)}{Suggestions.Hint(header.Design, [.. protocol.Designs.Select(d => d.Id)])}");
            return new(MutantTraces.Model(protocol.Build(design).Without(header.Dropped), header.Mutant), bounds.BySort);
        }
        catch (BadInputException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }
}
