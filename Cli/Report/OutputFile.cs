using Checker.Cli.Options;

namespace Checker.Cli.Report;

/// <summary>A file that the user named for a result. It is written in one go when the result is there: never half, never in vain.</summary>
internal sealed class OutputFile
{
    private readonly string _option;
    private readonly string _path;

    /// <exception cref="BadInputException">The file cannot be there.</exception>
    public OutputFile(string option, string path)
    {
        (_option, _path) = (option, path);
        if (Directory.Exists(path))
        {
            throw Refused("it is a directory");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw Refused($"there is no directory {folder}");
        }
    }

    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public void Write(string text)
    {
        bool isNew = !File.Exists(_path);
        try
        {
            File.WriteAllText(_path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isNew && File.Exists(_path))
            {
                File.Delete(_path);
            }

            throw Refused(e is UnauthorizedAccessException ? "no permission to write it" : e.Message);
        }
    }

    private BadInputException Refused(string reason) => new($"{_option} {_path}: {reason}");
}
