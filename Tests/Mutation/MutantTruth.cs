using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Mutation;
using Checker.Tests.Agreement;

namespace Checker.Tests.Mutation;

/// <summary>
/// Compares the result for each mutant with a search of the mutant by the interpreter, and with its exploration from scratch.
/// </summary>
internal static class MutantTruth
{
    /// <returns>The results, which agree.</returns>
    public static IReadOnlyDictionary<string, MutantResult> AssertAgrees(TransitionSystem system, IReadOnlyDictionary<string, int> sizes)
    {
        var model = new InterpreterSearch(new Scope(system, sizes));
        var results = MutationTest.Run(system, sizes, Operators.Of(system), new() { Threads = 2 });
        foreach (var result in results)
        {
            AssertAgrees(model, new InterpreterSearch(new Scope(result.Mutation.System, sizes)), result);
        }

        return results.ToDictionary(r => r.Mutation.Name);
    }

    private static void AssertAgrees(InterpreterSearch model, InterpreterSearch mutant, MutantResult result)
    {
        string name = result.Mutation.Name;
        var system = mutant.Scope.System;
        // The required properties of the mutant, derived anew, are violated exactly if the interpreter finds a broken rule.
        Assert.Equal(
            (name, BrokenRule(mutant)),
            (name, mutant.Lengths.Where(l => l.Key.Kind == PropertyKind.WellFormed).Select(l => (int?)l.Value).Min()));

        var nearest = system.Properties.Where(p =>
            p.Kind is not (PropertyKind.Reachable or PropertyKind.Scenario) && mutant.Lengths.ContainsKey(p)).MinBy(p => mutant.Lengths[p]);
        var found = result.Violations.FirstOrDefault();
        Assert.Equal(
            (name, nearest?.Name, nearest is null ? 0 : mutant.Lengths[nearest]),
            (name, found?.Property.Name, found?.Length ?? 0));
        var alone = new Exhaustive(mutant.Scope, new() { Vacuity = false }).Run().FirstViolation;
        Assert.Equal((name, alone?.Property.Name, alone?.Trace!.Length ?? 0), (name, found?.Property.Name, found?.Length ?? 0));

        var lost = Lost(model, mutant, result.Mutation).ToList();
        Assert.Equal(
            (name, nearest is not null ? MutantVerdict.Killed : lost.Count > 0 ? MutantVerdict.Noticed : MutantVerdict.Survived),
            (name, result.Verdict));
        if (nearest is null)
        {
            Assert.Equal(lost, result.Lost);
            AssertClass(model, mutant, result);
        }
    }

    private static void AssertClass(InterpreterSearch model, InterpreterSearch mutant, MutantResult result)
    {
        string name = result.Mutation.Name;
        if (result.Class == MutantClass.Unread)
        {
            return;   // its states may differ; the tests of dead values check that it can do the same
        }

        var (added, missing) = (false, false);
        foreach (int[] state in mutant.States)
        {
            var (before, after) = (Steps(model.Scope, state), Steps(mutant.Scope, state));
            added |= after.Except(before).Any();
            missing |= before.Except(after).Any();
        }

        MutantClass? expected = (added, missing) switch
        {
            (true, true) => MutantClass.Other,
            (true, false) => MutantClass.More,
            (false, true) => MutantClass.Fewer,
            (false, false) => result.Lost.IsEmpty ? MutantClass.Equivalent : null,
        };
        Assert.Equal((name, expected), (name, result.Class));
        if (result.Class == MutantClass.Equivalent)
        {
            Assert.Equal(
                model.States.Select(InterpreterSearch.Key).Order(StringComparer.Ordinal),
                mutant.States.Select(InterpreterSearch.Key).Order(StringComparer.Ordinal));
            Assert.All(
                model.Scope.System.Properties.Where(p => p.Kind != PropertyKind.WellFormed && IsSatisfied(model, p)),
                p => Assert.True(IsSatisfied(mutant, mutant.Scope.System.Property(p.Name)), name));
        }
    }

    /// <summary>
    /// The number of states of a shortest trace to an enabled but impossible instance, judged by the interpreter and not by
    /// required properties.
    /// </summary>
    private static int? BrokenRule(InterpreterSearch search)
    {
        var interpreter = new Interpreter(search.Scope);
        int level = search.Levels.FindIndex(l =>
            l.Exists(state => search.Scope.Instances.Any(i => interpreter.Enabled(i, state) && interpreter.Step(i, state) is null)));
        return level < 0 ? null : level + 1;
    }

    private static bool IsSatisfied(InterpreterSearch search, PropertyDeclaration property) => property.Kind switch
    {
        PropertyKind.Scenario => search.IsPossible(property),
        PropertyKind.Reachable => search.Lengths.ContainsKey(property),
        _ => !search.Lengths.ContainsKey(property),
    };

    private static IEnumerable<string> Lost(InterpreterSearch model, InterpreterSearch mutant, Solver.Mutation.Mutation mutation)
    {
        var possible = model.Scope.System.Properties.Where(p =>
            p.Kind is PropertyKind.Reachable or PropertyKind.Scenario && IsSatisfied(model, p))
            .OrderBy(p => p.Kind == PropertyKind.Scenario);
        var actions = model.Scope.System.Actions.Where(a => model.Fired(a) > 0 && mutant.Fired(mutant.Scope.System.Action(a.Name)) == 0);
        return possible.Where(p => !IsSatisfied(mutant, mutant.Scope.System.Property(p.Name))).Select(p => p.Name)
            .Concat(actions.Where(a => mutation.Kind != MutationKind.Label || !mutation.Actions.Contains(a.Name))
            .Select(a => $"{a.Name} never happens"));
    }

    private static List<string> Steps(Scope scope, int[] state) =>
        [.. new Interpreter(scope).Successors(state).Select(s => $"{s.Instance} {InterpreterSearch.Key(s.Next)}")];
}
