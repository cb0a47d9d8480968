using System.Text.Json;
using Checker.App;
using Checker.App.Reports;
using Checker.Model.Catalogue;
using Checker.Model.Ir;

namespace Checker.Cli.Report.Html;

/// <summary>
/// Writes a report as the JSON document in its page. Equal results give equal bytes: there are no times in it. Traces which do not fit
/// into the page are left out, and the page says so.
/// </summary>
internal sealed class ReportData
{
    private readonly App.Reports.Report _report;
    private readonly Tables _tables = new();
    private readonly ModelData _models;
    private readonly TraceData _traceData;

    private ReportData(App.Reports.Report report)
    {
        _report = report;
        _models = new(_tables);
        _traceData = new(_tables, report.Traces);
    }

    /// <param name="most">The largest number of characters.</param>
    public static string Of(App.Reports.Report report, int most) => new ReportData(report).Text(most);

    private string Text(int most)
    {
        var protocols = _report.Protocols;
        string overview = JsonText.Of(json =>
        {
            json.WriteStartObject();
            Report.Json.Objects(json, "protocols", protocols, p => Protocol(json, p));
            Report.Json.Objects(json, "designs", _report.Designs, d => Design(json, d, protocols.IndexOf(d.Job.Protocol)));
            json.WriteEndObject();
        });
        var traces = new List<string>();
        int size = overview.Length, omitted = 0;
        foreach (var trace in _report.Traces)
        {
            var (mark, models) = (_tables.Mark(), _models.Count);
            int model = _models.Of(trace.Trace.Scope, trace.Protocol, protocols.IndexOf(trace.Protocol));
            string text = _traceData.Of(trace, model);
            if (size + text.Length + _tables.Size + _models.Size > most)
            {
                _tables.Return(mark);
                _models.Return(models);
                omitted++;
                continue;
            }

            traces.Add(text);
            size += text.Length + 1;
        }

        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("command", _report.Command);
            json.WriteString("version", Self.ShortVersion);
            json.WriteBoolean("finished", _report.Finished);
            json.WriteNumber("omitted", omitted);
            json.WritePropertyName("overview");
            json.WriteRawValue(overview);
            _models.Write(json);
            json.WritePropertyName("traces");
            json.WriteRawValue($"[{string.Join(',', traces)}]");
            _tables.Write(json);
            json.WriteEndObject();
        });
    }

    private void Protocol(Utf8JsonWriter json, Protocol protocol)
    {
        json.WriteNumber("name", _tables.Text(protocol.Name));
        json.WriteNumber("sentence", _tables.Text(protocol.Sentence));
        JsonText.Numbers(json, "keys", protocol.DesignKeys.Select(_tables.Text));
        var designs = _report.Designs.Where(d => d.Job.Protocol == protocol).ToList();
        // The columns of the matrix and the rows of the coverage.
        Report.Json.Objects(json, "properties", designs.SelectMany(d => d.Properties).Select(p => p.Property).DistinctBy(p => p.Name), p =>
        {
            json.WriteNumber("name", _tables.Text(p.Name));
            json.WriteNumber("kind", _tables.Text(p.Kind.Traits().Name));
            json.WriteBoolean("witnessed", p.IsWitnessed);
            json.WriteBoolean("rule", p.IsRule);
            json.WriteNumber("sentence", _tables.Text(Sentences.Of(protocol, p)));
            json.WriteNumber("why", _tables.Text(Sentences.Why(protocol, p)));
            json.WriteNumber("source", _tables.Text(p.Source.ToString()));
        });
        Report.Json.Objects(json, "actions", designs.SelectMany(d => d.Model.Actions).DistinctBy(a => a.Name), a =>
        {
            json.WriteNumber("name", _tables.Text(a.Name));
            json.WriteNumber("actor", _tables.Text(a.Actor));
            json.WriteNumber("source", _tables.Text(a.Source.ToString()));
        });
        Report.Json.Objects(json, "labels", designs.SelectMany(d => d.Model.Labels).DistinctBy(l => l.Name), l =>
        {
            json.WriteNumber("name", _tables.Text(l.Name));
            json.WriteNumber("sentence", _tables.Text(l.Sentence));
        });
        PictureData.Write(json, protocol.Picture, _tables);
    }

    private void Design(Utf8JsonWriter json, DesignReport design, int protocol)
    {
        var job = design.Job;
        json.WriteNumber("protocol", protocol);
        JsonText.Numbers(json, "parts", job.Design.Parts.Select(_tables.Text));
        json.WriteNumber("name", _tables.Text(job.ToString()));
        json.WriteNumber("bounds", _tables.Text(job.Bounds.Sorts.IsEmpty ? "" : $"{job.Bounds} ({job.Bounds.Names})"));
        JsonText.Numbers(json, "dropped", job.Dropped.Select(_tables.Text));
        json.WriteString("verdict", design.Verdict);
        json.WriteNumber("sentence", _tables.Text(design.Sentence));
        if (design.Counts is { } counts)
        {
            json.WriteStartObject("counts");
            json.WriteNumber("states", counts.States);
            json.WriteNumber("generated", counts.Generated);
            json.WriteNumber("depth", counts.Depth);
            json.WriteNumber("bits", counts.BitsPerState);
            json.WriteNumber("deadlocks", counts.Deadlocks);
            json.WriteNumber("symmetry", _tables.Text(counts.Symmetry));
            json.WriteEndObject();
        }

        Report.Json.Objects(json, "properties", design.Properties, p =>
        {
            json.WriteNumber("name", _tables.Text(p.Property.Name));
            Word("explored", p.Explored);
            Word("proved", p.Proved);
            Word("walked", p.Walked);
            Word("expected", p.Expected);
            if (p.Length is { } length)
            {
                json.WriteNumber("length", length);
            }

            if (p.Reason.Length > 0)
            {
                json.WriteNumber("reason", _tables.Text(p.Reason));
            }
        });
        if (!design.Fired.IsEmpty)
        {
            json.WriteStartArray("fired");
            foreach (var (action, count) in design.Model.Actions.Zip(design.Fired))
            {
                json.WriteNumberValue(_tables.Text(action.Name));
                json.WriteNumberValue(count);
            }

            json.WriteEndArray();
        }

        if (design.LabelsAtWork is { } labels)
        {
            JsonText.Numbers(json, "labelsAtWork", labels.Select(_tables.Text));
        }

        Report.Json.Objects(json, "notes", design.Notes, n =>
        {
            json.WriteString("kind", Report.Json.Word(n.Kind));
            json.WriteNumber("subject", _tables.Text(n.Subject));
            json.WriteNumber("sentence", _tables.Text(n.Sentence));
        });
        JsonText.Numbers(json, "problems", design.Problems.Select(_tables.Text));
        if (!design.Mutants.IsEmpty)
        {
            Report.Json.Objects(json, "mutants", design.Mutants, m => Mutant(json, m));
        }

        void Word(string name, string? word)
        {
            if (word is not null)
            {
                json.WriteString(name, word);
            }
        }
    }

    private void Mutant(Utf8JsonWriter json, MutantOutcome outcome)
    {
        var result = outcome.Result;
        json.WriteNumber("name", _tables.Text(outcome.Mutation.Name));
        json.WriteString("kind", Report.Json.Word(outcome.Mutation.Kind));
        json.WriteNumber("text", _tables.Text(outcome.Mutation.Text));
        json.WriteNumber("source", _tables.Text(outcome.Mutation.Source.ToString()));
        json.WriteString("verdict", Report.Json.Word(result.Verdict));
        json.WriteString("class", result.Class is { } kind ? Report.Json.Word(kind) : "");
        json.WriteNumber("by", _tables.Text(result.Violations is [var first, ..] ? first.Property.Name : string.Join(", ", result.Lost)));
        json.WriteNumber("length", result.Violations is [var kill, ..] ? kill.Length : 0);
        json.WriteNumber("reason", _tables.Text(outcome.Explanation?.Declared?.Reason ?? ""));
    }
}
