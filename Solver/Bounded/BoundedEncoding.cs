using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Checker.Solver.Traces;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>
/// A finite instance for Z3, as the three parts of bounded model checking: the state at a step, the transition from a step to
/// the next, and a property's violation at a step. A cell is a Bool or a small bit vector and never an Int, so the finite-domain
/// solver decides everything.
/// <code>
///   state@0 --choice@0--> state@1 --choice@1--> state@2 ...
/// </code>
/// One bit vector for each step chooses the instance. Each part is encoded once, over the constants of steps 0 and 1. For other
/// steps the constants are substituted, which Z3 does in native code.
/// </summary>
public abstract class BoundedEncoding : IDisposable
{
    private readonly List<Z3.Expr[]> _states = [];
    private readonly List<Z3.BitVecExpr> _choices = [];
    private readonly Dictionary<PropertyDeclaration, Z3.BoolExpr> _violated = [];

    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    private protected BoundedEncoding(Scope scope, uint choiceBits)
    {
        NativeZ3.Require();
        (Scope, ChoiceBits) = (scope, choiceBits);
        Context = new Z3.Context();
        WithoutSignals = Interruption.WithoutSignals(Context);
    }

    public Z3.Context Context { get; }

    /// <summary>The parameters of solvers and of simplification.</summary>
    private protected Z3.Params WithoutSignals { get; }

    public Scope Scope { get; }

    /// <summary>The width of a choice.</summary>
    private protected uint ChoiceBits { get; }

    /// <summary>A solver for what is encoded here. It answers UNKNOWN to anything but Bools and bit vectors.</summary>
    public Z3.Solver NewSolver()
    {
        var solver = Context.MkSolver("QF_FD");
        solver.Parameters = WithoutSignals;
        return solver;
    }

    /// <summary>Makes a new truth value, distinct from all variables of the model.</summary>
    public Z3.BoolExpr NewTruth(string name) => (Z3.BoolExpr)NewConstant(name, Context.BoolSort);

    /// <summary>The state at the step is the initial state.</summary>
    public Z3.BoolExpr Initial(int step) => IsState(Scope.InitialState(), step);

    /// <summary>The state at the step is this one.</summary>
    public Z3.BoolExpr IsState(ReadOnlySpan<int> state, int step) => At(IsState(state), step);

    /// <summary>The instance chosen at the step is enabled, and leads to the state of the next step.</summary>
    public abstract Z3.BoolExpr Transition(int step);

    /// <summary>
    /// The property is violated: by the state at the step, or (if it is about steps) by the instance chosen there. In this case the
    /// transition to the next step must be asserted as well.
    /// </summary>
    /// <exception cref="ArgumentException">The property asks for a witness, so nothing violates it.</exception>
    public Z3.BoolExpr Violated(PropertyDeclaration property, int step)
    {
        if (!_violated.TryGetValue(property, out var template))
        {
            _violated[property] = template = property.IsWitnessed
                ? throw new ArgumentException($"{property.Name} is to be witnessed; nothing violates it", nameof(property))
                : EncodeViolation(property);
        }

        return At(template, step);
    }

    /// <summary>The reachability property is witnessed by the state at the step, or by the step chosen there.</summary>
    public Z3.BoolExpr Witnessed(PropertyDeclaration property, int step)
    {
        if (!_violated.TryGetValue(property, out var template))
        {
            _violated[property] = template = EncodeWitness(property);
        }

        return At(template, step);
    }

    /// <summary>Returns the state at a step of a behaviour found by Z3.</summary>
    public abstract int[] ReadState(Z3.Model found, int step);

    /// <summary>Returns the instance which fires at a step of a behaviour found by Z3.</summary>
    public ActionInstance ReadInstance(Z3.Model found, int step) => Instances[ReadNumber(found, step)];

    /// <summary>Returns the first steps of a behaviour found by Z3, with the states before and after each.</summary>
    public ImmutableArray<TraceState> ReadPath(Z3.Model found, int length) =>
        [.. Enumerable.Range(0, length + 1)
            .Select(step => new TraceState(step == 0 ? null : ReadInstance(found, step - 1), [.. ReadState(found, step)]))];

    /// <summary>This instance fires at the step.</summary>
    /// <exception cref="ArgumentException">The instance can never fire, and has no number here.</exception>
    public Z3.BoolExpr IsChosen(ActionInstance instance, int step) => Instances.IndexOf(instance) is >= 0 and var number
        ? IsChosen(number, step)
        : throw new ArgumentException($"{instance} never fires", nameof(instance));

    /// <summary>The instances, indexed by the values of a choice.</summary>
    private protected abstract ImmutableArray<ActionInstance> Instances { get; }

    public void Dispose()
    {
        Context.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The state of step 0 is this one.</summary>
    private protected abstract Z3.BoolExpr IsState(ReadOnlySpan<int> state);

    /// <summary>The violation over the constants of steps 0 and 1.</summary>
    private protected abstract Z3.BoolExpr EncodeViolation(PropertyDeclaration property);

    /// <summary>The formula of a reachability property, over the constants of steps 0 and 1.</summary>
    private protected abstract Z3.BoolExpr EncodeWitness(PropertyDeclaration property);

    /// <summary>Makes new constants for the cells of a step's state.</summary>
    private protected abstract Z3.Expr[] MakeState(int step);

    /// <summary>Makes a new constant. A variable of the model may have the same name as a part of the encoding.</summary>
    private protected Z3.Expr NewConstant(string name, Z3.Sort sort) => Context.MkFreshConst(name, sort);

    /// <summary>Returns the number chosen at a step of a behaviour found by Z3.</summary>
    private protected int ReadNumber(Z3.Model found, int step) => (int)((Z3.BitVecNum)found.Eval(Choice(step), completion: true)).UInt;

    private protected static int ReadCode(Z3.Model found, Z3.Expr cell) => found.Eval(cell, completion: true) switch
    {
        Z3.BitVecNum number => (int)number.UInt,
        { IsTrue: true } => 1,
        { IsFalse: true } => 0,
        var value => throw new InvalidOperationException($"Z3 gives {cell} the value {value}"),
    };

    /// <summary>Moves an encoding over the constants of steps 0 and 1 to another step and its successor.</summary>
    private protected Z3.BoolExpr At(Z3.BoolExpr template, int step) => step == 0
        ? template
        : (Z3.BoolExpr)template.Substitute([.. State(0), .. State(1), Choice(0)], [.. State(step), .. State(step + 1), Choice(step)]);

    private protected Z3.Expr[] State(int step)
    {
        while (_states.Count <= step)
        {
            _states.Add(MakeState(_states.Count));
        }

        return _states[step];
    }

    private protected Z3.BitVecExpr Choice(int step)
    {
        while (_choices.Count <= step)
        {
            _choices.Add((Z3.BitVecExpr)NewConstant($"choice@{_choices.Count}", Context.MkBitVecSort(ChoiceBits)));
        }

        return _choices[step];
    }

    /// <summary>The choice at the step is this number.</summary>
    private protected Z3.BoolExpr IsChosen(int number, int step) => Context.MkEq(Choice(step), Context.MkBV(number, ChoiceBits));
}
