using System.Collections.Immutable;
using System.Globalization;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Export;

/// <summary>
/// SMT-LIB 2.6 with bit vectors (QF_BV): functions for the initial state, a step and the violation of each property, and one question
/// for each number of steps (bounded model checking; Biere et al., TACAS 1999). The first "sat" is a shortest violation.
/// </summary>
internal sealed class SmtLib
{
    private const string Choice = "|the choice|";
    private const string Next = "'";

    private readonly GroundModel _model;
    private readonly Page _page = new(";");
    private readonly ImmutableArray<string> _cells;

    private SmtLib(GroundModel model)
    {
        _model = model;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        _cells = [.. model.Cells.Select(c => Unique(c.ToString(), taken))];
    }

    /// <param name="steps">The largest number of steps of a question.</param>
    /// <param name="head">The lines of the comment at the top.</param>
    public static string Write(Scope scope, int steps, IEnumerable<string> head)
    {
        var writer = new SmtLib(new(scope));
        writer.Head(head);
        writer.Functions();
        writer.Questions(steps);
        return writer._page.ToString();
    }

    private void Head(IEnumerable<string> head)
    {
        foreach (string line in head)
        {
            _page.Comment(line);
        }

        foreach (var property in _model.Omitted)
        {
            _page.Comment($"left out, not about bad states or steps: {property.Name}, {property.Source}");
        }

        _page.Line("(set-option :incremental true)");
        _page.Line("(set-logic QF_BV)");
    }

    private void Functions()
    {
        _page.Line();
        var initial = _model.Cells.Select(c => Form("=", Name(c, ""), Code(c, c.Initial)));
        Define("|is initial|", Parameters(""), Form("and", [.. initial]));
        foreach (var (number, action) in _model.Actions.Index())
        {
            _page.Comment($"{action.Instance}, {action.Instance.Action.Actor}, {action.Instance.Action.Source}");
            Define(Guard(number), Parameters(""), Condition(action.Guard));
        }

        _page.Comment("A step is the choice of an instance that is possible. Every cell without a new value keeps its own.");
        var parts = new List<string> { Form("bvult", Choice, Number(_model.Actions.Length)) };
        parts.AddRange(_model.Actions.Index().Select(a => Form("=>", Is(a.Index), Call(Guard(a.Index), ""))));
        parts.AddRange(_model.Cells.Select(cell => Form("=", Name(cell, Next), _model.Writes(cell).Aggregate(
            Name(cell, ""),
            (other, write) => Form("ite", Form("or", [.. write.Choices.Select(Is)]), Fit(write.Value, cell), other)))));
        Define("|is step|", [Binder(Choice, _model.ChoiceBits), .. Parameters(""), .. Parameters(Next)], Form("and", [.. parts]));
        foreach (var violation in _model.Violations)
        {
            _page.Comment($"{violation.Property.Kind.Traits().Name}, {violation.Property.Source}");
            Define(Violated(violation), Parameters(""), Condition(violation.Violated));
        }

        Define("|is violated|", Parameters(""), Form("or", [.. _model.Violations.Select(v => Call(Violated(v), ""))]));
    }

    private void Questions(int steps)
    {
        for (int step = 0; step <= steps; step++)
        {
            string at = $"@{step.ToString(CultureInfo.InvariantCulture)}";
            _page.Line();
            _page.Comment($"Is a violation possible after {step} steps?");
            foreach (var cell in _model.Cells)
            {
                _page.Line($"(declare-const {Name(cell, at)} {Sort(GroundModel.Bits(cell))})");
            }

            if (step == 0)
            {
                _page.Line(Form("assert", Call("|is initial|", at)));
            }
            else
            {
                string before = $"@{(step - 1).ToString(CultureInfo.InvariantCulture)}";
                string choice = $"|the choice{at}|";
                _page.Line($"(declare-const {choice} {Sort(_model.ChoiceBits)})");
                _page.Line(Form("assert", Form("|is step|", [choice, .. Names(before), .. Names(at)])));
            }

            _page.Line("(push 1)");
            _page.Line(Form("assert", Call("|is violated|", at)));
            _page.Line("(check-sat)");
            _page.Line("(pop 1)");
        }
    }

    private void Define(string name, IEnumerable<string> parameters, string body)
    {
        _page.Line($"(define-fun {name} ({string.Join(' ', parameters)}) Bool");
        _page.Inside(() => _page.Line(body + ")"));
    }

    private string Condition(Formula formula) => formula switch
    {
        Constant f => f.Value == 0 ? "false" : "true",
        Is f => Form("=", Name(_model.Cells[f.Cell], ""), Code(_model.Cells[f.Cell], f.Code)),
        Negation f => Form("not", Condition(f.Operand)),
        Conjunction f => Form("and", [.. f.Operands.Select(Condition)]),
        Disjunction f => Form("or", [.. f.Operands.Select(Condition)]),
        Equal f => Form("=", Value(f.Left), Value(f.Right)),
        LessThan f => Form("bvslt", Value(f.Left), Value(f.Right)),
        _ => Form("not", Form("=", Value(formula), Integer(0))),
    };

    /// <summary>Returns a term of <see cref="GroundModel.IntegerBits"/> bits.</summary>
    private string Value(Formula formula) => formula switch
    {
        Constant f => Integer(f.Value),
        CellValue f => Extended(_model.Cells[f.Cell]),
        Conditional f => Form("ite", Condition(f.Condition), Value(f.Then), Value(f.Else)),
        Sum f => Form("bvadd", Value(f.Left), Value(f.Right)),
        Difference f => Form("bvsub", Value(f.Left), Value(f.Right)),
        _ => Form("ite", Condition(formula), Integer(1), Integer(0)),
    };

    /// <summary>Returns the value in the bits of a cell. The guard of the instance excludes values which do not fit.</summary>
    private string Fit(Formula formula, Cell cell) => formula is Constant f
        ? Code(cell, f.Value)
        : Form($"(_ extract {GroundModel.Bits(cell) - 1} 0)", Value(formula));

    private string Extended(Cell cell) => Form($"(_ zero_extend {_model.IntegerBits - GroundModel.Bits(cell)})", Name(cell, ""));

    private string Is(int choice) => Form("=", Choice, Number(choice));

    private string Number(int choice) => Binary(choice, _model.ChoiceBits);

    private string Integer(long value) => Binary(value, _model.IntegerBits);

    private static string Code(Cell cell, long code) => Binary(code, GroundModel.Bits(cell));

    private static string Binary(long value, int bits) =>
        "#b" + string.Concat(Enumerable.Range(0, bits).Reverse().Select(b => (value >> b & 1) == 1 ? '1' : '0'));

    private static string Sort(int bits) => $"(_ BitVec {bits.ToString(CultureInfo.InvariantCulture)})";

    private static string Binder(string name, int bits) => $"({name} {Sort(bits)})";

    private IEnumerable<string> Parameters(string at) => _model.Cells.Select(c => Binder(Name(c, at), GroundModel.Bits(c)));

    private IEnumerable<string> Names(string at) => _model.Cells.Select(c => Name(c, at));

    private string Name(Cell cell, string at) => $"|{_cells[cell.Number]}{at}|";

    private string Call(string function, string at) => Form(function, [.. Names(at)]);

    private static string Guard(int number) => $"|possible {number.ToString(CultureInfo.InvariantCulture)}|";

    private static string Violated(GroundViolation violation) => $"|violated {Quotable(violation.Property.Name)}|";

    private static string Unique(string name, HashSet<string> taken)
    {
        string free = Quotable(name);
        while (!taken.Add(free))
        {
            free += "_";
        }

        return free;
    }

    /// <summary>Returns the name without the two characters which no quoted symbol may have, and without other scripts.</summary>
    private static string Quotable(string name) => string.Concat(name.Select(c => c is '|' or '\\' or < ' ' or > '~' ? '_' : c));

    private static string Form(string head, params ImmutableArray<string> arguments) =>
        (head, arguments.Length) switch
        {
            ("and", 0) => "true",
            ("or", 0) => "false",
            ("and" or "or", 1) => arguments[0],
            (_, 0) => head,
            _ => $"({head} {string.Join(' ', arguments)})",
        };
}
