using System.CommandLine;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Smt;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Commands;

/// <summary>
/// The commands <c>checker bmc</c> and <c>checker kind</c>: Z3 on finite instances, by bounded model checking and by k-induction.
/// </summary>
internal sealed class Bounded
{
    private readonly ProtocolSet _protocols;
    private const int DefaultDepth = 10;
    private const int DefaultK = 4;
    private const int MostSteps = 1000;
    private const int MostTimeout = 86_400;

    private readonly bool _induction;
    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<string[]> _drop = CommonOptions.Drop();
    private readonly Option<string[]> _properties = CommonOptions.Properties("decides this property alone");
    private readonly Option<string> _steps;
    private readonly Option<string> _timeout = new("--timeout")
    {
        HelpName = "seconds",
        Description = "time limit for each design; none if not given. After it, the result is undecided"
    };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };
    private readonly TraceFileOptions _traceFiles = new("the trace of a violation or of a witness");

    private Bounded(ProtocolSet protocols, bool induction)
    {
        _protocols = protocols;
        _induction = induction;
        _steps = induction
            ? new("--k")
            {
                HelpName = "steps",
                Description = $"the most good states in a row that the induction may assume; {DefaultK} if not given"
            }
            : new("--depth")
            {
                HelpName = "steps",
                Description = $"how many steps of each behaviour to look at; {DefaultDepth} if not given"
            };
    }

    public static Command CreateBmc(ProtocolSet protocols, string name, string description) =>
        new Bounded(protocols, induction: false).Create(name, description);

    public static Command CreateKind(ProtocolSet protocols, string name, string description) =>
        new Bounded(protocols, induction: true).Create(name, description);

    private Command Create(string name, string description)
    {
        var command = new Command(name, description) { _protocol, _designs, _bounds, _drop, _properties, _steps, _timeout, _json };
        _traceFiles.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var named = CommonOptions.List(given, _properties, split: true);
        var jobs = Plan.Of(new(
            _protocols,
            given.GetValue(_protocol),
            CommonOptions.List(given, _designs, split: false),
            given.GetValue(_bounds),
            CommonOptions.List(given, _drop, split: true), named, _induction ? Engine.KInduction : Engine.BoundedModelChecking));
        int steps = given.GetValue(_steps) is { } text ? Quantity.Parse(_steps.Name, text, 0, MostSteps)
            : _induction ? DefaultK
            : DefaultDepth;
        var interrupt = Interrupt.Of(given);
        var options = new BmcOptions
        {
            Timeout = given.GetValue(_timeout) is { } timeout
                ? TimeSpan.FromSeconds(Quantity.Parse("--timeout", timeout, 1, MostTimeout))
                : Timeout.InfiniteTimeSpan,
            Cancellation = interrupt.Token,
        };
        var traceFiles = _traceFiles.Of(given, jobs);
        NativeZ3.Require();
        var terminal = given.GetValue(_json) ? null : new Terminal(output);
        terminal?.Line($"checker {Self.ShortVersion}, Z3 {NativeZ3.Probe().Version}: {Quantity.Of(jobs.Length, "design")}, "
            + $"{(_induction ? "k-induction up to k" : "bounded model checking to depth")} = {steps}");
        var table = terminal is null ? null : new RunTable(terminal, jobs, [new("bounds", 10), new("seconds", 8)]);
        table?.Heading();
        var runs = interrupt.Until(jobs, job =>
        {
            var run = BoundedRun.Do(job, _induction, !named.IsEmpty, steps, options);
            table?.Row(job, [job.Bounds.ToString(), Quantity.Seconds(run.Time)], BoundedText.Describe(run));
            return run;
        });

        if (terminal is null)
        {
            BoundedText.Write(output, _induction ? "kind" : "bmc", runs, jobs.Length);
        }
        else if (runs.Where(r => r.Trace is not null).MinBy(r => r.Trace!.Length) is { } shortest)
        {
            terminal.Line();
            terminal.Lines(TraceText.Write(shortest.Trace!, new(terminal.Width)));
        }
        else if (runs.Any(r => !r.Witnesses.IsEmpty))
        {
            foreach (var witnesses in runs.SelectMany(r => r.Witnesses).GroupBy(t => t.Property!.Name, StringComparer.Ordinal))
            {
                terminal.Line();
                terminal.Lines(TraceText.Write(witnesses.MinBy(t => t.Length)!, new(terminal.Width)));
            }
        }
        else if (runs.Where(r => r.Step is not null).MinBy(r => r.Step!.Length) is { } open)
        {
            terminal.Line();
            terminal.Line(
                "The induction step fails on this path. Its first state is not necessarily reachable, so this is no violation:",
                Tone.Strong);
            terminal.Lines(TraceText.Write(open.Step!, new(terminal.Width)));
        }

        traceFiles.Write(
            [
                .. from run in runs
                   from trace in run.Trace is { } violation ? [violation] : run.Witnesses
                   select new NamedTrace(run.Job.Protocol, run.Job.ToString(), trace.Property!.Name, trace),
            ],
            error);
        return ExitCode.Of(
            violated: runs.Any(r => r.Trace is not null),
            unfinished: runs.Count < jobs.Length || runs.Any(r => !r.Answer.IsDecided));
    }
}
