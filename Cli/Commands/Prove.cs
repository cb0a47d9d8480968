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
using Checker.Solver.Proof;
using Checker.Solver.Smt;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker prove</c>: inductive invariants over sorts of any size, checked by Z3 obligation by obligation.
/// </summary>
internal sealed class Prove
{
    private readonly ProtocolSet _protocols;
    private const int DefaultTimeout = 10;
    private const int MostTimeout = 3600;
    private const int MostExplained = 1000;

    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string[]> _drop = CommonOptions.Drop();
    private readonly Option<string[]> _properties = CommonOptions.Properties("proves this property alone");
    private readonly Option<string> _timeout = new("--timeout")
    {
        HelpName = "seconds",
        Description = $"for each obligation; {DefaultTimeout} if not given. An obligation undecided in time is not proved"
    };
    private readonly Option<string> _threads = CommonOptions.Threads("Z3 contexts side by side");
    private readonly Option<string> _explain = new("--explain")
    {
        HelpName = "number",
        Description = "how many failed obligations to explain with a smallest counterexample; 1 if not given"
    };
    private readonly Option<bool> _matrix = new("--matrix") { Description = "shows each design's obligations, action by conjunct" };
    private readonly Option<string> _certificate = new("--certificate")
    {
        HelpName = "directory",
        Description = "writes the invariants, every obligation as SMT-LIB, and a manifest there (checker certify checks it)"
    };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };

    private readonly Option<string> _report = ReportFile.Option();
    private readonly Option<string> _shard = CommonOptions.Shard();
    private readonly GateOptions _gate = new();

    private Prove(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var prove = new Prove(protocols);
        var command = new Command(name, description)
        {
            prove._protocol, prove._designs, prove._drop, prove._properties, prove._timeout, prove._threads, prove._explain,
            prove._matrix, prove._certificate, prove._json, prove._report, prove._shard,
        };
        prove._gate.AddTo(command);
        command.SetAction(prove.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var skipped = new List<string>();
        var jobs = ProofJob.Of(new(
            _protocols,
            given.GetValue(_protocol),
            CommonOptions.List(given, _designs, split: false),
            null,
            CommonOptions.List(given, _drop, split: true),
            CommonOptions.List(given, _properties, split: true),
            Engine.Proof),
            skipped.Add);
        (jobs, var shard) = CommonOptions.Part(given, _shard, jobs, j => j.Job.Name);
        var interrupt = Interrupt.Of(given);
        var options = new ProofOptions(
            TimeSpan.FromSeconds(given.GetValue(_timeout) is { } timeout
                ? Quantity.Parse("--timeout", timeout, 1, MostTimeout)
                : DefaultTimeout),
            CommonOptions.Threads(given, _threads),
            Vacuity: true, Cores: given.GetValue(_certificate) is not null, interrupt.Token);
        int explain = given.GetValue(_explain) is { } number ? Quantity.Parse("--explain", number, 0, MostExplained) : 1;
        if (given.GetValue(_certificate) is not null
            && jobs.SelectMany(j => j.Properties).FirstOrDefault(p => p.Kind == Model.Ir.PropertyKind.Lemma) is { } lemma)
        {
            throw new BadInputException($"--certificate is for properties, and {lemma.Name} is a lemma: "
                + $"name the property that it serves, {lemma.Serves}");
        }

        var report = ReportFile.Of(given, _report);
        using var certificate = given.GetValue(_certificate) is { } directory ? new CertificateFolder(directory) : null;
        _gate.Check(given);
        NativeZ3.Require();
        skipped.ForEach(reason => error.WriteLine($"checker: left out: {reason}"));

        var text = given.GetValue(_json) ? null : new ProveText(new(output), jobs);
        text?.Begin();
        var runs = interrupt.Until(jobs, job =>
        {
            ProofRun run;
            try
            {
                run = ProofRun.Do(job, options, explain, Machine.DefaultBudget());
            }
            catch (NotEncodableException refused)
            {
                throw new BadInputException($"{job.Job.Protocol.Name} {job} has no proof for any size: {refused.Message}");
            }

            text?.Finished(run);
            certificate?.Add(run);
            if (given.GetValue(_matrix))
            {
                text?.Matrix(run);
            }

            return run;
        });

        text?.End(runs);
        int code = ExitCode.Of(
            violated: runs.Any(r => r.Answer.IsViolated),
            unfinished: runs.Count < jobs.Length || runs.Any(r => !r.IsProved));
        if (text is null)
        {
            ProveJson.Write(output, runs, runs.Count == jobs.Length && !interrupt.IsStopped, shard, code);
        }

        certificate?.Finish(error, interrupt.IsStopped);
        report?.Write(App.Reports.Report.Of(runs, runs.Count == jobs.Length && !interrupt.IsStopped), error);
        _gate.Write(() => [.. runs.Select(GateCases.OfCatalogue.Of)], error);
        return code;
    }
}
