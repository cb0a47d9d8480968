using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Traces.Files;

/// <summary>A variable of the file: one variable of the model, or all fields of a record.</summary>
internal sealed record ItfFunction(string Name, bool IsRecord, ImmutableArray<Variable> Fields, ItfSorts Sorts)
{
    public ImmutableArray<ModelType> Index => Fields[0].Index;

    /// <summary>The type in the notation of Apalache's ADR-002.</summary>
    public string TypeName
    {
        get
        {
            string value = IsRecord
                ? $"{{ {string.Join(", ", Fields.Select(f => $"{FieldName(f)}: {Of(f.Type)}"))} }}"
                : Of(Fields[0].Type);
            return Index.Length switch
            {
                0 => value,
                1 => $"{Of(Index[0])} -> {value}",
                _ => $"<<{string.Join(", ", Index.Select(Of))}>> -> {value}",
            };
        }
    }

    public static ImmutableArray<ItfFunction> Of(TransitionSystem system, ItfSorts sorts) =>
        [.. system.Variables.GroupBy(v => v.Record ?? v.Name, StringComparer.Ordinal)
            .Select(g => new ItfFunction(g.Key, g.First().Record is not null, [.. g], sorts))];

    public string FieldName(Variable field) => field.Name[(Name.Length + 1)..];

    private string Of(ModelType type) => type switch
    {
        BoolType => "Bool",
        RangeType => "Int",
        SortType sort => Sorts.Name(sort),
        OptionType option => $"(None(UNIT) | Some({Of(option.Element)}))",
        _ => "Str",
    };
}
