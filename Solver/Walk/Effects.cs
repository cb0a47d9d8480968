using Checker.Solver.Instance;

namespace Checker.Solver.Walk;

/// <summary>Formulas of any type as trees of <see cref="Value"/>, in which the conditions are signals.</summary>
internal sealed class Effects(Gates gates)
{
    private readonly List<Value> _values = [];

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

    private int Put(Formula formula)
    {
        var value = ValueOf(formula);
        _values.Add(value);
        return _values.Count - 1;
    }
}
