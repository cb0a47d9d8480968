using System.CommandLine;
using Checker.App;
using Checker.App.Gate;
using Checker.Cli.Gate;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Report.Html;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Explicit;
using Checker.Solver.Smt;

namespace Checker.Cli.Commands;

/// <summary>The command <c>checker verify</c>: explores designs exhaustively and decides their properties.</summary>
internal sealed class Verify
{
    private readonly ProtocolSet _protocols;
    private const int DefaultBmcDepth = 8;
    private const int MostBmcDepth = 1000;

    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<string[]> _drop = CommonOptions.Drop(" (checker list labels)");
    private readonly Option<string[]> _properties = CommonOptions.Properties("checks this property alone (checker list properties)");
    private readonly Option<bool> _every = new("--every-property")
    {
        Description = "goes on after a violation until every property is decided, each with its own shortest trace"
    };
    private readonly Option<bool> _noSymmetry = new("--no-symmetry")
    {
        Description = "counts every state, not one of those that differ by the names of pages, frames, .. alone"
    };
    private readonly Option<bool> _noVacuity = new("--no-vacuity")
    {
        Description = "does not ask which labels, actions and premises ever mattered"
    };
    private readonly Option<bool> _noProofs = new("--no-proofs")
    {
        Description = "explores only, and does not prove the properties for any size as well"
    };
    private readonly Option<bool> _crossCheck = new("--cross-check")
    {
        Description = "asks Z3 as well, by bounded model checking, and fails where it disagrees"
    };
    private readonly Option<string> _bmcDepth = new("--bmc-depth")
    {
        HelpName = "steps",
        Description = $"how many steps --cross-check looks at; {DefaultBmcDepth} if not given"
    };
    private readonly Option<string> _threads = CommonOptions.Threads("how many threads search", ". The result is the same for any number");
    private readonly Option<string> _memory = new("--memory")
    {
        HelpName = "size",
        Description = "memory for the visited states (512M, 4G); three quarters of the free memory if not given"
    };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };
    private readonly Option<bool> _simplest = new("--simplest")
    {
        Description = "shows the simplest of all shortest traces: with the fewest actors, then the fewest switches between them"
    };
    private readonly TraceFileOptions _traceFiles = new("the shortest trace of a violation");

    private readonly Option<string> _report = ReportFile.Option();

    private readonly Option<string[]> _compare = Compare.Option();
    private readonly Option<string> _shard = CommonOptions.Shard();
    private readonly GateOptions _gate = new();
    private readonly CheckpointOption _checkpoint = new();

    private Verify(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var verify = new Verify(protocols);
        var command = new Command(name, description)
        {
            verify._protocol, verify._designs, verify._bounds, verify._drop, verify._properties, verify._every, verify._noSymmetry,
            verify._noVacuity, verify._noProofs,
            verify._crossCheck, verify._bmcDepth, verify._threads, verify._memory, verify._json, verify._simplest, verify._report,
            verify._compare, verify._shard,
        };
        verify._traceFiles.AddTo(command);
        verify._gate.AddTo(command);
        verify._checkpoint.AddTo(command);
        command.SetAction(verify.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var compare = Compare.Of(given, _compare);
        if (compare is { AreFiles: true })
        {
            return compare.Files(output, given.GetValue(_json));
        }

        var named = CommonOptions.List(given, _properties, split: true);
        var pairs = compare is null ? [] : Comparison.Pairs(
            _protocols,
            Plan.ProtocolNamed(_protocols, given.GetValue(_protocol)),
            compare.Patterns[0],
            compare.Patterns[1]);
        var jobs = Plan.Of(new(
            _protocols,
            given.GetValue(_protocol),
            compare is null ? CommonOptions.List(given, _designs, split: false) : [.. compare.Patterns],
            given.GetValue(_bounds),
            CommonOptions.List(given, _drop, split: true), named, Engine.Exploration));
        if (named.IsEmpty)
        {
            Plan.RefuseIdle(jobs);
        }

        (jobs, var shard) = CommonOptions.Part(given, _shard, jobs, j => j.Name);
        bool crossCheck = given.GetValue(_crossCheck);
        foreach (var (job, property) in jobs.SelectMany(j => crossCheck && !named.IsEmpty ? j.Model.Properties.Select(p => (j, p)) : []))
        {
            // Z3 cannot confirm properties which it does not check. The cross-check compares violations, and nothing violates a
            // reachability property.
            if (property.IsWitnessed)
            {
                throw new BadInputException($"--property {property.Name}: --cross-check does not confirm whether {property.Name} is "
                    + "possible; leave out --cross-check");
            }

            Plan.RefuseUndecided(job.Protocol, property, Engine.BoundedModelChecking);
        }

        var interrupt = Interrupt.Of(given);
        var settings = new Settings(
            new()
            {
                Threads = CommonOptions.Threads(given, _threads),
                Symmetry = !given.GetValue(_noSymmetry),
                // Undecided properties cannot be compared.
                EveryProperty = given.GetValue(_every) || compare is not null,
                MemoryBudget = MemoryBudget(given.GetValue(_memory)),
                Vacuity = !given.GetValue(_noVacuity),
                Simplest = given.GetValue(_simplest),
                Cancellation = interrupt.Token,
            },
            BmcDepth(given.GetValue(_bmcDepth), crossCheck),
            Proofs: !given.GetValue(_noProofs) && NativeZ3.Probe().Found);
        settings = settings with { Checkpoints = _checkpoint.Of(given, jobs, settings.Exploration, error) };
        var traceFiles = _traceFiles.Of(given, jobs);
        var report = ReportFile.Of(given, _report);
        _gate.Check(given);
        if (crossCheck)
        {
            NativeZ3.Require();
        }

        var text = given.GetValue(_json) || compare is not null ? null : new VerifyText(new(output), jobs, settings);
        text?.Begin();
        var runs = interrupt.Until(jobs, job =>
        {
            if (settings.Checkpoints is { } checkpoints && CheckpointOption.Continued(checkpoints, job) is { } line)
            {
                error.WriteLine(line);
            }

            var run = App.Run.Do(job, settings, search => new ProgressLine(error, job.ToString(), () => search.Progress));
            text?.Finished(run);
            return run;
        });

        bool finished = runs.Count == jobs.Length && !runs.Any(r => r.IsUnfinished);
        if (compare is not null)
        {
            report?.Write(App.Reports.Report.Of(runs, finished), error);
            return compare.Designs(pairs, runs, finished, output, given.GetValue(_json));
        }

        text?.End(runs);
        var files = WriteTraces(traceFiles, runs, error);
        report?.Write(App.Reports.Report.Of(runs, finished), error);
        int code = CodeOf(runs, jobs.Length);
        if (text is null)
        {
            RunJson.Write(output, runs, finished, files, shard, code);
        }

        _gate.Write(() => [.. runs.Select(GateCases.OfCatalogue.Of)], error);
        return code;
    }

    /// <summary>Returns the exit code. A violation counts even if the search is unfinished.</summary>
    internal static int CodeOf(IReadOnlyCollection<Run> runs, int asked) =>
        ExitCode.Of(
            violated: runs.Any(r => !r.Problems.IsEmpty),
            unfinished: runs.Count < asked || runs.Any(r => r.IsUnfinished));

    /// <summary>Writes the traces of the violations, and those of the witnesses if only reachability properties were selected.</summary>
    /// <returns>The file of each trace written by --trace-out; null if it is not given.</returns>
    private static Dictionary<PropertyResult, string>? WriteTraces(TraceFiles files, IEnumerable<Run> runs, TextWriter log)
    {
        var shown = runs.SelectMany(r => r.Judgement.Violations.Select(v => v.Result).Concat(r.Witnesses).Select(p => (
            Result: p,
            Named: new NamedTrace(r.Job.Protocol, r.Job.ToString(), p.Property.Name, r.TraceOf(p))))).ToList();
        var written = files.Write([.. shown.Select(s => s.Named)], log);
        return written is null ? null : new(
            shown.Select(s => KeyValuePair.Create(s.Result, written[s.Named])),
            ReferenceEqualityComparer.Instance);
    }

    private static long MemoryBudget(string? given) =>
        given is null ? Machine.DefaultBudget() : Quantity.ParseBytes("--memory", given, Machine.Memory().Total);

    private static int? BmcDepth(string? given, bool crossCheck)
    {
        if (given is null)
        {
            return crossCheck ? DefaultBmcDepth : null;
        }

        int depth = Quantity.Parse("--bmc-depth", given, 0, MostBmcDepth);
        return crossCheck ? depth : throw new BadInputException("--bmc-depth is for --cross-check, which is not given");
    }
}
