using System.Collections.Immutable;
using System.Reflection.Emit;
using Checker.Model.Ir;

namespace Checker.Solver.Walk.Compile;

/// <summary>Reads of the state: cells, by their numbers, and planes.</summary>
internal sealed partial class LaneEmitter
{
    /// <summary>Pushes the number of the variable's cell at an index.</summary>
    public void CellNumber(Variable variable, ImmutableArray<Node> index)
    {
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I);
        Address(Scope.FirstCell(variable), Parts(variable, index), 1);
        il.Emit(OpCodes.Conv_I4);
    }

    private void Cell(Read read)
    {
        planes.Reads(read.Variable, IsBefore(read));
        il.Emit(OpCodes.Ldarg_1);
        Address(Scope.FirstCell(read.Variable) + (IsBefore(read) ? planes.Cells : 0), Parts(read.Variable, read.Index), 1);
        il.Emit(OpCodes.Ldind_U1);
    }

    private IEnumerable<(Node Index, int Stride)> Parts(Variable variable, ImmutableArray<Node> index) =>
        index.Zip(Scope.Strides(variable.Index));

    /// <summary>Pushes the plane of a value.</summary>
    private void Plane(Read read, Binder lane, Action value)
    {
        int dimension = Lane.Of(read, lane);
        var set = planes.Along(read.Variable, dimension, IsBefore(read));
        il.Emit(OpCodes.Ldarg_2);
        if (IsBefore(read))
        {
            // The number of planes is known only at the end. The walker supplies the place of the state before the step.
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Ldind_I8);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }

        Address(set.First + 1, read.Index.Select((index, d) => (index, set.Stride(d))).Where((_, d) => d != dimension), sizeof(ulong));
        value();
        il.Emit(OpCodes.Ldc_I4, sizeof(ulong));
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldind_I8);
    }

    /// <summary>Adds the offset of an index to the address on the stack.</summary>
    private void Address(int first, IEnumerable<(Node Index, int Stride)> parts, int size)
    {
        foreach (var (index, stride) in parts)
        {
            if (index is Lit || (index is Bound b && _constants.ContainsKey(b.Binder)))
            {
                first += stride * (index is Lit lit ? lit.Code : _constants[((Bound)index).Binder]);
                continue;
            }

            Value(index);
            il.Emit(OpCodes.Ldc_I4, stride * size);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }

        il.Emit(OpCodes.Ldc_I4, first * size);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }

    private bool IsBefore(Read read) => ofSteps && !read.Primed;
}
