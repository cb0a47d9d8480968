using System.Collections.Immutable;
using System.Text;
using Checker.Solver.Files;
using Checker.Solver.Proof.Certificates;
using Checker.Solver.Smt;

namespace Checker.App;

/// <summary>
/// The folder for writing a certificate. It must be new or empty, or contain a certificate, which is replaced. The files go to a
/// folder of their run. Then the manifest, which names this folder, is replaced in one step. Until then the old certificate stays
/// valid, even if the run is killed.
/// </summary>
public sealed class CertificateFolder : IDisposable
{
    private const string LockFile = ".checker-lock.tmp";
    private const int LargestManifest = 256 << 20;

    private readonly string _path;
    private readonly bool _isNew;
    private readonly string _run;
    private readonly FileStream _lock;
    private readonly ImmutableArray<CertifiedDesign>.Builder _designs = ImmutableArray.CreateBuilder<CertifiedDesign>();
    private bool _isWritten;

    /// <exception cref="BadInputException">
    /// The path is a file, contains other things, cannot be written, or another run is writing to it.
    /// </exception>
    public CertificateFolder(string path)
    {
        _path = path;
        try
        {
            _isNew = AtomicFile.MakeFolder(path);
            _lock = Lock();
            try
            {
                // Files left behind by a killed run, except those of the current manifest.
                string? kept = Kept();
                RemoveRuns(except: kept);
                _run = Manifest.FolderOf(kept == Manifest.FolderOf(1) ? 2 : 1);
            }
            catch
            {
                _lock.Dispose();
                throw;
            }
        }
        catch (OutputException refused)
        {
            throw Refused(refused.Reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e is UnauthorizedAccessException ? "no permission to write there" : e.Message);
        }
    }

    public void Add(ProofRun run)
    {
        if (!run.IsProved || run.Result.Properties.IsEmpty)
        {
            return;
        }

        var (protocol, design) = (run.Job.Job.Protocol.Name, run.Job.Job.Design.Id);
        string folder = Certificate.FolderOf(_run, _designs.Count, protocol, design);
        AtomicFile.MakeFolder(Path.Combine(_path, folder));
        var certificate = Certificate.Of(folder, protocol, design, run.Result);
        foreach (var text in certificate.Texts)
        {
            AtomicFile.Write(Path.Combine(_path, text.Name), text.Text);
        }

        _designs.Add(certificate.Entry);
    }

    /// <summary>Replaces the manifest, and so the certificate.</summary>
    /// <param name="stopped">True if the run was interrupted. An existing certificate then stays.</param>
    public void Finish(TextWriter error, bool stopped)
    {
        if (stopped || _designs.Count == 0)
        {
            error.WriteLine($"checker: {(stopped ? "the run was stopped" : "nothing was proved")}, "
                + $"so no certificate was written to {_path}");
            return;
        }

        var manifest = new Manifest(
            Manifest.CurrentFormat,
            Self.ShortVersion,
            $"Z3 {NativeZ3.Probe().Version}",
            _run,
            _designs.ToImmutable());
        AtomicFile.Write(Path.Combine(_path, Manifest.FileName), Certificate.TextOf(manifest));
        _isWritten = true;
        error.WriteLine($"checker: wrote the certificate of {Quantity.Of(_designs.Count, "design")}, "
            + $"{Quantity.Count(_designs.Sum(d => d.Obligations))} obligations, to {_path}; "
            + $"`{Self.Command} certify {_path}` checks it with a second solver");
    }

    public void Dispose()
    {
        try
        {
            RemoveRuns(except: _isWritten ? _run : Kept());
            _lock.Dispose();
            if (!_isWritten && _isNew)
            {
                Directory.Delete(_path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadInputException or OutputException)
        {
            // The next run removes the rest.
        }
        finally
        {
            _lock.Dispose();
        }
    }

    /// <summary>Excludes other runs until the end of this one, even if it is killed.</summary>
    private FileStream Lock()
    {
        try
        {
            return new(
                Path.Combine(_path, LockFile),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            throw Refused("another run writes a certificate there");
        }
    }

    /// <summary>Returns the folder of the run named by the current manifest; null if there is no manifest.</summary>
    /// <exception cref="BadInputException">The folder contains something which is no part of a certificate.</exception>
    private string? Kept()
    {
        string? kept = null;
        foreach (string entry in Directory.EnumerateFileSystemEntries(_path))
        {
            string name = Path.GetFileName(entry);
            if (name == Manifest.FileName)
            {
                AtomicFile.Check(entry);
                string text = Encoding.UTF8.GetString(RegularFile.Read(entry, LargestManifest) ?? []);
                kept = text.Contains(Manifest.FormatFamily, StringComparison.Ordinal) ? Folder() : throw Foreign();
            }
            else if (!AtomicFile.IsTemporary(name) && (Manifest.RunOf(name) is null || !Directory.Exists(entry)))
            {
                throw Foreign();
            }
        }

        return kept;

        BadInputException Foreign() => Refused("it has other things in it; name a new directory");
    }

    /// <summary>
    /// Returns the folder named by the manifest. Null if the manifest is damaged or has another version, so there is nothing to
    /// keep.
    /// </summary>
    private string? Folder()
    {
        try
        {
            return Certifier.Read(_path).Folder;
        }
        catch (CertificateException)
        {
            return null;
        }
    }

    private void RemoveRuns(string? except)
    {
        foreach (string entry in Directory.EnumerateDirectories(_path)
            .Where(d => Manifest.RunOf(Path.GetFileName(d)) is not null && Path.GetFileName(d) != except))
        {
            Directory.Delete(entry, recursive: true);
        }

        foreach (string entry in Directory.EnumerateFiles(_path).Where(f => AtomicFile.IsTemporary(f) && Path.GetFileName(f) != LockFile))
        {
            File.Delete(entry);
        }
    }

    private BadInputException Refused(string reason) => new($"--certificate {(_path.Length == 0 ? "''" : _path)}: {reason}");
}
