using System.Collections.Immutable;
using System.Numerics;
using System.Reflection.Emit;
using Checker.Model.Ir;

namespace Checker.Solver.Walk.Compile;

/// <summary>Loops over the values of a variable, or over the set bits of a word.</summary>
internal sealed partial class LaneEmitter
{
    /// <summary>
    /// Emits a loop over the set bits of the word on the stack, the lowest first. The binder is bound to the bit's number.
    /// </summary>
    /// <param name="body">The body, which gets the label of the next iteration.</param>
    public void EachBit(Binder lane, Action<Label> body)
    {
        var (left, value) = (il.DeclareLocal(typeof(ulong)), il.DeclareLocal(typeof(int)));
        var (again, next) = (il.DefineLabel(), il.DefineLabel());
        il.Emit(OpCodes.Stloc, left);
        il.Emit(OpCodes.Br, next);
        il.MarkLabel(again);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Call, typeof(BitOperations).GetMethod(nameof(BitOperations.TrailingZeroCount), [typeof(ulong)])!);
        il.Emit(OpCodes.Stloc, value);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Ldc_I8, 1L);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.And);
        il.Emit(OpCodes.Stloc, left);
        Bind(lane, value);
        body(next);
        Unbind(lane);
        il.MarkLabel(next);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Brtrue, again);
    }

    /// <summary>
    /// Emits a quantifier in lanes of another variable: some (or each) value of the quantifier's variable satisfies the body. The parts of
    /// the body about the quantifier's variable alone are computed first for all of its values; mostly few values are left.
    /// </summary>
    private void Quantify(Quantified node, Binder lane)
    {
        bool all = node.Kind == QuantifierKind.Forall;
        var parts = (all, node.Body) switch
        {
            (false, And n) => n.Operands,
            (true, Or n) => n.Operands,
            (true, Implies n) => [new Not(n.Premise), n.Conclusion],
            _ => ImmutableArray.Create(node.Body),
        };
        ImmutableArray<Node> filter = [.. parts.Where(p =>
            !Lane.Mentions(p, lane) && Lane.Mentions(p, node.Binder) && Lane.Cost(Scope, p, node.Binder) <= Cheap * parts.Length * 2)];
        var operation = all ? OpCodes.And : OpCodes.Or;
        if (filter.IsEmpty)
        {
            Each(node.Binder, operation, all, () => Lanes(node.Body, lane));
            return;
        }

        Node[] rest = [.. parts.Except(filter)];
        var sum = il.DeclareLocal(typeof(ulong));
        il.Emit(OpCodes.Ldc_I8, all ? -1L : 0L);
        il.Emit(OpCodes.Stloc, sum);
        Combine(filter, node.Binder, all ? OpCodes.Or : OpCodes.And);
        if (all)
        {
            il.Emit(OpCodes.Not);
        }

        Mask(node.Binder);
        EachBit(node.Binder, _ =>
        {
            il.Emit(OpCodes.Ldloc, sum);
            Combine([.. rest], lane, all ? OpCodes.Or : OpCodes.And);
            il.Emit(operation);
            il.Emit(OpCodes.Stloc, sum);
        });
        il.Emit(OpCodes.Ldloc, sum);
    }

    private void OneByOne(Node node, Binder lane)
    {
        var value = il.DeclareLocal(typeof(int));
        Loop(lane, value, OpCodes.Or, false, () =>
        {
            Value(node);
            il.Emit(OpCodes.Conv_U8);
            il.Emit(OpCodes.Ldloc, value);
            il.Emit(OpCodes.Shl);
        });
    }

    /// <summary>Combines a word for each value of a binder.</summary>
    private void Each(Binder binder, OpCode operation, bool neutral, Action body)
    {
        if (Cardinality(binder) > Unrolled)
        {
            Loop(binder, il.DeclareLocal(typeof(int)), operation, neutral, body);
            return;
        }

        il.Emit(OpCodes.Ldc_I8, neutral ? -1L : 0L);
        for (int value = 0; value < Cardinality(binder); value++)
        {
            Bind(binder, value);
            body();
            il.Emit(operation);
        }

        Unbind(binder);
    }

    private void Loop(Binder binder, LocalBuilder value, OpCode operation, bool neutral, Action body)
    {
        var sum = il.DeclareLocal(typeof(ulong));
        var (again, end) = (il.DefineLabel(), il.DefineLabel());
        il.Emit(OpCodes.Ldc_I8, neutral ? -1L : 0L);
        il.Emit(OpCodes.Stloc, sum);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, value);
        il.MarkLabel(again);
        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Ldc_I4, Cardinality(binder));
        il.Emit(OpCodes.Bge, end);
        il.Emit(OpCodes.Ldloc, sum);
        Bind(binder, value);
        body();
        Unbind(binder);
        il.Emit(operation);
        il.Emit(OpCodes.Stloc, sum);
        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, value);
        il.Emit(OpCodes.Br, again);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldloc, sum);
    }
}
