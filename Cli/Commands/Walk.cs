using System.CommandLine;
using System.Security.Cryptography;
using Checker.App;
using Checker.App.Gate;
using Checker.Cli.Gate;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Report.Html;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Traces;
using Checker.Solver.Walk;

namespace Checker.Cli.Commands;

/// <summary>The command <c>checker walk</c>: random walks at sizes too large for exploration.</summary>
internal sealed class Walk
{
    private readonly ProtocolSet _protocols;
    private const int DefaultSteps = 2000;
    private const int DefaultWalks = 10_000;
    private const int MostSteps = 100_000_000;
    private const long MostWalks = 1_000_000_000_000;

    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<string[]> _drop = CommonOptions.Drop(" (checker list labels)");
    private readonly Option<string[]> _properties = CommonOptions.Properties("checks this property alone (checker list properties)");
    private readonly Option<string> _steps = new("--steps")
    {
        HelpName = "number",
        Description = $"the most steps of a walk; {DefaultSteps} if not given"
    };
    private readonly Option<string> _walks = new("--walks")
    {
        HelpName = "number",
        Description = $"how many walks are taken; {DefaultWalks} if not given"
    };
    private readonly Option<string> _seed = new("--seed")
    {
        HelpName = "number",
        Description = "seed of the random numbers, decimal or 0x..; a new one if not given. The same seed takes the same walks"
    };
    private readonly Option<string> _walk = new("--walk")
    {
        HelpName = "number",
        Description = "takes the walk of this number alone, from 0"
    };
    private readonly Option<bool> _uniform = new("--uniform")
    {
        Description = "takes every enabled instance with the same probability, and does not prefer rare steps"
    };
    private readonly Option<string> _threads = CommonOptions.Threads("how many threads walk", ". The result is the same for any number");
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };
    private readonly TraceFileOptions _traceFiles = new("the shrunk trace of a violation");

    private readonly Option<string> _report = ReportFile.Option();
    private readonly Option<string> _shard = CommonOptions.Shard();
    private readonly GateOptions _gate = new();

    private Walk(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var walk = new Walk(protocols);
        var command = new Command(name, description)
        {
            walk._protocol, walk._designs, walk._bounds, walk._drop, walk._properties, walk._steps, walk._walks, walk._seed,
            walk._walk, walk._uniform,
            walk._threads, walk._json, walk._report, walk._shard,
        };
        walk._traceFiles.AddTo(command);
        walk._gate.AddTo(command);
        command.SetAction(walk.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        string protocol = given.GetValue(_protocol) ?? _protocols.Main.Name;
        var named = CommonOptions.List(given, _properties, split: true);
        var jobs = Plan.Of(new(_protocols, protocol, CommonOptions.List(given, _designs, split: false),
            given.GetValue(_bounds) ?? string.Join(',', Plan.ProtocolNamed(_protocols, protocol).LargeBounds),
            CommonOptions.List(given, _drop, split: true), named, Engine.Walks));
        (jobs, var shard) = CommonOptions.Part(given, _shard, jobs, j => j.Name);
        var interrupt = Interrupt.Of(given);
        var options = new WalkOptions
        {
            Steps = given.GetValue(_steps) is { } steps ? Quantity.Parse("--steps", steps, 1, MostSteps) : DefaultSteps,
            Walks = given.GetValue(_walks) is { } walks ? Quantity.ParseLong("--walks", walks, 1, MostWalks) : DefaultWalks,
            Seed = given.GetValue(_seed) is { } seed
                ? Quantity.ParseSeed("--seed", seed)
                : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)),
            Guided = !given.GetValue(_uniform),
            Threads = CommonOptions.Threads(given, _threads),
            Cancellation = interrupt.Token,
        };
        if (given.GetValue(_walk) is { } one)
        {
            options = given.GetValue(_walks) is null
                ? options with { First = Quantity.ParseLong("--walk", one, 0, MostWalks), Walks = 1 }
                : throw new BadInputException("--walk takes one walk alone, --walks several: give one of them");
        }

        var traceFiles = _traceFiles.Of(given, jobs);
        var report = ReportFile.Of(given, _report);
        _gate.Check(given);
        var text = given.GetValue(_json) ? null : new WalkText(new(output), jobs, named, options);
        text?.Begin();
        var runs = interrupt.Until(jobs, job =>
        {
            var run = WalkRun.Do(
                job,
                options,
                campaign => new ProgressLine(error, time => ProgressLine.Text(job.ToString(), campaign.Progress, time)));
            text?.Finished(run);
            return run;
        });

        text?.End(runs);
        int code = ExitCode.Of(
            violated: runs.Any(r => r.IsViolated),
            unfinished: runs.Count < jobs.Length || runs.Any(r => r.Result.IsStopped));
        if (text is null)
        {
            WalkJson.Write(output, runs, runs.Count == jobs.Length && !runs.Any(r => r.Result.IsStopped), shard, code);
        }

        traceFiles.Write(
            [
                .. from run in runs
                   from trace in run.Trace is { } shown ? [shown] : Array.Empty<Trace>()
                   select new NamedTrace(run.Job.Protocol, run.Job.ToString(), trace.Property!.Name, trace),
            ],
            error);
        report?.Write(App.Reports.Report.Of(runs, runs.Count == jobs.Length && !runs.Any(r => r.Result.IsStopped)), error);
        _gate.Write(() => [.. runs.Select(GateCases.OfCatalogue.Of)], error);
        return code;
    }
}
