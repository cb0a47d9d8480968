using System.Text;
using System.Text.Json;
using Checker.Solver.Files;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// Reads and writes trace files (<see cref="AtomicFile"/>). Every failure is one exception whose message names a remedy.
/// </summary>
public static class TraceFile
{
    /// <summary>The largest size of a file. A trace of 64 MiB has some 20,000 states.</summary>
    public const long LargestFile = 64 << 20;

    private const string ItfExtension = ".itf.json";
    private const string JsonExtension = ".json";

    /// <summary>Makes the checks of <see cref="Write"/> before the work, rather than after it.</summary>
    /// <exception cref="TraceFileException">The extension is unknown, the directory does not exist, or there is no permission.</exception>
    public static void CheckWritable(string path) => Named(path, () => AtomicFile.Check(path));

    /// <summary>Writes ITF to <c>.itf.json</c> and our own schema to any other <c>.json</c>.</summary>
    /// <exception cref="TraceFileException">
    /// The extension is unknown, the directory does not exist, or there is no permission or no space.
    /// </exception>
    public static void Write(string path, Trace trace) => Named(path, () => AtomicFile.Write(path, stream =>
    {
        if (path.EndsWith(ItfExtension, StringComparison.OrdinalIgnoreCase))
        {
            Itf.Write(stream, trace);
        }
        else
        {
            TraceJson.Write(stream, trace);
        }
    }));

    /// <summary>Reads either format. The contents decide which one it is, not the name.</summary>
    /// <exception cref="TraceFormatException">The file does not exist, is damaged, or does not belong to the model it names.</exception>
    public static Trace Read(string path, Func<TraceHeader, Scope> load)
    {
        try
        {
            var root = JsonPlace.Parse(ReadText(path));
            if (root.Element.ValueKind != JsonValueKind.Object)
            {
                throw root.Wrong("a trace is a JSON object");
            }

            return root.Element.TryGetProperty("schema", out _) ? TraceJson.Read(root, load)
                : root.Element.TryGetProperty("vars", out _) || root.Element.TryGetProperty("#meta", out _) ? Itf.Read(root, load)
                : throw root.Wrong($"no trace: there is neither a member 'schema' ('{TraceHead.Schema}') nor 'vars' (ITF)");
        }
        catch (TraceFormatException e)
        {
            throw new TraceFormatException(e.Place, e.Reason, path, e);
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            // A pipe has no length. One byte beyond the limit shows that there is too much.
            long size = stream.CanSeek ? stream.Length : LargestFile;
            byte[] bytes = new byte[Math.Min(size, LargestFile) + 1];
            int length = size > LargestFile ? bytes.Length : stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > LargestFile)
            {
                throw new TraceFormatException("", $"larger than {LargestFile >> 20} MiB; no trace is");
            }

            var content = bytes.AsSpan(0, length);
            content = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw new TraceFormatException($"byte {e.Index}", "not UTF-8 text", null, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TraceFormatException("", Reason(path, e), null, e);
        }
    }

    private static void Named(string path, Action write)
    {
        if (!path.EndsWith(JsonExtension, StringComparison.OrdinalIgnoreCase))
        {
            throw new TraceFileException($"{(path.Length == 0 ? "''" : path)}: a trace file ends in {JsonExtension} (our own schema) or "
                + $"{ItfExtension} (ITF)");
        }

        try
        {
            write();
        }
        catch (OutputException refused)
        {
            throw new TraceFileException(refused.Message, refused);
        }
    }

    private static string Reason(string path, Exception e) => e switch
    {
        UnauthorizedAccessException when Directory.Exists(path) => "is a directory",
        UnauthorizedAccessException => "no permission",
        DirectoryNotFoundException => $"there is no directory '{Path.GetDirectoryName(path)}'",
        FileNotFoundException => "there is no such file",
        PathTooLongException => "the name is too long",
        _ => e.Message,
    };
}
