using System.CommandLine;
using Checker.App;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker invariants</c>: explores all designs at their default bounds, proves them for any size, and updates the
/// generated parts of invariants.md.
/// </summary>
internal sealed class Invariants
{
    private readonly ProtocolSet _protocols;
    private readonly Option<string> _write = new("--write")
    {
        HelpName = "file",
        Description = "the page whose generated parts are replaced: invariants.md",
        Required = true
    };

    private Invariants(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var invariants = new Invariants(protocols);
        var command = new Command(name, description) { invariants._write };
        command.SetAction(invariants.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        string path = given.GetValue(_write)!;
        if (!File.Exists(path))
        {
            throw new BadInputException($"--write {path}: there is no such file; it has to be there, "
                + "with the parts that are written by hand");
        }

        var target = new OutputFile("--write", path);
        string old = File.ReadAllText(path);
        var error = given.InvocationConfiguration.Error;
        var interrupt = Interrupt.Of(given);
        var settings = new Settings(
            new() { Threads = Machine.Cores, MemoryBudget = Machine.DefaultBudget(), Cancellation = interrupt.Token },
            null);
        var failed = new List<string>();
        var (proofs, mutants, page) = interrupt.Run(() => (
            ProofsPage.Table(ProofJob.Of(new(_protocols, null, [], null, [], []), _ => { }), failed.Add, interrupt.Token),
            MutantMatrix.Tables(_protocols, failed.Add, interrupt.Token),
            InvariantsPage.Explore(_protocols, settings, (job, search) => new ProgressLine(error, job.ToString(), () => search.Progress))));
        foreach (string problem in page.Problems.Concat(failed))
        {
            error.WriteLine($"checker: {problem}");
        }

        // A page with a missing or wrong verdict is worse than an old one.
        if (page.IsUnfinished || !page.Problems.IsEmpty || failed.Count > 0)
        {
            error.WriteLine($"checker: {path} was left as it is");
            return page.Problems.IsEmpty && failed.Count == 0 ? ExitCode.Unfinished : ExitCode.Violated;
        }

        string updated = InvariantsPage.Replace(
            InvariantsPage.Replace(page.Update(old, path), ProofsPage.Part, proofs, path),
            MutantMatrix.Part,
            mutants,
            path);
        if (updated != old)
        {
            target.Write(updated);
        }

        given.InvocationConfiguration.Output.WriteLine(updated == old ? $"{path} is up to date" : $"{path}: updated");
        return ExitCode.Ok;
    }
}
