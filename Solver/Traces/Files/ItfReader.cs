using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces.Files;

/// <summary>Translates the variables of an ITF file to cells, and its picks to action instances.</summary>
internal sealed class ItfReader
{
    private readonly TraceHead _head;
    private readonly ItfSorts _names;
    private readonly ImmutableArray<ItfFunction> _functions;
    private readonly ImmutableArray<string> _sorts;

    public ItfReader(TraceHead head)
    {
        (_head, _names) = (head, new(head.Scope.System));
        _functions = ItfFunction.Of(head.Scope.System, _names);
        _sorts = [.. head.Scope.System.Sorts.Select(_names.Name)];
    }

    public Trace Read(Dictionary<string, JsonPlace> members)
    {
        string[] vars = [.. _functions.Select(f => f.Name), Itf.Taken, Itf.Picks];
        Names(members["vars"], vars, "variable");
        if (members.TryGetValue("params", out var parameters))
        {
            Names(parameters, _sorts, "sort");
        }

        var states = _head.States(members["states"]).Select((place, i) => ReadState(place, i, vars));
        return _head.Trace(states);
    }

    private TraceState ReadState(JsonPlace place, int index, string[] vars)
    {
        var members = place.Members(vars, index == 0 ? ["#meta", .. _sorts] : ["#meta"], "variable");
        if (members.TryGetValue("#meta", out var meta) && meta.Members(["index"])["index"] is var number && number.Integer() != index)
        {
            throw number.Wrong($"is {number.Integer()}, but this is state {index}");
        }

        foreach (var sort in _head.Scope.System.Sorts)
        {
            if (members.TryGetValue(_names.Name(sort), out var elements))
            {
                Names(elements.Members(["#set"])["#set"], Elements(sort), $"element of {sort.Name}");
            }
        }

        ActionInstance? instance = null;
        if (index == 0)
        {
            members[Itf.Taken].OneOf([Itf.Init], "beginning");
            members[Itf.Picks].Members([], what: "parameter");
        }
        else
        {
            instance = _head.Instance(
                _head.Action(members[Itf.Taken]),
                members[Itf.Picks],
                (pick, type) => ReadValue(pick, new OptionType(type)) - 1 is >= 0 and var code
                ? code
                : throw pick.Wrong("is None, but the action has this parameter"));
        }

        int[] cells = new int[_head.Scope.Cells.Length];
        foreach (var function in _functions)
        {
            ReadFunction(members[function.Name], function, cells);
        }

        return new(instance, [.. cells]);
    }

    private void ReadFunction(JsonPlace place, ItfFunction function, int[] cells)
    {
        if (function.Index.IsEmpty)
        {
            cells[_head.Scope.CellAt(function.Fields[0], [])] = ReadValue(place, function.Fields[0].Type);
            return;
        }

        var map = place.Members(["#map"])["#map"];
        var seen = new HashSet<int>();
        foreach (var entry in map.Items())
        {
            var pair = entry.Items();
            if (pair.Count != 2)
            {
                throw entry.Wrong($"must be a key and a value, not {pair.Count} items");
            }

            int[] index = ReadKey(pair[0], function.Index);
            if (!seen.Add(_head.Scope.CellAt(function.Fields[0], index)))
            {
                throw pair[0].Wrong($"{_head.Scope.Cells[_head.Scope.CellAt(function.Fields[0], index)]} has a value already");
            }

            var fields = function.IsRecord ? pair[1].Members([.. function.Fields.Select(function.FieldName)], what: "field") : null;
            foreach (var field in function.Fields)
            {
                cells[_head.Scope.CellAt(field, index)] = ReadValue(fields?[function.FieldName(field)] ?? pair[1], field.Type);
            }
        }

        if (_head.Scope.Cells.FirstOrDefault(c => c.Variable == function.Fields[0] && !seen.Contains(c.Number)) is { } missing)
        {
            throw map.Wrong($"{missing} is missing");
        }
    }

    private int[] ReadKey(JsonPlace place, ImmutableArray<ModelType> types)
    {
        if (types.Length == 1)
        {
            return [ReadValue(place, types[0])];
        }

        var items = place.Members(["#tup"])["#tup"].Items();
        return items.Count == types.Length
            ? [.. items.Select((item, i) => ReadValue(item, types[i]))]
            : throw place.Wrong($"must be a tuple of {types.Length}, not {items.Count}");
    }

    private int ReadValue(JsonPlace place, ModelType type)
    {
        switch (type)
        {
            case BoolType: return place.Bool() ? 1 : 0;
            case RangeType range: return TraceHead.InRange(place, range, ReadInteger(place));
            case EnumType e: return place.OneOf(e.Members, $"value of {e.Name}");
            case SortType s: return place.OneOf(Elements(s), $"element of {s.Name}");
            case OptionType o:
                var members = place.Members(["tag", "value"]);
                return members["tag"].OneOf(["None", "Some"], "tag of an option") == 1
                    ? ReadValue(members["value"], o.Element) + 1
                    : members["value"].OneOf([Itf.Unit], "value of None");
            default: throw new UnreachableException(type.Name);
        }
    }

    /// <summary>Reads an integer. The format allows JSON numbers for small integers.</summary>
    private static int ReadInteger(JsonPlace place)
    {
        if (place.Element.ValueKind == JsonValueKind.Number)
        {
            return place.Integer();
        }

        var digits = place.Members(["#bigint"])["#bigint"];
        return int.TryParse(digits.String(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw digits.Wrong($"{Suggestions.Quote(digits.String())} is no small integer");
    }

    private string[] Elements(SortType sort) => [.. Enumerable.Range(0, _head.Scope.SizeOf(sort)).Select(i => _names.Element(sort, i))];

    /// <summary>Requires an array with exactly these names, in any order.</summary>
    private static void Names(JsonPlace place, IReadOnlyList<string> names, string what)
    {
        var given = place.Items().Select(i => names[i.OneOf(names, what)]).ToList();
        if (names.Except(given, StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw place.Wrong($"the {what} '{missing}' is missing");
        }

        if (given.Count > names.Count)
        {
            throw place.Wrong($"a {what} is named twice");
        }
    }
}
