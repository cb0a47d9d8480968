using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Tests.Explicit;

namespace Checker.Tests.Reference;

/// <summary>Compares every line of expected.csv exactly.</summary>
public sealed class ExpectedTests
{
    private static readonly ExplorationOptions s_plain = new() { Symmetry = false, Vacuity = false, Threads = 2 };

    public static TheoryData<string> Rows => [.. Row.All.Select(r => r.Id)];

    public static TheoryData<string> Violated => [.. Row.All.Where(r => r.Violated).Select(r => r.Id)];

    [Fact]
    public void The_file_is_whole()
    {
        Assert.Equal(89, Row.All.Count);
        Assert.Distinct(Row.All.Select(r => r.Id));
        Assert.All(Row.All, r => Assert.Equal(r.Violated, r.Distinct == 0));
    }

    [Theory, MemberData(nameof(Rows))]
    public void Counts_depth_verdict_and_length_are_those_of_the_file(string id)
    {
        var row = Row.Get(id);

        var result = Explore.Run(row.Scope(), s_plain);

        Assert.Equal(row.Violated ? Outcome.Violated : Outcome.Complete, result.Outcome);
        Assert.Equal(row.Length, result.FirstViolation?.Trace?.Length ?? 0);
        if (!row.Violated)
        {
            Assert.Equal((row.Distinct, row.Generated, Corrections.Depth(row)), (result.Distinct, result.Generated, result.Depth));
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Symmetry_changes_neither_verdict_nor_length(string id)
    {
        var row = Row.Get(id);

        var result = Explore.Run(row.Scope(), s_plain with { Symmetry = true });

        Assert.Equal(row.Violated ? Outcome.Violated : Outcome.Complete, result.Outcome);
        Assert.Equal(row.Length, result.FirstViolation?.Trace?.Length ?? 0);
        if (!row.Violated)
        {
            // The states of an orbit have the same distance from the initial state, which is alone in its orbit.
            Assert.Equal(Corrections.Depth(row), result.Depth);
            Assert.InRange(result.Distinct, row.Distinct / Permutations(row), row.Distinct);
        }
    }

    /// <summary>The file names one of several properties which fail at the same length. It must fail at this length here too.</summary>
    [Theory, MemberData(nameof(Violated))]
    public void The_property_that_the_file_names_fails_at_the_length_that_it_gives(string id)
    {
        var row = Row.Get(id);
        var scope = row.Scope();
        var alone = scope.System with { Properties = [scope.System.Property(row.Property)] };

        var result = Explore.Run(new Scope(alone, scope.System.Sorts.ToDictionary(s => s.Name, scope.SizeOf)), s_plain);

        Assert.Equal((row.Property, row.Length), (result.FirstViolation?.Property.Name, result.FirstViolation?.Trace?.Length));
    }

    [Fact]
    public void Every_label_of_the_file_is_one_of_the_model()
    {
        var labels = Row.Get("snp,attribute,separate,honest 1,2,1,1,1").Scope().System.Labels.Select((LabelDeclaration l) => l.Name);

        Assert.Superset(
            Row.All.SelectMany(r => r.Dropped.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(),
            labels.ToHashSet());
    }

    private static long Permutations(Row row) =>
        row.Bounds.Split(',').Select(int.Parse).Aggregate(1L, (n, size) => n * (size <= 2 ? Math.Max(1, size) : 6));
}
