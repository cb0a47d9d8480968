using System.Text;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Certificates;
using Checker.Solver.Smt;

namespace Checker.App.Pages;

/// <summary>
/// The part of a protocol's page about proofs for any size. It is computed from proofs found by Z3 and confirmed by a second solver.
/// </summary>
public static class ProofsPage
{
    public const string Part = "Proofs";

    /// <summary>Returns a row for each design; nothing if there is none. Every obligation is proved anew, and certified.</summary>
    /// <param name="problem">Receives the obligations which are not confirmed.</param>
    /// <exception cref="EnvironmentException">libz3 or cvc5 is missing.</exception>
    public static string Table(IReadOnlyCollection<ProofJob> jobs, Action<string> problem, CancellationToken cancellation)
    {
        if (jobs.Count == 0)
        {
            return "None.";
        }

        var second = new SecondSolver(null, TimeSpan.FromSeconds(60));
        var text = new StringBuilder("| design | properties proved | lemmas | obligations | confirmed by cvc5 |\n"
            + "|---|---|---|---|---|\n");
        foreach (var job in jobs)
        {
            text.Append(Row(job, second, problem, cancellation));
        }

        return text.ToString();
    }

    private static string Row(ProofJob job, SecondSolver second, Action<string> problem, CancellationToken cancellation)
    {
        string name = $"{job.Job.Protocol.Name} {job}";
        var proof = job.Prove(
            ProofOptions.Default with { Vacuity = false, Cores = true, Cancellation = cancellation });
        int lemmas = job.System.Properties.Count(p => p.IsLemma);
        if (proof.Status != ProofStatus.Proved)
        {
            return $"| {job} | not proved | {lemmas} | {Quantity.Count(proof.Obligations.Length)} | |\n";
        }

        string folder = Certificate.FolderOf(Manifest.FolderOf(1), 0, job.Job.Protocol.Name, job.Job.Design.Id);
        var certificate = Certificate.Of(folder, job.Job.Protocol.Name, job.Job.Design.Id, proof);
        var texts = certificate.Texts.ToDictionary(t => t.Name, t => Encoding.UTF8.GetBytes(t.Text), StringComparer.Ordinal);
        var compared = Certifier.Compare(folder, certificate.Entry, job.System, job.Properties, (file, _) => texts[file]);
        var confirmed = Certifier.Check(compared, second, Machine.Cores, cancellation);
        foreach (string open in confirmed.Contradicted.Concat(confirmed.Unconfirmed))
        {
            problem($"{name}: not confirmed: {open}");
        }

        return $"| {job} | {job.Properties.Length}{NotClaimed(job)} | {lemmas} | "
            + $"{Quantity.Count(proof.Obligations.Length)} | {Quantity.Count(confirmed.Confirmed)} |\n";
    }

    private static string NotClaimed(ProofJob job) =>
        job.NotClaimed.IsEmpty ? "" : $" (not {string.Join(", ", job.NotClaimed.Select(n => n.Property))})";
}
