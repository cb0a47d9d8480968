using System.Collections.Immutable;
using System.Text.Json;
using Checker.App;

namespace Checker.Cli.Report;

/// <summary>A file with the output of <c>verify --json</c>, as <see cref="RunJson"/> writes it.</summary>
/// <param name="Finished">False if a question has no answer.</param>
internal sealed record RunFile(ImmutableArray<RunSummary> Runs, bool Finished)
{
    /// <exception cref="BadInputException">The file cannot be read, or is no output of <c>verify --json</c>.</exception>
    public static RunFile Read(string option, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            if (Text(root, "", "schema") is var schema && (schema != Json.Schema || Text(root, "", "command") != "verify"))
            {
                throw new FormatException($"its schema is '{schema}' of '{Text(root, "", "command")}', not '{Json.Schema}' of 'verify'");
            }

            return new(
                [.. Member(root, "", "runs", JsonValueKind.Array).EnumerateArray().Select((run, i) => Run(run, $"runs[{i}]"))],
                Member(root, "", "finished", JsonValueKind.True, JsonValueKind.False).GetBoolean());
        }
        catch (JsonException broken)
        {
            throw new BadInputException($"{option} {path}: the file is no JSON (line {broken.LineNumber + 1})");
        }
        catch (FormatException other)
        {
            throw new BadInputException($"{option} {path}: the file is no output of `{Self.Command} verify --json`: {other.Message}");
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            string reason = unread is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : unread.Message;
            throw new BadInputException($"{option} {path}: {reason}");
        }
    }

    private static RunSummary Run(JsonElement run, string place) => new(
        Text(run, place, "protocol"),
        // The parts of the design stand between the protocol and the bounds, by the keys of the protocol.
        string.Join(',', run.EnumerateObject().Skip(1).TakeWhile(m => m.Name != "bounds").Select(m => m.Value.ToString())),
        Text(run, place, "bounds"),
        [.. Member(run, place, "dropped", JsonValueKind.Array).EnumerateArray().Select(l => l.ToString())],
        Text(run, place, "verdict"),
        Number(run, place, "distinct"),
        Number(run, place, "generated"),
        (int)Number(run, place, "depth"),
        [
            .. Member(run, place, "properties", JsonValueKind.Array).EnumerateArray()
                .Select((p, i) => Property(p, $"{place}.properties[{i}]")),
        ]);

    private static (string Name, PropertyVerdict Verdict) Property(JsonElement property, string place) => (
        Text(property, place, "name"),
        new(
            Text(property, place, "exploredVerdict"),
            Optional(property, place, "provedForAllSizes", JsonValueKind.True, JsonValueKind.False)?.GetBoolean(),
            Optional(property, place, "length", JsonValueKind.Number)?.GetInt32()));

    /// <summary>Returns a member; null if it is null.</summary>
    private static JsonElement? Optional(JsonElement element, string place, string name, params ReadOnlySpan<JsonValueKind> kinds)
    {
        var member = Member(element, place, name, [.. kinds, JsonValueKind.Null]);
        return member.ValueKind == JsonValueKind.Null ? null : member;
    }

    private static string Text(JsonElement element, string place, string name) =>
        Member(element, place, name, JsonValueKind.String).GetString()!;

    private static long Number(JsonElement element, string place, string name) =>
        Member(element, place, name, JsonValueKind.Number).TryGetInt64(out long number)
            ? number
            : throw new FormatException($"'{name}' of {place} is no whole number");

    /// <exception cref="FormatException">There is no such member of such a kind.</exception>
    private static JsonElement Member(JsonElement element, string place, string name, params ReadOnlySpan<JsonValueKind> kinds) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && kinds.Contains(member.ValueKind)
            ? member
            : throw new FormatException($"{(place.Length == 0 ? "it" : place)} has no '{name}', or one of another kind");
}
