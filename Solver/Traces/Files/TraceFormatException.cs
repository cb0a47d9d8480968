namespace Checker.Solver.Traces.Files;

/// <summary>The failure to write or read a trace file. The message is one line with the file and the reason.</summary>
public class TraceFileException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The failure of a text to be a trace of the model. The message has the place, the mistake, and the remedy.</summary>
/// <param name="place">A JSON path, "$.states[3].cells['own[f1]']", or "line 3, column 7".</param>
/// <param name="file">The name of the file, if there is one.</param>
public sealed class TraceFormatException(string place, string reason, string? file = null, Exception? cause = null)
    : TraceFileException($"{(file is null ? "" : file + ": ")}{(place.Length == 0 ? "" : place + ": ")}{OneLine(reason)}", cause)
{
    public string Place { get; } = place;

    public string Reason { get; } = OneLine(reason);

    /// <summary>Cleans a reason, which may quote the file: it must not break the line or control the terminal.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
