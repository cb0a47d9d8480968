using System.Text.Json;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Cli.Report.Html;

/// <summary>Writes the models of the traces: cells, actions with their guards, and properties with their formulas.</summary>
internal sealed class ModelData(Tables tables)
{
    private readonly List<string> _models = [];
    private readonly Dictionary<Scope, int> _numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>The size of all models, in characters.</summary>
    public int Size => _models.Sum(m => m.Length + 1);

    public int Count => _models.Count;

    /// <summary>Returns the number of the model, which is written if it is new.</summary>
    public int Of(Scope scope, Protocol protocol, int protocolNumber)
    {
        if (!_numbers.TryGetValue(scope, out int number))
        {
            number = _numbers[scope] = _models.Count;
            _models.Add(Text(scope, protocol, protocolNumber));
        }

        return number;
    }

    /// <summary>Removes the models after the first <paramref name="count"/>.</summary>
    public void Return(int count)
    {
        _models.RemoveRange(count, _models.Count - count);
        foreach (var scope in _numbers.Where(n => n.Value >= count).Select(n => n.Key).ToList())
        {
            _numbers.Remove(scope);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WritePropertyName("models");
        json.WriteRawValue($"[{string.Join(',', _models)}]");
    }

    private string Text(Scope scope, Protocol protocol, int protocolNumber) => JsonText.Of(json =>
    {
        var system = scope.System;
        json.WriteStartObject();
        json.WriteNumber("protocol", protocolNumber);
        Report.Json.Objects(json, "sorts", system.Sorts, sort =>
        {
            json.WriteNumber("name", tables.Text(sort.Name));
            JsonText.Numbers(json, "elements", Enumerable.Range(0, scope.SizeOf(sort)).Select(e => tables.Text(Printer.Value(sort, e))));
        });
        var modified = system.Actions.SelectMany(a => a.Modifies).ToHashSet();
        Report.Json.Objects(json, "variables", system.Variables, variable =>
        {
            json.WriteNumber("name", tables.Text(variable.Name));
            json.WriteNumber("source", tables.Text(variable.Source.ToString()));
            JsonText.Numbers(json, "index", variable.Index.Select(t => tables.Text(t.Name)));
            json.WriteNumber("target", tables.Text(Picture.TargetOf(variable) ?? ""));
            json.WriteNumber("first", scope.FirstCell(variable));
            json.WriteBoolean("constant", !modified.Contains(variable));
        });
        json.WriteStartArray("cells");
        var numbers = system.Variables.Select((v, i) => (v, i)).ToDictionary(v => v.v, v => v.i);
        foreach (var cell in scope.Cells)
        {
            json.WriteStartArray();
            json.WriteNumberValue(numbers[cell.Variable]);
            json.WriteNumberValue(tables.Text(cell.ToString()));
            foreach (var (code, type) in cell.Index.Zip(cell.Variable.Index))
            {
                json.WriteNumberValue(tables.Text(Printer.Value(type, code)));
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        Report.Json.Objects(json, "actions", system.Actions, action => Action(json, action));
        Report.Json.Objects(json, "properties", system.Properties, property =>
        {
            json.WriteNumber("name", tables.Text(property.Name));
            json.WriteNumber("kind", tables.Text(property.Kind.Traits().Name));
            json.WriteBoolean("witnessed", property.IsWitnessed);
            json.WriteBoolean("rule", property.IsRule);
            json.WriteNumber("sentence", tables.Text(Sentences.Of(protocol, property)));
            json.WriteNumber("why", tables.Text(Sentences.Why(protocol, property)));
            json.WriteNumber("source", tables.Text(property.Source.ToString()));
            json.WriteNumber("formula", tables.Text(FormulaText.Of(system, property)));
        });
        json.WriteEndObject();
    });

    private void Action(Utf8JsonWriter json, ActionDeclaration action)
    {
        json.WriteNumber("name", tables.Text(action.Name));
        json.WriteNumber("actor", tables.Text(action.Actor));
        json.WriteNumber("source", tables.Text(action.Source.ToString()));
        json.WriteStartArray("guards");
        foreach (var guard in action.Guards)
        {
            json.WriteStartArray();
            json.WriteNumberValue(tables.Text(guard.Text));
            json.WriteNumberValue(tables.Text(guard.Label ?? ""));
            json.WriteNumberValue(tables.Text(guard.Source.ToString()));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("updates");
        foreach (var update in action.Updates)
        {
            json.WriteStartArray();
            json.WriteNumberValue(tables.Text(UpdateText(update)));
            json.WriteNumberValue(tables.Text(update.Source.ToString()));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>Returns the assignment as text: "data[f] := Zero, for each f with gmem[p] == f".</summary>
    private static string UpdateText(Update update)
    {
        string place = Printer.Location(update.Variable, string.Join(",", update.Index.Select(i => i.ToString())));
        string each = update.Bulk.IsEmpty ? "" : $"for each {string.Join(", ", update.Bulk.Select(b => b.Name))}";
        string when = update.When.IsEmpty
            ? ""
            : $"{(each.Length > 0 ? " with" : "if")} {string.Join(" & ", update.When.Select(w => w.ToString()))}";
        return $"{place} := {update.Value}{(each.Length + when.Length > 0 ? ", " : "")}{each}{when}";
    }
}
