using Checker.App;
using Checker.App.Pages;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Solver.Traces;
using Checker.Tests.Architecture;

namespace Checker.Tests.Cli;

/// <summary>Known bugs: each is found in the model which has it, by a trace of the declared length.</summary>
public sealed class BugTests
{
    private static readonly Protocol s_ranges = Registry.Get("RangeConversion");

    private static IEnumerable<(Protocol Protocol, Bug Bug)> All => Registry.All.SelectMany(p => p.Bugs.Select(b => (p, b)));

    public static TheoryData<string> Ids => [.. All.Select(b => b.Bug.Id)];

    [Theory, MemberData(nameof(Ids)), Trait("Tier", "slow")]
    public void A_known_bug_is_found_and_its_trace_can_be_replayed_from_its_header(string id)
    {
        var (protocol, bug) = All.Single(b => b.Bug.Id == id);
        var run = BugRun.Do(protocol, bug, new() { Threads = Machine.Cores });

        Assert.Equal((null, BugVerdict.Found), (run.Problem, run.Verdict));
        var scope = TraceModel.Of(Registry.All, run.Trace!.Header);
        Assert.Equal(run.Trace.Scope.Cells.Select(c => c.ToString()), scope.Cells.Select(c => c.ToString()));
        _ = Replay.Check(new Trace(
            scope,
            scope.System.Property(bug.Property),
            [
                .. run.Trace.States.Select(s => s with
                {
                    Instance = s.Instance is { } i ? scope.Instances.Single(o => o.ToString() == i.ToString()) : null,
                }),
            ],
            run.Trace.LastStep));
    }

    [Fact]
    public void Ids_are_unique_and_texts_are_sentences()
    {
        Assert.Equal(All.Select(b => b.Bug.Id).Distinct().Count(), All.Count());
        Assert.All(All.Select(b => b.Bug), bug =>
        {
            Assert.All([bug.Mechanism, bug.Prevention], text => Assert.EndsWith(".", text, StringComparison.Ordinal));
            Assert.All([bug.Title, bug.Source, bug.Fix], text => Assert.False(text.EndsWith('.'), text));
        });
    }

    [Fact, Trait("Tier", "slow")]
    public void The_page_of_bugs_is_up_to_date()
    {
        string page = new BugsPage([.. All.Select(b => BugRun.Do(b.Protocol, b.Bug, new() { Threads = Machine.Cores }))]).Text();

        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "docs", "bugs.md")), page);
    }

    [Fact]
    public void A_bug_with_another_length_is_missed()
    {
        var bug = s_ranges.Bugs.First(b => b.Id == "E-L13");
        var run = BugRun.Do(s_ranges, bug with { Length = bug.Length + 1 }, new());

        Assert.Equal(BugVerdict.Missed, run.Verdict);
        Assert.Equal("E-L13: the shortest violation of GuestAgrees has 4 states, and 5 are declared", run.Problem);
    }

    [Fact]
    public void A_correct_model_has_no_bug()
    {
        var bug = s_ranges.Bugs.First(b => b.Id == "E-L13") with { Drop = [], Mutant = "Unpin.guard1", Property = "GuestAgrees" };
        var run = BugRun.Do(s_ranges, bug with { Bounds = [1, 1] }, new());

        Assert.Equal("E-L13 is missed: GuestAgrees holds in --mutant Unpin.guard1", run.Problem);
        Assert.Null(run.Trace);
    }

    [Fact]
    public void A_missed_bug_fails_the_command_and_leaves_the_page_as_it_is()
    {
        var wrong = s_ranges with { Bugs = [s_ranges.Bugs.First(b => b.Id == "E-L13") with { Length = 9 }] };
        using var folder = new Folder();
        string page = folder["bugs.md"];
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(1, Checker.Cli.CommandLine.Run(["bugs", "--write", page], new([wrong]), [], output, error));
        Assert.Contains("E-L13: the shortest violation of GuestAgrees has 4 states", output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(page));
    }

    [Theory]
    [InlineData("bugs E-L31 --protocol RangeConversion", "unknown bug 'E-L31'; did you mean 'E-L1'?")]
    [InlineData("bugs --protocol Counter", "Counter: there are no known bugs")]
    [InlineData("bugs E-L1 --write bugs.md", "--write is for all bugs")]
    [InlineData("bugs --write /nowhere/bugs.md", "--write /nowhere/bugs.md: ")]
    public void A_wrong_selection_is_one_line(string command, string message)
    {
        var (code, _, error) = Program.Call(command);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("begin.hall", "HugeEntryMatches", "has no label 'begin.hall'")]
    [InlineData("begin.hull", "HugeEntriesMatch", "RangeConversion has no invariant HugeEntriesMatch")]
    public void A_bug_that_names_nothing_is_refused_with_its_place(string label, string property, string message)
    {
        var wrong = s_ranges.Bugs.First(b => b.Id == "E-K1") with { Drop = [label], Property = property };

        var refused = Assert.Throws<BadInputException>(() => BugRun.Do(s_ranges, wrong, new()));

        Assert.StartsWith($"the bug E-K1 ({wrong.File}:{wrong.Line}): ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_search_finds_nothing_and_is_no_miss()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var run = BugRun.Do(s_ranges, s_ranges.Bugs[0], new() { Cancellation = stopped.Token });

        Assert.Equal((BugVerdict.Unfinished, null), (run.Verdict, run.Problem));
    }
}
