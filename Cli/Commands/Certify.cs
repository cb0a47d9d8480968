using System.CommandLine;
using Checker.Cli.Options;
using Checker.Cli.Proving;
using Checker.Cli.Report;
using Checker.Cli.Verification;
using Checker.Solver.Smt;

namespace Checker.Cli.Commands;

/// <summary><c>checker certify DIR</c>: compares a certificate with the model, and asks a second solver about every obligation.</summary>
internal sealed class Certify
{
    private const int DefaultTimeout = 20;
    private const int MostTimeout = 3600;

    private readonly Argument<string> _directory = new("directory") { HelpName = "directory", Description = "a certificate, as prove --certificate writes it" };
    private readonly Option<string> _solver = new("--solver") { HelpName = "program", Description = "an SMT-LIB 2 solver; cvc5 if not given" };
    private readonly Option<string> _timeout = new("--timeout") { HelpName = "seconds", Description = $"for each obligation; {DefaultTimeout} if not given" };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };

    private Certify()
    {
    }

    public static Command Create()
    {
        var certify = new Certify();
        var command = new Command("certify", "Checks a certificate: its obligations are those of the model, and a second solver finds every one unsatisfiable.")
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
        var timeout = TimeSpan.FromSeconds(given.GetValue(_timeout) is { } seconds ? Quantity.Parse("--timeout", seconds, 1, MostTimeout) : DefaultTimeout);
        using var interrupt = new Interrupt(error);
        try
        {
            var manifest = Certifier.Read(directory);
            var solver = new SecondSolver(given.GetValue(_solver), timeout);
            var terminal = given.GetValue(_json) ? null : new Terminal(output);
            terminal?.Line($"checker {Self.ShortVersion}: {Quantity.Of(manifest.Designs.Length, "design")} proved with {manifest.Solver}, checked with {solver.Describe()}");
            terminal?.Line($"  {"design",-34}{"obligations",12}{"confirmed",12}{"seconds",9}", Tone.Quiet);
            var results = new List<CertifyResult>();
            foreach (var certified in manifest.Designs)
            {
                var job = Job(certified);
                Certifier.Compare(directory, certified, job.System, job.Properties);
                results.Add(Certifier.Check(directory, certified, solver, Machine.Cores, interrupt.Token));
                if (terminal is not null)
                {
                    Show(terminal, job, results[^1]);
                }
            }

            if (terminal is null)
            {
                Json.Write(output, json =>
                {
                    json.WriteStartObject();
                    Json.Objects(json, "runs", results, r =>
                    {
                        json.WriteString("protocol", r.Protocol);
                        json.WriteString("design", r.Design);
                        json.WriteNumber("confirmed", r.Confirmed);
                        Json.Strings(json, "unconfirmed", r.Unconfirmed);
                        Json.Strings(json, "contradicted", r.Contradicted);
                        json.WriteNumber("seconds", Math.Round(r.Duration.TotalSeconds, 3));
                    });
                    json.WriteEndObject();
                });
            }

            return results.Any(r => !r.Contradicted.IsEmpty) ? ExitCode.Violated : results.Any(r => !r.Unconfirmed.IsEmpty) ? ExitCode.Unfinished : ExitCode.Ok;
        }
        catch (CertificateException refused)
        {
            throw new BadInputException(refused.Message);
        }
        catch (SolverFailedException failed)
        {
            error.WriteLine($"checker: nothing is confirmed: {failed.Message}");
            return ExitCode.Unfinished;
        }
    }

    /// <summary>The design that the certificate names, as the model has it today.</summary>
    private static ProofJob Job(CertifiedDesign certified)
    {
        string[] designs = certified.Design.Length == 0 ? [] : [certified.Design];
        return ProofJob.Of(new(certified.Protocol, [.. designs], null, [], []), _ => { })[0];
    }

    private static void Show(Terminal terminal, ProofJob job, CertifyResult result)
    {
        int all = result.Confirmed + result.Unconfirmed.Length + result.Contradicted.Length;
        terminal.Line(
            ($"  {job,-34}{Quantity.Count(all),12}{Quantity.Count(result.Confirmed),12}{Quantity.Seconds(result.Duration),9}  ", Tone.Plain),
            !result.Contradicted.IsEmpty ? ("CONTRADICTED: one of the two solvers is wrong", Tone.Bad)
                : !result.Unconfirmed.IsEmpty ? ($"{Quantity.Count(result.Unconfirmed.Length)} not independently confirmed", Tone.Bad)
                : ("confirmed", Tone.Good));
        foreach (string obligation in result.Contradicted)
        {
            terminal.Line($"    satisfiable: {obligation}", Tone.Bad);
        }

        foreach (string obligation in result.Unconfirmed)
        {
            terminal.Line($"    not independently confirmed: {obligation}");
        }
    }
}
