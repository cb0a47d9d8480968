using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Checker.Model.Ir;

namespace Checker.Solver.Smt;

/// <summary>The certificate is damaged, or it is for another model.</summary>
public sealed class CertificateException(string message) : Exception(message);

/// <param name="Confirmed">Obligations that the second solver found unsatisfiable.</param>
/// <param name="Unconfirmed">Those that it could not decide: not independently confirmed, and not counted as such.</param>
/// <param name="Contradicted">Those that it found satisfiable: one of the two solvers is wrong.</param>
public sealed record CertifyResult(string Protocol, string Design, int Confirmed, ImmutableArray<string> Unconfirmed, ImmutableArray<string> Contradicted, TimeSpan Duration);

/// <summary>Checks a certificate: its files are those that the model calls for, and another solver agrees on every obligation.</summary>
public static class Certifier
{
    /// <exception cref="CertificateException">There is no manifest, or it is not one.</exception>
    public static Manifest Read(string directory)
    {
        string path = Path.Combine(directory, Manifest.FileName);
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllText(path), ManifestJson.Default.Manifest);
            return manifest is not { Designs.IsDefault: false } ? throw new CertificateException($"{path} is not a manifest of a certificate")
                : manifest.Format != Manifest.CurrentFormat ? throw new CertificateException($"{path} is of the format '{manifest.Format}', not {Manifest.CurrentFormat}")
                : manifest;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CertificateException($"{path}: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Derives the obligations again from the model, and compares.</summary>
    /// <param name="system">The model that the certificate claims to be about.</param>
    /// <param name="properties">What has to be proved of it.</param>
    /// <exception cref="CertificateException">Something differs; the message says what.</exception>
    public static void Compare(string directory, CertifiedDesign certified, TransitionSystem system, IReadOnlyCollection<PropertyDeclaration> properties)
    {
        string title = Certificate.TitleOf(certified.Protocol, certified.Design);
        if (certified.Model != Certificate.HashOf(system))
        {
            throw new CertificateException($"the certificate of {title} is for another model: its hash is {certified.Model[..Math.Min(12, certified.Model.Length)]}, the model's {Certificate.HashOf(system)[..12]}");
        }

        if (!certified.Properties.Order(StringComparer.Ordinal).SequenceEqual(properties.Select(p => p.Name).Order(StringComparer.Ordinal)))
        {
            throw new CertificateException($"the certificate of {title} proves {string.Join(", ", certified.Properties)}, not {string.Join(", ", properties.Select(p => p.Name))}");
        }

        var obligations = new Obligations(system, system.Properties.Where(p => p.Kind == PropertyKind.Lemma), properties, spellOut: true);
        var scripts = obligations.Scripts().ToList();
        if (scripts.Count != certified.Files.Length)
        {
            throw new CertificateException($"the certificate of {title} has {certified.Files.Length} files, the model calls for {scripts.Count}");
        }

        foreach (var (script, file) in scripts.Zip(certified.Files))
        {
            if (!script.Goals.Select(g => g.Obligation.ToString()).SequenceEqual(file.Goals.Select(g => g.Obligation)))
            {
                throw new CertificateException($"{file.Name}: its obligations are not those of {script.Name}");
            }

            var known = script.Assumptions.Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
            if (file.Goals.SelectMany(g => g.Uses).FirstOrDefault(u => !known.Contains(u)) is { } invented)
            {
                throw new CertificateException($"{file.Name}: '{invented}' is nothing that may be assumed");
            }

            string expected = ScriptText.Write(title, obligations.Declarations, script, [.. file.Goals.Select(g => g.Uses)]);
            if (Certificate.Hash(expected) != file.Sha256 || Certificate.Hash(ReadFile(directory, file.Name)) != file.Sha256)
            {
                throw new CertificateException($"{file.Name} is not what the model calls for: it was changed, or is of another version");
            }
        }
    }

    /// <summary>Asks the second solver about every obligation of the design, several files at a time.</summary>
    /// <exception cref="SolverFailedException">The solver does not work as one.</exception>
    public static CertifyResult Check(string directory, CertifiedDesign certified, SecondSolver solver, int threads, CancellationToken cancellation)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var answers = new ConcurrentBag<(string Obligation, Answer Answer)>();
        try
        {
            Parallel.ForEach(certified.Files.OrderByDescending(f => f.Goals.Length), new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, file =>
            {
                foreach (var (goal, answer) in file.Goals.Zip(solver.Solve(Path.Combine(directory, file.Name), file.Goals.Length)))
                {
                    answers.Add((goal.Obligation, answer));
                }
            });
        }
        catch (AggregateException several) when (several.InnerExceptions.OfType<SolverFailedException>().FirstOrDefault() is { } failed)
        {
            throw new SolverFailedException(failed.Message);
        }

        return new(certified.Protocol, certified.Design, answers.Count(a => a.Answer == Answer.Unsat),
            [.. Those(Answer.Unknown)], [.. Those(Answer.Sat)], clock.Elapsed);

        IEnumerable<string> Those(Answer answer) => answers.Where(a => a.Answer == answer).Select(a => a.Obligation).Order(StringComparer.Ordinal);
    }

    private static string ReadFile(string directory, string name)
    {
        try
        {
            string root = Path.GetFullPath(directory) + Path.DirectorySeparatorChar;
            string path = Path.GetFullPath(Path.Combine(directory, name));
            return path.StartsWith(root, StringComparison.Ordinal) ? File.ReadAllText(path) : throw new CertificateException($"{name} is outside the certificate");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{name}: {error.Message}");
        }
    }
}
