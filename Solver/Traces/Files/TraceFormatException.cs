namespace Checker.Solver.Traces.Files;

/// <summary>A trace file cannot be written or read; the message is one line that says which file and why.</summary>
public class TraceFileException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What was read is no trace of the model: where in the text, what is wrong there, and what would be right.</summary>
/// <param name="place">A JSON path, "$.states[3].cells['own[f1]']", or "line 3, column 7".</param>
/// <param name="file">The file, if it is one.</param>
public sealed class TraceFormatException(string place, string reason, string? file = null, Exception? cause = null)
    : TraceFileException($"{(file is null ? "" : file + ": ")}{(place.Length == 0 ? "" : place + ": ")}{OneLine(reason)}", cause)
{
    public string Place { get; } = place;

    public string Reason { get; } = OneLine(reason);

    /// <summary>What a file says may stand in the reason, and must neither break the line nor talk to the terminal.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
