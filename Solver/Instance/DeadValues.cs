using System.Collections.Concurrent;
using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>
/// Unread values, for example an operation's target while there is no operation. A cell is <em>dead</em> while another cell, the
/// gate, has a certain value, under two conditions: no guard, no update of another cell and no property then mentions it, and every
/// step which changes the gate assigns the cell anew. States which differ only in dead cells are bisimilar: they satisfy the same
/// properties and have the same steps, to states with the same relation. This is classical live-variable analysis with a
/// condition. Holzmann, "The engineering of a model checker: the Gnu i-protocol case study revisited", 1999, has it for program
/// counters.
/// </summary>
internal sealed class DeadValues
{
    private readonly FiniteModel _model;
    private readonly ImmutableArray<PropertyDeclaration> _stepProperties;
    private readonly ILookup<int, GroundAction> _guards;
    private readonly ILookup<int, (GroundAction Action, int Cell, Formula Value)> _values;
    private readonly ILookup<int, GroundAction> _writers;
    private readonly ILookup<int, Formula> _properties;
    private readonly ConcurrentDictionary<(int Cell, int Gate, int Code), bool> _known = [];

    public DeadValues(FiniteModel original)
    {
        _model = original;
        var properties = _model.Scope.System.Properties;
        _stepProperties = [.. properties.Where(p => p.IsAboutSteps)];
        _guards = _model.Actions.SelectMany(a => Cells(a.Guard).Select(c => (c, a))).ToLookup(p => p.c, p => p.a);
        _values = _model.Actions.SelectMany(a => a.Updates.SelectMany(u => Cells(u.Value).Select(c => (c, (a, u.Cell, u.Value)))))
            .ToLookup(p => p.c, p => p.Item2);
        _writers = _model.Actions.SelectMany(a => a.Updates.Select(u => (u.Cell, a))).ToLookup(p => p.Cell, p => p.a);
        var formulas = properties.Where(p => !p.IsLemma)
            .SelectMany(p => p.IsAboutSteps ? _model.StepParts(p) : [_model.Property(p).Matters]);
        _properties = formulas.SelectMany(f => f is Disjunction any ? any.Operands : [f])
            .SelectMany(f => Cells(f).Select(c => (c, f)))
            .ToLookup(p => p.c, p => p.f);
    }

    /// <summary>True if the mutant's instances behave like the model's, except for values which are dead after the step.</summary>
    public bool Explains(FiniteModel mutant, IReadOnlyCollection<(GroundAction? Before, GroundAction? After)> pairs) =>
        pairs.All(p =>
            p is { Before: { } before, After: { } after }
                && before.Guard.Equals(after.Guard)
                && Written(before, after).All(c => IsDeadAfter(before, after, c)))
        && _stepProperties.All(p => _model.StepParts(p).SequenceEqual(mutant.StepParts(p)));

    /// <summary>The cells with different assigned values.</summary>
    private IEnumerable<int> Written(GroundAction before, GroundAction after) =>
        before.Updates.Concat(after.Updates)
            .Select(u => u.Cell)
            .Distinct()
            .Where(c => !_model.ValueOf(before, c).Equals(_model.ValueOf(after, c)));

    private bool IsDeadAfter(GroundAction before, GroundAction after, int cell)
    {
        var written = Written(before, after).ToHashSet();
        var assigned = after.Updates.Where(u => u.Value is Constant).Select(u => (u.Cell, (int)((Constant)u.Value).Value));
        var kept = (after.Guard is Conjunction all ? all.Operands : [after.Guard])
            .OfType<Is>()
            .Where(f => !after.Updates.Any(u => u.Cell == f.Cell))
            .Select(f => (f.Cell, f.Code));
        return assigned.Concat(kept)
            .Where(g => !written.Contains(g.Item1))
            .Any(g => _known.GetOrAdd((cell, g.Item1, g.Item2), key => IsDead(key.Cell, key.Gate, key.Code)));
    }

    private bool IsDead(int cell, int gate, int code)
    {
        return _guards[cell].All(a => !Mentions(a.Guard))
            && _properties[cell].All(f => !Mentions(f))
            && _values[cell].All(v => (v.Cell == cell && Stays(v.Action)) || Restrict(v.Action.Guard).IsFalse || !Mentions(v.Value))
            && _writers[gate].All(a =>
                Stays(a) || Restrict(a.Guard).IsFalse || (a.Updates.Any(u => u.Cell == cell) && !Mentions(_model.ValueOf(a, cell))));

        bool Mentions(Formula formula) => Cells(Restrict(formula)).Contains(cell);

        Formula Restrict(Formula formula) => Restricted(formula, gate, code);

        bool Stays(GroundAction action) => Restrict(_model.ValueOf(action, gate)) is Constant c && c.Value == code;
    }

    private Formula Restricted(Formula formula, int cell, int code) => formula switch
    {
        CellValue f when f.Cell == cell => new Constant(code),
        Is f when f.Cell == cell => f.Code == code ? Formula.True : Formula.False,
        Constant or CellValue or Is => formula,
        Negation f => FormulaBuilder.Not(Restricted(f.Operand, cell, code)),
        Conjunction f => FormulaBuilder.And(f.Operands.Select(o => Restricted(o, cell, code))),
        Disjunction f => FormulaBuilder.Or(f.Operands.Select(o => Restricted(o, cell, code))),
        Equal f => _model.Formulas.Equal(Restricted(f.Left, cell, code), Restricted(f.Right, cell, code)),
        LessThan f => _model.Formulas.Less(Restricted(f.Left, cell, code), Restricted(f.Right, cell, code)),
        Conditional f =>
            FormulaBuilder.Conditional(Restricted(f.Condition, cell, code), Restricted(f.Then, cell, code), Restricted(f.Else, cell, code)),
        Sum f => FormulaBuilder.Plus(Restricted(f.Left, cell, code), Restricted(f.Right, cell, code)),
        Difference f => FormulaBuilder.Minus(Restricted(f.Left, cell, code), Restricted(f.Right, cell, code)),
        _ => throw new System.Diagnostics.UnreachableException(formula.GetType().Name),
    };

    /// <summary>The cells mentioned in a formula, each once.</summary>
    private static HashSet<int> Cells(Formula formula)
    {
        var cells = new HashSet<int>();
        Collect(formula);
        return cells;

        void Collect(Formula f)
        {
            if (f is CellValue or Is)
            {
                cells.Add(f is CellValue value ? value.Cell : ((Is)f).Cell);
            }

            foreach (var part in f.Parts)
            {
                Collect(part);
            }
        }
    }
}
