using System.Collections.Immutable;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// The failure to build a state space: it was not explored completely, or it is too large for the memory. The known part allows no
/// conclusions.
/// </summary>
public sealed class UnfinishedException(Outcome outcome, long distinct, int depth, string message) : Exception(message)
{
    public Outcome Outcome { get; } = outcome;

    public long Distinct { get; } = distinct;

    /// <summary>The number of completely explored levels.</summary>
    public int Depth { get; } = depth;
}

/// <summary>
/// The whole state graph of a finite instance: every reachable state, nearest to the initial state first, and every step. It
/// serves questions about paths. A search for violations does not need it and stores no steps.
/// <code>
///   state s       _states [s * words .. (s + 1) * words]       packed; state 0 is the initial state
///   its steps     _targets[_offsets[s] .. _offsets[s + 1]]     in the order of the action instances, one entry each
///   level l       states  [_levels[l] .. _levels[l + 1]]       those whose shortest path from the initial state has l steps
/// </code>
/// States have the order of a search by one thread, so the numbers are the same in every run. Symmetry is not used: a node is
/// a state, and an edge is an action with its parameters.
/// </summary>
public sealed class StateSpace
{
    private readonly CompiledModel _model;
    private readonly ImmutableArray<int> _levels;
    private readonly ulong[] _states;
    private readonly int[] _offsets;
    private readonly int[] _targets;

    private StateSpace(CompiledModel model, ImmutableArray<int> levels, ulong[] states, int[] offsets, int[] targets) =>
        (_model, _levels, _states, _offsets, _targets) = (model, levels, states, offsets, targets);

    public Scope Scope => _model.Model.Scope;

    public FiniteModel Model => _model.Model;

    /// <summary>The number of states.</summary>
    public int Count => _offsets.Length - 1;

    /// <summary>The number of steps: the enabled action instances of all states.</summary>
    public int Steps => _targets.Length;

    /// <summary>The number of states on the longest shortest path.</summary>
    public int Depth => _levels.Length - 1;

    /// <param name="memoryBudget">The largest size of the search and the graph in bytes.</param>
    /// <exception cref="InstanceTooLargeException">The instance is too large to lay out.</exception>
    /// <exception cref="UnfinishedException">The search was stopped, or the memory does not suffice.</exception>
    public static StateSpace Explore(Scope scope, long memoryBudget = long.MaxValue, CancellationToken cancellation = default)
    {
        var model = new CompiledModel(new FiniteModel(scope));
        var options = new ExplorationOptions { MemoryBudget = memoryBudget, Cancellation = cancellation };
        return Widths.Run(model.Words, new SpaceSearch(model, options));
    }

    /// <summary>The number of steps on a shortest path to the state.</summary>
    public int LevelOf(int state) => _levels.BinarySearch(state) is >= 0 and var exact ? exact : ~_levels.BinarySearch(state) - 1;

    /// <summary>The code of every cell in the state.</summary>
    public int[] Cells(int state) => _model.Layout.Unpack(Packed(state));

    /// <summary>The targets of the state's steps. A state occurs once for each step to it.</summary>
    public ReadOnlySpan<int> Successors(int state) => _targets.AsSpan(_offsets[state].._offsets[state + 1]);

    /// <summary>The state's steps: the action instance and the target.</summary>
    public IEnumerable<(ActionInstance Instance, int Target)> StepsFrom(int state)
    {
        int first = _offsets[state];
        return _model.Enabled(Packed(state)).Select((instance, i) => (instance, _targets[first + i]));
    }

    /// <summary>The formulas which hold in each of the states, one bit each; at most 64.</summary>
    public IEnumerable<ulong> Test(IReadOnlyList<Formula> formulas, IEnumerable<int> states)
    {
        var predicates = _model.Compile(formulas);
        return states.Select(state => predicates.Test(Packed(state)));
    }

    /// <summary>A shortest path from the initial state to the state, replayed.</summary>
    public Trace PathTo(int state)
    {
        var path = new Stack<int>([state]);
        for (int level = LevelOf(state); level > 0; level--)
        {
            int next = path.Peek();
            path.Push(Enumerable.Range(_levels[level - 1], _levels[level] - _levels[level - 1]).First(s => Successors(s).Contains(next)));
        }

        var states = ImmutableArray.CreateBuilder<TraceState>(path.Count);
        int current = path.Pop();
        states.Add(new(null, [.. Cells(current)]));
        foreach (int next in path)
        {
            states.Add(new(StepsFrom(current).First(s => s.Target == next).Instance, [.. Cells(next)]));
            current = next;
        }

        return Replay.Check(new Trace(Scope, null, states.ToImmutable(), LastStep: false));
    }

    /// <summary>The numbers of a trace's states.</summary>
    /// <exception cref="ArgumentException">The trace does not belong to this instance.</exception>
    public ImmutableArray<int> Follow(Trace trace)
    {
        var numbers = ImmutableArray.Create(0);
        foreach (var state in trace.States.Skip(1))
        {
            var step = StepsFrom(numbers[^1]).FirstOrDefault(s => s.Instance.ToString() == state.Instance!.ToString());
            numbers = step.Instance is null
                ? throw new ArgumentException($"{state.Instance} is not enabled in state {numbers.Length} of the trace", nameof(trace))
                : numbers.Add(step.Target);
        }

        return numbers;
    }

    /// <summary>The states reachable from one of the given states in at most this number of steps.</summary>
    public IReadOnlySet<int> Within(IEnumerable<int> states, int steps, CancellationToken cancellation = default)
    {
        var reached = new SortedSet<int>(states);
        int[] frontier = [.. reached];
        for (; steps > 0 && frontier.Length > 0; steps--)
        {
            cancellation.ThrowIfCancellationRequested();
            frontier = [.. frontier.SelectMany(s => Successors(s).ToArray()).Where(reached.Add)];
        }

        return reached;
    }

    private ReadOnlySpan<ulong> Packed(int state) => _states.AsSpan(state * _model.Words, _model.Words);

    private sealed record SpaceSearch(CompiledModel Model, ExplorationOptions Options) : IForWidth<StateSpace>
    {
        public StateSpace Run<TWidth>()
            where TWidth : struct, IWidth => Explore<TWidth>(Model, Options);
    }

    private static unsafe StateSpace Explore<TWidth>(CompiledModel model, ExplorationOptions options)
        where TWidth : struct, IWidth
    {
        var none = model.Compile([]);
        using var explorer = new Explorer<TWidth>(model, [none], [], canonicalizer: null, options);
        explorer.Run();
        long steps = explorer.Generated - 1;
        long bytes = explorer.Set.Bytes + (explorer.Set.Count * ((TWidth.Words * sizeof(ulong)) + sizeof(int))) + (steps * sizeof(int));
        if (explorer.Outcome != Outcome.Complete
            || bytes > options.MemoryBudget
            || Math.Max(steps, explorer.Set.Count * TWidth.Words) > Array.MaxLength)
        {
            throw new UnfinishedException(
                explorer.Outcome == Outcome.Cancelled ? Outcome.Cancelled : Outcome.OutOfMemory, explorer.Set.Count, explorer.Exhausted,
                explorer.Outcome == Outcome.Cancelled
                    ? $"stopped after {explorer.Set.Count:N0} states, {explorer.Exhausted} levels of them whole"
                    : $"{explorer.Set.Count:N0} states"
                        + (explorer.Outcome == Outcome.Complete
                            ? $" with {steps:N0} steps"
                            : $" ({explorer.Exhausted} levels whole) and more")
                        + " do not fit: choose smaller bounds or more memory");
        }

        // The log has gaps, because a thread's last block of a level is not full. The graph has none.
        int count = (int)explorer.Set.Count;
        var (first, levels) = (new Dictionary<uint, int>(), ImmutableArray.CreateBuilder<int>(explorer.Levels.Count + 1));
        levels.Add(0);
        int next = 0;
        foreach (var level in explorer.Levels)
        {
            foreach (var block in level)
            {
                first[block.Start] = next;
                next += block.Count;
            }

            levels.Add(next);
        }

        var (states, offsets, targets) = (new ulong[count * TWidth.Words], new int[count + 1], new int[steps]);
        ulong[] room = new ulong[TWidth.Words * Math.Max(1, model.MostSuccessors)];
        long[] fired = new long[model.Model.Scope.System.Actions.Length];
        int state = 0, step = 0;
        fixed (ulong* successors = room)
        fixed (long* counters = fired)
        {
            foreach (var block in explorer.Levels.SelectMany(l => l))
            {
                for (uint index = block.Start; index < block.Start + (uint)block.Count; index++, state++)
                {
                    ulong* from = explorer.Set.State(index);
                    new ReadOnlySpan<ulong>(from, TWidth.Words).CopyTo(states.AsSpan(state * TWidth.Words));
                    ulong* end = model.Expand(from, successors, counters);
                    for (ulong* to = successors; to < end; to += TWidth.Words)
                    {
                        uint found = explorer.Set.Find(to)
                            ?? throw new System.Diagnostics.UnreachableException("a successor was not explored");
                        uint within = found % StateSet<TWidth>.BlockSize;
                        targets[step++] = first[found - within] + (int)within;
                    }

                    offsets[state + 1] = step;
                }
            }
        }

        return new(model, levels.ToImmutable(), states, offsets, targets);
    }
}
