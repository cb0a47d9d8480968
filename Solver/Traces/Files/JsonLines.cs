using System.Text;
using System.Text.Json;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// The lines of a JSON text on which its values begin, by the paths of <see cref="JsonPlace"/>. A parsed document has no positions, so
/// the text is read once more, and only if there is a mistake to report.
/// </summary>
public sealed class JsonLines
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <param name="text">A text which <see cref="JsonPlace.Parse"/> has read.</param>
    public JsonLines(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new() { CommentHandling = JsonCommentHandling.Skip });
        // The path of each open object or array, and the number of the next item; -1 in an object.
        var open = new Stack<(string Path, int Next)>();
        string path = "$";
        (int line, long counted) = (1, 0);
        while (reader.Read())
        {
            for (; counted < reader.TokenStartIndex; counted++)
            {
                line += bytes[counted] == (byte)'\n' ? 1 : 0;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    path = JsonPlace.Member(open.Peek().Path, reader.GetString()!);
                    _lines[path] = line;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    continue;
            }

            if (open.TryPeek(out var parent) && parent.Next >= 0)
            {
                open.Pop();
                open.Push((parent.Path, parent.Next + 1));
                path = $"{parent.Path}[{parent.Next}]";
            }

            _lines.TryAdd(path, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }
    }

    /// <summary>Returns the line of the value, or of the nearest value around it.</summary>
    public int Of(string path)
    {
        int line;
        while (!_lines.TryGetValue(path, out line) && path.LastIndexOfAny(['.', '[']) is > 0 and var end)
        {
            path = path[..end];
        }

        return Math.Max(1, line);
    }
}
