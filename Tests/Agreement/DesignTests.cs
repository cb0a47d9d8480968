using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Tests.Agreement;

/// <summary>Compares the compiled engine with the interpreter on reachable states of every design.</summary>
[Trait("Tier", "slow")]
public sealed class DesignTests
{
    private const int MostPermutations = 8;

    [Theory, MemberData(nameof(Subject.All), MemberType = typeof(Subject))]
    public void Successors_are_those_of_the_interpreter(string protocol, string design, string bounds)
    {
        var subject = Subject.Of(protocol, design, bounds);
        Assert.NotEmpty(subject.States);
        foreach (int[] state in subject.States)
        {
            ulong[] packed = subject.Compiled.Layout.Pack(state);
            Assert.Equal(state, subject.Compiled.Layout.Unpack(packed));

            var expected = subject.Interpreter.Successors(state).Select(s => Subject.Text(subject.Compiled.Layout.Pack(s.Next)));
            Assert.Equal(
                expected.Order(StringComparer.Ordinal),
                subject.Compiled.Successors(packed).Select(Subject.Text).Order(StringComparer.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Subject.All), MemberType = typeof(Subject))]
    public void Properties_are_seen_where_the_interpreter_sees_them(string protocol, string design, string bounds)
    {
        var subject = Subject.Of(protocol, design, bounds);
        foreach (var properties in subject.Scope.System.Properties.Chunk(64))
        {
            var predicates = subject.Compiled.Compile([.. properties.Select(p => subject.Finite.Property(p).Matters)]);
            foreach (int[] state in subject.States)
            {
                ulong compiled = predicates.Test(subject.Compiled.Layout.Pack(state));
                var next = subject.Interpreter.Successors(state).Select(s => s.Next).ToList();
                Assert.Equal(
                    properties.Where(p => Matters(subject, p, state, next)),
                    properties.Where((_, bit) => (compiled & (1UL << bit)) != 0));
            }
        }
    }

    [Theory, MemberData(nameof(Subject.All), MemberType = typeof(Subject))]
    public void Permutations_commute_with_steps(string protocol, string design, string bounds)
    {
        var subject = Subject.Of(protocol, design, bounds);
        var scope = subject.Scope;
        foreach (int[] state in subject.States.Take(6))
        {
            var steps = subject.Interpreter.Successors(state).ToList();
            foreach (var permutation in Some(new SymmetryGroup(scope).Permutations))
            {
                var renamed = steps.Select(s =>
                    (Name(s.Instance.Action, permutation.Apply(s.Instance)), InterpreterSearch.Key(permutation.Apply(scope, s.Next))));
                var ofRenamed = subject.Interpreter.Successors(permutation.Apply(scope, state))
                    .Select(s => (Name(s.Instance.Action, s.Instance.Arguments), InterpreterSearch.Key(s.Next)));
                Assert.Equal(renamed.Order(), ofRenamed.Order());
            }
        }

        static string Name(ActionDeclaration action, ImmutableArray<int> arguments) => $"{action.Name}({string.Join(",", arguments)})";
    }

    [Theory, MemberData(nameof(Subject.All), MemberType = typeof(Subject))]
    public void All_states_of_an_orbit_have_the_same_representative(string protocol, string design, string bounds)
    {
        var subject = Subject.Of(protocol, design, bounds);
        var (scope, layout, group) = (subject.Scope, subject.Compiled.Layout, new SymmetryGroup(subject.Scope));
        var (tried, sorted) = (
            new Canonicalizer(subject.Compiled, group, mostTried: int.MaxValue),
            new Canonicalizer(subject.Compiled, group, mostTried: 1));
        int factorials = group.Sorts.Select(s => Enumerable.Range(1, scope.SizeOf(s)).Aggregate((a, b) => a * b))
            .Aggregate(1, (a, b) => a * b);
        Assert.Equal(factorials, group.Permutations.Length);
        foreach (int[] state in subject.States)
        {
            ulong[][] orbit = [.. group.Permutations.Select(p => layout.Pack(p.Apply(scope, state)))];
            ulong[] least = orbit.Aggregate((a, b) => a.AsSpan().SequenceCompareTo(b) <= 0 ? a : b);
            Assert.All(orbit, s => Assert.Equal(least, tried.Canonicalize(s)));

            ulong[] representative = sorted.Canonicalize(least);
            Assert.Contains(orbit, s => s.AsSpan().SequenceEqual(representative));
            Assert.All(orbit, s => Assert.Equal(representative, sorted.Canonicalize(s)));
        }
    }

    /// <summary>A selection of the group. The identity comes first and is skipped, because it tests nothing.</summary>
    private static IEnumerable<Permutation> Some(ImmutableArray<Permutation> group) =>
        group.Where((_, i) => i > 0 && i % Math.Max(1, group.Length / MostPermutations) == 0);

    /// <summary>True if the state, or a step from it, violates the property, or witnesses it if it is a reachability property.</summary>
    private static bool Matters(Subject subject, PropertyDeclaration property, int[] state, List<int[]> next)
    {
        bool wanted = property.Kind is PropertyKind.Reachable or PropertyKind.Scenario;
        return property.IsAboutSteps
            ? next.Exists(n => subject.Interpreter.Holds(property.Formula, state, n) == wanted)
            : subject.Interpreter.Holds(property.Formula, state) == wanted;
    }
}
