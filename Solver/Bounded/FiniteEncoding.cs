using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>
/// The encoding of a <see cref="FiniteModel"/> for Z3. Cells which never change are constants, and instances which never fire are
/// left out. The next value of a cell is a function of the choice and the state. So unassigned cells keep their values by
/// construction, and a trace can be read from the choices.
/// </summary>
public sealed class FiniteEncoding : BoundedEncoding
{
    private readonly ImmutableArray<int> _varying;
    private readonly Dictionary<int, int> _position = [];
    private readonly FormulaEncoder _encoder;
    private readonly Z3.BoolExpr _transition;
    private readonly Z3.BoolExpr _domain;

    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    public FiniteEncoding(FiniteModel model)
        : base(model.Scope, (uint)BitOperations.Log2((uint)Math.Max(1, model.Actions.Length)) + 1)
    {
        (Model, Instances) = (model, [.. model.Actions.Select(a => a.Instance)]);
        _varying = [.. Enumerable.Range(0, model.Scope.Cells.Length).Where(c => !ulong.IsPow2(model.Formulas.Possible[c]))];
        for (int i = 0; i < _varying.Length; i++)
        {
            _position[_varying[i]] = i;
        }

        int cells = model.Scope.Cells.Length;
        _encoder = new FormulaEncoder(Context, cell => cell < cells ? State(0)[_position[cell]] : State(1)[_position[cell - cells]]);
        _transition = EncodeTransition();
        _domain = Context.MkAnd(_varying.Select(c => Context.MkOr(Codes(c).Select(code => _encoder.CellIs(c, code)))));
    }

    public FiniteModel Model { get; }

    /// <summary>Every cell has one of its possible codes. An induction may assume this of an arbitrary state.</summary>
    public Z3.BoolExpr InDomain(int step) => At(_domain, step);

    public override Z3.BoolExpr Transition(int step) => At(_transition, step);

    /// <summary>The formula in the state at the step.</summary>
    public Z3.BoolExpr Holds(Formula formula, int step) => At(_encoder.Condition(formula), step);

    /// <summary>All cells have the same values at two steps.</summary>
    public Z3.BoolExpr SameState(int step, int other) =>
        Context.MkAnd(State(step).Zip(State(other)).Select(p => Context.MkEq(p.First, p.Second)));

    public override int[] ReadState(Z3.Model found, int step)
    {
        int[] state = Scope.InitialState();
        foreach (int cell in _varying)
        {
            state[cell] = ReadCode(found, State(step)[_position[cell]]);
        }

        return state;
    }

    private protected override ImmutableArray<ActionInstance> Instances { get; }

    private protected override Z3.BoolExpr IsState(ReadOnlySpan<int> state)
    {
        var equal = new List<Z3.BoolExpr>();
        foreach (int cell in _varying)
        {
            equal.Add(_encoder.CellIs(cell, state[cell]));
        }

        return Context.MkAnd(equal);
    }

    private protected override Z3.Expr[] MakeState(int step) =>
        [.. _varying.Select(c => NewConstant($"{Scope.Cells[c]}@{step}", SortOf(c)))];

    private Z3.BoolExpr EncodeTransition()
    {
        var conjuncts = new List<Z3.BoolExpr>();
        var writes = _varying.ToDictionary(c => c, _ => new Dictionary<Formula, List<Z3.BoolExpr>>());
        var chosen = Model.Actions.Select((_, i) => IsChosen(i, 0)).ToArray();
        conjuncts.Add(Context.MkBVULT(Choice(0), Context.MkBV(Model.Actions.Length, ChoiceBits)));
        for (int i = 0; i < chosen.Length; i++)
        {
            conjuncts.Add(Context.MkImplies(chosen[i], _encoder.Condition(Model.Actions[i].Guard)));
            foreach (var (cell, value) in Model.Actions[i].Updates.Where(u => _position.ContainsKey(u.Cell)))
            {
                // Many instances give a cell the same value, so they share one alternative.
                (writes[cell].TryGetValue(value, out var same) ? same : writes[cell][value] = []).Add(chosen[i]);
            }
        }

        foreach (int cell in _varying)
        {
            var next = State(0)[_position[cell]];
            foreach (var (value, when) in writes[cell])
            {
                next = Context.MkITE(Context.MkOr(when), _encoder.Fit(value, next.Sort), next);
            }

            conjuncts.Add(Context.MkEq(State(1)[_position[cell]], next));
        }

        return Context.MkAnd(conjuncts);
    }

    private protected override Z3.BoolExpr EncodeViolation(PropertyDeclaration property) => property.Subject switch
    {
        PropertySubject.Step => Context.MkNot(_encoder.Condition(OverTwoStates(property.Formula))),
        PropertySubject.Deadlock => Context.MkAnd([
            _encoder.Condition(Model.Property(property).Matters),
            .. Model.Actions.Select(a => Context.MkNot(_encoder.Condition(a.Guard)))
        ]),
        PropertySubject.State => _encoder.Condition(Model.Property(property).Matters),
        PropertySubject.StateOrStep or PropertySubject.Sequence =>
            throw new ArgumentException($"{property.Name} is not refuted by a state or a step", nameof(property)),
    };

    private protected override Z3.BoolExpr EncodeWitness(PropertyDeclaration property) =>
        _encoder.Condition(property.IsAboutSteps ? OverTwoStates(property.Formula) : Model.Property(property).Matters);

    /// <summary>
    /// A step property over the cells of two states: the cells after the step are numbered behind those before. This needs no copy for
    /// each instance. Unlike the explorer's form, it does not depend on the instances' updates.
    /// </summary>
    private Formula OverTwoStates(Node formula)
    {
        var scope = Model.Scope;
        var simplify = new FormulaBuilder([.. Model.Formulas.Possible, .. Model.Formulas.Possible]);
        var ground = new Grounder(scope, simplify, label => !scope.System.Dropped.Contains(label))
        {
            Next = scope.Cells.ToDictionary(
                c => c.Number,
                c =>
                    c.Variable.Type is BoolType
                        ? simplify.Test(c.Number + scope.Cells.Length)
                        : simplify.Cell(c.Number + scope.Cells.Length)),
        };
        return ground.Of(formula, ImmutableDictionary<Binder, int>.Empty);
    }

    private Z3.Sort SortOf(int cell)
    {
        int largest = BitOperations.Log2(Model.Formulas.Possible[cell]);
        return largest == 1 ? Context.BoolSort : Context.MkBitVecSort((uint)BitOperations.Log2((uint)largest) + 1);
    }

    private IEnumerable<int> Codes(int cell) => Enumerable.Range(0, 64).Where(code => (Model.Formulas.Possible[cell] & (1UL << code)) != 0);
}
