using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Checker.Model.Ir;
using Checker.Solver.Files;
using Checker.Solver.Traces.Files;

namespace Checker.Solver.Proof.Certificates;

/// <summary>The failure of a certificate: it is damaged, or it belongs to another model.</summary>
public sealed class CertificateException(string message) : Exception(message);

/// <param name="Confirmed">The number of obligations found unsatisfiable by the second solver.</param>
/// <param name="Unconfirmed">The obligations which it could not decide. They do not count as confirmed.</param>
/// <param name="Contradicted">The obligations which it found satisfiable. Then one of the two solvers is wrong.</param>
public sealed record CertifyResult(
    string Protocol,
    string Design,
    int Confirmed,
    ImmutableArray<string> Unconfirmed,
    ImmutableArray<string> Contradicted,
    TimeSpan Duration);

/// <summary>A file whose bytes were compared with the model. The second solver reads these bytes.</summary>
public sealed record ComparedFile(string Name, byte[] Bytes, ImmutableArray<string> Obligations);

/// <summary>A design's part of a certificate, read once and found to match the model.</summary>
public sealed record ComparedDesign(string Protocol, string Design, ImmutableArray<ComparedFile> Files);

/// <summary>Checks a certificate: its files match the model, and another solver agrees on every obligation.</summary>
public static class Certifier
{
    /// <summary>The largest size of a manifest. The manifest of 30 designs has 15 MB.</summary>
    private const int LargestManifest = 256 << 20;

    /// <exception cref="CertificateException">There is no manifest, or it is invalid.</exception>
    public static Manifest Read(string directory)
    {
        string path = Path.Combine(directory, Manifest.FileName);
        try
        {
            byte[] bytes = ReadFile(directory, Manifest.FileName, LargestManifest)
                ?? throw new CertificateException($"{path}: larger than {LargestManifest >> 20} MiB; no manifest is");
            return Manifest.Parse(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (TraceFormatException e)
        {
            throw new CertificateException($"{path}: {e.Message}");
        }
        catch (DecoderFallbackException e)
        {
            throw new CertificateException($"{path}: byte {e.Index}: not UTF-8 text");
        }
    }

    /// <summary>Returns the bytes of a file of the certificate, null if there are more than <paramref name="most"/>.</summary>
    /// <exception cref="CertificateException">
    /// The file does not exist, cannot be read, or is not a regular file inside the folder.
    /// </exception>
    public static byte[]? ReadFile(string directory, string name, int most)
    {
        string path = directory;
        try
        {
            foreach (string part in name.Split('/'))
            {
                path = Path.Combine(path, part);
                if (new FileInfo(path).LinkTarget is not null)
                {
                    throw new CertificateException($"{path}: it is a symbolic link; all files of a certificate are in its folder");
                }
            }

            return RegularFile.Read(path, most);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CertificateException($"{path}: {Reason(error)}");
        }
    }

    /// <summary>Derives the obligations again from the model, and compares the complete certificate with them.</summary>
    /// <param name="folder">The required folder of the design's files: <see cref="Certificate.FolderOf"/>.</param>
    /// <param name="system">The model named by the certificate, without the dropped labels.</param>
    /// <param name="properties">The properties which must be proved, in the model's order.</param>
    /// <param name="read">
    /// Returns the bytes of a file, or null if there are more than the given number. It is called once for each file.
    /// </param>
    /// <exception cref="CertificateException">There is a difference, named in the message.</exception>
    public static ComparedDesign Compare(
        string folder,
        CertifiedDesign certified,
        TransitionSystem system,
        IReadOnlyCollection<PropertyDeclaration> properties,
        Func<string, int, byte[]?> read)
    {
        string title = Certificate.TitleOf(certified.Protocol, certified.Design, system.Dropped);
        string place = $"the certificate of {title}";
        string model = Certificate.HashOf(system);
        if (certified.Model != model)
        {
            throw new CertificateException($"{place} is for another model: its hash is {Suggestions.Quote(certified.Model)}, "
                + $"the model's '{model}'");
        }

        var obligations = Certificate.ObligationsOf(system, certified.Conjuncts, properties);
        Same($"{place}: property", certified.Properties, [.. properties.Select(p => p.Name)]);
        Same($"{place}: dropped label", certified.Dropped, [.. system.Dropped.Order(StringComparer.Ordinal)]);
        Same($"{place}: conjunct", certified.Conjuncts, [.. obligations.Conjuncts.Select(c => c.Name)]);
        var scripts = obligations.Scripts().ToList();
        Same($"{place}: file", [.. certified.Files.Select(f => f.Name)], [.. scripts.Select((s, i) => Certificate.FileOf(folder, i, s))]);
        Same($"{place}: page", [certified.Invariant.Name], [Certificate.InvariantOf(folder)]);
        CheckFile(certified.Invariant.Name, certified.Invariant.Sha256, Certificate.Invariant(title, system, obligations), read);
        return new(
            certified.Protocol,
            certified.Design,
            [.. scripts.Zip(certified.Files).Select(p => Compare(title, obligations, p.First, p.Second, read))]);
    }

    private static ComparedFile Compare(
        string title,
        Obligations obligations,
        Script script,
        CertifiedFile file,
        Func<string, int, byte[]?> read)
    {
        ImmutableArray<string> goals = [.. file.Goals.Select(g => g.Obligation)];
        Same($"{file.Name}: obligation", goals, [.. script.Goals.Select(g => g.Obligation.ToString())]);
        var known = script.Assumptions.Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        if (file.Goals.SelectMany(g => g.Uses).FirstOrDefault(u => !known.Contains(u)) is { } invented)
        {
            throw new CertificateException($"{file.Name}: {Suggestions.Quote(invented)} is nothing that may be assumed");
        }

        string expected = ScriptText.Write(title, obligations.Declarations, script, [.. file.Goals.Select(g => g.Uses)]);
        return new(file.Name, CheckFile(file.Name, file.Sha256, expected, read), goals);
    }

    /// <summary>Returns the file's bytes, after comparing them with the expected text.</summary>
    private static byte[] CheckFile(string name, string hash, string text, Func<string, int, byte[]?> read)
    {
        byte[] expected = Encoding.UTF8.GetBytes(text);
        return hash != Certificate.Hash(text)
            ? throw new CertificateException($"{name}: its hash in the manifest does not match the model: it was changed, "
                + "or is of another version")
            : read(name, expected.Length) is { } bytes && bytes.AsSpan().SequenceEqual(expected) ? bytes
            : throw new CertificateException($"{name} does not match the model: it was changed, or is of another version");
    }

    /// <summary>Compares a list of names in the manifest with the list for the model.</summary>
    private static void Same(string what, ImmutableArray<string> given, ImmutableArray<string> expected)
    {
        int same = given.Zip(expected).TakeWhile(p => p.First == p.Second).Count();
        if (same < Math.Max(given.Length, expected.Length))
        {
            string has = same < given.Length ? Suggestions.Quote(given[same]) : "missing";
            string due = same < expected.Length ? Suggestions.Quote(expected[same]) : "no more";
            throw new CertificateException($"{what} {same + 1} is {has}, but the model calls for {due}");
        }
    }

    /// <summary>Asks the second solver about every obligation of the design, several files at a time.</summary>
    /// <exception cref="SolverFailedException">The program does not answer as a solver.</exception>
    public static CertifyResult Check(ComparedDesign compared, SecondSolver solver, int threads, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var answers = new ConcurrentBag<(string Obligation, SolverAnswer Answer)>();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        SolverFailedException? failure = null;
        try
        {
            var files = compared.Files.Where(f => !f.Obligations.IsEmpty).OrderByDescending(f => f.Obligations.Length);
            Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = failed.Token }, Ask);
        }
        catch (Exception e) when (failure is not null && (e is OperationCanceledException or AggregateException))
        {
            throw new SolverFailedException(failure.Message);
        }

        cancellation.ThrowIfCancellationRequested();
        return new(compared.Protocol, compared.Design, answers.Count(a => a.Answer == SolverAnswer.Unsat),
            [.. Those(SolverAnswer.Unknown)], [.. Those(SolverAnswer.Sat)], clock.Elapsed);

        void Ask(ComparedFile file)
        {
            try
            {
                foreach (var (obligation, answer) in file.Obligations.Zip(solver.Solve(
                    file.Name,
                    file.Bytes,
                    file.Obligations.Length,
                    failed.Token)))
                {
                    answers.Add((obligation, answer));
                }
            }
            catch (SolverFailedException e)
            {
                // The answers for other files are no longer needed.
                failure = e;
                failed.Cancel();
                throw new OperationCanceledException(failed.Token);
            }
        }

        IEnumerable<string> Those(SolverAnswer answer) =>
            answers.Where(a => a.Answer == answer).Select(a => a.Obligation).Order(StringComparer.Ordinal);
    }

    private static string Reason(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "no permission to read it",
        _ => error.Message.ReplaceLineEndings(" "),
    };
}
