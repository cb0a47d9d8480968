using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// Traces in our own schema, checker-trace/1 (docs/traces.md). Every state is complete, with each cell under its usual name. So a file
/// can be read directly, compared with diff and processed with jq.
/// </summary>
public static class TraceJson
{
    public static void Write(Stream stream, Trace trace)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
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
        writer.WriteStartObject();
        TraceHead.Write(writer, trace);
        WriteStates(writer, trace);
        writer.WriteEndObject();
    }

    /// <summary>Writes the member "states": each state completely, with the step to it.</summary>
    public static void WriteStates(Utf8JsonWriter writer, Trace trace)
    {
        writer.WriteStartArray("states");
        for (int i = 0; i < trace.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("state", i + 1);
            if (trace.States[i].Instance is { } instance)
            {
                writer.WriteStartObject("step");
                writer.WriteString("actor", instance.Action.Actor);
                writer.WriteString("action", instance.Action.Name);
                writer.WriteStartObject("parameters");
                for (int p = 0; p < instance.Arguments.Length; p++)
                {
                    var parameter = instance.Action.Parameters[p];
                    writer.WritePropertyName(parameter.Name);
                    WriteValue(writer, parameter.Type, instance.Arguments[p]);
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteStartObject("cells");
            foreach (var cell in trace.Scope.Cells)
            {
                writer.WritePropertyName(cell.ToString());
                WriteValue(writer, cell.Variable.Type, trace.States[i].Cells[cell.Number]);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <param name="load">Builds the instance for a header.</param>
    /// <returns>The trace in the file. <see cref="Replay"/> decides if the model allows it.</returns>
    /// <exception cref="TraceFormatException">The text is damaged, or not of this model.</exception>
    public static Trace Read(string text, Func<TraceHeader, Scope> load) => Read(JsonPlace.Parse(text), load);

    internal static Trace Read(JsonPlace root, Func<TraceHeader, Scope> load)
    {
        // The schema comes first, because additional members of another version are no mistake.
        if (root.Element.ValueKind == JsonValueKind.Object && root.Element.TryGetProperty("schema", out var schema))
        {
            TraceHead.CheckSchema(new("$.schema", schema));
        }

        var members = root.Members([.. TraceHead.Members, "states"], TraceHead.Optional);
        var head = TraceHead.Read(root, members, load);
        var states = ImmutableArray.CreateBuilder<TraceState>();
        string[] names = [.. head.Scope.Cells.Select(c => c.ToString())];
        foreach (var place in head.States(members["states"]))
        {
            states.Add(ReadState(head, place, states.Count, names));
        }

        return head.Trace(states);
    }

    private static TraceState ReadState(TraceHead head, JsonPlace place, int index, string[] names)
    {
        var members = place.Members(index == 0 ? ["state", "cells"] : ["state", "step", "cells"]);
        if (members["state"].Integer() != index + 1)
        {
            throw members["state"].Wrong($"is {members["state"].Integer()}, but this is state {index + 1}");
        }

        ActionInstance? instance = null;
        if (index > 0)
        {
            var step = members["step"].Members(["actor", "action", "parameters"]);
            var action = head.Action(step["action"]);
            step["actor"].Must(action.Actor, $"{action.Name} is an action of");
            instance = head.Instance(action, step["parameters"], (p, type) => ReadValue(head, p, type));
        }

        var cells = members["cells"].Members(names, what: "cell");
        return new(instance, [.. head.Scope.Cells.Select(c => ReadValue(head, cells[names[c.Number]], c.Variable.Type))]);
    }

    /// <summary>Writes None as null, because an enum may have a member of this name.</summary>
    private static void WriteValue(Utf8JsonWriter writer, ModelType type, int code)
    {
        switch (type)
        {
            case BoolType: writer.WriteBooleanValue(code != 0); break;
            case RangeType: writer.WriteNumberValue(code); break;
            case OptionType when code == 0: writer.WriteNullValue(); break;
            case OptionType option: WriteValue(writer, option.Element, code - 1); break;
            default: writer.WriteStringValue(Printer.Value(type, code)); break;
        }
    }

    private static int ReadValue(TraceHead head, JsonPlace place, ModelType type) => type switch
    {
        BoolType => place.Bool() ? 1 : 0,
        RangeType range => TraceHead.InRange(place, range, place.Integer()),
        EnumType e => place.OneOf(e.Members, $"value of {e.Name}"),
        SortType s => place.OneOf(head.Elements(s), $"element of {s.Name}"),
        OptionType => place.Element.ValueKind == JsonValueKind.Null ? 0 : ReadValue(head, place, ((OptionType)type).Element) + 1,
        _ => throw new UnreachableException(type.Name),
    };
}
