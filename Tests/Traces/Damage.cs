using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Checker.Tests.Traces;

/// <summary>
/// Single changes to a JSON text: a value replaced by another of the text or by a useless one; a part removed, renamed or doubled.
/// </summary>
internal sealed class Damage
{
    private static readonly string[] s_useless = [
        "null", "true", "false", "0", "1", "-1", "7", "99999999999", "1.5", "\"\"", "\"nonsense\"", "{}", "[]", "[null]"
    ];

    private readonly string _text;
    private readonly List<string> _values;
    private readonly List<ImmutableArray<object>> _places = [];

    public Damage(string text)
    {
        _text = text;
        var root = JsonNode.Parse(text)!;
        Visit(root, []);
        _values = [.. _places.Select(p => At(root, p))
            .OfType<JsonValue>()
            .Select(v => v.ToJsonString())
            .Concat(s_useless)
            .Distinct(StringComparer.Ordinal)];
    }

    public int Places => _places.Count;

    /// <summary>The number of kinds of change: the replacements, and removal, renaming and doubling.</summary>
    public int Kinds => _values.Count + 3;

    /// <summary>The path of a place, such as "states/3/cells/total".</summary>
    public string Path(int place) => string.Join('/', _places[place]);

    /// <summary>The value at the place before the change.</summary>
    public JsonNode? Before(int place) => At(JsonNode.Parse(_text)!, _places[place]);

    /// <returns>The damaged text. Null if this kind changes nothing at the place.</returns>
    public string? Do(int place, int kind)
    {
        var root = JsonNode.Parse(_text)!;
        var parent = At(root, _places[place][..^1])!;
        return (parent, _places[place][^1]) switch
        {
            (JsonObject members, string name) => Change(members, name, kind),
            (JsonArray items, int index) => Change(items, index, kind),
            _ => false,
        } ? root.ToJsonString() : null;
    }

    private bool Change(JsonObject members, string name, int kind)
    {
        var old = members[name]?.DeepClone();
        switch (kind - _values.Count)
        {
            case < 0:
                members[name] = JsonNode.Parse(_values[kind]);
                return !JsonNode.DeepEquals(old, members[name]);
            case 0:
                return members.Remove(name);
            case 1:
                members.Remove(name);
                members[name + "x"] = old;
                return true;
            default:
                return false;
        }
    }

    private bool Change(JsonArray items, int index, int kind)
    {
        var old = items[index]?.DeepClone();
        switch (kind - _values.Count)
        {
            case < 0:
                items[index] = JsonNode.Parse(_values[kind]);
                return !JsonNode.DeepEquals(old, items[index]);
            case 0:
                items.RemoveAt(index);
                return true;
            case 2:
                items.Insert(index, old);
                return true;
            default:
                return false;
        }
    }

    private static JsonNode? At(JsonNode root, ImmutableArray<object> place) =>
        place.Aggregate((JsonNode?)root, (node, key) => key is string name ? node![name] : node![(int)key]);

    private void Visit(JsonNode? node, ImmutableArray<object> at)
    {
        if (at.Length > 0)
        {
            _places.Add(at);
        }

        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                Visit(value, at.Add(name));
            }
        }
        else if (node is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
            {
                Visit(items[i], at.Add(i));
            }
        }
    }
}
