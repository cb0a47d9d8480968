using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Checker.App.Gate;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;

namespace Checker.Cli.Report;

/// <summary>One JSON object on an output with no other contents. docs/schema describes the objects of all commands.</summary>
internal static class Json
{
    /// <summary>The version of the schema. It changes if a key goes or changes its meaning; a new key does not change it.</summary>
    public const string Schema = ResultFile.Schema;

    /// <summary>The output is no part of an HTML page, so only characters required by JSON itself are escaped.</summary>
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="command">The command, for which docs/schema describes the members.</param>
    public static void Write(TextWriter writer, string command, Action<Utf8JsonWriter> members) => writer.WriteLine(Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("command", command);
        members(json);
        json.WriteEndObject();
    }));

    /// <summary>Returns the JSON text of a value.</summary>
    public static string Text(Action<Utf8JsonWriter> value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            value(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The members of a run besides the parts of its design.</summary>
    internal static readonly FrozenSet<string> RunMembers = FrozenSet.ToFrozenSet(
    [
        "protocol", "design", "bounds", "dropped", "property", "verdict", "length", "seconds", "distinct", "generated", "depth",
        "problems", "steps",
        "traceBounds", "expected", "walk", "seed", "walks", "stuck", "stepsPerSecond", "fired", "labelsAtWork",
        "labelsRefusing", "labelsNotSeen", "extent",
        "proved", "conjuncts", "obligations", "open", "solver", "lemmas", "counterexamples", "refines", "edges", "claimed",
        "finished", "reason", "domain",
        "witnesses", "inductionCounterexample", "properties", "outcome", "tools",
    ], StringComparer.Ordinal);

    /// <summary>
    /// Writes the parts of a design by their keys. If a key equals a member of a run, its name is "design" and the key, "designBounds".
    /// </summary>
    public static void Parts(Utf8JsonWriter json, Protocol protocol, Design design)
    {
        foreach (var (key, part) in protocol.DesignKeys.Zip(design.Parts))
        {
            json.WriteString(RunMembers.Contains(key) ? $"design{char.ToUpperInvariant(key[0])}{key[1..]}" : key, part);
        }
    }

    /// <summary>Writes the sizes covered by a proof for any size: the least number of elements of each sort.</summary>
    public static void Domain(Utf8JsonWriter json, TransitionSystem system)
    {
        json.WriteStartObject("domain");
        foreach (var sort in system.Sorts)
        {
            json.WriteNumber(sort.Name, Solver.Proof.Domain.LeastOf(system, sort));
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the part of the work that was done; null for all of it.</summary>
    /// <param name="code">The exit code of the command.</param>
    public static void Shard(Utf8JsonWriter json, Shard? shard, int code)
    {
        if (shard is null)
        {
            json.WriteNull("shard");
            return;
        }

        json.WriteStartObject("shard");
        json.WriteNumber("index", shard.Index);
        json.WriteNumber("count", shard.Count);
        json.WriteNumber("exitCode", code);
        Strings(json, "work", shard.Work);
        json.WriteEndObject();
    }

    public static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an answer: the word, the behaviours it is about, and the reason if it is missing.</summary>
    public static void Answer(Utf8JsonWriter json, Answer answer)
    {
        json.WriteString("verdict", answer.Word);
        json.WriteString("extent", Word(answer.Extent));
        json.WriteString("reason", answer.IsDecided ? null : answer.Reason);
    }

    /// <summary>Returns the value's name in JSON, "anySize".</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>Writes a number; null if there is none.</summary>
    public static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Writes true or false; null if it is not known.</summary>
    public static void Boolean(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known)
        {
            json.WriteBoolean(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Objects<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStartObject();
            members(value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
