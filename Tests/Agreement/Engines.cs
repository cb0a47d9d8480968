using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Z3 = Microsoft.Z3;

namespace Checker.Tests.Agreement;

/// <summary>Compares each engine with a search by the interpreter alone.</summary>
internal static class Engines
{
    private const int Depth = 5;

    /// <summary>Compares counts, lengths and verdicts, for every number of threads, with symmetry and without.</summary>
    public static void AssertExplorationAgrees(InterpreterSearch truth)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            foreach (bool symmetry in new[] { false, true })
            {
                var options = new ExplorationOptions { Threads = threads, Symmetry = symmetry };
                var first = new Exhaustive(truth.Scope, options).Run();
                Assert.Equal(truth.FirstViolation is null ? Outcome.Complete : Outcome.Violated, first.Outcome);
                Assert.Equal(truth.FirstViolation, first.FirstViolation?.Trace!.Length);
                AssertSame(truth, new Exhaustive(truth.Scope, options with { EveryProperty = true }).Run(), symmetry);
            }
        }
    }

    /// <summary>Compares Z3's shortest violation of all properties together, and of each property.</summary>
    public static void AssertBoundedModelCheckingAgrees(InterpreterSearch truth)
    {
        var finite = new FiniteModel(truth.Scope);
        var properties = FiniteBmc.Checked(truth.Scope.System);
        AssertSame(truth.FirstViolation, FiniteBmc.Run(finite, properties, Depth, new()));
        using var direct = new ModelEncoding(truth.Scope);
        AssertSame(truth.FirstViolation, FiniteBmc.Run(direct, properties, Depth, new()));
        foreach (var property in properties)
        {
            AssertSame(
                truth.Lengths.TryGetValue(property, out int length) ? length : null,
                FiniteBmc.Run(finite, [property], Depth, new()));
        }
    }

    /// <summary>Compares Z3's transition with the interpreter's steps from each of the states.</summary>
    public static void AssertStepsAgree(Scope scope, IEnumerable<int[]> states)
    {
        using var encoding = new FiniteEncoding(new FiniteModel(scope));
        using var direct = new ModelEncoding(scope);
        AssertStepsAgree(scope, states, encoding);
        AssertStepsAgree(scope, states, direct);
    }

    private static void AssertStepsAgree(Scope scope, IEnumerable<int[]> states, BoundedEncoding encoding)
    {
        var interpreter = new Interpreter(scope);
        using var solver = encoding.NewSolver();
        solver.Assert(encoding.Transition(0));
        foreach (int[] state in states)
        {
            var expected = interpreter.Successors(state).Select(s => (s.Instance.ToString(), InterpreterSearch.Key(s.Next)));
            Assert.Equal(expected.Order(), Successors(encoding, solver, state).Order());
        }
    }

    private static void AssertSame(InterpreterSearch truth, ExplorationResult result, bool symmetry)
    {
        Assert.Equal(Outcome.Complete, result.Outcome);
        Assert.Equal(truth.Levels.Count, result.Depth);
        if (symmetry)
        {
            Assert.Equal(Orbits(truth), result.Distinct);
        }
        else
        {
            Assert.Equal(truth.Distinct, result.Distinct);
            Assert.Equal(truth.Generated, result.Generated);
            Assert.Equal(truth.Deadlocks, result.Deadlocks);
            Assert.Equal(truth.Scope.System.Actions.Select(a => (long)truth.Fired(a)), result.Fired);
        }

        Assert.Equal(truth.Scope.System.Properties, result.Properties.Select(p => p.Property));
        foreach (var (property, holds, trace) in result.Properties)
        {
            if (property.Kind == PropertyKind.Scenario)
            {
                Assert.Equal(truth.IsPossible(property), holds);
                Assert.Equal(holds == true ? property.Actions.Length + 1 : null, trace?.Length);
                continue;
            }

            bool found = truth.Lengths.TryGetValue(property, out int length);
            Assert.Equal(found == (property.Kind == PropertyKind.Reachable), holds);
            Assert.Equal(found ? length : null, trace?.Length);
        }
    }

    private static void AssertSame(int? length, BmcResult result)
    {
        if (length - 1 <= Depth)
        {
            Assert.Equal(length, Assert.IsType<Answer.Violated>(result.Answer).Trace.Length);
        }
        else
        {
            Assert.IsType<Answer.Holds>(result.Answer);
            Assert.Equal(Depth, result.Exhausted);
        }
    }

    /// <summary>The number of orbits: reachable states counted up to the names of elements.</summary>
    private static int Orbits(InterpreterSearch truth)
    {
        var scope = truth.Scope;
        ImmutableArray<Permutation> all = [new(ImmutableDictionary<string, ImmutableArray<int>>.Empty)];
        foreach (var sort in scope.System.Sorts)
        {
            int size = scope.SizeOf(sort);
            var orders = Scope.Tuples([.. Enumerable.Repeat(size, size)]).Where(t => t.Distinct().Count() == size);
            all = [.. from p in all from order in orders select new Permutation(p.Image.Add(sort.Name, order))];
        }

        return truth.States.Select(s => all.Select(p => InterpreterSearch.Key(p.Apply(scope, s))).Min(StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Count();
    }

    private static List<(string Instance, string After)> Successors(BoundedEncoding encoding, Z3.Solver solver, int[] state)
    {
        var found = new List<(string, string)>();
        solver.Push();
        solver.Assert(encoding.IsState(state, 0));
        Z3.Status answer;
        while ((answer = solver.Check()) == Z3.Status.SATISFIABLE)
        {
            var instance = encoding.ReadInstance(solver.Model, 0);
            found.Add((instance.ToString(), InterpreterSearch.Key(encoding.ReadState(solver.Model, 1))));
            solver.Assert(encoding.Context.MkNot(encoding.IsChosen(instance, 0)));
        }

        Assert.Equal(Z3.Status.UNSATISFIABLE, answer);
        solver.Pop();
        return found;
    }
}
