using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using QuikGraph;

namespace Checker.Solver.Graph;

/// <summary>A state in a drawn graph.</summary>
/// <param name="number">The state's number in the state space; 0 is the initial state.</param>
/// <param name="level">The number of steps on a shortest path to the state.</param>
/// <param name="cells">The code of every cell.</param>
/// <param name="violates">The properties violated by the state.</param>
/// <param name="onTrace">True if the state lies on the counterexample at the centre of the graph.</param>
/// <param name="cut">True if the graph omits some steps from the state.</param>
public sealed class StateNode(int number, int level, ImmutableArray<int> cells, ImmutableArray<string> violates, bool onTrace, bool cut)
{
    public int Number { get; } = number;

    public string Id => $"s{Number}";

    public bool IsInitial => Number == 0;

    public int Level { get; } = level;

    public ImmutableArray<int> Cells { get; } = cells;

    public ImmutableArray<string> Violates { get; } = violates;

    public bool OnTrace { get; } = onTrace;

    public bool IsCut { get; } = cut;
}

/// <summary>A step in a drawn graph.</summary>
/// <param name="Violates">The step properties violated by the step.</param>
/// <param name="OnTrace">True if the step belongs to the counterexample at the centre of the graph.</param>
public sealed record StateStep(ActionInstance Instance, ImmutableArray<string> Violates, bool OnTrace);

/// <summary>A state space, or a part of one, as a graph of QuikGraph with the data for drawing it.</summary>
public sealed class StateGraph
{
    private StateGraph(Scope scope, AdjacencyGraph<StateNode, TaggedEdge<StateNode, StateStep>> graph) => (Scope, Graph) = (scope, graph);

    public Scope Scope { get; }

    public AdjacencyGraph<StateNode, TaggedEdge<StateNode, StateStep>> Graph { get; }

    /// <summary>The states and all steps between them.</summary>
    /// <param name="states">The states to draw.</param>
    /// <param name="trace">The numbers of a counterexample's states, in order; empty if none is drawn.</param>
    public static StateGraph Of(
        StateSpace space,
        IReadOnlySet<int> states,
        ImmutableArray<int> trace,
        CancellationToken cancellation = default)
    {
        var properties = space.Scope.System.Properties;
        var ofStates = properties.Where(p =>
            !p.IsWitnessed && p.Subject == PropertySubject.State).ToImmutableArray();
        var ofSteps = properties.Where(p => !p.IsWitnessed && p.Subject == PropertySubject.Step).ToImmutableArray();
        var terminal = properties.Where(p => p.Subject == PropertySubject.Deadlock).ToImmutableArray();
        var broken = Violated(space, ofStates, states);
        var badEnds = Violated(space, terminal, states.Where(s => space.Successors(s).IsEmpty));
        var wayOn = trace.Zip(trace.Skip(1)).ToHashSet();

        var nodes = states.Order().ToDictionary(s => s, s => new StateNode(s, space.LevelOf(s), [.. space.Cells(s)],
            [.. broken[s].Concat(badEnds[s])], trace.Contains(s), space.Successors(s).ToArray().Any(next => !states.Contains(next))));
        var graph = new AdjacencyGraph<StateNode, TaggedEdge<StateNode, StateStep>>(allowParallelEdges: true);
        graph.AddVertexRange(nodes.Values);
        var interpreter = new Interpreter(space.Scope);
        foreach (var (state, node) in nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (instance, target) in space.StepsFrom(state).Where(s => states.Contains(s.Target)))
            {
                int[] after = space.Cells(target);
                var violates = ofSteps.Where(p => !interpreter.Holds(p.Formula, [.. node.Cells], after)).Select(p => p.Name);
                graph.AddEdge(new(node, nodes[target], new(instance, [.. violates], wayOn.Contains((state, target)))));
            }
        }

        return new(space.Scope, graph);
    }

    /// <summary>The differences of the state from the initial state, one cell a line.</summary>
    public IEnumerable<string> Describe(StateNode node) =>
        from cell in Scope.Cells
        let code = node.Cells[cell.Number]
        where code != cell.Initial
        select $"{cell} = {Printer.Value(cell.Variable.Type, code)}";

    private static ILookup<int, string> Violated(StateSpace space, ImmutableArray<PropertyDeclaration> properties, IEnumerable<int> states)
    {
        int[] asked = [.. states];
        return (from part in properties.Chunk(64)
                from tested in asked.Zip(space.Test([.. part.Select(p => space.Model.Property(p).Matters)], asked))
                from bit in Enumerable.Range(0, part.Length)
                where (tested.Second & (1UL << bit)) != 0
                select (State: tested.First, part[bit].Name)).ToLookup(v => v.State, v => v.Name);
    }
}
