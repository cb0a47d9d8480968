using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Checker.App;
using Checker.App.Reports;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;

namespace Checker.Cli.Report.Html;

/// <summary>Writes traces for the page: the changes of each step, and the value of each property in each state.</summary>
internal sealed class TraceData(Tables tables, IEnumerable<TraceReport> reports)
{
    private readonly IReadOnlyDictionary<Trace, (ImmutableArray<PropertyReadings> Properties, ImmutableArray<Watch> Watches)> _readings =
        TraceReadings.Of(reports.Select(r => r.Trace));

    /// <param name="model">The number of the trace's model in the page.</param>
    public string Of(TraceReport report, int model)
    {
        var trace = report.Trace;
        var (properties, watches) = _readings[trace];
        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("model", model);
            json.WriteString("purpose", Report.Json.Word(report.Purpose));
            json.WriteNumber("property", trace.Property is null ? -1 : trace.Scope.System.Properties.IndexOf(trace.Property));
            json.WriteNumber("name", tables.Text(trace.Property?.Name ?? "trace"));
            json.WriteNumber("ending", tables.Text(Ending(trace)));
            json.WriteNumber("remark", tables.Text(report.Remark));
            json.WriteNumber("header", tables.Text(trace.Header.ToString()));
            json.WriteBoolean("lastStep", trace.LastStep);
            json.WriteBoolean("explained", trace.Length <= TraceReadings.MostExplained);
            JsonText.Numbers(json, "read", trace.Property is null
                ? []
                : Explanation.Why(trace).AllReads.Select(r => r.Cell.Number));
            JsonText.Numbers(json, "initial", trace.Scope.Cells.Select(c => Value(c, trace.States[0].Cells[c.Number])));
            json.WriteStartArray("steps");
            var missed = report.Missed();
            for (int i = 1; i < trace.Length; i++)
            {
                Step(json, trace, i, missed[i]);
            }

            json.WriteEndArray();
            json.WriteStartArray("properties");
            foreach (var property in properties)
            {
                Runs(json, property.Reasons.Select(r => r is null ? -1 : tables.Node(r)));
            }

            json.WriteEndArray();
            json.WriteStartArray("watches");
            foreach (var watch in watches)
            {
                json.WriteStartArray();
                json.WriteNumberValue(tables.Text(watch.Text));
                Runs(json, watch.Values.Select(tables.Text));
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteString("exports", Exports(trace, report));
            json.WriteEndObject();
        });
    }

    private static string Ending(Trace trace) => trace.Property is not { } property ? ""
        : string.Format(System.Globalization.CultureInfo.InvariantCulture, property.Kind.Traits().Shown,
            property.Subject == PropertySubject.Sequence ? $"these {trace.Length - 1} steps"
                : trace.LastStep ? $"the step to state {trace.Length}"
                : $"state {trace.Length}");

    /// <summary>Writes a step: the action, its arguments, the missed labels, and the changed cells with their new values.</summary>
    private void Step(
        Utf8JsonWriter json,
        Trace trace,
        int state,
        IEnumerable<(string Label, string Effect)> missed)
    {
        var (instance, before, after) = (trace.States[state].Instance!, trace.States[state - 1].Cells, trace.States[state].Cells);
        json.WriteStartArray();
        json.WriteNumberValue(trace.Scope.System.Actions.IndexOf(instance.Action));
        json.WriteNumberValue(tables.Text(instance.ToString()[instance.Action.Name.Length..]));
        json.WriteStartArray();
        foreach (var (label, effect) in missed)
        {
            json.WriteNumberValue(tables.Text($"{label} {effect}"));
        }

        json.WriteEndArray();
        foreach (var cell in trace.Scope.Cells.Where(c => before[c.Number] != after[c.Number]))
        {
            json.WriteNumberValue(cell.Number);
            json.WriteNumberValue(Value(cell, after[cell.Number]));
        }

        json.WriteEndArray();
    }

    private int Value(Cell cell, int code) => tables.Text(Printer.Value(cell.Variable.Type, code));

    /// <summary>Writes a list of numbers as runs: a count, then a number.</summary>
    private static void Runs(Utf8JsonWriter json, IEnumerable<int> numbers)
    {
        json.WriteStartArray();
        (int Count, int Number) run = default;
        foreach (int number in numbers)
        {
            if (run.Count > 0 && run.Number != number)
            {
                Write(run);
                run = default;
            }

            run = (run.Count + 1, number);
        }

        Write(run);
        json.WriteEndArray();

        void Write((int Count, int Number) run)
        {
            if (run.Count > 0)
            {
                json.WriteNumberValue(run.Count);
                json.WriteNumberValue(run.Number);
            }
        }
    }

    /// <summary>
    /// Returns the texts to copy, compressed: the ITF of a trace repeats itself in every state. The page unpacks them when asked.
    /// </summary>
    private static string Exports(Trace trace, TraceReport report)
    {
        string text = JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("command", $"{Self.Command} replay{Self.From(report.Protocol)} /dev/stdin");
            json.WriteString("mermaid", Text(writer => Mermaid.Write(trace, writer)));
            json.WriteString("plantUml", Text(writer => PlantUml.Write(trace, writer)));
            json.WriteString("xunit", Text(writer => XunitTest.Write(trace, writer, report.Protocol.Definition)));
            if (!trace.BeginsAnywhere)
            {
                json.WriteString("itf", Itf.Write(trace));
            }

            json.WriteEndObject();
        });
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    private static string Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        return writer.ToString();
    }
}
