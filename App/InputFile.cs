using System.Text;
using Checker.Solver.Traces.Files;

namespace Checker.App;

/// <summary>The JSON files which the user names. Every mistake in them is one line with the file, the line and the remedy.</summary>
public static class InputFile
{
    /// <exception cref="BadInputException">The file cannot be read, or is no UTF-8 text.</exception>
    public static string Read(string path)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                .GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException broken)
        {
            throw new BadInputException($"{path}: byte {broken.Index}: not UTF-8 text");
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = unread is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : unread is UnauthorizedAccessException && Directory.Exists(path) ? "it is a folder"
                : unread is UnauthorizedAccessException ? "no permission to read it"
                : unread.Message;
            throw new BadInputException($"{path}: {reason}");
        }
    }

    /// <summary>Reads a JSON text. A mistake, in the text or found by <paramref name="read"/>, is reported with its line.</summary>
    /// <param name="comments">True to allow comments, in a file which people write.</param>
    /// <exception cref="BadInputException">The text is no JSON, or not of the expected form.</exception>
    public static T Parse<T>(string path, string text, bool comments, Func<JsonPlace, T> read)
    {
        try
        {
            var root = JsonPlace.Parse(text, comments);
            try
            {
                return read(root);
            }
            catch (TraceFormatException wrong)
            {
                string place = wrong.Place.TrimStart('$').TrimStart('.');
                throw new BadInputException($"{path}:{new JsonLines(text).Of(wrong.Place)}: "
                    + $"{(place.Length == 0 ? "" : place + ": ")}{wrong.Reason}");
            }
        }
        catch (TraceFormatException broken)
        {
            throw new BadInputException($"{path}: {(broken.Place.Length == 0 ? "" : broken.Place + ": ")}{broken.Reason}");
        }
    }

    /// <summary>Reads a value with a check of its own, whose message is given the place of the value.</summary>
    /// <exception cref="TraceFormatException">The check refuses the value.</exception>
    public static T At<T>(JsonPlace place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BadInputException refused)
        {
            throw place.Wrong(refused.Message);
        }
    }
}
