using System.Collections.Immutable;
using Checker.App;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Bounded;
using Checker.Solver.Explicit;

namespace Checker.Tests.Cli;

/// <summary>A difference from the declared verdicts makes the run fail, at the size of the declaration.</summary>
public sealed class JudgementTests
{
    private static readonly Protocol s_counter = Registry.Get("Counter");

    [Fact]
    public void All_as_expected() => Assert.Empty(Do(s_counter).Problems);

    [Fact]
    public void An_expected_violation_that_does_not_appear() =>
        Assert.Contains("NoLostUpdate holds, and was expected to be violated: so there", Do(Expecting("NoLostUpdate")).Problems);

    [Fact]
    public void At_another_size_it_is_a_note()
    {
        var run = Do(Expecting("NoLostUpdate"), bounds: "2");
        Assert.Empty(run.Problems);
        Assert.Contains(run.Judgement.Notes, n => n.Sentence.StartsWith("NoLostUpdate holds, and was expected", StringComparison.Ordinal));
    }

    [Fact]
    public void A_violation_that_is_expected_is_none_when_a_label_is_dropped()
    {
        var run = Do(Expecting("NoLostUpdate"), drop: "lock");
        Assert.Equal(Verdict.Violated, run.Verdict);
        Assert.Contains("NoLostUpdate is violated", run.Problems);
    }

    [Fact]
    public void A_witness_that_was_expected_not_to_exist() =>
        Assert.Contains("AllDone is possible, and was expected not to be: so there", Do(Expecting("AllDone")).Problems);

    [Fact]
    public void A_witness_that_does_not_exist() =>
        Assert.Contains(
            Do(s_counter with { DefaultBounds = [1] }).Problems,
            p => p.StartsWith("scenario TwoIncrements (Model/Protocols/Counter/Counter.cs:", StringComparison.Ordinal));

    [Fact]
    public void An_action_that_was_expected_never_to_happen()
    {
        var protocol = s_counter with
        {
            NeverFires = _ => new Dictionary<string, string>(StringComparer.Ordinal) { ["Store"] = "nobody stores" }
        };
        Assert.Equal(["Store happens, and was expected not to: nobody stores"], Do(protocol).Problems);
    }

    [Fact]
    public void An_action_that_never_happens()
    {
        var impossible = new ActionDeclaration(
            "Never",
            "nobody",
            [],
            [new Guard(Node.False, null, "false", default)],
            s_counter.Build(s_counter.Designs[0]).Action("Load").Updates[..0],
            default);
        var protocol = s_counter with
        {
            Build = d => s_counter.Build(d) is var model ? model with { Actions = model.Actions.Add(impossible) } : null!
        };
        Assert.Equal(["Never never happens"], Do(protocol).Problems);
    }

    [Theory]
    [InlineData(2, 0, 0, 0)]
    [InlineData(2, 1, 0, 3)]
    [InlineData(1, 0, 0, 3)]
    [InlineData(2, 0, 1, 1)]
    [InlineData(2, 1, 1, 1)]
    public void The_exit_code_puts_a_violation_before_what_is_not_finished(int done, int unfinished, int wrong, int code)
    {
        var (holds, broken, violated) = (Do(s_counter), Do(s_counter, cancelled: true), Do(s_counter, drop: "lock"));
        List<Run> runs = [
            .. Enumerable.Repeat(holds, done - unfinished - wrong),
            .. Enumerable.Repeat(broken, unfinished),
            .. Enumerable.Repeat(violated, wrong)
        ];
        Assert.Equal(code, Checker.Cli.Commands.Verify.CodeOf(runs, asked: 2));
    }

    [Fact]
    public void An_engine_that_disagrees_is_a_problem() =>
        Assert.Equal(["Z3 says no"], (Do(s_counter) with { CrossCheck = new(Accord.Disagree, "Z3 says no") }).Problems);

    [Fact]
    public void What_Z3_did_not_decide_is_not_finished()
    {
        var run = Do(s_counter) with { CrossCheck = new(Accord.Undecided, "Z3 is tired") };
        Assert.Empty(run.Problems);
        Assert.True(run.IsUnfinished);
        Assert.Equal(3, Checker.Cli.Commands.Verify.CodeOf([run], asked: 1));
    }

    private static Protocol Expecting(string property) => s_counter with
    {
        Claims = [new(s_counter.Name, property, "", "", "") { Violated = [("*", "so there")] }],
    };

    private static Run Do(Protocol protocol, string? bounds = null, string? drop = null, bool cancelled = false)
    {
        ImmutableArray<string> dropped = drop is null ? [] : [drop];
        var job = new Job(
            protocol,
            protocol.Designs[0],
            bounds is null ? Bounds.DefaultOf(protocol) : BoundsOption.Parse(protocol, bounds),
            new(() => protocol.Build(protocol.Designs[0]).Without(dropped)),
            dropped);
        return Run.Do(job, new(new ExplorationOptions { Cancellation = new(cancelled) }, null), _ => new StringReader(""));
    }
}
