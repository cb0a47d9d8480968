using Checker.App;
using Checker.Solver.Files;

namespace Checker.Cli.Report;

/// <summary>A file named by the user for a result. It is refused before the work, or written in one step after it.</summary>
internal sealed class OutputFile
{
    private readonly string _option;
    private readonly string _path;

    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public OutputFile(string option, string path)
    {
        (_option, _path) = (option, path);
        Named(() => AtomicFile.Check(path));
    }

    /// <exception cref="BadInputException">The file cannot be written. The old one is unchanged.</exception>
    public void Write(string text) => Named(() => AtomicFile.Write(_path, text));

    private void Named(Action write)
    {
        try
        {
            write();
        }
        catch (OutputException refused)
        {
            throw new BadInputException($"{_option} {(_path.Length == 0 ? "''" : _path)}: {refused.Reason}");
        }
    }
}
