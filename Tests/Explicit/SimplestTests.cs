using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Tests.Agreement;
using Checker.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Explicit;

/// <summary>The simplest of the shortest traces: no shortest trace has fewer actors, or as many and fewer switches.</summary>
public sealed class SimplestTests
{
    /// <summary>The largest number of shortest paths which the brute force enumerates for a property.</summary>
    private const int MostPaths = 20_000;

    [Fact]
    public void One_actor_is_enough_where_one_can_do_all() =>
        Assert.Equal(new(1, 0), Of(new Errands(helps: true), "NotAll").Simplicity!.Cost);

    [Fact]
    public void An_actor_finishes_before_the_next_begins()
    {
        var result = Of(new Errands(helps: false), "NotAll");

        Assert.Equal(new(2, 1), result.Simplicity!.Cost);
        Assert.Equal("simplest of the shortest: 2 actors, 1 switch", result.Simplicity.ToString());
        Assert.Equal(new(2, 1), TraceCost.Of(result.Trace!));
    }

    /// <summary>The step that violates the property counts like all others.</summary>
    [Fact]
    public void The_last_step_of_a_step_property_is_the_actors_of_the_steps_before() =>
        Assert.Equal(new(1, 0), Of(new Errands(helps: true), "NeverFinished").Simplicity!.Cost);

    [Fact]
    public void A_trace_without_steps_has_no_actors() =>
        Assert.Equal(new(0, 0), Of(new Errands(helps: true), "NotAtTheStart").Simplicity!.Cost);

    [Fact]
    public void Above_the_limit_the_ordinary_trace_says_so()
    {
        var scope = Explore.Scope(new Errands(helps: true).Build());
        var ordinary = Explore.Run(scope, new() { EveryProperty = true }).Result("NotAll");

        var limited = Explore.Run(scope, new() { EveryProperty = true, Simplest = true, MostStatesForSimplest = 3 }).Result("NotAll");

        Assert.Null(ordinary.Simplicity);
        Assert.False(limited.Simplicity!.IsSimplest);
        Assert.Equal(Explore.Text(ordinary.Trace), Explore.Text(limited.Trace));
        Assert.Equal(TraceCost.Of(ordinary.Trace!), limited.Simplicity.Cost);
        Assert.Contains("8 states are within its length, and only 3 are searched", limited.Simplicity.ToString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// The cost equals the least cost of all shortest paths, which the interpreter enumerates. Symmetry changes neither the cost nor the
    /// length.
    /// </summary>
    [Fact, Trait("Tier", "slow")]
    public void The_cost_is_the_least_of_all_shortest_paths_of_random_models()
    {
        var (compared, simpler) = (0, 0);
        var property = Prop.ForAll(RandomModel.Arbitrary(), model =>
        {
            var scope = model.ScopeOf(WithActors(model.System));
            var truth = new InterpreterSearch(scope);
            var ordinary = Explore.Run(scope, new() { EveryProperty = true, Vacuity = false });
            foreach (bool symmetry in new[] { false, true })
            {
                var options = new ExplorationOptions
                {
                    EveryProperty = true,
                    Vacuity = false,
                    Simplest = true,
                    Symmetry = symmetry,
                    Threads = 2,
                };
                foreach (var found in Explore.Run(scope, options).Properties.Where(p => p.Simplicity is not null))
                {
                    var trace = ordinary.Result(found.Property.Name).Trace!;
                    Assert.Equal(trace.Length, found.Trace!.Length);
                    Assert.Equal(found.Simplicity!.Cost, TraceCost.Of(found.Trace));
                    Assert.Same(found.Trace, Solver.Traces.Replay.Check(found.Trace));
                    if (found.Property.Subject != PropertySubject.Sequence && Cheapest(truth, found.Property, trace.Length) is { } least)
                    {
                        Assert.Equal(least, found.Simplicity.Cost);
                        compared++;
                        simpler += least < TraceCost.Of(trace) ? 1 : 0;
                    }
                }
            }
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(150));
        Assert.True(compared > 50 && simpler > 5, $"{compared} compared, {simpler} simpler than the ordinary trace");
    }

    public static TheoryData<string, string> Mutants => new()
    {
        { "pkvm,attribute,inplace,spurious", "convert.zap,punch.zap" },
        { "cca,hole,separate,spurious", "punch.flush" },
    };

    [Theory, MemberData(nameof(Mutants)), Trait("Tier", "slow")]
    public void The_result_does_not_depend_on_symmetry_or_threads(string design, string dropped)
    {
        var scope = Explore.GuestMemory(design, "1,2,1,1,1", dropped.Split(','));
        var ordinary = Explore.Run(scope, new() { EveryProperty = true, Vacuity = false, Threads = 2 });
        var options = new ExplorationOptions { EveryProperty = true, Vacuity = false, Simplest = true };

        var one = Explore.Run(scope, options);
        var two = Explore.Run(scope, options with { Threads = 2 });
        var all = Explore.Run(scope, options with { Symmetry = false, Threads = 2 });

        Assert.Contains(one.Properties, p => p.Simplicity is not null);
        foreach (var found in one.Properties.Where(p => p.Simplicity is not null))
        {
            string name = found.Property.Name;
            Assert.Equal(Explore.Text(found.Trace), Explore.Text(two.Result(name).Trace));
            Assert.True(found.Simplicity!.IsSimplest);
            Assert.Equal(found.Simplicity, all.Result(name).Simplicity);
            Assert.Equal(ordinary.Result(name).Trace!.Length, found.Trace!.Length);
            Assert.True(found.Simplicity.Cost <= TraceCost.Of(ordinary.Result(name).Trace!));
        }
    }

    private static PropertyResult Of(Spec spec, string property) =>
        Explore.Run(Explore.Scope(spec.Build()), new() { EveryProperty = true, Simplest = true }).Result(property);

    /// <summary>Random models have one actor. These have three, in turn.</summary>
    private static TransitionSystem WithActors(TransitionSystem system) =>
        system with { Actions = [.. system.Actions.Select((a, i) => a with { Actor = $"actor {i % 3}" })] };

    /// <summary>The least cost of all shortest paths to a violation or a witness; null if there are too many paths.</summary>
    private static TraceCost? Cheapest(InterpreterSearch truth, PropertyDeclaration property, int length)
    {
        var interpreter = new Interpreter(truth.Scope);
        var levels = truth.Levels.SelectMany((l, i) => l.Select(s => (Key: InterpreterSearch.Key(s), Level: i)))
            .ToDictionary(s => s.Key, s => s.Level, StringComparer.Ordinal);
        int steps = property.IsAboutSteps ? length - 2 : length - 1;
        var (paths, best) = (0, (TraceCost?)null);
        Extend(truth.Scope.InitialState(), []);
        return paths <= MostPaths ? best : null;

        void Extend(int[] state, List<string> actors)
        {
            var successors = interpreter.Successors(state).ToList();
            if (actors.Count == steps)
            {
                End(state, actors, successors);
                return;
            }

            foreach (var (instance, next) in successors.Where(s => levels[InterpreterSearch.Key(s.Next)] == actors.Count + 1))
            {
                if (paths > MostPaths)
                {
                    return;
                }

                Extend(next, [.. actors, instance.Action.Actor]);
            }
        }

        void End(int[] state, List<string> actors, List<(ActionInstance Instance, int[] Next)> successors)
        {
            paths++;
            if (property.IsAboutSteps)
            {
                foreach (var (instance, next) in successors.Where(s =>
                    interpreter.Holds(property.Formula, state, s.Next) == property.IsWitnessed))
                {
                    Keep([.. actors, instance.Action.Actor]);
                }
            }
            else if (interpreter.Holds(property.Formula, state) == property.IsWitnessed
                && (property.Subject != PropertySubject.Deadlock || successors.Count == 0))
            {
                Keep(actors);
            }
        }

        void Keep(List<string> actors)
        {
            int switches = Enumerable.Range(1, Math.Max(0, actors.Count - 1)).Count(i => actors[i - 1] != actors[i]);
            var cost = new TraceCost(actors.ToHashSet(StringComparer.Ordinal).Count, switches);
            best = best is { } known && known <= cost ? known : cost;
        }
    }

    /// <summary>Three errands, which two actors do in any order.</summary>
    private sealed class Errands : Spec
    {
        private readonly Var<bool> a = new();
        private readonly Var<bool> b = new();
        private readonly Var<bool> c = new();

        /// <param name="helps">True if the second actor can do all errands.</param>
        public Errands(bool helps)
        {
            By("first");
            Action("FirstA", () => a.Value = true);
            Action("FirstC", () => c.Value = true);
            By("second");
            Action("SecondB", () => b.Value = true);
            if (helps)
            {
                Action("SecondA", () => a.Value = true);
                Action("SecondC", () => c.Value = true);
            }

            Invariant("NotAll", !(a.Value & b.Value & c.Value));
            Invariant("NotAtTheStart", a.Value | b.Value | c.Value);
            StepInvariant("NeverFinished", !(Next(a.Value) & Next(b.Value) & Next(c.Value)));
        }
    }
}
