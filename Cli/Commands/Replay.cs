using System.CommandLine;
using System.CommandLine.Parsing;
using Checker.App;
using Checker.Cli.Interactive;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Report.Html;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker replay FILE</c>: runs a trace through the interpreter and shows it, or names the refused step and the
/// reason. It also compares two traces, and extends a trace by hand.
/// </summary>
internal sealed class Replay
{
    private readonly ProtocolSet _protocols;
    private readonly Argument<string> _file = new("file")
    {
        HelpName = "file",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "a trace, in our JSON or in ITF (*.itf.json), as verify --trace-out writes them"
    };

    private readonly Option<string> _diff = new("--diff")
    {
        HelpName = "file",
        Description = "shows the differences to another trace: steps, and cells with different values; "
            + "exit code 0 if there are none, 1 if there are some"
    };

    private readonly Option<bool> _extend = new("--extend")
    {
        Description = "continues the trace by hand, on a terminal: choose a step, undo, jump, save"
    };

    private readonly Option<string> _save = new("--save")
    {
        HelpName = "file",
        Description = "where --extend saves the trace (*.itf.json for ITF); it asks if not given"
    };

    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<string[]> _drop = CommonOptions.Drop(" (checker list labels)");
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the answer, and nothing else" };
    private readonly TraceFileOptions _traceFiles = new("the trace");
    private readonly Option<string> _report = ReportFile.Option();

    private Replay(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var replay = new Replay(protocols);
        var command = new Command(name, description)
        {
            replay._file, replay._diff, replay._extend, replay._save, replay._protocol, replay._designs, replay._bounds, replay._drop,
            replay._json,
        };
        replay._traceFiles.AddTo(command);
        command.Add(replay._report);
        command.SetAction(replay.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        Refuse(given);
        string? file = given.GetValue(_file);
        return given.GetValue(_extend) ? Extend(given, file)
            : given.GetValue(_diff) is { } other ? Compare(given, file!, other)
            : Show(given, file!);
    }

    /// <exception cref="BadInputException">The file is missing, or an option has no meaning beside another one.</exception>
    private void Refuse(ParseResult given)
    {
        string[] model = [_protocol.Name, _designs.Name, _bounds.Name, _drop.Name];
        var (about, refused) =
            given.GetValue(_extend) && given.GetValue(_file) is null ? ("--extend", Others(given, [_extend.Name, _save.Name, .. model]))
            : given.GetValue(_extend) ? ("--extend of a trace", Others(given, [_extend.Name, _save.Name]))
            : given.GetValue(_diff) is not null ? ("--diff", Others(given, [_diff.Name, _json.Name]))
            : ("a replay without --extend", given.GetValue(_save) is not null ? _save.Name
                : Others(given, [_json.Name, _report.Name, .. _traceFiles.Names]));
        if (refused is not null)
        {
            throw new BadInputException($"{about} takes no {refused}: leave it out");
        }

        if (given.GetValue(_file) is null && !given.GetValue(_extend))
        {
            throw new BadInputException("replay needs a trace: the argument 'file' is missing; `checker replay --help` shows all");
        }
    }

    /// <summary>Returns the first given option which is none of these.</summary>
    private static string? Others(ParseResult given, string[] allowed) =>
        given.CommandResult.Children.OfType<OptionResult>().Where(r => !r.Implicit).Select(r => r.Option.Name)
            .FirstOrDefault(name => name != FromOption.Name && !allowed.Contains(name));

    private int Show(ParseResult given, string file)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var terminal = new Terminal(output);
        var report = ReportFile.Of(given, _report);
        var traceFiles = _traceFiles.Of(given, []);
        var trace = Read(file);
        if (RefusalOf(trace) is { } refused)
        {
            if (given.GetValue(_json))
            {
                Write(output, trace, refused);
                return ExitCode.Violated;
            }

            terminal.Line(($"{file}: refused at ", Tone.Bad), (refused, Tone.Plain));
            return ExitCode.Violated;
        }

        var protocol = Plan.ProtocolNamed(_protocols, trace.Header.Protocol);
        report?.Write(App.Reports.Report.Of(trace, protocol), error);
        traceFiles.Write([new(protocol, trace.Header.Design, trace.Property?.Name ?? "", trace)], error);
        if (given.GetValue(_json))
        {
            Write(output, trace, null);
            return ExitCode.Ok;
        }

        terminal.Lines(TraceText.Write(trace, new(terminal.Width)));
        terminal.Line();
        terminal.Line($"The interpreter accepts all {trace.Length} states.", Tone.Good);
        return ExitCode.Ok;
    }

    private int Compare(ParseResult given, string file, string other)
    {
        var (output, json) = (given.InvocationConfiguration.Output, given.GetValue(_json));
        var terminal = new Terminal(output);
        var (first, second) = (Read(file), Read(other));
        foreach (var (name, trace) in new[] { (file, first), (other, second) })
        {
            if (RefusalOf(trace) is not { } refused)
            {
                continue;
            }

            if (json)
            {
                DifferenceJson.Refuse(output, $"{name}: {refused}");
            }
            else
            {
                terminal.Line(($"{name}: refused at ", Tone.Bad), (refused, Tone.Plain));
            }

            return ExitCode.Violated;
        }

        var difference = DifferenceOf(first, second);
        if (json)
        {
            DifferenceJson.Write(output, difference, (file, other));
        }
        else
        {
            terminal.Lines(TraceDifferenceText.Write(difference, file, other, new(terminal.Width)));
            terminal.Line();
            terminal.Line(Summary(difference), difference.IsEmpty ? Tone.Good : Tone.Strong);
        }

        return difference.IsEmpty ? ExitCode.Ok : ExitCode.Violated;
    }

    /// <exception cref="BadInputException">The traces are too long.</exception>
    private static TraceDifference DifferenceOf(Trace first, Trace second)
    {
        try
        {
            return TraceDifference.Of(first, second);
        }
        catch (TracesTooLongException tooLong)
        {
            throw new BadInputException($"--diff: {tooLong.Message}");
        }
    }

    private static string Summary(TraceDifference difference)
    {
        if (difference.IsEmpty)
        {
            return "The traces are the same.";
        }

        var steps = difference.Steps.Where(s => s.First != 0).ToList();
        string ends = difference.Steps[^1] is { IsCommon: true, Cells: { IsEmpty: false } cells }
            ? $"; {Quantity.Of(cells.Length, "cell")} {(cells.Length == 1 ? "differs" : "differ")} at the end"
            : "";
        return $"{Quantity.Of(steps.Count(s => s.IsCommon), "common step")}, {steps.Count(s => s.Second is null)} only in the first trace, "
            + $"{steps.Count(s => s.First is null)} only in the second{ends}.";
    }

    private int Extend(ParseResult given, string? file)
    {
        string? save = given.GetValue(_save);
        if (save is not null)
        {
            TraceFile.CheckWritable(save);
        }

        var editor = file is null ? Begin(given) : Continue(file, given);
        if (editor is null)
        {
            return ExitCode.Violated;
        }

        var terminal = new Terminal(given.InvocationConfiguration.Output);
        if (terminal.Prompts() is not { } console)
        {
            throw new BadInputException("--extend asks for each step, so standard input and output must be a terminal");
        }

        var interrupt = Interrupt.Of(given);
        return interrupt.Run(() =>
        {
            new TracePrompt(console, terminal, save, interrupt.Token).Run(editor);
            return ExitCode.Ok;
        });
    }

    /// <summary>Returns the editor at the end of a trace; null, after a line about it, if the model does not allow the trace.</summary>
    private TraceEditor? Continue(string file, ParseResult given)
    {
        var trace = Read(file);
        if (RefusalOf(trace) is not { } refused)
        {
            return TraceEditor.At(trace);
        }

        new Terminal(given.InvocationConfiguration.Output).Line(($"{file}: refused at ", Tone.Bad), (refused, Tone.Plain));
        return null;
    }

    /// <summary>Returns the editor at the initial state of a design.</summary>
    private TraceEditor Begin(ParseResult given)
    {
        var jobs = Plan.Of(new(
            _protocols,
            given.GetValue(_protocol) ?? _protocols.Main.Name,
            CommonOptions.List(given, _designs, split: false),
            given.GetValue(_bounds),
            CommonOptions.List(given, _drop, split: true),
            []));
        return jobs is [var job]
            ? TraceEditor.AtStart(job.Scope(), job.Header)
            : throw new BadInputException($"--extend without a trace begins with one design, and {jobs.Length} are meant: "
                + "name one with --design or --protocol (checker list designs)");
    }

    private Trace Read(string file) => TraceFile.Read(file, Load);

    /// <summary>Returns the refused state and the reason; null if the model allows the trace.</summary>
    private static string? RefusalOf(Trace trace)
    {
        try
        {
            Solver.Traces.Replay.Check(trace);
            return null;
        }
        catch (ReplayException refused)
        {
            return refused.Message;
        }
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

    /// <summary>Builds the instance of a trace. The reader adds the place in the file to the message.</summary>
    /// <exception cref="ArgumentException">The protocol, the design, a label or the size does not exist.</exception>
    private Scope Load(TraceHeader header)
    {
        try
        {
            return TraceModel.Of(_protocols, header);
        }
        catch (BadInputException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }
}
