using System.Globalization;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Export;

/// <summary>
/// BTOR2 (Niemetz et al., "Btor2, BtorMC and Boolector 3.0", CAV 2018): a state for each cell, an input which chooses an instance, and a
/// "bad" for each property. A choice which is not possible leaves the state as it is, so shortest violations keep their length.
/// </summary>
internal sealed class Btor2
{
    private readonly GroundModel _model;
    private readonly Page _page = new(";");
    private readonly HashSet<string> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int[] _cells = [];
    private int _choice;
    private int _last;

    private Btor2(GroundModel model) => _model = model;

    /// <param name="head">The lines of the comment at the top.</param>
    public static string Write(Scope scope, IEnumerable<string> head)
    {
        var writer = new Btor2(new(scope));
        foreach (string line in head)
        {
            writer._page.Comment(line);
        }

        foreach (var property in writer._model.Omitted)
        {
            writer._page.Comment($"left out, not about bad states or steps: {property.Name}, {property.Source}");
        }

        writer.System();
        return writer._page.ToString();
    }

    private void System()
    {
        // An initial value must stand before its state.
        int[] initial = [.. _model.Cells.Select(c => Constant(c.Initial, GroundModel.Bits(c)))];
        _cells = [.. _model.Cells.Select(c => Line("state", Sort(GroundModel.Bits(c)), Symbol(c.ToString())))];
        foreach (var cell in _model.Cells)
        {
            Line("init", Sort(GroundModel.Bits(cell)), _cells[cell.Number], initial[cell.Number]);
        }

        _choice = Line("input", Sort(_model.ChoiceBits), Symbol("choice"));
        var fires = new int[_model.Actions.Length];
        foreach (var (number, action) in _model.Actions.Index())
        {
            _page.Comment($"{action.Instance}, {action.Instance.Action.Actor}, {action.Instance.Action.Source}");
            fires[number] = And(Node("eq", 1, _choice, Constant(number, _model.ChoiceBits)), Condition(action.Guard));
        }

        foreach (var cell in _model.Cells)
        {
            int next = _cells[cell.Number];
            foreach (var (value, choices) in _model.Writes(cell))
            {
                int when = choices.Select(c => fires[c]).Aggregate((a, b) => Node("or", 1, a, b));
                next = Node("ite", GroundModel.Bits(cell), when, Fit(value, cell), next);
            }

            Line("next", Sort(GroundModel.Bits(cell)), _cells[cell.Number], next);
        }

        foreach (var violation in _model.Violations)
        {
            _page.Comment($"{violation.Property.Kind.Traits().Name}, {violation.Property.Source}");
            Line("bad", Condition(violation.Violated), Symbol(violation.Property.Name));
        }
    }

    private int Condition(Formula formula) => formula switch
    {
        Instance.Constant f => Constant(f.Value == 0 ? 0 : 1, 1),
        Is f => Node("eq", 1, _cells[f.Cell], Constant(f.Code, GroundModel.Bits(_model.Cells[f.Cell]))),
        Negation f => Node("not", 1, Condition(f.Operand)),
        Conjunction f => f.Operands.Select(Condition).Aggregate(And),
        Disjunction f => f.Operands.Select(Condition).Aggregate((a, b) => Node("or", 1, a, b)),
        Equal f => Node("eq", 1, Value(f.Left), Value(f.Right)),
        LessThan f => Node("slt", 1, Value(f.Left), Value(f.Right)),
        _ => Node("neq", 1, Value(formula), Integer(0)),
    };

    /// <summary>Returns a node of <see cref="GroundModel.IntegerBits"/> bits.</summary>
    private int Value(Formula formula) => formula switch
    {
        Instance.Constant f => Integer(f.Value),
        CellValue f => Extended("uext", _cells[f.Cell], GroundModel.Bits(_model.Cells[f.Cell])),
        Conditional f => Node("ite", _model.IntegerBits, Condition(f.Condition), Value(f.Then), Value(f.Else)),
        Sum f => Node("add", _model.IntegerBits, Value(f.Left), Value(f.Right)),
        Difference f => Node("sub", _model.IntegerBits, Value(f.Left), Value(f.Right)),
        _ => Extended("uext", Condition(formula), 1),
    };

    /// <summary>Returns the value in the bits of a cell. The guard of the instance excludes values which do not fit.</summary>
    private int Fit(Formula formula, Cell cell) => formula is Instance.Constant f
        ? Constant(f.Value, GroundModel.Bits(cell))
        : Node("slice", GroundModel.Bits(cell), Value(formula), GroundModel.Bits(cell) - 1, 0);

    private int Extended(string op, int node, int bits) => Node(op, _model.IntegerBits, node, _model.IntegerBits - bits);

    private int And(int left, int right) => Node("and", 1, left, right);

    private int Integer(long value) => Constant(value, _model.IntegerBits);

    private int Constant(long value, int bits) => Shared("const", Sort(bits),
        string.Concat(Enumerable.Range(0, bits).Reverse().Select(b => (value >> b & 1) == 1 ? '1' : '0')));

    private int Sort(int bits) => Shared("sort", "bitvec", bits);

    private int Node(string op, int bits, params int[] arguments) => Shared(op, [Sort(bits), .. arguments.Cast<object>()]);

    /// <summary>Writes a line unless the same one is there already. Returns its number.</summary>
    private int Shared(string op, params object[] arguments)
    {
        string text = Text(op, arguments);
        if (!_lines.TryGetValue(text, out int number))
        {
            _lines[text] = number = Line(op, arguments);
        }

        return number;
    }

    private int Line(string op, params object[] arguments)
    {
        _page.Line($"{(++_last).ToString(CultureInfo.InvariantCulture)} {Text(op, arguments)}");
        return _last;
    }

    private static string Text(string op, object[] arguments) =>
        string.Join(' ', arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture)).Prepend(op));

    /// <summary>Returns a name as a symbol of its own. A symbol ends at a space, and a semicolon begins a comment.</summary>
    private string Symbol(string name)
    {
        string free = string.Concat(name.Select(c => c is <= ' ' or ';' or > '~' ? '_' : c));
        while (!_symbols.Add(free))
        {
            free += "_";
        }

        return free;
    }
}
