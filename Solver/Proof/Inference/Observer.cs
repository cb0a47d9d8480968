using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// Reads the truth of the vocabulary's atoms in a state of an instance: one row for every shape and every choice of its elements.
/// </summary>
internal sealed class Observer
{
    private readonly ImmutableArray<(Predicates Predicates, int At)> _predicates;
    private readonly ImmutableArray<ImmutableArray<int[]>> _sources;
    private readonly ulong[] _values;
    private readonly int _widest;
    private readonly Vocabulary _vocabulary;

    public Observer(Vocabulary vocabulary, CompiledModel model)
    {
        (_vocabulary, Model) = (vocabulary, model);
        var scope = model.Model.Scope;
        var ground = new Grounder(scope, model.Model.Formulas, label => !scope.System.Dropped.Contains(label));
        var predicates = ImmutableArray.CreateBuilder<(Predicates, int)>();
        var first = new Dictionary<(AtomBlock, string), int>();
        int words = 0;
        foreach (var block in vocabulary.Blocks)
        {
            foreach (var elements in Elements(scope, block.Slots))
            {
                first[(block, string.Join(',', elements))] = words;
                var bound = ImmutableDictionary<Binder, int>.Empty.AddRange(block.Slots.Zip(elements, KeyValuePair.Create));
                foreach (var atoms in block.Atoms.Chunk(64))
                {
                    predicates.Add((model.Compile([.. atoms.Select(a => ground.Of(a.Node, bound))]), words++));
                }
            }
        }

        _predicates = predicates.ToImmutable();
        _values = new ulong[words];
        _widest = vocabulary.Shapes.Max(s => s.Words);
        _sources = [.. vocabulary.Shapes.Select(shape => Elements(scope, shape.Slots).Select(elements => shape.Parts.SelectMany(part =>
            Enumerable.Range(first[(part.Block, string.Join(',', part.Positions.Select(i => elements[i])))], part.Block.Words))
                .ToArray()).ToImmutableArray())];
    }

    public CompiledModel Model { get; }

    /// <param name="see">Called with the index of the shape and a row. The row is valid only during the call.</param>
    public void Look(ReadOnlySpan<ulong> state, RowAction see)
    {
        foreach (var (test, at) in _predicates)
        {
            _values[at] = test.Test(state);
        }

        Span<ulong> row = stackalloc ulong[_widest];
        for (int shape = 0; shape < _sources.Length; shape++)
        {
            foreach (int[] sources in _sources[shape])
            {
                for (int word = 0; word < sources.Length; word++)
                {
                    row[word] = _values[sources[word]];
                }

                see(shape, row[..sources.Length]);
            }
        }
    }

    private static IEnumerable<ImmutableArray<int>> Elements(Scope scope, ImmutableArray<Binder> slots) =>
        Scope.Tuples([.. slots.Select(s => scope.Cardinality(s.Type))]);
}

internal delegate void RowAction(int shape, ReadOnlySpan<ulong> row);
