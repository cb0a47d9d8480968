using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit.Compile;

/// <summary>A finite instance as machine code: successors and predicates of packed states, without allocation or virtual call.</summary>
public sealed unsafe class CompiledModel
{
    /// <summary>The largest number of predicates tested together. Their answers are the bits of one machine word.</summary>
    public const int MostPredicates = 64;

    private readonly ImmutableArray<(ExpandMethod Method, int Counter)> _expand;
    private readonly Generator _generator;
    private readonly CodeCache? _cache;
    private readonly Lazy<ImmutableArray<Predicates>> _guards;

    public CompiledModel(FiniteModel model)
    {
        Model = model;
        Layout = new Layout(model);
        _generator = new(Layout);
        var numbers = model.Scope.System.Actions.Select((a, i) => (a, i)).ToDictionary(p => p.a, p => p.i);
        _expand = [.. _generator.Expand(model.Actions, a => numbers[a.Instance.Action]).Select(method => (method, 0))];
        _guards = new(Guards);
    }

    /// <summary>Compiles a model which shares code with others of the same layout. Each of its actions is compiled separately.</summary>
    internal CompiledModel(FiniteModel model, CodeCache cache)
    {
        Model = model;
        Layout = cache.Layout;
        _generator = new(Layout);
        _cache = cache;
        var actions = model.Actions.ToLookup(a => a.Instance.Action);
        _expand = [.. model.Scope.System.Actions.SelectMany((action, number) =>
            cache.Expand([.. actions[action]]).Select(method => (method, number)))];
        _guards = new(Guards);
    }

    public FiniteModel Model { get; }

    public Layout Layout { get; }

    /// <summary>The number of words of a state.</summary>
    public int Words => Layout.Words;

    /// <summary>The largest number of successors of a state. <see cref="Expand"/> needs room for them.</summary>
    public int MostSuccessors => Model.Actions.Length;

    public ulong[] InitialState() => Layout.Pack(Model.Scope.InitialState());

    /// <summary>
    /// Writes the state's successors, <see cref="Words"/> words each, and returns the end. <paramref name="fired"/> has one counter
    /// for each action.
    /// </summary>
    public ulong* Expand(ulong* state, ulong* successors, long* fired)
    {
        foreach (var part in _expand)
        {
            successors = part.Method(state, successors, fired + part.Counter);
        }

        return successors;
    }

    /// <summary>Compiles predicates over states, at most <see cref="MostPredicates"/>.</summary>
    public Predicates Compile(IReadOnlyList<Formula> formulas)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(formulas.Count, MostPredicates);
        return new([.. (_cache is null ? _generator.Test(formulas) : _cache.Test([.. formulas])).Select(method => (method, 0))]);
    }

    /// <summary>Compiles the relevant states of each property (<see cref="FiniteModel.Property"/>), one bit each.</summary>
    public Predicates CompileProperties(IReadOnlyList<PropertyDeclaration> properties)
    {
        if (_cache is null)
        {
            return Compile([.. properties.Select(p => Model.Property(p).Matters)]);
        }

        // Predicates on states are the same in most models with shared code. A step property has a separate part for each action.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(properties.Count, MostPredicates);
        var states = _cache.Test([.. properties.Select(p => p.IsAboutSteps ? Formula.False : Model.Property(p).Matters)])
            .Select(method => (method, 0));
        var steps = from property in properties.Select((p, bit) => (p, bit))
                    where property.p.IsAboutSteps
                    from part in Model.StepParts(property.p)
                    from method in _cache.Test([part])
                    select (method, property.bit);
        return new([.. states, .. steps]);
    }

    /// <summary>The instances enabled in a state, in the order of the model's instances.</summary>
    public List<ActionInstance> Enabled(ReadOnlySpan<ulong> state)
    {
        var instances = new List<ActionInstance>();
        for (int part = 0; part < _guards.Value.Length; part++)
        {
            for (ulong enabled = _guards.Value[part].Test(state); enabled != 0; enabled &= enabled - 1)
            {
                instances.Add(Model.Actions[(MostPredicates * part) + BitOperations.TrailingZeroCount(enabled)].Instance);
            }
        }

        return instances;
    }

    /// <summary>
    /// The successors of a state, for traces and tests, one for each of its <see cref="Enabled"/> instances. They have the order of the
    /// instances, unless the model shares its code with others. This is slow.
    /// </summary>
    public IEnumerable<ulong[]> Successors(ulong[] state)
    {
        var result = new List<ulong[]>();
        ulong[] buffer = new ulong[Words * Math.Max(1, MostSuccessors)];
        long[] fired = new long[Model.Scope.System.Actions.Length];
        fixed (ulong* from = state, to = buffer)
        {
            fixed (long* counters = fired)
            {
                long words = Expand(from, to, counters) - to;
                for (int i = 0; i < words; i += Words)
                {
                    result.Add(buffer[i..(i + Words)]);
                }
            }
        }

        return result;
    }

    private ImmutableArray<Predicates> Guards() => [.. Model.Actions.Select(a => a.Guard).Chunk(MostPredicates).Select(Compile)];
}
