namespace Checker.Solver.Files;

/// <summary>The failure to write a file or a folder. The message is one line with its name and the reason.</summary>
public sealed class OutputException(string path, string reason, Exception? cause = null) : Exception(
    $"{(path.Length == 0 ? "''" : path)}: {reason}",
    cause)
{
    /// <summary>The file or folder.</summary>
    public string Path { get; } = path;

    public string Reason { get; } = reason;
}
