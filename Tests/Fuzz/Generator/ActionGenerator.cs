using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Generator;

/// <summary>Random actions: parameters of any type, guards with and without labels, conditional and bulk updates, double writes.</summary>
internal sealed class ActionGenerator(Dice dice, Names names, TermGenerator terms, IReadOnlyList<Variable> variables,
    IReadOnlyList<string> labels)
{
    private const int MostInstances = 80;

    private readonly List<Update> _updates = [];
    private readonly List<Guard> _bounds = [];

    public ActionDeclaration Make(Source source)
    {
        ImmutableArray<Binder> parameters = [];
        for (int i = dice.Weighted((3, 0), (6, 1), (4, 2), (1, 3)); i > 0; i--)
        {
            var binder = terms.Bind(dice.Of(terms.Ranges));
            if (parameters.All(p => p.Name != binder.Name) && Size(binder.Type) * parameters.Aggregate(1, (n, p) =>
                n * Size(p.Type)) <= MostInstances)
            {
                parameters = parameters.Add(binder);
            }
        }

        ImmutableArray<Guard> guards = [.. Enumerable.Range(0, dice.Weighted((6, 0), (6, 1), (2, 2), (1, 3))).Select(_ =>
            Guard(parameters, source))];
        if (parameters.Length > 1 && parameters[0].Type == parameters[1].Type && dice.Chance(30))
        {
            var distinct = new Not(new Eq(new Bound(parameters[0]), new Bound(parameters[1])));
            guards = guards.Add(new(distinct, null, distinct.ToString(), source));
        }

        for (int i = dice.Weighted((6, 1), (6, 2), (3, 3), (1, 4)); i > 0; i--)
        {
            Statement(parameters, dice.Of(variables), [], [], 0, source);
        }

        return new(names.Text("action", "Act"), dice.Of(["system", "host", "guest"]), parameters, [.. guards, .. _bounds], [.. _updates],
            source);
    }

    private static int Size(ModelType type) => type switch
    {
        BoolType => 2,
        EnumType e => e.Members.Length,
        OptionType o => Size(o.Element) + 1,
        _ => 2,
    };

    private Guard Guard(ImmutableArray<Binder> parameters, Source source)
    {
        var condition = terms.Truth(dice.Weighted((5, 0), (4, 1), (2, 2)), parameters);
        string text = condition.ToString();
        string? label = labels.Count > 0 && dice.Chance(35) ? dice.Of(labels) : null;
        return new(label is null ? condition : new Implies(new HasLabel(label), condition), label, text, source);
    }

    private void Statement(ImmutableArray<Binder> parameters, Variable variable, ImmutableArray<Node> when, ImmutableArray<Binder> bulk,
        int depth, Source source)
    {
        var bound = parameters.AddRange(bulk);
        switch (dice.Weighted((60, 0), (14, 1), (8, 2), (8, 3), (8, 4), (4, 5)))
        {
            case 1 when depth < 2:
                Statement(parameters, variable, when.Add(terms.Truth(1, bound)), bulk, depth + 1, source);
                return;
            case 2 when depth < 2:
                var condition = terms.Truth(1, bound);
                Statement(parameters, variable, when.Add(condition), bulk, depth + 1, source);
                Statement(parameters, dice.Chance(70) ? variable : dice.Of(variables), when.Add(new Not(condition)), bulk, depth + 1,
                    source);
                return;
            case 3 when labels.Count > 0 && depth < 2:
                var label = new HasLabel(dice.Of(labels));
                Statement(parameters, variable, when.Add(label), bulk, depth + 1, source);
                if (dice.Chance(30))
                {
                    Statement(parameters, variable, when.Add(new Not(label)), bulk, depth + 1, source);
                }

                return;
            case 4 when depth < 2:
                // The bulk variable has a type which indexes the variable, or any type. In the second case one location may be
                // written several times.
                var type = variable.Index.IsEmpty || dice.Chance(15) ? dice.Of(terms.Ranges) : dice.Of(variable.Index);
                if (Size(type) <= 16)
                {
                    Statement(parameters, variable, when, bulk.Add(terms.Bind(type)), depth + 1, source);
                    return;
                }

                break;
            case 5 when _updates.Count > 0:
                variable = _updates[^1].Variable;
                break;
            default:
                break;
        }

        // If no element is at hand for an index, all elements are written.
        foreach (var sort in variable.Index.OfType<SortType>().Where(s => !TermGenerator.CanMake(s, bound)).Distinct())
        {
            bulk = bulk.Add(terms.Bind(sort));
            bound = parameters.AddRange(bulk);
        }

        ImmutableArray<Node> index = [.. variable.Index.Select(t => Index(t, bulk, bound))];
        _updates.Add(new(variable, index, ValueOf(variable, index, bound, bulk.IsEmpty), when, bulk, source));
    }

    private Node Index(ModelType type, ImmutableArray<Binder> bulk, ImmutableArray<Binder> bound)
    {
        var same = bulk.Where(b => b.Type == type).ToList();
        return same.Count > 0 && dice.Chance(80) ? new Bound(dice.Of(same))
            : terms.Term(type, dice.Chance(20) ? 1 : 0, bound, reads: false);
    }

    private Node ValueOf(Variable variable, ImmutableArray<Node> index, ImmutableArray<Binder> bound, bool mayGuard)
    {
        var old = new Read(variable, index, Primed: false);
        switch (variable.Type)
        {
            case BoolType when dice.Chance(35):
                return new Not(old);
            case BoolType when dice.Chance(50):
                return dice.Chance(70) ? Node.True : Node.False;
            case RangeType range:
                return dice.Weighted((10, 0), (5, 1), (5, 2), (5, 3)) switch
                {
                    0 => Moved(old, dice.Between(1, 2), range, mayGuard),
                    1 => Moved(old, -dice.Between(1, 2), range, mayGuard),
                    2 => new Lit(ModelType.Int, dice.Between(range.Min, range.Max)),
                    _ => Fitting(terms.Number(2, bound), range),
                };
            default:
                return terms.Term(variable.Type, dice.Next(2), bound);
        }
    }

    /// <summary>
    /// A number changed by a small amount. Usually a guard keeps it in its range; the guard may also be too wide or too narrow.
    /// </summary>
    private Node Moved(Read old, int by, RangeType range, bool mayGuard)
    {
        if (mayGuard && dice.Chance(65))
        {
            int slack = dice.Weighted((8, 0), (1, 1), (1, -1));
            Node bound = by > 0 ? new Not(new Less(new Lit(ModelType.Int, range.Max - by + slack), old))
                : new Not(new Less(old, new Lit(ModelType.Int, range.Min - by + slack)));
            _bounds.Add(new(bound, null, bound.ToString(), new("./Tests/Fuzz/Random.cs", 1)));
        }

        // The same value by a detour, which may lead below zero.
        return dice.Weighted((5, 0), (2, 1), (2, 2)) switch
        {
            0 => by > 0 ? new Plus(old, new Lit(ModelType.Int, by)) : new Minus(old, new Lit(ModelType.Int, -by)),
            1 => new Plus(new Minus(old, new Lit(ModelType.Int, 70)), new Lit(ModelType.Int, 70 + by)),
            _ => new Plus(new Lit(ModelType.Int, by), old),
        };
    }

    /// <summary>
    /// Fits a value to a range. A literal outside the range would be refused; any other value would only make some step leave it.
    /// </summary>
    private Node Fitting(Node value, RangeType range) => value switch
    {
        Lit => new Lit(ModelType.Int, dice.Between(range.Min, range.Max)),
        Ite ite => new Ite(ite.Condition, Fitting(ite.Then, range), Fitting(ite.Else, range)),
        _ => value,
    };
}
