using Checker.Model.Language;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Tests.Agreement;
using Checker.Tests.Generators;
using FsCheck.Xunit;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Explicit;

public readonly struct Vertex : ISort;

public readonly struct Item : ISort;

/// <summary>
/// The laws of the representative: it is an image of the state, and all images of the state have the same representative. Every
/// model is tried with both ways to find it, regardless of the size of its group.
/// </summary>
[Properties(QuietOnSuccess = true)]
public sealed class CanonicalTests
{
    private static readonly Subject s_small = new(3, 2);
    private static readonly Subject s_two = new(4, 3);
    private static readonly Subject s_five = new(5, 2);

    [Property(MaxTest = 200)]
    public void An_image_has_the_same_representative_small(byte[] cells, ushort permutation) =>
        s_small.AssertLaws(s_small.State(cells), permutation);

    [Property(MaxTest = 400)]
    public void An_image_has_the_same_representative(byte[] cells, ushort permutation) => s_two.AssertLaws(s_two.State(cells), permutation);

    [Property(MaxTest = 400)]
    public void An_image_has_the_same_representative_large(byte[] cells, ushort permutation) =>
        s_five.AssertLaws(s_five.State(cells), permutation);

    /// <summary>States of high symmetry, in which keys say little: cycles, a matching, all edges, none.</summary>
    [Property(MaxTest = 200)]
    public void Symmetric_states_obey_the_laws(byte pattern, ushort permutation)
    {
        foreach (var subject in new[] { s_two, s_five })
        {
            int[] state = subject.Scope.InitialState();
            int nodes = subject.Size("Vertex");
            int cut = 1 + (pattern % nodes);
            for (int n = 0; n < nodes; n++)
            {
                int next = n < cut ? (n + 1) % cut : n + 1 < nodes ? n + 1 : cut;
                if ((pattern & 32) != 0)
                {
                    state[subject.Cell("next", n)] = next + 1;
                }

                if ((pattern & 64) != 0)
                {
                    (state[subject.Cell("edge", n, next)], state[subject.Cell("edge", next, n)]) = (1, 1);
                }

                if ((pattern & 128) != 0)
                {
                    state[subject.Cell("held", n)] = 1 + (n % subject.Size("Item"));
                }
            }

            subject.AssertLaws(state, permutation);
        }
    }

    /// <summary>Two triangles and a hexagon have the same numbers of neighbours. Only the search tells them apart.</summary>
    [Fact, Trait("Tier", "slow")]
    public void Two_triangles_are_not_a_hexagon()
    {
        var subject = new Subject(6, 1);
        int[] triangles = Next(n => (n / 3 * 3) + ((n + 1) % 3));
        int[] hexagon = Next(n => (n + 1) % 6);
        for (int permutation = 0; permutation < 720; permutation += 7)
        {
            subject.AssertLaws(triangles, permutation);
            subject.AssertLaws(hexagon, permutation);
        }

        Assert.NotEqual(subject.Representative(triangles), subject.Representative(hexagon));

        int[] Next(Func<int, int> next)
        {
            int[] state = subject.Scope.InitialState();
            for (int n = 0; n < 6; n++)
            {
                state[subject.Cell("next", n)] = next(n) + 1;
            }

            return state;
        }
    }

    /// <summary>Both ways find the same number of orbits among the reachable states of a random model.</summary>
    [Property(Arbitrary = [typeof(RandomModel)], MaxTest = 60)]
    public void Both_ways_find_as_many_orbits(RandomModel model)
    {
        var (compiled, group) = (new CompiledModel(new FiniteModel(model.Scope)), new SymmetryGroup(model.Scope));
        var (all, sorted) = (new Canonicalizer(compiled, group, int.MaxValue), new Canonicalizer(compiled, group, 0));
        var states = new InterpreterSearch(model.Scope).States.Select(s => compiled.Layout.Pack(s)).ToList();

        Assert.Equal(
            states.Select(s => Text(all.Canonicalize(s))).Distinct().Count(),
            states.Select(s => Text(sorted.Canonicalize(s))).Distinct().Count());
        Assert.All(states, s => Assert.Equal(Text(all.Canonicalize(s)), Text(all.Canonicalize(sorted.Canonicalize(s)))));
    }

    private static string Text(ulong[] state) => Agreement.Subject.Text(state);

    /// <summary>
    /// Every kind of relation between elements: an edge, a successor, an element of another sort, a distinguished element, a value
    /// of a type.
    /// </summary>
    private sealed class Relations : Spec
    {
        private readonly Var<Vertex, Vertex, bool> edge = new();
        private readonly Var<Vertex, Option<Vertex>> next = new();
        private readonly Var<Vertex, Option<Item>> held = new();
        private readonly Var<Option<Vertex>> head = new();
        private readonly Var<Item, int> rank = new(0, 3);
        private readonly Var<Option<Item>, bool, bool> mark = new();

        public Relations()
        {
            Action<Vertex, Vertex, bool>("Edge", (a, b, on) => edge[a, b] = on);
            Action<Vertex, Option<Vertex>>("Next", (a, b) => next[a] = b);
            Action<Vertex, Option<Item>>("Hold", (a, i) => held[a] = i);
            Action<Option<Vertex>>("Head", a => head.Value = a);
            Action<Item>("Rank", i =>
            {
                Require(rank[i] < 3);
                rank[i] = rank[i] + 1;
            });
            Action<Option<Item>, bool, bool>("Mark", (i, side, on) => mark[i, side] = on);
        }
    }

    private sealed class Subject
    {
        private readonly CompiledModel _compiled;
        private readonly SymmetryGroup _group;
        private readonly Canonicalizer[] _ways;

        public Subject(int nodes, int items)
        {
            Scope = Explore.Scope(new Relations().Build(), ("Vertex", nodes), ("Item", items));
            _compiled = new(new FiniteModel(Scope));
            _group = new(Scope);
            _ways = [new(_compiled, _group, int.MaxValue), new(_compiled, _group, 0)];
        }

        public Scope Scope { get; }

        public int Size(string sort) => Scope.SizeOf(Scope.System.Sorts.Single(s => s.Name == sort));

        public int Cell(string variable, params int[] index) => Scope.CellAt(Scope.System.Variables.Single(v => v.Name == variable), index);

        public int[] State(byte[] cells) =>
            [.. Scope.Cells.Select((c, i) => cells.Length == 0 ? 0 : cells[i % cells.Length] * (1 + (i / cells.Length)) % c.Cardinality)];

        public string Representative(int[] state) => Text(_ways[1].Canonicalize(_compiled.Layout.Pack(state)));

        public void AssertLaws(int[] state, int permutation)
        {
            var image = _group.Permutations[permutation % _group.Permutations.Length].Apply(Scope, state);
            var orbit = _group.Permutations.Select(p => Text(_compiled.Layout.Pack(p.Apply(Scope, state))))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var way in _ways)
            {
                ulong[] representative = way.Canonicalize(_compiled.Layout.Pack(state));
                Assert.Contains(Text(representative), orbit);
                Assert.Equal(Text(representative), Text(way.Canonicalize(_compiled.Layout.Pack(image))));
                Assert.Equal(Text(representative), Text(way.Canonicalize(representative)));
            }
        }
    }
}
