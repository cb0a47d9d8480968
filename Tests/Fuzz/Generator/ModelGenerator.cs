using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Generator;

/// <summary>The generator of random models: types, variables, labels, actions and claims, of every shape of the language.</summary>
internal sealed class ModelGenerator
{
    private const double MostBits = 10;

    private readonly Dice _dice;
    private readonly Names _names;
    private readonly List<SortType> _sorts = [];
    private readonly List<EnumType> _enums = [];
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);
    private readonly List<Variable> _variables = [];
    private readonly List<string> _labels = [];
    private readonly bool _counts;

    /// <summary>The dice for orders. They are apart, so the rest of a model with a number does not depend on them.</summary>
    private readonly Dice _order;
    private int _line = 1;

    private ModelGenerator(Dice dice, Dice order) => (_dice, _order, _names, _counts) = (dice, order, new(dice), dice.Chance(25));

    private Source Here => new("./Tests/Fuzz/Random.cs", _line++);

    /// <summary>Generates the model with the given number.</summary>
    public static FuzzModel Generate(ulong number) =>
        new ModelGenerator(new Dice(number), new Dice(number ^ 0x0bde)).Make($"model {number}");

    private FuzzModel Make(string origin)
    {
        Types();
        Variables();
        Variable[] rigid = [.. Rigid()];
        for (int i = _dice.Weighted((4, 0), (3, 1), (3, 2), (1, 3)); i > 0; i--)
        {
            _labels.Add(_names.Text("label", "label"));
        }

        var terms = new TermGenerator(_dice, _names, [.. _variables, .. rigid], Ranges(), _labels) { Counts = _counts };
        ImmutableArray<ActionDeclaration> actions = [.. Enumerable.Range(0, _dice.Between(1, 4)).Select(_ =>
            new ActionGenerator(_dice, _names, terms, _variables, _labels).Make(Here))];
        var claims = new ClaimGenerator(_dice, _names, terms, actions);
        ImmutableArray<PropertyDeclaration> properties = [.. Enumerable.Range(0, _dice.Between(1, 5)).Select(_ => claims.Make(Here))];
        ImmutableHashSet<string> dropped = [.. _labels.Where(_ => _dice.Chance(12))];
        return new(new TransitionSystem(_names.Text("model", "Random"), [.. _sorts], [.. _variables, .. rigid], actions, properties,
            [.. _labels.Select(l => new LabelDeclaration(l, "a guard or a step that can be left out", Here))], dropped, Here)
        {
            MayBeEmpty = [.. _sorts.Select(s => s.Name).Where(_ => _dice.Chance(40))],
        }, _sizes, origin);
    }

    private void Types()
    {
        for (int i = _dice.Weighted((2, 0), (6, 1), (6, 2), (2, 3)); i > 0; i--)
        {
            var sort = new SortType(_names.Identifier("sort", _dice.Of(["Ant", "Bee", "Cat"])));
            _sorts.Add(sort);
            _sizes[sort.Name] = _dice.Weighted((1, 0), (3, 1), (6, 2), (2, 3));
            _sorts[^1] = sort with { IsOrdered = _order.Chance(30) };
        }

        for (int i = _dice.Weighted((4, 0), (6, 1), (3, 2)); i > 0; i--)
        {
            int members = _dice.Weighted((1, 1), (5, 2), (6, 3), (2, 4), (1, _dice.Between(5, 64)), (1, 64));
            string[] all = [.. Enumerable.Range(0, members).Select(m => members > 10 ? $"M{m}"
                : _names.Identifier($"member{_enums.Count}", "M"))];
            string name = _enums.Count > 0 && _dice.Chance(5) ? _enums[0].Name : _names.Identifier("enum", "Kind");
            _enums.Add(FuzzEnums.Of(_enums.Count, name, all));
        }
    }

    /// <summary>The orders of the ordered sorts, and sometimes blocks of the first in the second.</summary>
    private IEnumerable<Variable> Rigid()
    {
        SortType[] ordered = [.. _sorts.Where(s => s.IsOrdered).DistinctBy(s => s.Name)];
        if (ordered is [var element, var block, ..] && _sizes[block.Name] > 0 && _order.Chance(70))
        {
            yield return new(_names.Identifier("blocks", "block"), null, [element], block, Here) { Rigid = RigidFunction.Blocks };
        }

        foreach (var sort in ordered)
        {
            yield return Variable.OrderOf(sort);
        }
    }

    private void Variables()
    {
        double bits = 0;
        for (int tries = _dice.Between(1, 7); tries > 0 || _variables.Count == 0; tries--)
        {
            ImmutableArray<ModelType> index = [.. Enumerable.Range(0, _dice.Weighted((_counts ? 20 : 6, 0), (8, 1), (3, 2))).Select(_ =>
                AnyIndex())];
            if (_dice.Chance(15))
            {
                string record = _names.Identifier("variable", "rec");
                var one = AnyIndex();
                foreach (int field in Enumerable.Range(0, _dice.Between(2, 3)))
                {
                    bits += Add($"{record}.{_names.Identifier($"field of {record}", "f")}", record, [one], AnyType(), bits);
                }
            }
            else
            {
                bits += Add(_names.Identifier("variable", "v"), null, index, AnyType(), bits);
            }
        }
    }

    /// <returns>The number of bits added by the variable, or zero if there is no room for it.</returns>
    private double Add(string name, string? record, ImmutableArray<ModelType> index, ModelType type, double already)
    {
        double bits = index.Aggregate(1.0, (n, t) => n * Cardinality(t)) * Math.Log2(Math.Max(1, Cardinality(type)));
        bool isEmpty = index.Any(t => Cardinality(t) == 0);
        if (bits + already > MostBits || (isEmpty && _variables.Count == 0 && !_dice.Chance(5)))
        {
            return 0;
        }

        _variables.Add(new(name, record, index, type, Here) { Initial = InitialOf(type) });
        return bits;
    }

    private int InitialOf(ModelType type) => type switch
    {
        RangeType range => _dice.Chance(60) ? range.Min : _dice.Between(range.Min, range.Max),
        EnumType e => _dice.Chance(60) ? 0 : _dice.Next(e.Members.Length),
        OptionType { Element: EnumType e } => _dice.Chance(60) ? 0 : _dice.Next(e.Members.Length + 1),
        BoolType => _dice.Chance(70) ? 0 : 1,
        _ => 0,
    };

    private int Cardinality(ModelType type) => type switch
    {
        BoolType => 2,
        EnumType e => e.Members.Length,
        SortType s => _sizes[s.Name],
        OptionType o => Cardinality(o.Element) + 1,
        RangeType r => r.Max - r.Min + 1,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private ModelType AnyType()
    {
        for (; ; )
        {
            switch (_dice.Weighted((7, 0), (5, 1), (5, 2), (3, 3), (_counts ? 50 : 8, 4)))
            {
                case 0: return ModelType.Bool;
                case 1 when _enums.Count > 0: return _dice.Of(_enums);
                case 2 when _sorts.Count > 0: return new OptionType(_dice.Of(_sorts));
                case 3 when _enums.Count > 0: return new OptionType(_dice.Of(_enums));
                case 4: return AnyRange();
                default: break;
            }
        }
    }

    private RangeType AnyRange()
    {
        int width = _dice.Weighted((3, 1), (5, 2), (5, 3), (1, 7), (1, 20));
        int least = _dice.Weighted((8, 0), (2, 1), (1, _dice.Next(30)), (2, RangeType.Largest - width));
        return _dice.Chance(3) ? new(0, RangeType.Largest) : new(least, least + width);
    }

    private ModelType AnyIndex()
    {
        for (; ; )
        {
            switch (_dice.Weighted((10, 0), (4, 1), (2, 2), (2, 3)))
            {
                case 0 when _sorts.Count > 0: return _dice.Of(_sorts);
                case 1 when _enums.Count > 0: return _dice.Of(_enums);
                case 2: return ModelType.Bool;
                case 3 when _sorts.Count + _enums.Count > 0: return new OptionType(_dice.Of<ModelType>([.. _sorts, .. _enums]));
                default: break;
            }
        }
    }

    /// <summary>The types of quantifiers and parameters: mostly sorts, each repeated according to its weight.</summary>
    private List<ModelType> Ranges()
    {
        // Enums of many members are left to variables, because quantifying over two of them makes an instance large.
        List<ModelType> small = [.. _enums.Where(e => e.Members.Length <= 8 || _dice.Chance(30))];
        List<ModelType> ranges = [ModelType.Bool, .. small, .. _sorts, .. _sorts, .. _sorts, .. _sorts];
        if (_dice.Chance(50))
        {
            ranges.AddRange(_sorts.Concat<ModelType>(small).Select(t => new OptionType(t)));
        }

        return ranges;
    }
}
