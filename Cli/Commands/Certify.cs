using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Certificates;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker certify DIR</c>: compares a certificate with the model, and asks a second solver about every obligation.
/// </summary>
internal sealed class Certify
{
    private readonly ProtocolSet _protocols;
    private const int DefaultTimeout = 20;
    private const int MostTimeout = 3600;

    private readonly Argument<string> _directory = new("directory")
    {
        HelpName = "directory",
        Description = "a certificate, as prove --certificate writes it"
    };
    private readonly Option<string> _solver = new("--solver")
    {
        HelpName = "program",
        Description = "an SMT-LIB 2 solver; cvc5 if not given"
    };
    private readonly Option<string> _timeout = new("--timeout")
    {
        HelpName = "seconds",
        Description = $"for each obligation; {DefaultTimeout} if not given"
    };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };

    private Certify(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var certify = new Certify(protocols);
        var command = new Command(name, description)
        {
            certify._directory, certify._solver, certify._timeout, certify._json,
        };
        command.SetAction(certify.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        string directory = given.GetValue(_directory)!;
        var timeout = TimeSpan.FromSeconds(given.GetValue(_timeout) is { } seconds
            ? Quantity.Parse("--timeout", seconds, 1, MostTimeout)
            : DefaultTimeout);
        var interrupt = Interrupt.Of(given);
        try
        {
            var manifest = Certifier.Read(directory);
            var solver = new SecondSolver(given.GetValue(_solver), timeout);
            // The whole certificate is read and compared before the first question.
            var designs = manifest.Designs.Select((certified, i) => Compare(directory, manifest, i, interrupt.Token)).ToList();
            var terminal = given.GetValue(_json) ? null : new Terminal(output);
            terminal?.Line($"checker {Self.ShortVersion}: {Quantity.Of(designs.Count, "design")} proved with "
                + $"{Suggestions.Quote(manifest.Solver)}, checked with {solver.Describe(interrupt.Token)}");
            var table = terminal is null ? null : new RunTable(
                terminal,
                designs.Select(d => d.Job.Job),
                [new("obligations", 12), new("confirmed", 10), new("seconds", 8)]);
            table?.Heading();
            var results = interrupt.Until(designs, design =>
            {
                var result = Certifier.Check(design.Compared, solver, Machine.Cores, interrupt.Token);
                if (terminal is not null)
                {
                    Show(terminal, table!, design, result);
                }

                return (Of: design, Result: result);
            });

            if (terminal is null)
            {
                Write(output, results, finished: results.Count == designs.Count);
            }

            return ExitCode.Of(
                violated: results.Exists(r => !r.Result.Contradicted.IsEmpty),
                unfinished: results.Count < designs.Count || results.Exists(r => !r.Result.Unconfirmed.IsEmpty));
        }
        catch (Exception refused) when (refused is CertificateException or NotEncodableException)
        {
            throw new BadInputException(refused.Message);
        }
        catch (SolverFailedException failed)
        {
            error.WriteLine($"checker: nothing is confirmed: {failed.Message}");
            return ExitCode.Unfinished;
        }
    }

    private ComparedJob Compare(string directory, Manifest manifest, int position, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var certified = manifest.Designs[position];
        var job = CertifiedJob.Of(_protocols, certified, position);
        string folder = Certificate.FolderOf(manifest.Folder, position, certified.Protocol, certified.Design);
        var properties = CertifiedJob.PropertiesOf(job, certified, position);
        var compared = Certifier.Compare(
            folder,
            certified,
            job.System,
            properties,
            (file, most) => Certifier.ReadFile(directory, file, most));
        return new(job, compared, [.. job.Properties.Select(p => p.Name).Except(certified.Properties, StringComparer.Ordinal)]);
    }

    private static void Write(TextWriter output, IEnumerable<(ComparedJob Of, CertifyResult Result)> results, bool finished) =>
        Json.Write(output, "certify", json =>
    {
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", results, r =>
        {
            json.WriteString("protocol", r.Result.Protocol);
            json.WriteString("design", r.Result.Design);
            Json.Strings(json, "dropped", r.Of.Job.Job.Dropped);
            Json.Strings(json, "notInTheCertificate", r.Of.Missing);
            json.WriteNumber("confirmed", r.Result.Confirmed);
            Json.Strings(json, "unconfirmed", r.Result.Unconfirmed);
            Json.Strings(json, "contradicted", r.Result.Contradicted);
            json.WriteNumber("seconds", Math.Round(r.Result.Duration.TotalSeconds, 3));
        });
    });

    private static void Show(Terminal terminal, RunTable table, ComparedJob of, CertifyResult result)
    {
        int all = result.Confirmed + result.Unconfirmed.Length + result.Contradicted.Length;
        table.Row(
            of.Job.Job,
            [Quantity.Count(all), Quantity.Count(result.Confirmed), Quantity.Seconds(result.Duration)],
            !result.Contradicted.IsEmpty ? ("CONTRADICTED: one of the two solvers is wrong", Tone.Bad)
                : !result.Unconfirmed.IsEmpty ? ($"{Quantity.Count(result.Unconfirmed.Length)} not independently confirmed", Tone.Bad)
                : ("confirmed", Tone.Good));
        if (!of.Job.Job.Dropped.IsEmpty)
        {
            terminal.Line($"    of the model without {string.Join(", ", of.Job.Job.Dropped)}");
        }

        if (!of.Missing.IsEmpty)
        {
            terminal.Line($"    not in the certificate: {string.Join(", ", of.Missing)}");
        }

        foreach (string obligation in result.Contradicted)
        {
            terminal.Line($"    satisfiable: {obligation}", Tone.Bad);
        }

        foreach (string obligation in result.Unconfirmed)
        {
            terminal.Line($"    not independently confirmed: {obligation}");
        }
    }

    /// <summary>A design of the certificate, with the model as it is today.</summary>
    /// <param name="Missing">The properties claimed for the design but missing in the certificate.</param>
    private sealed record ComparedJob(ProofJob Job, ComparedDesign Compared, ImmutableArray<string> Missing);
}
