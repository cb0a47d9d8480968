using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Composition.Protocols;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Solver.Explicit;
using Checker.Solver.Smt;

namespace Checker.Composition.Discussion2022;

/// <summary>The command <c>checker claims</c>: the claims of the first discussion of the protocol, and the answers of the models.</summary>
internal sealed class Claims
{
    private readonly Argument<string?> _claim = new("claim")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "S1 to S34: this claim alone, with formulas, verdicts and traces"
    };
    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<bool> _noProofs = new("--no-proofs")
    {
        Description = "explores only, without proofs for any size"
    };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object, and nothing else" };

    private Claims()
    {
    }

    public static Command Create(string name, string description)
    {
        var claims = new Claims();
        var command = new Command(name, description)
        {
            claims._claim, claims._protocol, claims._designs, claims._noProofs, claims._json,
        };
        command.SetAction(claims.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        string? id = given.GetValue(_claim) is { } name
            ? Choice.Of("claim", name, [.. SeedClaims.All.Select(c => c.Id)], listing: $"{Self.Command} claims")
            : null;
        ImmutableArray<SeedClaim> claims = [.. SeedClaims.All.Where(c => id is null || c.Id == id)];
        var jobs = Jobs(claims, given.GetValue(_protocol), CommonOptions.List(given, _designs, split: false));
        bool json = given.GetValue(_json);
        bool proofs = !given.GetValue(_noProofs) && NativeZ3.Probe().Found;
        var interrupt = Interrupt.Of(given);
        var options = new ExplorationOptions
        {
            Threads = Machine.Cores,
            MemoryBudget = Machine.DefaultBudget(),
            Cancellation = interrupt.Token,
            Vacuity = id is not null
        };
        var runs = interrupt.Until(
            jobs,
            job => SeedRun.Do(job, options, proofs, search => new ProgressLine(error, job.ToString(), () => search.Progress)));
        var verdicts = SeedVerdict.Of(claims, runs, [.. jobs.Skip(runs.Count)]);
        if (json)
        {
            SeedJson.Write(output, verdicts);
        }
        else
        {
            Write(new(output), verdicts, single: id is not null);
        }

        return ExitCode.Of(
            violated: verdicts.Any(v => v.Problems.Any()),
            unfinished: interrupt.IsStopped || runs.Exists(r => r.IsUnfinished));
    }

    private static void Write(Terminal terminal, ImmutableArray<SeedVerdict> verdicts, bool single)
    {
        var text = new SeedText(terminal);
        if (single)
        {
            text.One(verdicts[0]);
        }
        else
        {
            text.Table(verdicts);
        }

        text.Problems(verdicts);
    }

    /// <exception cref="BadInputException">The protocol or the design is unknown, or no claim is about it.</exception>
    private static ImmutableArray<Job> Jobs(ImmutableArray<SeedClaim> claims, string? name, ImmutableArray<string> patterns)
    {
        string? protocol = name is not null
            ? Choice.Of("protocol", name, [.. SeedModel.Protocols.Select(p => p.Name)], "of claims")
            : patterns.IsEmpty ? null : Registry.All.Main.Name;
        ImmutableArray<Job> jobs =
        [
            .. from p in SeedModel.Protocols
               where protocol is null || p.Name == protocol
               orderby p.Name != Registry.All.Main.Name
               from design in DesignPattern.Select(Registry.All, p, patterns)
               let job = SeedRun.JobOf(p, design, claims)
               where job is not null
               select job,
        ];
        return jobs.IsEmpty
            ? throw new BadInputException("no claim that is meant asks about these designs; "
                + $"`{Self.Command} claims{(claims is [var one] ? $" {one.Id}" : "")}` shows all that are asked")
            : jobs;
    }
}
