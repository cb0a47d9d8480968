using System.Collections.Immutable;
using System.Text.Json;
using Checker.App;
using Checker.Cli.Report;
using Checker.Composition.Protocols;
using Checker.Composition.Discussion2022;
using Checker.Composition.InPlace;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Solver.Explicit;

namespace Checker.Tests.Cli;

/// <summary>JSON tells if every question has an answer, and each of its members has one meaning.</summary>
public sealed class FinishedTests
{
    [Theory]
    [InlineData("verify --protocol Counter --json")]
    [InlineData("walk --protocol Counter --walks 2 --seed 1 --json")]
    [InlineData("bmc --protocol Counter --depth 1 --json")]
    [InlineData("prove --protocol PageLifecycle --design separate,honest --json")]
    [InlineData("mutate --protocol Counter --kind label --no-proofs --json")]
    [InlineData("designs --platform sw --vmm honest --guards none --json")]
    [InlineData("lifecycle --design sw,attribute,separate,honest --json")]
    [InlineData("claims S6 --design sw,hole,separate,honest --no-proofs --json")]
    [InlineData("infer --protocol PageLifecycle --design separate,honest --variables 1 --literals 1 --json")]
    public void A_whole_run_is_finished(string arguments)
    {
        var json = Program.Call(arguments).Json;
        Assert.True(json.GetProperty("finished").GetBoolean());
        var runs = json.EnumerateObject()
            .Where(p => p.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(p => p.Value.EnumerateArray())
            .ToList();
        string[] keys = [.. Registry.All.SelectMany(p => p.DesignKeys)];
        // The name of a new member must differ from the names of a design's parts.
        foreach (var run in arguments.StartsWith("claims", StringComparison.Ordinal)
            ? [.. runs.SelectMany(r => r.GetProperty("answers").EnumerateArray())]
            : arguments.StartsWith("mutate", StringComparison.Ordinal) || arguments.StartsWith("designs", StringComparison.Ordinal)
            ? []
            : runs.Where(r => r.ValueKind == JsonValueKind.Object))
        {
            Assert.All(
                run.EnumerateObject().Select(m => m.Name).Except(keys, StringComparer.Ordinal),
                name => Assert.True(Checker.Cli.Report.Json.RunMembers.Contains(name), name));
        }
    }

    [Fact]
    public void A_part_of_a_design_does_not_take_the_name_of_another_member()
    {
        var protocol = Registry.Get("PageLifecycle") with { DesignKeys = ["lemmas", "vmm"] };
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            Checker.Cli.Report.Json.Parts(json, protocol, protocol.Designs[0]);
            json.WriteEndObject();
        }

        Assert.Equal("""{"designLemmas":"separate","vmm":"honest"}""", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Claims_of_a_run_that_was_broken_off_are_not_finished()
    {
        var claims = SeedClaims.All.Where(c => c.Id == "S6").ToImmutableArray();
        var jobs = SeedModel.Protocols.SelectMany(p => p.Designs.Select(d => SeedRun.JobOf(p, d, claims))).OfType<Job>().ToList();
        var run = SeedRun.Do(jobs[0], new() { Threads = 1 }, proofs: false, _ => new MemoryStream());
        var verdict = Assert.Single(SeedVerdict.Of(claims, [run], jobs[1..]));
        Assert.False(verdict.IsFinished);
        Assert.Contains(SeedText.Describe(verdict), line => line.StartsWith("not finished", StringComparison.Ordinal));
        Assert.True(Assert.Single(SeedVerdict.Of(claims, [run])).IsFinished);
    }

    [Fact, Trait("Tier", "slow")]
    public void Progress_over_pairs_counts_them()
    {
        var seen = new List<(int Done, int All)>();
        var design = DesignSpace.Designs.Single(d => d.Id == "pkvm,attribute,inplace,honest");
        Survey.Of(design, Parts.Orders | Parts.Pairs, ProofEffort.None, 1, seen.Add, TestContext.Current.CancellationToken);
        Assert.All(seen, s => Assert.InRange(s.Done, 1, s.All));
        Assert.Equal(seen[^1].All, seen[^1].Done);
    }

    [Fact]
    public void What_is_stopped_does_not_refine()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var job = Plan.Of(new(Registry.All, "Counter", [], null, [], [])).Single();
        var run = Checker.App.Run.Do(job, new(new ExplorationOptions { Cancellation = stopped.Token }, null), _ => new MemoryStream());
        Assert.Null(new Checker.Composition.Refinement.Lifecycle.EdgesTaken(job, [], run).Refines);
        var output = new StringWriter();
        RunJson.Write(output, [run], finished: false);
        Assert.Contains("\"finished\": false", output.ToString(), StringComparison.Ordinal);
    }
}
