using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Checker.Model.Catalogue;
using Checker.Model.Ir;

namespace Checker.Cli.Report;

/// <summary>One JSON value on an output with no other contents.</summary>
internal static class Json
{
    /// <summary>The output is no part of an HTML page, so only characters required by JSON itself are escaped.</summary>
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter writer, Action<Utf8JsonWriter> value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            value(json);
        }

        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>The members of a run besides the parts of its design.</summary>
    internal static readonly FrozenSet<string> RunMembers = FrozenSet.ToFrozenSet(
    [
        "protocol", "design", "bounds", "dropped", "property", "verdict", "length", "seconds", "distinct", "generated", "depth",
        "problems", "steps",
        "trace_bounds", "expected", "walk", "seed", "walks", "stuck", "steps_per_second", "fired", "labels_at_work",
        "labels_refusing", "labels_not_seen",
        "proved", "conjuncts", "obligations", "open", "solver", "lemmas", "counterexamples", "refines", "edges", "claimed",
        "finished", "reason", "domain",
        "witnesses", "inductionCounterexample", "properties",
    ], StringComparer.Ordinal);

    /// <summary>Writes the parts of a design by their keys. If a key equals a member of a run, its name is "design_" and the key.</summary>
    public static void Parts(Utf8JsonWriter json, Protocol protocol, Design design)
    {
        foreach (var (key, part) in protocol.DesignKeys.Zip(design.Parts))
        {
            json.WriteString(RunMembers.Contains(key) ? $"design_{key}" : key, part);
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

    public static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
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
