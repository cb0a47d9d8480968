using System.Collections.Immutable;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Solver.Smt;

namespace Checker.Cli.Proving;

/// <summary>Where a certificate is written: a new or empty directory, or one that has a certificate already, which is replaced.</summary>
internal sealed class CertificateFolder
{
    private readonly string _path;
    private readonly ImmutableArray<CertifiedDesign>.Builder _designs = ImmutableArray.CreateBuilder<CertifiedDesign>();

    /// <exception cref="BadInputException">It is a file, has other things in it, or cannot be written.</exception>
    public CertificateFolder(string path)
    {
        _path = path;
        string manifest = Path.Combine(path, Manifest.FileName);
        try
        {
            if (File.Exists(path))
            {
                throw Refused("it is a file");
            }

            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                if (!File.Exists(manifest))
                {
                    throw Refused("it has other things in it; name a new directory");
                }

                // Without its manifest the old certificate is none, should this run be broken off.
                File.Delete(manifest);
            }

            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e is UnauthorizedAccessException ? "no permission to write there" : e.Message);
        }
    }

    public void Add(ProofRun run)
    {
        if (run.Verdict == ProofVerdict.Proved)
        {
            _designs.Add(Certificate.Write(_path, run.Job.Job.Protocol.Name, run.Job.Job.Design.Id, run.Result));
        }
    }

    /// <summary>The manifest comes last: a certificate that was broken off has none.</summary>
    public void Finish(TextWriter error)
    {
        if (_designs.Count == 0)
        {
            error.WriteLine($"checker: nothing was proved, so there is no certificate in {_path}");
            return;
        }

        Certificate.Finish(_path, new(Manifest.CurrentFormat, Self.ShortVersion, $"Z3 {NativeZ3.Probe().Version}", _designs.ToImmutable()));
        error.WriteLine($"checker: wrote the certificate of {Quantity.Of(_designs.Count, "design")}, {Quantity.Count(_designs.Sum(d => d.Obligations))} obligations, to {_path}; `{Self.Command} certify {_path}` checks it with a second solver");
    }

    private BadInputException Refused(string reason) => new($"--certificate {_path}: {reason}");
}
