using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection.Emit;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk.Compile;

/// <summary>
/// Emits expressions of the model as IL over cells and <see cref="Planes"/>. A condition with one open variable is compiled for all of
/// its values at once, the <em>lanes</em> of a machine word: bit k is set if the condition holds for value k. A quantifier compares
/// such a word with 0. The expressions are reduced (<see cref="Reduction"/>).
/// </summary>
/// <param name="ofSteps">True if unprimed reads refer to the state before the step.</param>
internal sealed partial class LaneEmitter(ILGenerator il, Planes planes, bool ofSteps = false)
{
    /// <summary>The largest number of values for which a quantifier is unrolled. Beyond it, a loop is emitted.</summary>
    private const int Unrolled = 8;

    /// <summary>
    /// The cost up to which repeating a computation is better than remembering it. A part of a quantifier's body is worth computing
    /// first if it costs a few times as much.
    /// </summary>
    private const double Cheap = 4;

    private readonly Dictionary<Binder, LocalBuilder> _locals = [];
    private readonly Dictionary<Binder, int> _constants = [];
    private Dictionary<(Node Node, Binder Lane), LocalBuilder> _known = new(ByReference.Instance);

    public ILGenerator Il => il;

    public Scope Scope => planes.Scope;

    public int Cardinality(Binder binder) => Scope.Cardinality(binder.Type);

    /// <summary>Binds the binder to the value of the local from here on.</summary>
    public void Bind(Binder binder, LocalBuilder local) => _locals[binder] = local;

    public void Bind(Binder binder, int value) => _constants[binder] = value;

    private bool IsBound(Binder binder) => _locals.ContainsKey(binder) || _constants.ContainsKey(binder);

    public void Unbind(Binder binder)
    {
        _locals.Remove(binder);
        _constants.Remove(binder);
    }

    /// <summary>
    /// Pushes the code of the expression's value, a 32-bit integer. A sum is correct modulo 2^32. This is enough for a stored sum, because
    /// the step exists only if it lies in its range. Sums are compared as 64-bit integers (<see cref="Wide"/>).
    /// </summary>
    public void Value(Node node)
    {
        switch (node)
        {
            case Lit n:
                il.Emit(OpCodes.Ldc_I4, n.Code);
                break;
            case Bound n when _constants.TryGetValue(n.Binder, out int constant):
                il.Emit(OpCodes.Ldc_I4, constant);
                break;
            case Bound n:
                il.Emit(OpCodes.Ldloc, _locals[n.Binder]);
                break;
            case Read n:
                Cell(n);
                break;
            case Eq n:
                Operands(n.Left, n.Right);
                il.Emit(OpCodes.Ceq);
                break;
            case Not n:
                Value(n.Operand);
                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Ceq);
                break;
            case Less n:
                Operands(n.Left, n.Right);
                il.Emit(OpCodes.Clt);
                break;
            case Plus n:
                Value(n.Left);
                Value(n.Right);
                il.Emit(OpCodes.Add);
                break;
            case Minus n:
                Value(n.Left);
                Value(n.Right);
                il.Emit(OpCodes.Sub);
                break;
            case Some n:
                Value(n.Element);
                il.Emit(OpCodes.Ldc_I4_1);
                il.Emit(OpCodes.Add);
                break;
            case Quantified n:
                var (lane, body, all) = Turn(n);
                Scoped(() =>
                {
                    Prepare([body], lane);
                    Lanes(body, lane);
                });
                if (all)
                {
                    il.Emit(OpCodes.Not);
                }

                if (all || !Lane.IsClean(Scope, body, lane))
                {
                    Mask(lane);
                }

                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Conv_U8);
                il.Emit(OpCodes.Cgt_Un);
                if (all)
                {
                    il.Emit(OpCodes.Ldc_I4_0);
                    il.Emit(OpCodes.Ceq);
                }

                break;
            case Count n:
                Lanes(n.Body, n.Binder);
                Mask(n.Binder);
                il.Emit(
                    OpCodes.Call,
                    typeof(System.Numerics.BitOperations).GetMethod(nameof(System.Numerics.BitOperations.PopCount), [typeof(ulong)])!);
                break;
            case Ite n:
                Choose(n.Condition, () => Value(n.Then), () => Value(n.Else));
                break;
            case And or Or or Implies:
                Choose(node, () => il.Emit(OpCodes.Ldc_I4_1), () => il.Emit(OpCodes.Ldc_I4_0));
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    /// <summary>
    /// Jumps to <paramref name="target"/> if the condition's truth value is <paramref name="when"/>. Otherwise falls through.
    /// </summary>
    public void Branch(Node node, Label target, bool when)
    {
        switch (node)
        {
            case Lit n:
                if (n.Code != 0 == when)
                {
                    il.Emit(OpCodes.Br, target);
                }

                break;
            case Not n:
                Branch(n.Operand, target, !when);
                break;
            case Eq n:
                Operands(n.Left, n.Right);
                il.Emit(when ? OpCodes.Beq : OpCodes.Bne_Un, target);
                break;
            case Less n:
                Operands(n.Left, n.Right);
                il.Emit(when ? OpCodes.Blt : OpCodes.Bge, target);
                break;
            case And n:
                Junction(n.Operands, target, when, decides: false);
                break;
            case Or n:
                Junction(n.Operands, target, when, decides: true);
                break;
            case Implies n:
                Junction([new Not(n.Premise), n.Conclusion], target, when, decides: true);
                break;
            default:
                Value(node);
                il.Emit(when ? OpCodes.Brtrue : OpCodes.Brfalse, target);
                break;
        }
    }

    /// <summary>
    /// Pushes the word whose bit k is set if the condition holds for value k of the binder. Bits beyond its values are meaningless.
    /// </summary>
    public void Lanes(Node node, Binder lane)
    {
        if (_known.TryGetValue((node, lane), out var known))
        {
            il.Emit(OpCodes.Ldloc, known);
        }
        else if (!Lane.Mentions(node, lane))
        {
            // The value is the same for all lanes.
            Value(node);
            il.Emit(OpCodes.Neg);
            il.Emit(OpCodes.Conv_I8);
        }
        else
        {
            switch (node)
            {
                case Not n:
                    Lanes(n.Operand, lane);
                    il.Emit(OpCodes.Not);
                    break;
                case And n:
                    Combine(n.Operands, lane, OpCodes.And);
                    break;
                case Or n:
                    Combine(n.Operands, lane, OpCodes.Or);
                    break;
                case Implies n:
                    Combine([new Not(n.Premise), n.Conclusion], lane, OpCodes.Or);
                    break;
                case Ite n when n.Type is BoolType:
                    Either(n, lane, n.Then, n.Else);
                    break;
                case Quantified n:
                    Quantify(n, lane);
                    break;
                case Bound:
                    il.Emit(OpCodes.Ldc_I8, 2L);   // for a truth value as a parameter
                    break;
                case Read n when Lane.Of(n, lane) >= 0:
                    Plane(n, lane, () => il.Emit(OpCodes.Ldc_I4_1));
                    break;
                case Eq n:
                    Equal(n, lane);
                    break;
                default:
                    OneByOne(node, lane);
                    break;
            }
        }
    }

    /// <summary>Computes parts which occur more than once in the lanes of these conditions and are not known yet.</summary>
    public void Prepare(IEnumerable<Node> conditions, Binder lane)
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var again = new List<Node>();
        void Visit(Node node)
        {
            if (!Lane.Mentions(node, lane))
            {
                return;
            }

            if (!seen.Add(node))
            {
                again.Add(node);
                return;
            }

            foreach (var child in Fold.Children(node))
            {
                Visit(child);
            }
        }

        foreach (var condition in conditions)
        {
            Visit(condition);
        }

        // Smaller parts come first, because they may be parts of the others.
        foreach (var node in again.Distinct()
            .Where(n => n.Type is BoolType && Lane.Cost(Scope, n, lane) > Cheap && Lane.Free(n).All(f => f == lane || IsBound(f)))
            .OrderBy(n => Fold.Descendants(n).Count()))
        {
            Remember(node, lane);
        }
    }

    /// <summary>Emits code, and forgets its remembered parts afterwards: there may be paths around the code.</summary>
    public void Scoped(Action code)
    {
        var known = _known;
        _known = new(known, ByReference.Instance);
        code();
        _known = known;
    }

    /// <summary>Puts the lanes of an expression into a local, for later use in the <see cref="Scoped"/> code.</summary>
    public void Remember(Node node, Binder lane)
    {
        if (!_known.ContainsKey((node, lane)))
        {
            var local = il.DeclareLocal(typeof(ulong));
            Lanes(node, lane);
            il.Emit(OpCodes.Stloc, local);
            _known[(node, lane)] = local;
        }
    }

    /// <summary>Clears the bits beyond the binder's values in the word on the stack.</summary>
    public void Mask(Binder lane)
    {
        il.Emit(
            OpCodes.Ldc_I8,
            unchecked((long)(ulong.MaxValue >> (64 - Math.Max(1, Cardinality(lane))))) & (Cardinality(lane) == 0 ? 0 : -1));
        il.Emit(OpCodes.And);
    }

    /// <summary>
    /// Chooses the one of several nested quantifiers of a kind which is best compiled as lanes. The others become loops inside.
    /// </summary>
    private (Binder Lane, Node Body, bool All) Turn(Quantified node)
    {
        var binders = new List<Binder> { node.Binder };
        var matrix = node.Body;
        while (matrix is Quantified inner && inner.Kind == node.Kind)
        {
            binders.Add(inner.Binder);
            matrix = inner.Body;
        }

        var lane = binders.MinBy(b => Lane.Cost(Scope, matrix, b) / Math.Max(1, Cardinality(b)))!;
        var body = binders.Where(b => b != lane).Reverse().Aggregate(matrix, (n, b) => new Quantified(node.Kind, b, n));
        return (lane, body, node.Kind == QuantifierKind.Forall);
    }

    private void Equal(Eq node, Binder lane)
    {
        var (left, right) = Lane.Mentions(node.Left, lane) ? (node.Left, node.Right) : (node.Right, node.Left);
        bool both = Lane.Mentions(right, lane);
        switch (left)
        {
            case Bound when !both && right.Type is not IntType:
                One(right);
                break;
            case Some { Element: Bound } when !both && right.Type is not IntType:
                One(right);
                il.Emit(OpCodes.Ldc_I4_1);
                il.Emit(OpCodes.Shr_Un);
                break;
            case Ite n:
                Either(n, lane, new Eq(n.Then, right), new Eq(n.Else, right));
                break;
            case var _ when right is Ite n:
                Either(n, lane, new Eq(left, n.Then), new Eq(left, n.Else));
                break;
            case { Type: BoolType }:
                Lanes(left, lane);
                Lanes(right, lane);
                il.Emit(OpCodes.Xor);
                il.Emit(OpCodes.Not);
                break;
            case Read n when Lane.Of(n, lane) >= 0 && !both && Lane.Fits(Scope, right, n):
                Plane(n, lane, () => Value(right));
                break;
            case Read n when Lane.Of(n, lane) >= 0 && right is Read m && Lane.Of(m, lane) >= 0:
                il.Emit(OpCodes.Ldc_I8, 0L);
                for (int code = 0; code < Math.Min(Scope.Cardinality(n.Type), Scope.Cardinality(m.Type)); code++)
                {
                    int value = code;
                    Plane(n, lane, () => il.Emit(OpCodes.Ldc_I4, value));
                    Plane(m, lane, () => il.Emit(OpCodes.Ldc_I4, value));
                    il.Emit(OpCodes.And);
                    il.Emit(OpCodes.Or);
                }

                break;
            default:
                OneByOne(node, lane);
                break;
        }
    }

    /// <summary>Pushes the word with a single bit, at the expression's value.</summary>
    private void One(Node node)
    {
        il.Emit(OpCodes.Ldc_I8, 1L);
        Value(node);
        il.Emit(OpCodes.Shl);
    }

    private void Either(Ite node, Binder lane, Node then, Node otherwise)
    {
        if (!Lane.Mentions(node.Condition, lane))
        {
            Choose(node.Condition, () => Lanes(then, lane), () => Lanes(otherwise, lane));
            return;
        }

        // Selects the other value if the condition does not hold: both ^ ((both) & condition).
        Lanes(otherwise, lane);
        il.Emit(OpCodes.Dup);
        Lanes(then, lane);
        il.Emit(OpCodes.Xor);
        Lanes(node.Condition, lane);
        il.Emit(OpCodes.And);
        il.Emit(OpCodes.Xor);
    }

    private void Combine(ImmutableArray<Node> operands, Binder lane, OpCode operation)
    {
        for (int i = 0; i < operands.Length; i++)
        {
            Lanes(operands[i], lane);
            if (i > 0)
            {
                il.Emit(operation);
            }
        }
    }

    private void Choose(Node condition, Action then, Action otherwise)
    {
        var (no, end) = (il.DefineLabel(), il.DefineLabel());
        Branch(condition, no, when: false);
        then();
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(no);
        otherwise();
        il.MarkLabel(end);
    }

    /// <summary>Emits a conjunction or disjunction. An operand with the truth value <paramref name="decides"/> decides the whole.</summary>
    private void Junction(ImmutableArray<Node> operands, Label target, bool when, bool decides)
    {
        var decided = when == decides ? target : il.DefineLabel();
        foreach (var operand in operands)
        {
            Branch(operand, decided, decides);
        }

        if (when != decides)
        {
            il.Emit(OpCodes.Br, target);
            il.MarkLabel(decided);
        }
    }

    /// <summary>Compares nodes by identity, not by contents.</summary>
    private sealed class ByReference : IEqualityComparer<(Node Node, Binder Lane)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((Node Node, Binder Lane) x, (Node Node, Binder Lane) y) => ReferenceEquals(x.Node, y.Node) && x.Lane == y.Lane;

        public int GetHashCode((Node Node, Binder Lane) pair) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Node), pair.Lane);
    }
}
