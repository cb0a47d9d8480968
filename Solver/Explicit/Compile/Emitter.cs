using System.Reflection.Emit;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit.Compile;

/// <summary>
/// Emits formulas as IL over a packed state whose words are in local variables. Conditions become jumps, with all tests of one
/// word in one masked comparison. Small values become branch-free arithmetic, because the processor cannot predict them.
/// </summary>
internal sealed class Emitter(ILGenerator il, Layout layout, LocalBuilder[] words)
{
    /// <summary>
    /// Jumps to <paramref name="target"/> if the formula's truth value is <paramref name="when"/>. Otherwise falls through.
    /// </summary>
    public void Branch(Formula formula, Label target, bool when)
    {
        switch (formula)
        {
            case Constant c:
                if (c.Value != 0 == when)
                {
                    il.Emit(OpCodes.Br, target);
                }

                break;
            case Is f:
                var field = layout.Fields[f.Cell];
                Compare(field.Word, field.Mask, (ulong)f.Code << field.Shift, target, when);
                break;
            case Negation f:
                Branch(f.Operand, target, !when);
                break;
            case Conjunction f:
                Conjunction(f, target, when);
                break;
            case Disjunction f:
                Disjunction(f, target, when);
                break;
            case Equal f:
                Value(f.Left);
                Value(f.Right);
                il.Emit(when ? OpCodes.Beq : OpCodes.Bne_Un, target);
                break;
            case LessThan f:
                Value(f.Left);
                Value(f.Right);
                il.Emit(when ? OpCodes.Blt : OpCodes.Bge, target);
                break;
            default:
                Value(formula);
                il.Emit(when ? OpCodes.Brtrue : OpCodes.Brfalse, target);
                break;
        }
    }

    /// <summary>Pushes the formula's value, a 64-bit integer.</summary>
    public void Value(Formula formula)
    {
        switch (formula)
        {
            case Constant f:
                il.Emit(OpCodes.Ldc_I8, (long)f.Value);
                break;
            case CellValue f:
                Extract(layout.Fields[f.Cell]);
                break;
            case Is f:
                Test(f);
                break;
            case Negation f:
                Value(f.Operand);
                il.Emit(OpCodes.Ldc_I8, 1L);
                il.Emit(OpCodes.Xor);
                break;
            case Conjunction f:
                Combine([.. f.Operands], OpCodes.And);
                break;
            case Disjunction f:
                Combine([.. f.Operands], OpCodes.Or);
                break;
            case Equal f:
                Value(f.Left);
                Value(f.Right);
                il.Emit(OpCodes.Ceq);
                il.Emit(OpCodes.Conv_U8);
                break;
            case LessThan f:
                Value(f.Left);
                Value(f.Right);
                il.Emit(OpCodes.Clt);
                il.Emit(OpCodes.Conv_U8);
                break;
            case Sum f:
                Value(f.Left);
                Value(f.Right);
                il.Emit(OpCodes.Add);
                break;
            case Difference f:
                Value(f.Left);
                Value(f.Right);
                il.Emit(OpCodes.Sub);
                break;
            case Conditional { Then: Constant { Value: 0 } } f:
                Value(f.Else);
                Value(f.Condition);
                il.Emit(OpCodes.Ldc_I8, 1L);
                il.Emit(OpCodes.Sub);       // no bits if the condition holds, otherwise all bits
                il.Emit(OpCodes.And);
                break;
            case Conditional f:
                var (otherwise, end) = (il.DefineLabel(), il.DefineLabel());
                Branch(f.Condition, otherwise, when: false);
                Value(f.Then);
                il.Emit(OpCodes.Br, end);
                il.MarkLabel(otherwise);
                Value(f.Else);
                il.MarkLabel(end);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(formula.GetType().Name);
        }
    }

    /// <summary>The approximate amount of code of a formula: the number of its nodes.</summary>
    public static int Size(Formula formula) => (formula is Conditional ? 2 : 1) + formula.Parts.Sum(Size);

    private void Compare(int word, ulong mask, ulong value, Label target, bool when)
    {
        il.Emit(OpCodes.Ldloc, words[word]);
        il.Emit(OpCodes.Ldc_I8, unchecked((long)mask));
        il.Emit(OpCodes.And);
        if (value == 0)
        {
            il.Emit(when ? OpCodes.Brfalse : OpCodes.Brtrue, target);
            return;
        }

        il.Emit(OpCodes.Ldc_I8, unchecked((long)value));
        il.Emit(when ? OpCodes.Beq : OpCodes.Bne_Un, target);
    }

    private void Conjunction(Conjunction all, Label target, bool when)
    {
        var fails = when ? il.DefineLabel() : target;
        foreach (var word in all.Operands.OfType<Is>().GroupBy(f => layout.Fields[f.Cell].Word).OrderBy(g => g.Key))
        {
            ulong mask = word.Aggregate(0UL, (m, f) => m | layout.Fields[f.Cell].Mask);
            ulong value = word.Aggregate(0UL, (v, f) => v | ((ulong)f.Code << layout.Fields[f.Cell].Shift));
            Compare(word.Key, mask, value, fails, when: false);
        }

        foreach (var operand in all.Operands.Where(o => o is not Is))
        {
            Branch(operand, fails, when: false);
        }

        if (when)
        {
            il.Emit(OpCodes.Br, target);
            il.MarkLabel(fails);
        }
    }

    private void Disjunction(Disjunction any, Label target, bool when)
    {
        var holds = when ? target : il.DefineLabel();
        foreach (var operand in any.Operands)
        {
            Branch(operand, holds, when: true);
        }

        if (!when)
        {
            il.Emit(OpCodes.Br, target);
            il.MarkLabel(holds);
        }
    }

    private void Combine(Formula[] operands, OpCode operation)
    {
        Value(operands[0]);
        foreach (var operand in operands.Skip(1))
        {
            Value(operand);
            il.Emit(operation);
        }
    }

    private void Extract(Field field)
    {
        il.Emit(OpCodes.Ldloc, words[field.Word]);
        if (field.Shift > 0)
        {
            il.Emit(OpCodes.Ldc_I4, field.Shift);
            il.Emit(OpCodes.Shr_Un);
        }

        il.Emit(OpCodes.Ldc_I8, (1L << field.Bits) - 1);
        il.Emit(OpCodes.And);
    }

    private void Test(Is f)
    {
        var field = layout.Fields[f.Cell];
        Extract(field);
        if (field.Bits == 1)
        {
            if (f.Code == 0)
            {
                il.Emit(OpCodes.Ldc_I8, 1L);
                il.Emit(OpCodes.Xor);
            }

            return;
        }

        il.Emit(OpCodes.Ldc_I8, (long)f.Code);
        il.Emit(OpCodes.Ceq);
        il.Emit(OpCodes.Conv_U8);
    }
}
