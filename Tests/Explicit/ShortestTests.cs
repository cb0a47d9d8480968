using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Tests.Explicit;

/// <summary>
/// Each violated property has a shortest trace of its own, of the same length with symmetry. All traces are behaviours of the
/// model.
/// </summary>
public sealed class ShortestTests
{
    public static TheoryData<string, string> Mutants => new()
    {
        { "pkvm,attribute,inplace,spurious", "convert.zap,punch.zap" },
        { "cca,hole,separate,honest", "fault.no_fill,discard.host_flush" },
        { "cca,hole,separate,spurious", "punch.flush" },
    };

    [Theory, MemberData(nameof(Mutants))]
    public void Every_violated_property_has_the_trace_that_a_search_for_it_alone_finds(string design, string dropped)
    {
        var scope = Explore.GuestMemory(design, "1,2,1,1,1", dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));

        var all = Explore.Run(scope, new() { EveryProperty = true, Symmetry = false, Vacuity = false, Threads = 2 });
        var reduced = Explore.Run(scope, new() { EveryProperty = true, Vacuity = false, Threads = 2 });

        var safety = all.Properties.Where(p => p.Property.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant).ToList();
        Assert.Contains(safety, p => p.Holds == false);
        Assert.Equal(Outcome.Complete, all.Outcome);
        foreach (var found in safety)
        {
            var alone = new Scope(
                scope.System with { Properties = [found.Property] },
                scope.System.Sorts.ToDictionary(s => s.Name, scope.SizeOf));
            var expected = Explore.Run(alone, new() { Symmetry = false, Vacuity = false }).Properties[0];
            Assert.Equal(expected.Holds, found.Holds);
            Assert.Equal(Explore.Text(expected.Trace), Explore.Text(found.Trace));
            Assert.Equal(
                (found.Holds, found.Trace?.Length),
                (reduced.Result(found.Property.Name).Holds, reduced.Result(found.Property.Name).Trace?.Length));
        }
    }

    [Theory, MemberData(nameof(Mutants))]
    public void Every_trace_is_a_behaviour_that_ends_in_its_violation_and_not_before(string design, string dropped)
    {
        var scope = Explore.GuestMemory(design, "1,2,1,1,1", dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var interpreter = new Interpreter(scope);

        var result = Explore.Run(scope, new() { EveryProperty = true, Vacuity = false, Threads = 2 });

        foreach (var (property, _, trace) in result.Properties.Where(p =>
            p.Holds == false && p.Property.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant))
        {
            Assert.NotNull(trace);
            Assert.Same(trace, Replay.Check(trace));
            Assert.Equal(property, trace.Property);
            Assert.Equal(property.Kind == PropertyKind.StepInvariant, trace.LastStep);
            for (int i = 0; i < trace.Length - 1 && property.Kind == PropertyKind.Invariant; i++)
            {
                Assert.True(
                    interpreter.Holds(property.Formula, [.. trace.States[i].Cells]),
                    $"{property.Name} fails in state {i + 1} of {trace.Length}");
            }

            Assert.Distinct(trace.States.Select(s => string.Join(' ', s.Cells)));
        }
    }

    [Fact]
    public void A_run_that_stops_at_the_first_violation_decides_nothing_else()
    {
        var result = Explore.Run(Explore.GuestMemory("cca,attribute,inplace,spurious", "1,2,1,1,1", "punch.zap"), new());

        Assert.Equal(Outcome.Violated, result.Outcome);
        Assert.Equal(9, result.FirstViolation?.Trace?.Length);
        Assert.Equal(8, result.Depth);   // the completed levels before the level with the violation
        Assert.Null(result.Vacuity);
        Assert.DoesNotContain(
            result.Properties,
            p => p.Holds == true && p.Property.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant);
    }
}
