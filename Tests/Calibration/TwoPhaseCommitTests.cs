using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Explicit;

namespace Checker.Tests.Calibration;

/// <summary>
/// Two-phase commit against the numbers published with Stateright's example: 288 states for three resource managers, 8,832 for
/// five, and 665 for five "with symmetry".
/// <para>
/// The last number does not count orbits. Stateright's representative of a state has the resource managers sorted by their own
/// state alone. Managers in the same state keep their order, even if their messages or the transaction manager's record differ.
/// So some orbits have several representatives and are counted several times. Besides, the search continues from the state
/// found, and not from its representative. Of the states with one representative, it expands only the first. So the set of
/// representatives depends on the order of the search, here depth-first, and 665 is a number of this search. The tests below
/// reproduce it with the same representative and the same order. Our explorer counts orbits, and there are 314.
/// </para>
/// </summary>
public sealed class TwoPhaseCommitTests
{
    /// <summary>
    /// The actions in the order of Stateright's example: first the manager's own, then those of one resource manager after the
    /// other.
    /// </summary>
    private static readonly string[] s_global = ["TmCommit", "TmAbort"];
    private static readonly string[] s_each = ["TmReceivePrepared", "RmPrepare", "RmChooseToAbort", "RmReceiveCommit", "RmReceiveAbort"];

    [Theory]
    [InlineData(3, 288)]
    [InlineData(5, 8_832)]
    public void States_are_as_many_as_published(int managers, long states)
    {
        var result = Explore.Run(Managers(managers));

        Assert.Equal((Outcome.Complete, states), (result.Outcome, result.Distinct));
        Assert.All(result.Properties, p => Assert.True(p.Holds, p.Property.Name));
    }

    [Theory]
    [InlineData(3, 80)]
    [InlineData(5, 314)]
    public void With_symmetry_the_explorer_counts_orbits(int managers, long orbits)
    {
        var scope = Managers(managers);
        Assert.Equal(orbits, Reachable(scope).Select(s => Orbit(scope, s)).Distinct().Count());

        var result = Explore.Run(scope, new());

        Assert.Equal($"Rm {managers}!", result.SymmetryGroup);
        Assert.Equal((Outcome.Complete, orbits), (result.Outcome, result.Distinct));
        Assert.All(result.Properties, p => Assert.True(p.Holds, p.Property.Name));
    }

    /// <summary>
    /// The group has 5,040 permutations. An exploration which tries all of them on each state finds the same number of orbits.
    /// </summary>
    [Fact]
    public void Seven_managers_have_920_orbits()
    {
        var result = Explore.Run(Managers(7), new());

        Assert.Equal(("Rm 7!", Outcome.Complete, 920L), (result.SymmetryGroup, result.Outcome, result.Distinct));
    }

    [Fact]
    public void The_published_665_is_a_depth_first_search_with_representatives_that_are_not_unique()
    {
        var scope = Managers(5);

        Assert.Equal(665, DepthFirst(scope, s => Sorted(scope, s)).Representatives);

        // Another order of the same search gives another number. With true orbits the order does not matter.
        Assert.NotEqual(665, DepthFirst(scope, s => Sorted(scope, s), backwards: true).Representatives);
        Assert.Equal(
            DepthFirst(scope, s => Orbit(scope, s)).Representatives,
            DepthFirst(scope, s => Orbit(scope, s), backwards: true).Representatives);
    }

    [Fact]
    public void The_same_search_without_symmetry_finds_all_states() =>
        Assert.Equal(8_832, DepthFirst(Managers(5), s => string.Join(' ', s)).Representatives);

    private static Scope Managers(int count) => Explore.Scope(new TwoPhaseCommit().Build(), ("Rm", count));

    private static List<int[]> Reachable(Scope scope)
    {
        var found = new Dictionary<string, int[]> { [string.Join(' ', scope.InitialState())] = scope.InitialState() };
        DepthFirst(scope, s =>
        {
            string key = string.Join(' ', s);
            found.TryAdd(key, s);
            return key;
        });
        return [.. found.Values];
    }

    /// <summary>
    /// A search with a stack of states. If the representative of a successor is new, the successor itself is pushed, in the order of
    /// the actions. The last one pushed is expanded first.
    /// </summary>
    private static (int Representatives, int Expanded) DepthFirst(Scope scope, Func<int[], string> representative, bool backwards = false)
    {
        var interpreter = new Interpreter(scope);
        var order = Order(scope);
        if (backwards)
        {
            order.Reverse();
        }

        var seen = new HashSet<string>(StringComparer.Ordinal) { representative(scope.InitialState()) };
        var stack = new Stack<int[]>([scope.InitialState()]);
        int expanded = 0;
        while (stack.TryPop(out int[]? state))
        {
            expanded++;
            foreach (var instance in order.Where(i => interpreter.Enabled(i, state)))
            {
                int[] next = interpreter.Apply(instance, state);
                if (seen.Add(representative(next)))
                {
                    stack.Push(next);
                }
            }
        }

        return (seen.Count, expanded);
    }

    private static List<ActionInstance> Order(Scope scope) =>
    [
        .. s_global.Select(name => scope.Instances.Single(i => i.Action.Name == name)),
        .. from manager in Enumerable.Range(0, scope.SizeOf(scope.System.Sorts.Single()))
           from name in s_each
           select scope.Instances.Single(i => i.Action.Name == name && i.Arguments[0] == manager),
    ];

    /// <summary>
    /// Stateright's representative: the managers stably sorted by their own state. Everything else indexed by managers is permuted
    /// alike.
    /// </summary>
    private static string Sorted(Scope scope, int[] state) => Arranged(scope, state, columns => columns.OrderBy(c => c[0]));

    /// <summary>
    /// The orbit of a state. A manager is a column: its state, if it has sent "prepared", and if this was received. Nothing else
    /// mentions the manager. So an orbit is a bag of columns, plus the parts which belong to no manager.
    /// </summary>
    private static string Orbit(Scope scope, int[] state) =>
        Arranged(scope, state, columns => columns.OrderBy(c => c[0]).ThenBy(c => c[1]).ThenBy(c => c[2]));

    private static string Arranged(Scope scope, int[] state, Func<IEnumerable<int[]>, IEnumerable<int[]>> arrange)
    {
        var cells = scope.Cells.ToLookup(c => c.Index.IsEmpty ? -1 : c.Index[0]);
        var columns = cells.Where(c => c.Key >= 0).OrderBy(c => c.Key).Select(c => c.Select(cell => state[cell.Number]).ToArray());
        return string.Join(' ', cells[-1].Select(c => state[c.Number]))
            + " | "
            + string.Join(" | ", arrange(columns).Select(c => string.Join(' ', c)));
    }
}
