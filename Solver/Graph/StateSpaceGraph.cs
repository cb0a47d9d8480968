using Checker.Solver.Explicit;
using QuikGraph;

namespace Checker.Solver.Graph;

/// <summary>
/// A state space as a graph of QuikGraph. It is a view on its arrays, so algorithms run on millions of steps without a copy.
/// </summary>
internal sealed class StateSpaceGraph(StateSpace space, CancellationToken cancellation) : IVertexListGraph<int, SEdge<int>>
{
    public bool IsDirected => true;

    public bool AllowParallelEdges => true;

    public bool IsVerticesEmpty => space.Count == 0;

    public int VertexCount => space.Count;

    public IEnumerable<int> Vertices => Enumerable.Range(0, space.Count);

    public bool ContainsVertex(int vertex) => vertex >= 0 && vertex < space.Count;

    public bool IsOutEdgesEmpty(int vertex) => OutDegree(vertex) == 0;

    public int OutDegree(int vertex) => space.Successors(vertex).Length;

    public SEdge<int> OutEdge(int vertex, int index) => new(vertex, space.Successors(vertex)[index]);

    public IEnumerable<SEdge<int>> OutEdges(int vertex)
    {
        cancellation.ThrowIfCancellationRequested();
        int degree = OutDegree(vertex);
        for (int i = 0; i < degree; i++)
        {
            yield return OutEdge(vertex, i);
        }
    }

    public bool TryGetOutEdges(int vertex, out IEnumerable<SEdge<int>> edges)
    {
        edges = OutEdges(vertex);
        return true;
    }

    public bool ContainsEdge(int source, int target) => space.Successors(source).Contains(target);

    public bool TryGetEdge(int source, int target, out SEdge<int> edge)
    {
        edge = new(source, target);
        return ContainsEdge(source, target);
    }

    public bool TryGetEdges(int source, int target, out IEnumerable<SEdge<int>> edges)
    {
        edges = OutEdges(source).Where(e => e.Target == target);
        return true;
    }
}
