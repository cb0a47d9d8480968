using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// The common header of both file formats, with the same members: the top of a JSON trace, <c>#meta.checker</c> of an ITF one. Reading
/// it builds the model, which determines the allowed contents of the rest of the file.
/// </summary>
internal sealed class TraceHead
{
    public const string Schema = "checker-trace/1";

    public static readonly ImmutableArray<string> Members = [
        "schema", "protocol", "design", "bounds", "sizes", "dropped", "property", "length"
    ];

    /// <summary>The optional members, which are absent if they have nothing to say.</summary>
    public static readonly ImmutableArray<string> Optional = ["mutant"];

    private readonly Dictionary<ActionDeclaration, int> _firstInstance;
    private readonly int _length;

    private TraceHead(TraceHeader header, Scope scope, PropertyDeclaration? property, int length)
    {
        (Header, Scope, Property, _length) = (header, scope, property, length);
        _firstInstance = scope.Instances.GroupBy(i => i.Action).ToDictionary(g => g.Key, g => g.First().Number);
    }

    public TraceHeader Header { get; }

    public Scope Scope { get; }

    public PropertyDeclaration? Property { get; }

    public static void Write(Utf8JsonWriter writer, Trace trace)
    {
        var system = trace.Scope.System;
        writer.WriteString("schema", Schema);
        writer.WriteString("protocol", trace.Header.Protocol);
        writer.WriteString("design", trace.Header.Design);
        writer.WriteString("bounds", trace.Header.Bounds);
        writer.WriteStartObject("sizes");
        foreach (var sort in system.Sorts)
        {
            writer.WriteNumber(sort.Name, trace.Scope.SizeOf(sort));
        }

        writer.WriteEndObject();
        writer.WriteStartArray("dropped");
        foreach (string label in system.Dropped.Order(StringComparer.Ordinal))
        {
            writer.WriteStringValue(label);
        }

        writer.WriteEndArray();
        if (trace.Header.Mutant.Length > 0)
        {
            writer.WriteString("mutant", trace.Header.Mutant);
        }

        if (trace.Property is { } property)
        {
            writer.WriteStartObject("property");
            writer.WriteString("name", property.Name);
            writer.WriteString("kind", property.Kind.ToString());
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("property");
        }

        writer.WriteNumber("length", trace.Length);
    }

    /// <param name="at">The members of the surrounding object.</param>
    /// <param name="load">Builds the instance for a header. The reader reports its ArgumentException.</param>
    public static TraceHead Read(JsonPlace place, IReadOnlyDictionary<string, JsonPlace> at, Func<TraceHeader, Scope> load)
    {
        var header = new TraceHeader(at["protocol"].String(), at["design"].String(), at["bounds"].String(),
            [.. at["dropped"].Items().Select(i => i.String()).Order(StringComparer.Ordinal)])
        {
            Mutant = at.TryGetValue("mutant", out var mutant) ? mutant.String() : "",
        };
        var scope = Load(place, header, load);
        if (!scope.System.Dropped.SetEquals(header.Dropped) || scope.System.Dropped.Count != header.Dropped.Length)
        {
            throw at["dropped"].Wrong($"lists the labels {List(header.Dropped)}, but the model is without {List(scope.System.Dropped)}");
        }

        foreach (var (name, size) in at["sizes"].Members([.. scope.System.Sorts.Select(s => s.Name)], what: "sort"))
        {
            int expected = scope.SizeOf(scope.System.Sorts.Single(s => s.Name == name));
            if (size.Integer() != expected)
            {
                throw size.Wrong($"is {size.Integer()}, but with bounds {header.Bounds} it is {expected}");
            }
        }

        return new(header, scope, ReadProperty(at["property"], scope.System), at["length"].Integer());
    }

    /// <exception cref="TraceFormatException">The schema is missing or unknown.</exception>
    public static void CheckSchema(JsonPlace schema)
    {
        if (schema.String() != Schema)
        {
            throw schema.Wrong($"is {Suggestions.Quote(schema.String())}; this program reads '{Schema}'");
        }
    }

    /// <summary>Returns the states of the file. Their number must be the declared one.</summary>
    public List<JsonPlace> States(JsonPlace states)
    {
        var items = states.Items();
        return items.Count == 0 ? throw states.Wrong("there is no state; a trace has at least the initial one")
            : items.Count != _length ? throw states.Wrong($"there are {items.Count} states, but 'length' is {_length}")
            : items;
    }

    public ActionDeclaration Action(JsonPlace name)
    {
        var actions = Scope.System.Actions;
        return actions[name.OneOf([.. actions.Select(a => a.Name)], $"action of {Scope.System.Name}")];
    }

    /// <summary>Reads an action with its arguments, each by <paramref name="value"/>.</summary>
    public ActionInstance Instance(ActionDeclaration action, JsonPlace parameters, Func<JsonPlace, ModelType, int> value)
    {
        var given = parameters.Members([.. action.Parameters.Select(p => p.Name)], what: $"parameter of {action.Name}");
        ImmutableArray<int> arguments = [.. action.Parameters.Select(p => value(given[p.Name], p.Type))];
        // Instances are numbered action by action, with the last parameter moving fastest.
        int offset = action.Parameters.Zip(arguments).Aggregate(0, (n, p) => (n * Scope.Cardinality(p.First.Type)) + p.Second);
        return Scope.Instances[_firstInstance[action] + offset];
    }

    public Trace Trace(IEnumerable<TraceState> states) =>
        new(Scope, Property, [.. states], Property is not null && Property.IsAboutSteps) { Header = Header };

    /// <summary>The elements of a sort, in order: f0, f1, ...</summary>
    public string[] Elements(SortType sort) => [.. Enumerable.Range(0, Scope.SizeOf(sort)).Select(i => Printer.Value(sort, i))];

    public static int InRange(JsonPlace place, RangeType range, int value) => value >= range.Min && value <= range.Max
        ? value
        : throw place.Wrong($"is {value.ToString(CultureInfo.InvariantCulture)}, outside {range}");

    private static Scope Load(JsonPlace place, TraceHeader header, Func<TraceHeader, Scope> load)
    {
        try
        {
            return load(header);
        }
        catch (ArgumentException e)
        {
            // .NET appends the parameter's name, which is meaningless to the reader of a file.
            string reason = e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
            throw new TraceFormatException(place.Path, reason, null, e);
        }
    }

    private static PropertyDeclaration? ReadProperty(JsonPlace place, TransitionSystem system)
    {
        if (place.Element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var members = place.Members(["name", "kind"]);
        var property = system.Properties[members["name"].OneOf([.. system.Properties.Select(p => p.Name)], $"property of {system.Name}")];
        members["kind"].Must(property.Kind.ToString(), $"{property.Name} is of kind");
        return property;
    }

    private static string List(IEnumerable<string> labels) =>
        labels.Any() ? string.Join(", ", labels.Order(StringComparer.Ordinal).Select(Suggestions.Quote)) : "(none)";
}
