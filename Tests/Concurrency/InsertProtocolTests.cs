using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Tests.Explicit;

namespace Checker.Tests.Concurrency;

/// <summary>The insertion used by the explorer, explored by the explorer: all interleavings of three threads.</summary>
public sealed class InsertProtocolTests
{
    [Fact]
    public void Three_threads_insert_without_losing_or_doubling_a_state()
    {
        var result = Explore.Run(Explore.Scope(new InsertProtocol().Build(), ("Inserter", 3)), new() { Threads = 2 });

        Assert.Equal(Outcome.Complete, result.Outcome);
        Assert.All(result.Properties, p => Assert.True(p.Holds, p.Property.Name));
        Assert.Equal(["WriteLate"], result.Vacuity!.ActionsNeverEnabled);   // it exists for a mutant
        Assert.Empty(result.Vacuity.LabelsNeverRelevant);
        Assert.Empty(result.Vacuity.AntecedentsNeverTrue);
    }

    [Theory]
    [InlineData("swap.if_empty", "NothingLost")]
    [InlineData("swap.reload", "NoStateTwice")]
    [InlineData("entry.first", "SlotsPointAtWrittenEntries")]
    [InlineData("compare.state", "NothingLost")]
    [InlineData("lower.if_same", "LeastPredecessor")]
    [InlineData("lower.if_less", "LeastPredecessor")]
    public void Each_precaution_is_needed(string label, string property)
    {
        var result = Explore.Run(Explore.Scope(new InsertProtocol().Build().Without(label), ("Inserter", 3)), new() { Threads = 2 });

        Assert.Equal(Outcome.Violated, result.Outcome);
        Assert.False(result.Result(property).Holds, $"first violated is {result.FirstViolation?.Property.Name}");
    }

    [Fact]
    public void Every_label_of_the_model_has_its_mutant() => Assert.Equal(
        new InsertProtocol().Build().Labels.Select((LabelDeclaration l) => l.Name).Order(),
        typeof(InsertProtocolTests)
            .GetMethod(nameof(Each_precaution_is_needed))!.GetCustomAttributes(false)
            .OfType<InlineDataAttribute>()
            .Select(d => (string)d.Data[0]!)
            .Order());
}
