using System.Text.Json;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// A value of a JSON text together with its path. Reading refuses everything but the exact expected form, with a message which names
/// the place. A serializer is not used because its messages are about .NET types.
/// </summary>
public readonly record struct JsonPlace(string Path, JsonElement Element)
{
    /// <summary>The largest depth. A trace nests at most eight levels deep.</summary>
    private const int Deepest = 16;

    /// <param name="comments">True to allow comments, in a file which people write.</param>
    /// <exception cref="TraceFormatException">The text is not JSON.</exception>
    public static JsonPlace Parse(string text, bool comments = false)
    {
        try
        {
            var handling = comments ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow;
            using var document = JsonDocument.Parse(
                text,
                new() { MaxDepth = Deepest, AllowDuplicateProperties = false, CommentHandling = handling });
            return new("$", document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            string reason = e.Message.Contains("trailing comma", StringComparison.Ordinal)
                ? "a comma stands before the closing bracket; remove it"
                : e.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.');
            string place = e.LineNumber is { } line ? $"line {line + 1}, column {(e.BytePositionInLine ?? 0) + 1}" : "";
            throw new TraceFormatException(place, "not readable as JSON: " + reason, null, e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The text, or an escaped name of a member, contains half of a surrogate pair.
            throw new TraceFormatException("", "not readable as JSON: " + e.Message, null, e);
        }
    }

    /// <summary>Returns the members of an object. All must be allowed, and none of the required ones may be missing.</summary>
    public Dictionary<string, JsonPlace> Members(
        IReadOnlyCollection<string> required,
        IReadOnlyCollection<string>? optional = null,
        string what = "member")
    {
        Expect(JsonValueKind.Object);
        string[] allowed = [.. required, .. optional ?? []];
        var known = allowed.ToHashSet(StringComparer.Ordinal);
        var members = new Dictionary<string, JsonPlace>(StringComparer.Ordinal);
        foreach (var member in Element.EnumerateObject())
        {
            string name = Decode(() => member.Name);
            members[name] = known.Contains(name)
                ? new(Member(Path, name), member.Value)
                : throw Wrong($"{Suggestions.Quote(name)} is no {what} here{Suggestions.Hint(name, allowed)}");
        }

        string? missing = required.FirstOrDefault(r => !members.ContainsKey(r));
        return missing is null ? members : throw Wrong($"the {what} '{missing}' is missing");
    }

    public List<JsonPlace> Items()
    {
        Expect(JsonValueKind.Array);
        string path = Path;
        return [.. Element.EnumerateArray().Select((item, i) => new JsonPlace($"{path}[{i}]", item))];
    }

    public string String()
    {
        Expect(JsonValueKind.String);
        var element = Element;
        return Decode(() => element.GetString()!);
    }

    public int Integer() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out int value)
        ? value
        : throw Wrong($"must be an integer, not {Found()}");

    public bool Bool() => Element.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? Element.GetBoolean()
        : throw Wrong($"must be true or false, not {Found()}");

    /// <summary>Requires a string which is one of these, and returns its position.</summary>
    public int OneOf(IReadOnlyList<string> allowed, string what)
    {
        string given = String();
        for (int i = 0; i < allowed.Count; i++)
        {
            if (allowed[i] == given)
            {
                return i;
            }
        }

        throw Wrong($"{Suggestions.Quote(given)} is no {what}{Suggestions.Hint(given, allowed)}");
    }

    /// <summary>Requires a redundant member to be correct as well, because readers look at it.</summary>
    public void Must(string value, string why)
    {
        string given = String();
        if (given != value)
        {
            throw Wrong($"is {Suggestions.Quote(given)}, but {why} '{value}'");
        }
    }

    /// <summary>The path of a member of the object, or its place where the name is asked for.</summary>
    public static string Member(string path, string name) => path + Step(name);

    public TraceFormatException Wrong(string reason) => new(Path, reason);

    private void Expect(JsonValueKind kind)
    {
        if (Element.ValueKind != kind)
        {
            throw Wrong($"must be {Describe(kind)}, not {Found()}");
        }
    }

    private string Found() =>
        Element.ValueKind == JsonValueKind.Number ? $"the number {Suggestions.Quote(Element.GetRawText())}" : Describe(Element.ValueKind);

    private string Decode(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException e)
        {
            throw new TraceFormatException(Path, "a string holds half of a surrogate pair", null, e);
        }
    }

    private static string Step(string name) => name.All(char.IsAsciiLetterOrDigit) ? "." + name : $"['{name}']";

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
