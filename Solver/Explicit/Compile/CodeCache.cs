using System.Collections.Concurrent;
using System.Collections.Immutable;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit.Compile;

/// <summary>
/// The code shared by models of one layout. Equal formulas of different models are compiled once. They are compared completely,
/// so the sharing is exact. Any number of threads may use the cache.
/// </summary>
internal sealed class CodeCache(Layout layout)
{
    private readonly Generator _generator = new(layout);
    private readonly ConcurrentDictionary<Key, ImmutableArray<ExpandMethod>> _expand = [];
    private readonly ConcurrentDictionary<Key, ImmutableArray<TestMethod>> _tests = [];

    public Layout Layout { get; } = layout;

    /// <summary>Compiles the successors by the instances of one action. Firings are counted at the first counter.</summary>
    public ImmutableArray<ExpandMethod> Expand(ImmutableArray<GroundAction> actions) =>
        _expand.GetOrAdd(new([.. actions.SelectMany(Parts)]), _ => _generator.Expand(actions, _ => 0));

    /// <summary>Compiles predicates, one bit each.</summary>
    public ImmutableArray<TestMethod> Test(ImmutableArray<Formula> formulas) =>
        _tests.GetOrAdd(new(formulas), _ => _generator.Test(formulas));

    private static IEnumerable<Formula> Parts(GroundAction action) =>
        [action.Guard, new Constant(action.Updates.Length), .. action.Updates.SelectMany(u => (Formula[])[new Constant(u.Cell), u.Value])];

    private readonly struct Key(ImmutableArray<Formula> formulas) : IEquatable<Key>
    {
        private readonly ImmutableArray<Formula> _formulas = formulas;
        private readonly int _hash = formulas.Aggregate(23, HashCode.Combine);

        public bool Equals(Key other) => _hash == other._hash && _formulas.SequenceEqual(other._formulas);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => _hash;
    }
}
