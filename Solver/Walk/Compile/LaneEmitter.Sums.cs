using System.Reflection.Emit;
using Checker.Model.Ir;

namespace Checker.Solver.Walk.Compile;

/// <summary>Comparisons of sums, whose values may exceed 32 bits.</summary>
internal sealed partial class LaneEmitter
{
    /// <summary>Pushes both sides of a comparison, as 64-bit integers if a side is a sum.</summary>
    private void Operands(Node left, Node right)
    {
        if (IsSum(left) || IsSum(right))
        {
            Wide(left);
            Wide(right);
        }
        else
        {
            Value(left);
            Value(right);
        }
    }

    /// <summary>
    /// Pushes the expression's value as a 64-bit integer. It is exact, because an expression has far fewer than 2^32 terms.
    /// </summary>
    private void Wide(Node node)
    {
        switch (node)
        {
            case Plus n:
                Wide(n.Left);
                Wide(n.Right);
                il.Emit(OpCodes.Add);
                break;
            case Minus n:
                Wide(n.Left);
                Wide(n.Right);
                il.Emit(OpCodes.Sub);
                break;
            case Ite n:
                Choose(n.Condition, () => Wide(n.Then), () => Wide(n.Else));
                break;
            default:
                Value(node);
                il.Emit(OpCodes.Conv_I8);
                break;
        }
    }

    private static bool IsSum(Node node) => node is Plus or Minus || (node is Ite n && (IsSum(n.Then) || IsSum(n.Else)));
}
