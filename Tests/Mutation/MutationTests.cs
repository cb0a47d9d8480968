using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Mutation;
using Checker.Solver.Proof;
using Checker.Solver.Smt;

namespace Checker.Tests.Mutation;

/// <summary>The result for a mutant equals the findings of its exploration alone.</summary>
public sealed class MutationTests
{
    public static TheoryData<string, string, string> Small =>
    [
        .. Registry.Get("PageLifecycle").Designs.Select(d => ("PageLifecycle", d.Id, "2,2")),
        ("Counter", "", "3"),
    ];

    public static TheoryData<string, string, string> Larger =>
    [
        ("GuestMemory", "cca,hole,separate,honest", "1,1,1,1,0"),
        ("GuestMemory", "cca,hole,separate,honest", "1,2,1,1,1"),
        ("GuestMemory", "pkvm,attribute,inplace,spurious", "1,1,1,1,1"),
    ];

    [Theory, Trait("Tier", "slow")]
    [MemberData(nameof(Small))]
    public void Verdicts_are_those_of_exploration(string protocol, string design, string bounds) =>
        AssertVerdicts(protocol, design, bounds);

    [Theory]
    [Trait("Tier", "slow")]
    [MemberData(nameof(Larger))]
    public void Verdicts_are_those_of_exploration_in_larger_instances(string protocol, string design, string bounds) =>
        AssertVerdicts(protocol, design, bounds);

    /// <summary>
    /// A mutant which differs only in dead values behaves exactly like the model: both are walked side by side, step by step.
    /// </summary>
    [Theory, Trait("Tier", "slow")]
    [InlineData("GuestMemory", "sw,hole,separate,honest", "1,1,1,1,0")]
    [InlineData("GuestMemory", "snp,attribute,inplace,honest", "1,1,1,1,0")]
    public void What_is_unread_is_bisimilar(string protocol, string design, string bounds)
    {
        var (system, sizes) = Model(protocol, design, bounds);
        var unread = MutationTest.Run(system, sizes, Operators.Of(system), new()).Where(r => r.Class == MutantClass.Unread).ToList();

        Assert.NotEmpty(unread);
        // One mutant of each action, because there are hundreds and the interpreter is slow.
        foreach (var mutation in unread.Select(r => r.Mutation).DistinctBy(m => (m.Actions[0], m.Kind)))
        {
            AssertSideBySide(new Interpreter(new Scope(system, sizes)), new Interpreter(new Scope(mutation.System, sizes)), mutation.Name);
        }
    }

    [Fact]
    public void Every_safety_property_is_violated_by_some_mutant()
    {
        var (system, sizes) = Model("GuestMemory", "snp,hole,separate,honest", "1,2,1,1,0");
        // RefinesLifecycle is claimed for a model with all its labels. The matrix of invariants.md covers the other mutants.
        var found = MutationTest.Run(
            system,
            sizes,
            [.. Operators.Of(system).Where(m => m.Kind == MutationKind.Update)],
            new() { EveryProperty = true, Threads = 2 })
            .SelectMany(r => r.Violations).Select(v => v.Property.Name).ToHashSet();

        Assert.Contains("RefinesLifecycle", found);
    }

    [Fact]
    public void A_model_that_violates_a_property_itself_is_refused()
    {
        var protocol = Registry.Get("Counter");
        var broken = protocol.Build(protocol.Designs[0]).Without("lock");

        Assert.Contains(
            "NoLostUpdate",
            Assert.Throws<FalsePropertyException>(() =>
                MutationTest.Run(broken, new Dictionary<string, int> { ["Worker"] = 2 }, Operators.Of(broken), new())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_stopped_is_unfinished()
    {
        var (system, sizes) = Model("Counter", "", "3");
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Assert.All(
            MutationTest.Run(system, sizes, Operators.Of(system), new() { Cancellation = stopped.Token }),
            r => Assert.Equal(MutantVerdict.Unfinished, r.Verdict));
    }

    /// <summary>The budget is for all concurrent searches. Without memory nothing is decided, for any number of threads.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Without_memory_nothing_is_decided(int threads)
    {
        var (system, sizes) = Model("Counter", "", "3");

        Assert.All(MutationTest.Run(system, sizes, Operators.Of(system), new() { Threads = threads, MemoryBudget = 1 }),
            r => Assert.Equal((MutantVerdict.Unfinished, Outcome.OutOfMemory), (r.Verdict, r.Outcome)));
    }

    [Fact]
    public void A_proof_that_is_stopped_says_nothing()
    {
        NativeZ3.Require();
        var model = Registry.Get("PageLifecycle") is var life ? life.Stronger!(life.Designs.Single(d => d.Id == "inplace,honest")) : null!;
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            InductivePart.Prove(model.Without("punch.sanitise"), [.. model.Properties.Where(p => p.Kind == PropertyKind.Lemma)],
            [model.Property("SecretStaysPrivate")], ProofOptions.Default with { Cancellation = stopped.Token }));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        var (system, sizes) = Model("PageLifecycle", "inplace,spurious", "2,2");

        Assert.Equal(Describe(1), Describe(2));

        IEnumerable<string> Describe(int threads) => MutationTest.Run(system, sizes, Operators.Of(system), new() { Threads = threads })
            .Select(r =>
                $"{r.Mutation.Name} {r.Verdict} {r.Class} {string.Join(",", r.Violations.Select(v => $"{v.Property.Name} {v.Length}"))} "
                    + $"{string.Join(",", r.Lost)}").ToList();
    }

    internal static (TransitionSystem System, Dictionary<string, int> Sizes) Model(string protocol, string design, string bounds)
    {
        var known = Registry.Get(protocol);
        var named = known.Designs.Single(d => d.Id == design);
        var system = known.Build(named);
        return (system with { Properties = [.. system.Properties.Where(p => p.Kind != PropertyKind.Lemma && known.Expects(named, p))] },
            known.BoundSorts.Zip(bounds.Split(',').Select(int.Parse)).ToDictionary(p => p.First, p => p.Second));
    }

    private static void AssertVerdicts(string protocol, string design, string bounds)
    {
        var (system, sizes) = Model(protocol, design, bounds);
        var original = Explore(system);
        var results = MutationTest.Run(system, sizes, Operators.Of(system), new() { Threads = 2 });

        Assert.Equal(results.Length, results.Select(r => r.Mutation.Name).Distinct().Count());
        foreach (var result in results)
        {
            var alone = Explore(result.Mutation.System);
            string name = result.Mutation.Name;
            switch (result.Verdict)
            {
                case MutantVerdict.Killed:
                    Assert.Equal(
                        (name, result.Violations[0].Property.Name, result.Violations[0].Length),
                        (name, alone.FirstViolation!.Property.Name, alone.FirstViolation.Trace!.Length));
                    break;
                case MutantVerdict.Noticed:
                    Assert.All(result.Lost, lost => Assert.True(lost.EndsWith(" never happens", StringComparison.Ordinal)
                        ? alone.Fired[system.Actions.IndexOf(system.Action(lost[..^" never happens".Length]))] == 0
                        : alone.Outcome == Outcome.Violated || alone.Properties.Single(p => p.Property.Name == lost).Holds == false,
                        $"{name}: {lost}"));
                    break;
                default:
                    Assert.Equal((name, Outcome.Complete), (name, alone.Outcome));
                    Assert.All(
                        alone.Properties,
                        p => Assert.True(
                            p.Holds == true || original.Properties.Single(o => o.Property.Name == p.Property.Name).Holds == false,
                            $"{name}: {p.Property.Name}"));
                    break;
            }

            if (result.Class == MutantClass.Equivalent)
            {
                Assert.Equal(
                    (name, original.Distinct, original.Generated, original.Depth),
                    (name, alone.Distinct, alone.Generated, alone.Depth));
            }
            else if (result.Class == MutantClass.More)
            {
                Assert.True(alone.Generated > original.Generated, name);
            }
        }

        ExplorationResult Explore(TransitionSystem model) =>
            new Exhaustive(new Scope(model, sizes), new() { Vacuity = false, Threads = 2 }).Run();
    }

    private static void AssertSideBySide(Interpreter model, Interpreter mutant, string name)
    {
        var start = (model.Scope.InitialState(), mutant.Scope.InitialState());
        var seen = new HashSet<string> { Key(start) };
        var queue = new Queue<(int[] Model, int[] Mutant)>([start]);
        while (queue.TryDequeue(out var pair))
        {
            var steps = model.Successors(pair.Model).ToDictionary(s => s.Instance.ToString(), s => s.Next);
            var others = mutant.Successors(pair.Mutant).ToDictionary(s => s.Instance.ToString(), s => s.Next);
            Assert.True(steps.Keys.ToHashSet().SetEquals(others.Keys), name);
            foreach (var (instance, next) in steps)
            {
                var both = (next, others[instance]);
                if (seen.Add(Key(both)))
                {
                    queue.Enqueue(both);
                }
            }
        }

        static string Key((int[] A, int[] B) pair) => string.Join(',', pair.A) + "|" + string.Join(',', pair.B);
    }
}
