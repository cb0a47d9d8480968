using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>
/// An encoding for Z3 directly from the model's expressions, for the cross-check. Every cell has every value of its type, every
/// instance of every action is present, and only Z3 simplifies. So it shares with exploration neither the folding of formulas
/// (<see cref="FormulaBuilder"/>) nor the analysis of the cells' possible values (<see cref="FiniteModel"/>).
/// </summary>
public sealed class ModelEncoding : BoundedEncoding
{
    private readonly NodeEncoder _encoder;
    private readonly ImmutableArray<Z3.BoolExpr> _enabled;
    private readonly Z3.BoolExpr _transition;

    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="OperationCanceledException">The construction was stopped.</exception>
    public ModelEncoding(Scope scope, CancellationToken cancellation = default)
        : base(scope, (uint)BitOperations.Log2((uint)Math.Max(1, scope.Instances.Length)) + 1)
    {
        _encoder = new(Context, scope, after => State(after ? 1 : 0));
        var enabled = ImmutableArray.CreateBuilder<Z3.BoolExpr>(scope.Instances.Length);
        Z3.Expr[] next = [.. State(0)];
        foreach (var instance in scope.Instances)
        {
            cancellation.ThrowIfCancellationRequested();
            enabled.Add(Encode(instance, next));
        }

        _enabled = enabled.MoveToImmutable();
        _transition = (Z3.BoolExpr)Context.MkAnd([
            Context.MkBVULT(Choice(0), Context.MkBV(_enabled.Length, ChoiceBits)),
            .. _enabled.Select((e, i) => Context.MkImplies(IsChosen(i, 0), e)),
            .. State(1).Zip(next).Select(c => Context.MkEq(c.First, c.Second)),
        ]).Simplify(WithoutSignals);
    }

    public override Z3.BoolExpr Transition(int step) => At(_transition, step);

    public override int[] ReadState(Z3.Model found, int step) => [.. State(step).Select(cell => ReadCode(found, cell))];

    private protected override ImmutableArray<ActionInstance> Instances => Scope.Instances;

    private protected override Z3.BoolExpr IsState(ReadOnlySpan<int> state)
    {
        var equal = new List<Z3.BoolExpr>();
        foreach (var cell in Scope.Cells)
        {
            var constant = State(0)[cell.Number];
            equal.Add(Context.MkEq(
                constant,
                constant is Z3.BitVecExpr bits
                    ? Context.MkBV(state[cell.Number], bits.SortSize)
                    : Context.MkBool(state[cell.Number] != 0)));
        }

        return Context.MkAnd(equal);
    }

    private protected override Z3.Expr[] MakeState(int step) =>
        [.. Scope.Cells.Select(c => NewConstant($"{c}@{step}", c.Variable.Type is BoolType
        ? Context.BoolSort
        : Context.MkBitVecSort((uint)BitOperations.Log2((uint)Math.Max(1, c.Cardinality - 1)) + 1)))];

    private protected override Z3.BoolExpr EncodeViolation(PropertyDeclaration property)
    {
        var violated = Context.MkNot(_encoder.Truth(property.Formula, ImmutableDictionary<Binder, int>.Empty));
        return (Z3.BoolExpr)(property.Subject == PropertySubject.Deadlock
            ? Context.MkAnd([violated, .. _enabled.Select(Context.MkNot)])
            : violated).Simplify(WithoutSignals);
    }

    private protected override Z3.BoolExpr EncodeWitness(PropertyDeclaration property) =>
        (Z3.BoolExpr)_encoder.Truth(property.Formula, ImmutableDictionary<Binder, int>.Empty).Simplify(WithoutSignals);

    /// <summary>
    /// Adds the writes of the instance to the cells' values after the step. Returns the condition under which the step exists.
    /// </summary>
    private Z3.BoolExpr Encode(ActionInstance instance, Z3.Expr[] next)
    {
        var bound = ImmutableDictionary<Binder, int>.Empty.AddRange(instance.Action.Parameters.Zip(
            instance.Arguments,
            KeyValuePair.Create));
        var conditions = new List<Z3.BoolExpr>();
        foreach (var guard in instance.Action.Guards)
        {
            // If the parameters alone refute a guard, there is nothing to encode.
            if (_encoder.Constant(guard.Condition, bound) == 0)
            {
                return Context.MkFalse();
            }

            conditions.Add(_encoder.Truth(guard.Condition, bound));
        }

        var writes = new List<(int Cell, Z3.BoolExpr When, Number Value)>();
        foreach (var update in instance.Action.Updates)
        {
            foreach (var element in Scope.Tuples([.. update.Bulk.Select(b => Scope.Cardinality(b.Type))]))
            {
                var inner = bound.SetItems(update.Bulk.Select((b, i) => KeyValuePair.Create(b, element[i])));
                var when = Context.MkAnd(update.When.Select(w => _encoder.Truth(w, inner)));
                var value = _encoder.Value(update.Value, inner);
                int cell = Scope.CellAt(update.Variable, [.. update.Index.Select(i => (int)_encoder.Constant(i, inner)!.Value)]);
                if (update.Variable.Type is RangeType range)
                {
                    conditions.Add(Context.MkImplies(when, _encoder.Within(value, range)));
                }

                conditions.AddRange(writes.Where(w => w.Cell == cell).Select(w =>
                    Context.MkImplies(Context.MkAnd(when, w.When), _encoder.Equal(value, w.Value))));
                writes.Add((cell, when, value));
            }
        }

        var chosen = IsChosen(instance.Number, 0);
        foreach (var (cell, when, value) in writes)
        {
            next[cell] = Context.MkITE(Context.MkAnd(chosen, when), _encoder.Fit(value, next[cell].Sort), next[cell]);
        }

        return (Z3.BoolExpr)Context.MkAnd(conditions).Simplify(WithoutSignals);
    }
}
