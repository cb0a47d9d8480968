using System.CommandLine;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Verification;
using Checker.Properties.DesignSpace;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Cli.Commands;

/// <summary><c>checker replay FILE</c>: runs a trace through the interpreter and shows it, or says at which step it is refused and why.</summary>
internal sealed class Replay
{
    private readonly Argument<string> _file = new("file") { HelpName = "file", Description = "a trace, in our JSON or in ITF (*.itf.json), as verify --trace-out writes them" };

    private Replay()
    {
    }

    public static Command Create()
    {
        var replay = new Replay();
        var command = new Command("replay", "Replays a trace file through the interpreter and shows it; says at which state it is refused, if it is.") { replay._file };
        command.SetAction(replay.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        string file = given.GetValue(_file)!;
        var terminal = new Terminal(given.InvocationConfiguration.Output);
        var trace = TraceFile.Read(file, Load);
        try
        {
            Solver.Traces.Replay.Check(trace);
        }
        catch (ReplayException refused)
        {
            terminal.Line(($"{file}: refused at ", Tone.Bad), (refused.Message, Tone.Plain));
            return ExitCode.Violated;
        }

        terminal.Lines(TraceText.Write(trace, new(terminal.Width)));
        terminal.Line();
        terminal.Line($"The interpreter accepts all {trace.Length} states.", Tone.Good);
        return ExitCode.Ok;
    }

    /// <summary>The instance that a trace is one of.</summary>
    /// <exception cref="ArgumentException">There is no such protocol, design, label, or size.</exception>
    private static Scope Load(TraceHeader header)
    {
        try
        {
            var protocol = Plan.ProtocolNamed(header.Protocol);
            if (Variant.Named(header.Design) is { } variant)
            {
                return new(variant.Build().Without(header.Dropped), Bounds.Parse(protocol, header.Bounds).BySort);
            }

            // A protocol without variants has one design, with no name.
            var design = protocol.Designs.FirstOrDefault(d => d.Id == header.Design) ?? DesignPattern.Select(protocol, [header.Design])[0];
            return new(MutantTraces.Model(protocol.Build(design).Without(header.Dropped), header.Mutant), Bounds.Parse(protocol, header.Bounds).BySort);
        }
        catch (BadInputException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }
}
