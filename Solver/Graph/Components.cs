using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using QuikGraph;
using QuikGraph.Algorithms.ConnectedComponents;

namespace Checker.Solver.Graph;

/// <summary>A cell which never has its initial value again, with its remaining values.</summary>
public sealed record Kept(Cell Cell, ImmutableArray<int> Codes)
{
    public override string ToString() =>
        $"{Cell} {(Codes.Length == 1 ? "stays" : "is")} {string.Join(" or ", Codes.Select(c => Printer.Value(Cell.Variable.Type, c)))}";
}

/// <summary>A trace to a state from which no path returns to the initial state.</summary>
/// <param name="Trace">A shortest trace to such a state.</param>
/// <param name="Kept">The permanent differences: cells which in every later state have another value than initially.</param>
public sealed record NoReturn(Trace Trace, ImmutableArray<Kept> Kept);

/// <summary>
/// The strongly connected components of a state space. A component is a largest set of states in which each leads to each other.
/// No step leaves a final component. Every state is reachable from the initial state, so the system can always return there if
/// and only if there is one component.
/// </summary>
/// <param name="Count">The number of components.</param>
/// <param name="Largest">The number of states in the largest component.</param>
/// <param name="Returning">The number of states from which the initial state can be reached, which is the size of its component.</param>
/// <param name="Final">The number of components left by no step.</param>
public sealed record Components(StateSpace Space, int Count, int Largest, int Returning, int Final, NoReturn? NoReturn)
{
    public bool AlwaysReturns => NoReturn is null;

    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public static Components Of(StateSpace space, CancellationToken cancellation = default)
    {
        var algorithm = new StronglyConnectedComponentsAlgorithm<int, SEdge<int>>(new StateSpaceGraph(space, cancellation));
        algorithm.Compute();
        cancellation.ThrowIfCancellationRequested();
        var (component, count) = (algorithm.Components, algorithm.ComponentCount);
        int[] sizes = new int[count];
        bool[] left = new bool[count];
        int stray = -1;
        for (int state = 0; state < space.Count; state++)
        {
            int own = component[state];
            sizes[own]++;
            // States are numbered by distance, so the first is a nearest.
            stray = stray < 0 && own != component[0] ? state : stray;
            cancellation.ThrowIfCancellationRequested();
            foreach (int next in space.Successors(state))
            {
                left[own] |= component[next] != own;
            }
        }

        return new(
            space,
            count,
            sizes.Max(),
            sizes[component[0]],
            left.Count(l => !l),
            stray < 0 ? null : new(space.PathTo(stray), KeptFrom(space, stray, cancellation)));
    }

    private static ImmutableArray<Kept> KeptFrom(StateSpace space, int state, CancellationToken cancellation)
    {
        int[] initial = space.Cells(0);
        ulong[] taken = new ulong[initial.Length];
        foreach (int later in space.Within([state], int.MaxValue, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            int[] cells = space.Cells(later);
            for (int cell = 0; cell < cells.Length; cell++)
            {
                taken[cell] |= 1UL << cells[cell];
            }
        }

        return
        [
            .. from cell in space.Scope.Cells
               let codes = taken[cell.Number]
               where (codes & (1UL << initial[cell.Number])) == 0
               orderby ulong.PopCount(codes)
               select new Kept(cell, [.. Enumerable.Range(0, 64).Where(code => (codes & (1UL << code)) != 0)]),
        ];
    }
}
