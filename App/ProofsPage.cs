using System.Text;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Certificates;
using Checker.Solver.Smt;

namespace Checker.App;

/// <summary>
/// The part of invariants.md about proofs for any size. It is computed from proofs found by Z3 and confirmed by a second solver.
/// </summary>
public static class ProofsPage
{
    public const string Part = "Proofs";

    /// <summary>Returns a row for each design. Every obligation is proved anew, and certified.</summary>
    /// <param name="problem">Receives the properties which are not proved or not confirmed.</param>
    /// <exception cref="EnvironmentException">libz3 or cvc5 is missing.</exception>
    public static string Table(IEnumerable<ProofJob> jobs, Action<string> problem, CancellationToken cancellation)
    {
        var second = new SecondSolver(null, TimeSpan.FromSeconds(60));
        var text = new StringBuilder("| protocol | design | properties proved | lemmas | obligations | confirmed by cvc5 "
            + "|\n|---|---|---|---|---|---|\n");
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
        if (proof.Status != ProofStatus.Proved)
        {
            problem($"{name}: not proved: {proof.Obligations.First(o => o.Status != ProofStatus.Proved).Obligation}");
            return "";
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

        int lemmas = job.System.Properties.Count(p => p.IsLemma);
        return $"| {job.Job.Protocol.Name} | {job} | {job.Properties.Length}{NotClaimed(job)} | {lemmas} | "
            + $"{Quantity.Count(proof.Obligations.Length)} | {Quantity.Count(confirmed.Confirmed)} |\n";
    }

    private static string NotClaimed(ProofJob job) =>
        job.NotClaimed.IsEmpty ? "" : $" (not {string.Join(", ", job.NotClaimed.Select(n => n.Property))})";
}
