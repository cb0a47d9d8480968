using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Instance;
using Checker.Solver.Proof.Inference;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Proofs;

/// <summary>The parts of inference, compared with slow and plain versions of themselves on a model of a few hundred states.</summary>
public sealed class CandidateTests
{
    private static readonly TransitionSystem s_system = new Handover().Build();
    private static readonly PropertyDeclaration s_property = s_system.Property("NoStaleUse");
    private static readonly InferOptions s_options = new() { Variables = 2, Literals = 3, Largest = true, LargestLiterals = 2 };

    private readonly TransitionSystem _slice = Slice.Of(s_system, s_property);
    private readonly Vocabulary _vocabulary;
    private readonly Samples _samples;

    public CandidateTests()
    {
        _vocabulary = new Vocabulary(_slice, s_options);
        _samples = new Samples(_vocabulary);
        _samples.Explore(Instance(2), s_property, long.MaxValue, CancellationToken.None);
    }

    [Fact]
    public void The_slice_has_what_the_property_depends_on_and_no_more()
    {
        Assert.Equal(["owner", "mapped", "stale", "acked"], _slice.Variables.Select(v => v.Name));
        Assert.DoesNotContain("Write", _slice.Actions.Select(a => a.Name));
    }

    [Fact]
    public void A_clause_holds_in_the_samples_if_the_interpreter_finds_it_true_in_every_reachable_state()
    {
        var reachable = Reachable(Instance(2));
        var interpreter = new Interpreter(Instance(2));
        var candidates = new Candidates(_vocabulary, _samples, s_options);
        var clauses = Template(s_options.Literals).Where((_, i) => i % 7 == 0).ToList();

        Assert.Equal(clauses.Where(c => reachable.All(s => interpreter.Holds(_vocabulary.Formula(c), s))), clauses.Where(candidates.Holds));
    }

    [Fact]
    public void The_search_lists_the_clauses_that_hold_and_have_no_part_that_does()
    {
        var candidates = new Candidates(_vocabulary, _samples, s_options);
        var holding = Template(s_options.Literals).Where(candidates.Holds).ToHashSet();

        Assert.Equal(holding.Where(c => !Parts(c).Any(holding.Contains)).Select(Text).Order(), candidates.All().Select(Text).Order());
    }

    /// <summary>Every state of the instance, reachable or not, may be a counterexample to induction. No solver is used.</summary>
    [Fact]
    public void Houdini_leaves_the_largest_inductive_subset()
    {
        var result = LemmaInference.Run(s_system, s_property, s_options with { Instances = [[2]] });

        var interpreter = new Interpreter(Instance(2));
        var steps = AllStates(Instance(2)).Select(s => (Before: s, After: interpreter.Successors(s).Select(n => n.Next).ToList())).ToList();
        var violates = new Dictionary<Clause, HashSet<string>>();
        foreach (var clause in Template(s_options.LargestLiterals))
        {
            var formula = _vocabulary.Formula(clause);
            violates[clause] = [.. steps.Where(s => !interpreter.Holds(formula, s.Before)).Select(s => Key(s.Before))];
        }

        var reachable = Reachable(Instance(2)).Select(Key).ToHashSet();
        var left = violates.Where(v => v.Value.Count > 0 && !v.Value.Overlaps(reachable)).Select(v => v.Key).ToHashSet();
        int candidates = left.Count(c => !Parts(c).Any(left.Contains));
        int before;
        do
        {
            before = left.Count;
            var excluded = left.SelectMany(c => violates[c]).ToHashSet();
            var allowed = steps.Where(s => !excluded.Contains(Key(s.Before))).SelectMany(s => s.After).Select(Key).ToHashSet();
            left.RemoveWhere(c => violates[c].Overlaps(allowed));
        }
        while (left.Count < before);
        int largest = left.Count(c => !Parts(c).Any(left.Contains));

        // Three literals are needed to show that the guest has no stale frame.
        Assert.True(largest < candidates, "nothing was to be given up");
        Assert.Equal("proved", result.Answer.Word);
        Assert.Equal((candidates, largest), (result.Statistics.Candidates, result.Statistics.Largest));
    }

    [Fact]
    public void The_template_has_as_many_clauses_as_it_says()
    {
        // Names of elements count in the space of clauses. So the count is of literal sets over p, and over p and q with q, for the
        // single sort.
        var shape = Assert.Single(_vocabulary.Shapes);
        int sets = Sets(shape.AllLiterals(), s_options.Literals).Count(s =>
            s.DistinctBy(l => l / 2).Count() == s.Length
                && _vocabulary.AreFirst(s.Aggregate(0UL, (all, l) => all | _vocabulary.SlotsOf(shape.Numbers[l / 2]))));

        Assert.Equal(sets, _vocabulary.Clauses());
    }

    private static string Key(int[] state) => string.Join(',', state);

    private Scope Instance(int elements) => new(_slice, _slice.Sorts.ToDictionary(s => s.Name, _ => elements));

    private string Text(Clause clause) => _vocabulary.Formula(clause).ToString();

    /// <summary>The clauses of the template, each once.</summary>
    private IReadOnlyCollection<Clause> Template(int literals)
    {
        var shape = Assert.Single(_vocabulary.Shapes);
        return [.. Sets(shape.AllLiterals(), literals)
            .Where(s => s.DistinctBy(l => l / 2).Count() == s.Length)
            .Select(s => shape.Clause(s))
            .Distinct()];
    }

    private static IEnumerable<int[]> Sets(int[] literals, int most) => most == 0
        ? []
        : literals.SelectMany((l, i) => Sets(literals[(i + 1)..], most - 1).Select(rest => (int[])[l, .. rest]).Prepend([l]));

    /// <summary>The clauses with one literal fewer, in the form of the vocabulary.</summary>
    private IEnumerable<Clause> Parts(Clause clause)
    {
        var shape = _vocabulary.Shapes[0];
        int[] literals = shape.Literals(clause)!;
        return Enumerable.Range(1, (1 << literals.Length) - 2)
            .Select(subset => shape.Clause([.. literals.Where((_, i) => (subset & (1 << i)) != 0)]));
    }

    private static List<int[]> Reachable(Scope scope)
    {
        var interpreter = new Interpreter(scope);
        var states = new Dictionary<string, int[]> { [Key(scope.InitialState())] = scope.InitialState() };
        var queue = new Queue<int[]>(states.Values);
        while (queue.TryDequeue(out int[]? state))
        {
            foreach (var (_, next) in interpreter.Successors(state))
            {
                if (states.TryAdd(Key(next), next))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return [.. states.Values];
    }

    private static IEnumerable<int[]> AllStates(Scope scope) =>
        Scope.Tuples([.. scope.Cells.Select(c => c.Cardinality)]).Select(t => t.ToArray());

    public readonly struct Frame : ISort;

    public enum Owner
    {
        Host,
        Converting,
        Guest,
    }

    /// <summary>
    /// A frame goes from the host to the guest and back. On the way, a TLB's copy of it is flushed, and the flush is acknowledged.
    /// </summary>
    private sealed class Handover : Spec
    {
        public readonly Var<Frame, Owner> owner = new();
        public readonly Var<Frame, bool> mapped = new();
        public readonly Var<Frame, bool> stale = new();
        public readonly Var<Frame, bool> acked = new();
        public readonly Var<Frame, bool> dirty = new();

        public Handover()
        {
            By("host");
            Action<Frame>("Map", f => { Require(owner[f] == Owner.Host & !mapped[f]); mapped[f] = true; });
            Action<Frame>("Unmap", f => { Require(mapped[f]); (mapped[f], stale[f]) = (false, true); });
            Action<Frame>("Write", f => { Require(mapped[f]); dirty[f] = true; });
            Action<Frame>("Begin", f =>
            {
                Require(owner[f] == Owner.Host & Forall<Frame>(g => owner[g] != Owner.Converting));
                (owner[f], acked[f]) = (Owner.Converting, false);
            });
            Action<Frame>("Shootdown", f => { Require(owner[f] == Owner.Converting & !mapped[f]); (stale[f], acked[f]) = (false, true); });
            Action<Frame>("Finish", f => { Require(owner[f] == Owner.Converting & acked[f]); owner[f] = Owner.Guest; });
            Action<Frame>("Return", f => { Require(owner[f] == Owner.Guest); owner[f] = Owner.Host; });

            Invariant("NoStaleUse", Forall<Frame>(f => (owner[f] == Owner.Guest).Implies(!stale[f])));
        }
    }
}
