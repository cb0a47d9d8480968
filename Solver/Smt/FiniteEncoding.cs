using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Smt;

/// <summary>
/// A finite instance for Z3, as the three things that bounded model checking and induction are made of: the state at a step, the
/// transition from a step to the next, and a property's violation at a step. A cell is a Bool or a small bit vector, never an Int,
/// so that the finite-domain solver decides everything.
/// <code>
///   state@0 --choice@0--> state@1 --choice@1--> state@2 ...
/// </code>
/// Which instance fires is one bit vector a step. The next value of a cell is a function of the choice and the state, so what an
/// instance does not assign stays by construction, and a trace can be read off the choices. Each part is encoded once, over the
/// constants of steps 0 and 1; another step's is a substitution of constants, which Z3 does in native code.
/// </summary>
public sealed class FiniteEncoding : IDisposable
{
    private readonly ImmutableArray<int> _varying;
    private readonly Dictionary<int, int> _position = [];
    private readonly uint _choiceBits;
    private readonly List<Z3.Expr[]> _states = [];
    private readonly List<Z3.BitVecExpr> _choices = [];
    private readonly Dictionary<PropertyDeclaration, Z3.BoolExpr> _violated = [];
    private readonly FormulaEncoder _encoder;
    private readonly Z3.BoolExpr _transition;
    private readonly Z3.BoolExpr _domain;

    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    public FiniteEncoding(FiniteModel model)
    {
        NativeZ3.Require();
        Model = model;
        Context = new Z3.Context();
        _varying = [.. Enumerable.Range(0, model.Scope.Cells.Length).Where(c => !ulong.IsPow2(model.Simplify.Possible[c]))];
        for (int i = 0; i < _varying.Length; i++)
        {
            _position[_varying[i]] = i;
        }

        _choiceBits = (uint)BitOperations.Log2((uint)Math.Max(1, model.Actions.Length)) + 1;
        int cells = model.Scope.Cells.Length;
        _encoder = new FormulaEncoder(Context, cell => cell < cells ? State(0)[_position[cell]] : State(1)[_position[cell - cells]]);
        _transition = EncodeTransition();
        _domain = Context.MkAnd(_varying.Select(c => Context.MkOr(Codes(c).Select(code => _encoder.CellIs(c, code)))));
    }

    public Z3.Context Context { get; }

    public FiniteModel Model { get; }

    /// <summary>A solver for what is encoded here. It answers UNKNOWN to anything but Bools and bit vectors.</summary>
    public Z3.Solver NewSolver() => Context.MkSolver("QF_FD");

    /// <summary>The state at the step is this one.</summary>
    public Z3.BoolExpr IsState(ReadOnlySpan<int> state, int step)
    {
        var equal = new List<Z3.BoolExpr>();
        foreach (int cell in _varying)
        {
            equal.Add(_encoder.CellIs(cell, state[cell]));
        }

        return At(Context.MkAnd(equal), step);
    }

    public Z3.BoolExpr Initial(int step) => IsState(Model.Scope.InitialState(), step);

    /// <summary>Every cell has one of the codes that it can have at all: what an induction may assume of an arbitrary state.</summary>
    public Z3.BoolExpr InDomain(int step) => At(_domain, step);

    /// <summary>The instance that is chosen at the step is enabled, and leads to the state of the next.</summary>
    public Z3.BoolExpr Transition(int step) => At(_transition, step);

    /// <summary>The formula in the state at the step.</summary>
    public Z3.BoolExpr Holds(Formula formula, int step) => At(_encoder.Condition(formula), step);

    /// <summary>
    /// The property is violated: by the state at the step, or (if it speaks of steps) by what is chosen there, the transition
    /// to the next being asserted as well.
    /// </summary>
    public Z3.BoolExpr Violated(PropertyDeclaration property, int step)
    {
        if (!_violated.TryGetValue(property, out var template))
        {
            _violated[property] = template = EncodeViolation(property);
        }

        return At(template, step);
    }

    /// <summary>All cells have the same values at two steps.</summary>
    public Z3.BoolExpr SameState(int step, int other) => Context.MkAnd(State(step).Zip(State(other)).Select(p => Context.MkEq(p.First, p.Second)));

    /// <summary>The instance with this place in <see cref="FiniteModel.Actions"/> fires at the step.</summary>
    public Z3.BoolExpr Chosen(int action, int step) => Context.MkEq(Choice(step), Context.MkBV(action, _choiceBits));

    /// <summary>The state at a step of a behaviour that Z3 has found.</summary>
    public int[] ReadState(Z3.Model found, int step)
    {
        int[] state = Model.Scope.InitialState();
        foreach (int cell in _varying)
        {
            state[cell] = found.Eval(State(step)[_position[cell]], completion: true) switch
            {
                Z3.BitVecNum number => (int)number.UInt,
                { IsTrue: true } => 1,
                { IsFalse: true } => 0,
                var value => throw new InvalidOperationException($"Z3 gives {Model.Scope.Cells[cell]} the value {value}"),
            };
        }

        return state;
    }

    /// <summary>The place in <see cref="FiniteModel.Actions"/> of the instance that fires at a step of a behaviour that Z3 has found.</summary>
    public int ReadChoice(Z3.Model found, int step) => (int)((Z3.BitVecNum)found.Eval(Choice(step), completion: true)).UInt;

    public void Dispose() => Context.Dispose();

    private Z3.BoolExpr EncodeTransition()
    {
        var conjuncts = new List<Z3.BoolExpr>();
        var writes = _varying.ToDictionary(c => c, _ => new Dictionary<Formula, List<Z3.BoolExpr>>());
        var chosen = Model.Actions.Select((_, i) => Chosen(i, 0)).ToArray();
        conjuncts.Add(Context.MkBVULT(Choice(0), Context.MkBV(Model.Actions.Length, _choiceBits)));
        for (int i = 0; i < chosen.Length; i++)
        {
            conjuncts.Add(Context.MkImplies(chosen[i], _encoder.Condition(Model.Actions[i].Guard)));
            foreach (var (cell, value) in Model.Actions[i].Updates.Where(u => _position.ContainsKey(u.Cell)))
            {
                // Many instances give a cell the same value: one alternative for all of them.
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

    private Z3.BoolExpr EncodeViolation(PropertyDeclaration property) => property.Kind switch
    {
        PropertyKind.StepInvariant => Context.MkNot(_encoder.Condition(OverTwoStates(property.Formula))),
        PropertyKind.Terminal => Context.MkAnd([_encoder.Condition(Model.Property(property).Matters), .. Model.Actions.Select(a => Context.MkNot(_encoder.Condition(a.Guard)))]),
        PropertyKind.Reachable or PropertyKind.Scenario => throw new ArgumentException($"{property.Name} is to be witnessed; nothing violates it", nameof(property)),
        _ => _encoder.Condition(Model.Property(property).Matters),
    };

    /// <summary>
    /// A step property over the cells of two states: those after the step are numbered behind those before. So it takes no copy of
    /// it for each instance, and does not rest on the instances' updates, as the explorer's form of it does.
    /// </summary>
    private Formula OverTwoStates(Node formula)
    {
        var scope = Model.Scope;
        var simplify = new Simplify([.. Model.Simplify.Possible, .. Model.Simplify.Possible]);
        var ground = new Ground(scope, simplify, label => !scope.System.Dropped.Contains(label))
        {
            Next = scope.Cells.ToDictionary(c => c.Number, c => c.Variable.Type is BoolType ? simplify.Test(c.Number + scope.Cells.Length) : simplify.Cell(c.Number + scope.Cells.Length)),
        };
        return ground.Of(formula, ImmutableDictionary<Binder, int>.Empty);
    }

    private Z3.BoolExpr At(Z3.BoolExpr template, int step) => step == 0
        ? template
        : (Z3.BoolExpr)template.Substitute([.. State(0), .. State(1), Choice(0)], [.. State(step), .. State(step + 1), Choice(step)]);

    private Z3.Expr[] State(int step)
    {
        while (_states.Count <= step)
        {
            _states.Add([.. _varying.Select(c => Context.MkConst($"{Model.Scope.Cells[c]}@{_states.Count}", SortOf(c)))]);
        }

        return _states[step];
    }

    private Z3.BitVecExpr Choice(int step)
    {
        while (_choices.Count <= step)
        {
            _choices.Add(Context.MkBVConst($"choice@{_choices.Count}", _choiceBits));
        }

        return _choices[step];
    }

    private Z3.Sort SortOf(int cell)
    {
        int largest = BitOperations.Log2(Model.Simplify.Possible[cell]);
        return largest == 1 ? Context.BoolSort : Context.MkBitVecSort((uint)BitOperations.Log2((uint)largest) + 1);
    }

    private IEnumerable<int> Codes(int cell) => Enumerable.Range(0, 64).Where(code => (Model.Simplify.Possible[cell] & (1UL << code)) != 0);
}
