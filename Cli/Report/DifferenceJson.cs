using System.Text.Json;
using Checker.Solver.Traces;

namespace Checker.Cli.Report;

/// <summary>The difference of two traces as one JSON object: <c>difference</c> in docs/schema.</summary>
internal static class DifferenceJson
{
    /// <param name="files">The names of the two files.</param>
    public static void Write(TextWriter output, TraceDifference difference, (string First, string Second) files) =>
        Json.Write(output, "difference", json =>
        {
            json.WriteBoolean("accepted", true);
            json.WriteNull("refused");
            json.WriteBoolean("same", difference.IsEmpty);
            Write(json, "first", files.First, difference.First);
            Write(json, "second", files.Second, difference.Second);
            Json.Objects(json, "steps", difference.Steps, step => Write(json, difference, step));
        });

    /// <summary>Writes the reason why there is no difference: a trace which the model does not allow.</summary>
    public static void Refuse(TextWriter output, string refused) => Json.Write(output, "difference", json =>
    {
        json.WriteBoolean("accepted", false);
        json.WriteString("refused", refused);
    });

    private static void Write(Utf8JsonWriter json, string name, string file, Trace trace)
    {
        json.WriteStartObject(name);
        json.WriteString("file", file);
        json.WriteString("protocol", trace.Header.Protocol);
        json.WriteString("design", trace.Header.Design);
        json.WriteString("bounds", trace.Header.Bounds);
        Json.Strings(json, "dropped", trace.Header.Dropped);
        json.WriteString("mutant", trace.Header.Mutant);
        json.WriteString("property", trace.Property?.Name);
        json.WriteNumber("length", trace.Length);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TraceDifference difference, AlignedStep step)
    {
        var state = step.First is { } first ? difference.First.States[first] : difference.Second.States[step.Second!.Value];
        Json.Number(json, "first", step.First + 1);
        Json.Number(json, "second", step.Second + 1);
        json.WriteString("actor", state.Instance?.Action.Actor);
        json.WriteString("action", state.Instance?.ToString());
        Json.Objects(json, "cells", step.Cells, cell =>
        {
            json.WriteString("cell", cell.Cell);
            json.WriteString("first", cell.First);
            json.WriteString("second", cell.Second);
        });
    }
}
