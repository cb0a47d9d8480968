using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// Traces in the Informal Trace Format of Apalache (ADR-015, https://apalache-mc.org/docs/adr/015adr-trace.html), for other tools. A
/// record variable becomes one variable, a function to records. Elements and types are written like Apalache's (<c>f1_OF_FRAME</c>,
/// <c>Variant("Some", ..)</c>), and the step like Quint's (<c>mbt::actionTaken</c>, <c>mbt::nondetPicks</c>).
/// <c>#meta.checker</c> names the model.
/// </summary>
public static class Itf
{
    private const string Format = "ITF";
    private const string Reference = "https://apalache-mc.org/docs/adr/015adr-trace.html";

    internal const string Taken = "mbt::actionTaken";
    internal const string Picks = "mbt::nondetPicks";
    internal const string Init = "init";

    /// <summary>Apalache's only value of type UNIT, used as the contents of None.</summary>
    internal const string Unit = "U_OF_UNIT";

    public static void Write(Stream stream, Trace trace)
    {
        // Types contain arrows. The file is not embedded in a web page without escaping.
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Write(writer, trace);
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    public static string Write(Trace trace)
    {
        using var stream = new MemoryStream();
        Write(stream, trace);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void Write(Utf8JsonWriter writer, Trace trace)
    {
        var system = trace.Scope.System;
        var sorts = new ItfSorts(system);
        var functions = ItfFunction.Of(system, sorts);
        writer.WriteStartObject();
        writer.WriteStartObject("#meta");
        writer.WriteString("format", Format);
        writer.WriteString("format-description", Reference);
        writer.WriteString("description", Describe(trace));
        writer.WriteStartObject("varTypes");
        foreach (var function in functions)
        {
            writer.WriteString(function.Name, function.TypeName);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("checker");
        TraceHead.Write(writer, trace);
        writer.WriteEndObject();
        writer.WriteEndObject();
        Strings(writer, "params", system.Sorts.Select(sorts.Name));
        Strings(writer, "vars", [.. functions.Select(f => f.Name), Taken, Picks]);
        writer.WriteStartArray("states");
        for (int i = 0; i < trace.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("#meta");
            writer.WriteNumber("index", i);
            writer.WriteEndObject();
            if (i == 0)
            {
                WriteParams(writer, trace.Scope, sorts);
            }

            foreach (var function in functions)
            {
                writer.WritePropertyName(function.Name);
                WriteFunction(writer, trace.Scope, function, trace.States[i].Cells);
            }

            WriteStep(writer, sorts, trace.States[i].Instance);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <param name="load">Builds the instance for a header.</param>
    /// <returns>The trace in the file. <see cref="Replay"/> decides if the model allows it.</returns>
    /// <exception cref="TraceFormatException">
    /// The text is damaged, belongs to another model, or comes from another tool, which does not name the model.
    /// </exception>
    public static Trace Read(string text, Func<TraceHeader, Scope> load) => Read(JsonPlace.Parse(text), load);

    internal static Trace Read(JsonPlace root, Func<TraceHeader, Scope> load)
    {
        var members = root.Members(["#meta", "vars", "states"], ["params", "loop"]);
        if (members.TryGetValue("loop", out var loop))
        {
            throw loop.Wrong("a trace with a loop cannot be replayed here: every behaviour is finite");
        }

        var meta = members["#meta"];
        if (meta.Element.ValueKind != JsonValueKind.Object || !meta.Element.TryGetProperty("checker", out var checker))
        {
            throw meta.Wrong("has no member 'checker' with the model's name: only ITF files written by this program can be replayed");
        }

        var place = new JsonPlace("$['#meta'].checker", checker);
        if (checker.ValueKind == JsonValueKind.Object && checker.TryGetProperty("schema", out var schema))
        {
            TraceHead.CheckSchema(new(place.Path + ".schema", schema));
        }

        var redundant = meta.Members(["format", "varTypes", "checker"], ["format-description", "description"]);
        redundant["format"].Must(Format, "the format is");
        if (redundant.TryGetValue("format-description", out var reference))
        {
            reference.Must(Reference, "the format is described at");
        }

        var trace = new ItfReader(TraceHead.Read(place, place.Members(TraceHead.Members, TraceHead.Optional), load)).Read(members);
        CheckTypes(redundant["varTypes"], ItfFunction.Of(trace.Scope.System, new(trace.Scope.System)));
        if (redundant.TryGetValue("description", out var description))
        {
            description.Must(Describe(trace), "the trace is");
        }

        return trace;
    }

    private static void CheckTypes(JsonPlace types, ImmutableArray<ItfFunction> functions)
    {
        var given = types.Members([.. functions.Select(f => f.Name)], what: "variable");
        foreach (var function in functions)
        {
            given[function.Name].Must(function.TypeName, $"{function.Name} has the type");
        }
    }

    private static string Describe(Trace trace) => trace.Property switch
    {
        null => $"A behaviour of {trace.Header}",
        { IsWitnessed: true } p => $"A witness of {p.Name} in {trace.Header}",
        var p => $"A violation of {p.Name} in {trace.Header}",
    };

    private static void WriteParams(Utf8JsonWriter writer, Scope scope, ItfSorts sorts)
    {
        foreach (var sort in scope.System.Sorts)
        {
            writer.WriteStartObject(sorts.Name(sort));
            Strings(writer, "#set", Enumerable.Range(0, scope.SizeOf(sort)).Select(i => sorts.Element(sort, i)));
            writer.WriteEndObject();
        }
    }

    private static void WriteFunction(Utf8JsonWriter writer, Scope scope, ItfFunction function, ImmutableArray<int> state)
    {
        if (function.Index.IsEmpty)
        {
            WriteValue(writer, function.Sorts, function.Fields[0].Type, state[scope.CellAt(function.Fields[0], [])]);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("#map");
        foreach (var index in Scope.Tuples([.. function.Index.Select(scope.Cardinality)]))
        {
            writer.WriteStartArray();
            WriteKey(writer, function.Sorts, function.Index, index);
            if (function.IsRecord)
            {
                writer.WriteStartObject();
            }

            foreach (var field in function.Fields)
            {
                if (function.IsRecord)
                {
                    writer.WritePropertyName(function.FieldName(field));
                }

                WriteValue(writer, function.Sorts, field.Type, state[scope.CellAt(field, [.. index])]);
            }

            if (function.IsRecord)
            {
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter writer, ItfSorts sorts, ImmutableArray<ModelType> types, ImmutableArray<int> index)
    {
        if (index.Length == 1)
        {
            WriteValue(writer, sorts, types[0], index[0]);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("#tup");
        for (int i = 0; i < index.Length; i++)
        {
            WriteValue(writer, sorts, types[i], index[i]);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter writer, ItfSorts sorts, ActionInstance? instance)
    {
        writer.WriteString(Taken, instance?.Action.Name ?? Init);
        writer.WriteStartObject(Picks);
        for (int i = 0; i < (instance?.Arguments.Length ?? 0); i++)
        {
            // A pick is an option, because other steps do not make it.
            var parameter = instance!.Action.Parameters[i];
            writer.WritePropertyName(parameter.Name);
            WriteValue(writer, sorts, new OptionType(parameter.Type), instance.Arguments[i] + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, ItfSorts sorts, ModelType type, int code)
    {
        switch (type)
        {
            case BoolType:
                writer.WriteBooleanValue(code != 0);
                break;
            case RangeType:
                writer.WriteStartObject();
                writer.WriteString("#bigint", code.ToString(CultureInfo.InvariantCulture));
                writer.WriteEndObject();
                break;
            case SortType sort:
                writer.WriteStringValue(sorts.Element(sort, code));
                break;
            case OptionType option:
                writer.WriteStartObject();
                writer.WriteString("tag", code == 0 ? "None" : "Some");
                writer.WritePropertyName("value");
                if (code == 0)
                {
                    writer.WriteStringValue(Unit);
                }
                else
                {
                    WriteValue(writer, sorts, option.Element, code - 1);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(Printer.Value(type, code));
                break;
        }
    }

    private static void Strings(Utf8JsonWriter writer, string name, IEnumerable<string> strings)
    {
        writer.WriteStartArray(name);
        foreach (string s in strings)
        {
            writer.WriteStringValue(s);
        }

        writer.WriteEndArray();
    }
}
