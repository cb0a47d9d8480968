using System.Text;

namespace Checker.Solver.Files;

/// <summary>
/// The only way in which this program writes a file. The text goes to a temporary file in the same folder, is flushed to the
/// disk, and is then renamed into place. After a failure, a full disk or a kill the old file is whole.
/// </summary>
public static class AtomicFile
{
    /// <summary>The largest number of bytes of a name on Linux and macOS.</summary>
    public const int LongestName = 255;

    private const string TemporaryPrefix = ".checker-";
    private const string TemporarySuffix = ".tmp";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes the checks of <see cref="Write(string, string)"/> before the work, rather than after it.</summary>
    /// <exception cref="OutputException">The file cannot be written there.</exception>
    public static void Check(string path)
    {
        CheckPlace(path);
        Beside(path, _ => { }, keep: false);
    }

    /// <summary>Creates the folder if it does not exist, and checks if files can be written in it.</summary>
    /// <returns>True if the folder is new.</returns>
    /// <exception cref="OutputException">The path is no folder, or the folder cannot be created or written.</exception>
    public static bool MakeFolder(string path)
    {
        if (path.Trim().Length == 0)
        {
            throw new OutputException(path, "the name is empty");
        }

        if (File.Exists(path))
        {
            throw new OutputException(path, "it is a file, not a folder");
        }

        bool isNew = !Directory.Exists(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new OutputException(path, Reason(path, e), e);
        }

        try
        {
            Beside(Path.Combine(path, "x"), _ => { }, keep: false);
        }
        catch (OutputException refused)
        {
            throw new OutputException(path, refused.Reason, refused);
        }

        return isNew;
    }

    /// <exception cref="OutputException">The file cannot be written. An existing file is unchanged.</exception>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(s_utf8.GetBytes(text)));

    /// <exception cref="OutputException">The file cannot be written. An existing file is unchanged.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        CheckPlace(path);
        Beside(path, write, keep: true);
    }

    /// <summary>
    /// Writes several files which belong together. All of them are on the disk before the first takes its place, so a full disk leaves
    /// all old ones.
    /// </summary>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write(IReadOnlyCollection<(string Path, string Text)> files)
    {
        var staged = new List<(string Path, string Temporary)>();
        try
        {
            foreach (var (path, text) in files)
            {
                CheckPlace(path);
                string temporary = NameBeside(path);
                staged.Add((path, temporary));
                Refusing(path, () => Fill(temporary, stream => stream.Write(s_utf8.GetBytes(text)), flush: true));
            }

            foreach (var (path, temporary) in staged)
            {
                Refusing(path, () => Rename(temporary, path));
            }
        }
        finally
        {
            staged.ForEach(f => TryDelete(f.Temporary));
        }
    }

    /// <summary>True for a temporary file left behind by a killed run.</summary>
    public static bool IsTemporary(string path) => Path.GetFileName(path) is var name
        && name.StartsWith(TemporaryPrefix, StringComparison.Ordinal) && name.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    private static void CheckPlace(string path)
    {
        string? reason = path.Trim().Length == 0 ? "the name is empty"
            : path.Contains('\0', StringComparison.Ordinal) ? "the name has a character that no file can have"
            : Path.EndsInDirectorySeparator(path) || Directory.Exists(path) ? "it is a directory"
            : s_utf8.GetByteCount(Path.GetFileName(path)) > LongestName ? "the name is too long"
            : null;
        if (reason is not null)
        {
            throw new OutputException(path, reason);
        }

        var file = new FileInfo(path);
        if (file.LinkTarget is { } target)
        {
            throw new OutputException(path, $"it is a symbolic link to {target}, which would be replaced; name the file itself");
        }

        if (file.Exists)
        {
            CheckOld(path, file);
        }
    }

    private static void CheckOld(string path, FileInfo file)
    {
        try
        {
            if (!RegularFile.IsRegular(path))
            {
                throw new OutputException(path, "it is no regular file");
            }

            if (file.IsReadOnly)
            {
                throw new OutputException(path, "it is read-only");
            }
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new OutputException(path, Reason(path, e), e);
        }
    }

    private static void Beside(string path, Action<Stream> write, bool keep)
    {
        string temporary = NameBeside(path);
        try
        {
            Refusing(path, () => Fill(temporary, write, keep));
            if (keep)
            {
                Refusing(path, () => Rename(temporary, path));
            }
        }
        finally
        {
            // The file is gone if it was renamed, or was never created.
            TryDelete(temporary);
        }
    }

    private static string NameBeside(string path)
    {
        string temporary = "";
        Refusing(path, () => temporary = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            TemporaryPrefix + Path.GetRandomFileName() + TemporarySuffix));
        return temporary;
    }

    private static void Fill(string temporary, Action<Stream> write, bool flush)
    {
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        write(stream);
        stream.Flush(flushToDisk: flush);
    }

    private static void Rename(string temporary, string path)
    {
        KeepMode(path, temporary);
        File.Move(temporary, path, overwrite: true);
    }

    private static void Refusing(string path, Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new OutputException(path, Reason(path, e), e);
        }
    }

    /// <summary>Gives the new file the access rights of the replaced one.</summary>
    private static void KeepMode(string path, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }
    }

    private static bool IsRefusal(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static string Reason(string path, Exception e) => e switch
    {
        UnauthorizedAccessException when Directory.Exists(path) => "it is a directory",
        UnauthorizedAccessException => "no permission to write there",
        DirectoryNotFoundException => $"there is no directory {Path.GetDirectoryName(Path.GetFullPath(path))}",
        PathTooLongException => "the name is too long",
        _ => $"it cannot be written: {e.Message}",
    };

    private static void TryDelete(string path)
    {
        try
        {
            if (path.Length > 0)
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // There is no remedy, and the first failure is the one to report.
        }
    }
}
