using Checker.App;
using Checker.Composition.Protocols;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Agreement;

namespace Checker.Tests.Explicit;

/// <summary>A violation tells if it outlasts the operations in progress. The interpreter alone gives the same answers.</summary>
public sealed class TransienceTests
{
    [Fact]
    public void A_violation_which_ends_with_the_operation_is_transient()
    {
        var transience = Explored(new Turns(), "NothingStale")!;

        Assert.True(transience.IsTransient);
        Assert.Equal(["zap"], transience.During);
        Assert.Equal((0, null, 2), (transience.Violated, transience.Lasting, transience.StepsToQuiescence));
    }

    [Fact]
    public void A_violation_which_stays_is_not_transient_and_has_a_shortest_way()
    {
        var transience = Explored(new Turns(breaks: true), "NothingBroken")!;

        Assert.False(transience.IsTransient);
        Assert.Equal(["Zap", "Flush", "Break"], transience.Lasting!.States.Skip(1).Select(s => s.Instance!.Action.Name));
        Assert.InRange(transience.Violated, 1, transience.Quiescent);
    }

    [Fact]
    public void An_operation_which_never_ends_makes_nothing_transient()
    {
        // Without Flush there is no end.
        var model = new Turns().Build();
        var transience = Explored(model with { Actions = model.Actions.RemoveAll(a => a.Name == "Flush") }, "NothingStale")!;

        Assert.False(transience.IsTransient);
        Assert.Equal((0, null), (transience.Violated, transience.StepsToQuiescence));
    }

    [Fact]
    public void A_model_without_operations_has_no_answer() => Assert.Null(Explored(new Turns(declares: false), "NothingStale"));

    [Fact]
    public void A_search_which_ended_early_is_repeated_over_all_states()
    {
        var scope = Explore.Scope(new Turns().Build(), ("Worker", 2));
        var early = new Exhaustive(scope, new() { Explained = true }).Run();
        var whole = new Exhaustive(scope, new() { Explained = true, EveryProperty = true }).Run();

        Assert.Equal((Outcome.Violated, Outcome.Complete), (early.Outcome, whole.Outcome));
        Assert.Equal(Text(whole.Result("NothingStale").Transience), Text(early.Result("NothingStale").Transience));
    }

    [Fact]
    public void A_search_without_the_memory_for_all_states_has_no_answer()
    {
        var scope = Explore.GuestMemory("snp,hole,separate,spurious", "1,2,1,1,1", "punch.flush");
        var result = new Exhaustive(scope, new() { Explained = true, Symmetry = false, MemoryBudget = 2_500_000 }).Run();

        Assert.Equal(Outcome.Violated, result.Outcome);
        Assert.Null(result.Result("NoMappingOutlivesItsFrame").Transience);
    }

    public static TheoryData<string, string, string> Mutants => new(Registry.All.SelectMany(p => p.Mutants, (p, m) => (p, m))
        .Where(m => m.p.Name is "PageLifecycle" or "Counter" && m.m.Bounds.SequenceEqual(m.p.DefaultBounds.Select(b => Math.Min(b, 2))))
        .Select(m => (m.p.Name, m.m.Design, string.Join(',', m.m.Drop))));

    [Theory, MemberData(nameof(Mutants))]
    public void The_interpreter_counts_the_same_states(string name, string design, string drop)
    {
        var protocol = Registry.Get(name);
        var system = protocol.Build(protocol.Designs.Single(d => d.Id == design)).Without(drop.Split(','));
        var scope = new Scope(system, system.Sorts.ToDictionary(s => s.Name, _ => 2));
        var interpreter = new Interpreter(scope);
        var levels = new InterpreterSearch(scope).Levels;
        var (some, symmetric) = (Run(symmetry: false, threads: 1), Run(symmetry: true, threads: 2));
        foreach (var result in some.Properties.Where(p => p.Transience is not null))
        {
            var transience = result.Transience!;
            bool Bad(int[] state) => Quiet(state) && !interpreter.Holds(result.Property.Formula, state);
            int first = levels.FindIndex(l => l.Exists(Bad));
            Assert.Equal(levels.Sum(l => l.Count(Quiet)), transience.Quiescent);
            Assert.Equal(levels.Sum(l => l.Count(Bad)), transience.Violated);
            Assert.Equal(first < 0 ? null : first + 1, transience.Lasting?.Length);

            var other = symmetric.Result(result.Property.Name).Transience!;
            Assert.Equal(
                (transience.IsTransient, transience.Lasting?.Length, transience.StepsToQuiescence is null),
                (other.IsTransient, other.Lasting?.Length, other.StepsToQuiescence is null));
            Assert.Equal(transience.During, other.During);
        }

        Assert.Contains(some.Properties, p => p.Transience is not null || p.Property.IsAboutSteps);

        ExplorationResult Run(bool symmetry, int threads) => new Exhaustive(
            scope,
            new() { Explained = true, EveryProperty = true, Vacuity = false, Symmetry = symmetry, Threads = threads }).Run();

        bool Quiet(int[] state) => !system.Operations.Any(o => interpreter.Holds(o.InProgress, state));
    }

    [Theory]
    [InlineData("verify --protocol Counter --drop lock", "NoLostUpdate stays violated in 5 of 9 reachable states in which no operation is "
        + "in progress; the shortest way to such a state has 5 states.")]
    [InlineData("verify --protocol Counter --drop lock --json", "\"violatedQuiescentStates\": 5")]
    public void The_program_says_it(string arguments, string sentence) =>
        Assert.Contains(sentence, Cli.Program.Words(Cli.Program.Call(arguments).Output), StringComparison.Ordinal);

    [Fact]
    public void The_sentence_names_the_operation_and_the_nearest_quiescent_state()
    {
        var system = new Turns().Build();
        var protocol = Registry.Get("Counter") with
        {
            Build = _ => system,
            DefaultBounds = [2],
            Claims = [],
        };
        var job = new Job(protocol, protocol.Designs[0], Model.Catalogue.Bounds.DefaultOf(protocol), new(() => system), []);
        var run = Run.Do(job, new(new ExplorationOptions(), null), _ => new StringReader(""));

        Assert.Equal(
            "NothingStale is violated only while zap is in progress: it holds in each of the 2 reachable states in which no operation is "
                + "in progress, and the nearest of them is 2 steps away.",
            TransienceText.Of(run, run.Result.Result("NothingStale")));
    }

    private static Transience? Explored(Turns spec, string property) => Explored(spec.Build(), property);

    private static Transience? Explored(Model.Ir.TransitionSystem system, string property) => new Exhaustive(
        Explore.Scope(system, ("Worker", 2)),
        new() { Explained = true, EveryProperty = true }).Run().Result(property).Transience;

    private static string Text(Transience? transience) => transience is null
        ? "none"
        : $"{transience.Quiescent} {transience.Violated} {transience.StepsToQuiescence} {string.Join(' ', transience.During)}";
}
