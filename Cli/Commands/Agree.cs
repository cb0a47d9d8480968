using System.CommandLine;
using Checker.App;
using Checker.App.Agreement;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker agree</c>: compares the exploration of each design with Rumur, SPIN and cvc5 on its exports.
/// </summary>
internal sealed class Agree
{
    private const int DefaultTimeout = 600;
    private const int MostTimeout = 86_400;

    private readonly ProtocolSet _protocols;
    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<string[]> _drop = CommonOptions.Drop(" (checker list labels)");
    private readonly Option<string[]> _properties = CommonOptions.Properties("compares this property alone (checker list properties)");
    private readonly Option<bool> _mutants = new("--mutants")
    {
        Description = "compares the mutant of each label as well, at the bounds of its declaration",
    };
    private readonly Option<string> _timeout = new("--timeout")
    {
        HelpName = "seconds",
        Description = $"time limit for each program of another tool; {DefaultTimeout} if not given",
    };
    private readonly Option<string> _memory = new("--memory")
    {
        HelpName = "size",
        Description = "memory limit for each program, such as 512M or 4G; a third of the free memory if not given",
    };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };

    private Agree(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var agree = new Agree(protocols);
        var command = new Command(name, description)
        {
            agree._protocol, agree._designs, agree._bounds, agree._drop, agree._properties, agree._mutants, agree._timeout, agree._memory,
            agree._json,
        };
        command.SetAction(agree.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var jobs = AgreementPlan.Of(
            new(
                _protocols,
                given.GetValue(_protocol),
                CommonOptions.List(given, _designs, split: false),
                given.GetValue(_bounds),
                CommonOptions.List(given, _drop, split: true),
                CommonOptions.List(given, _properties, split: true),
                Engine.Exploration),
            given.GetValue(_mutants));
        var interrupt = Interrupt.Of(given);
        var options = new AgreementOptions(
            TimeSpan.FromSeconds(given.GetValue(_timeout) is { } seconds
                ? Quantity.Parse("--timeout", seconds, 1, MostTimeout)
                : DefaultTimeout),
            given.GetValue(_memory) is { } memory
                ? Quantity.ParseBytes("--memory", memory, Machine.Memory().Total)
                : Machine.Memory().Available / 3,
            Machine.Cores,
            interrupt.Token);
        AgreementRun.RequireTools();

        var text = given.GetValue(_json) ? null : new AgreementText(new(output), jobs);
        text?.Begin();
        var runs = interrupt.Until(jobs, job =>
        {
            using var progress = new ProgressLine(error, job.ToString(), () => null);
            var run = AgreementRun.Do(job, options);
            text?.Finished(run);
            return run;
        });
        if (text is null)
        {
            AgreementText.WriteJson(output, runs, jobs.Length);
        }
        else
        {
            text.End(runs);
        }

        return ExitCode.Of(
            violated: runs.Any(r => r.Accordance == Accordance.Differs),
            unfinished: runs.Count < jobs.Length || runs.Any(r => r.Accordance == Accordance.NotCompared));
    }
}
