using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.App.Pages;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver.Files;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker invariants</c>: explores all designs at their default bounds, proves them for any size, and updates
/// invariants.md and the page of each protocol.
/// </summary>
internal sealed class Invariants
{
    private const string WriteOption = "--write";
    private readonly ProtocolSet _protocols;
    private readonly Option<string> _write = new(WriteOption)
    {
        HelpName = "file",
        Description = "the page whose generated parts are replaced: invariants.md; each protocol's page is written to docs/invariants "
            + "beside it",
        Required = true
    };

    private Invariants(ProtocolSet protocols) => _protocols = protocols;

    /// <summary>True if the protocols come from a project of the user. It may have no page yet.</summary>
    private bool IsOwn => _protocols.Any(p => p.From is not null);

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
        bool isNew = IsNew(path);
        Named(path, () => AtomicFile.Check(path));
        string old = isNew ? InvariantsPage.New(_protocols) : File.ReadAllText(path);
        InvariantsPage.Check(_protocols, old, path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var pages = _protocols.Select(p => (Protocol: p, Path: Path.Combine(folder, ProtocolPage.PathOf(p)))).ToImmutableArray();
        Named(path, () =>
        {
            foreach (var (_, page) in pages)
            {
                AtomicFile.MakeFolder(Path.GetDirectoryName(page)!);
                AtomicFile.Check(page);
            }
        });
        var error = given.InvocationConfiguration.Error;
        var interrupt = Interrupt.Of(given);
        var settings = new Settings(
            new() { Threads = Machine.Cores, MemoryBudget = Machine.DefaultBudget(), Cancellation = interrupt.Token },
            null);
        var unconfirmed = new List<string>();
        var (proofs, findings) = interrupt.Run(() => (
            Proofs(unconfirmed.Add, interrupt.Token),
            Findings.Explore(_protocols, settings, (job, search) => new ProgressLine(error, job.ToString(), () => search.Progress))));
        foreach (string problem in findings.Problems.Concat(unconfirmed))
        {
            error.WriteLine($"checker: {problem}");
        }

        // A page with a missing or wrong verdict is worse than an old one.
        if (findings.IsUnfinished || !findings.Problems.IsEmpty || unconfirmed.Count > 0)
        {
            error.WriteLine($"checker: {path} was left as it is");
            return findings.Problems.IsEmpty && unconfirmed.Count == 0 ? ExitCode.Unfinished : ExitCode.Violated;
        }

        string updated = interrupt.Run(() => new InvariantsPage(findings).Update(old, path));
        (string Path, string Text)[] changed =
        [
            .. pages.Select(p => (p.Path, Text: MarkedPage.Replace(
                new ProtocolPage(findings, p.Protocol).Update(ProtocolPage.New(p.Protocol, Path.GetFileName(path)), p.Path),
                ProofsPage.Part,
                proofs[p.Protocol.Name],
                p.Path))).Append((path, updated))
                .Where(p => !File.Exists(p.Item1) || File.ReadAllText(p.Item1) != p.Item2),
        ];
        Named(path, () => AtomicFile.Write(changed));
        given.InvocationConfiguration.Output.WriteLine(changed.Length == 0
            ? $"{path} and {Quantity.Of(pages.Length, "page")} beside it are up to date"
            : $"updated: {string.Join(", ", changed.Select(c => Path.GetRelativePath(".", c.Path)))}");
        return ExitCode.Ok;
    }

    /// <summary>Returns true if there is no page yet, in a project of the user.</summary>
    /// <exception cref="BadInputException">There is no page of the program's own protocols.</exception>
    private bool IsNew(string path) => !Path.Exists(path) && (IsOwn ? true
        : throw new BadInputException($"{WriteOption} {path}: there is no such file; it has to be there, "
            + "with the parts that are written by hand"));

    private ImmutableDictionary<string, string> Proofs(Action<string> unconfirmed, CancellationToken cancellation)
    {
        // A model with integers has no proof for any size.
        var jobs = Plan.Of(new(_protocols, null, [], null, [], []))
            .Where(j => ProofJob.Counts(j.Model) is null)
            .Select(j => ProofJob.Of(j, byName: false))
            .Where(j => !j.Properties.IsEmpty)
            .ToList();
        return _protocols.ToImmutableDictionary(
            p => p.Name,
            p => ProofsPage.Table([.. jobs.Where(j => j.Job.Protocol == p)], unconfirmed, cancellation),
            StringComparer.Ordinal);
    }

    private static void Named(string path, Action write)
    {
        try
        {
            write();
        }
        catch (OutputException refused)
        {
            throw new BadInputException($"{WriteOption} {path}: "
                + (refused.Path == path ? refused.Reason : $"{refused.Path}: {refused.Reason}"));
        }
    }
}
