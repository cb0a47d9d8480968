namespace Checker.Solver.Files;

/// <summary>A file or a folder cannot be written. The message is one line that names it and the reason.</summary>
public sealed class OutputException(string path, string reason, Exception? cause = null) : Exception($"{(path.Length == 0 ? "''" : path)}: {reason}", cause)
{
    public string Reason { get; } = reason;
}
