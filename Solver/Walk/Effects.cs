using Checker.Solver.Instance;

namespace Checker.Solver.Walk;

/// <summary>Formulas of any type as trees of <see cref="Value"/>, in which the conditions are signals.</summary>
internal sealed class Effects(Gates gates)
{
    private readonly List<Value> _values = [];
    private readonly Dictionary<Value, int> _numberOf = [];

    public Value[] Values => [.. _values];

    public Value ValueOf(Formula formula) => formula switch
    {
        Constant c => new(ValueKind.Constant, c.Value, 0, 0),
        CellValue c => new(ValueKind.Cell, c.Cell, 0, 0),
        Choose c => Choice(c),
        Sum s => new(ValueKind.Sum, Put(s.Left), Put(s.Right), 0),
        Difference d => new(ValueKind.Difference, Put(d.Left), Put(d.Right), 0),
        _ => new(ValueKind.Signal, gates.Of(formula), 0, 0),
    };

    private Value Choice(Choose c)
    {
        int condition = gates.Of(c.Condition);
        return condition is Gates.True or Gates.False
            ? ValueOf(condition == Gates.True ? c.Then : c.Else)
            : new(ValueKind.Choice, condition, Put(c.Then), Put(c.Else));
    }

    /// <summary>Equal values are one: there are few, and they are better read from a near cache than each from its own place.</summary>
    /// <returns>The value's number.</returns>
    public int Put(Value value)
    {
        if (_numberOf.TryAdd(value, _values.Count))
        {
            _values.Add(value);
        }

        return _numberOf[value];
    }

    private int Put(Formula formula) => Put(ValueOf(formula));
}
