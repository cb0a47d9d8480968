using System.Text.Json;
using System.Text.RegularExpressions;
using Checker.Composition.Protocols;
using Checker.Model.Ir;

namespace Checker.Tests.Cli;

/// <summary>The command <c>checker verify</c> from end to end: its output and its exit code.</summary>
public sealed class VerifyTests
{
    private const string Mutant = "verify --protocol PageLifecycle --design separate,honest --drop punch.zap";

    [Fact]
    public void A_row_of_the_reference_comes_out_as_json_and_nothing_else()
    {
        var outcome = Program.Call("verify --bounds 1,2,1,1,1 --design sw,hole,separate,honest --no-symmetry --json");
        Assert.Equal(0, outcome.Code);
        Assert.Empty(outcome.Error);
        var run = outcome.Run;
        Assert.Equal(
            [
                "protocol", "platform", "designation", "backing", "vmm", "bounds", "dropped", "distinct", "generated", "depth",
                "verdict", "property", "length", "seconds", "problems", "properties"
            ],
            run.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ("sw", "hole", "separate", "honest"),
            (Text(run, "platform"), Text(run, "designation"), Text(run, "backing"), Text(run, "vmm")));
        Assert.Equal("1,2,1,1,1", Text(run, "bounds"));
        Assert.Empty(run.GetProperty("dropped").EnumerateArray());
        Assert.Equal((9064, 42683, 41), (Number(run, "distinct"), Number(run, "generated"), Number(run, "depth")));
        Assert.Equal("holds", Text(run, "verdict"));
        Assert.Equal(
            (JsonValueKind.Null, JsonValueKind.Null),
            (run.GetProperty("property").ValueKind, run.GetProperty("length").ValueKind));
        Assert.Equal(JsonValueKind.Number, run.GetProperty("seconds").ValueKind);
        Assert.Empty(run.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public void A_mutant_is_violated_by_the_shortest_length()
    {
        var outcome = Program.Call("verify --design snp,attribute,separate,spurious --drop set.zap --drop set.flush --no-symmetry --json");
        Assert.Equal(1, outcome.Code);
        Assert.Equal("violated", Text(outcome.Run, "verdict"));
        Assert.Equal("MappingFollowsDesignation", Text(outcome.Run, "property"));
        Assert.Equal(9, Number(outcome.Run, "length"));
        Assert.Equal(["set.zap", "set.flush"], outcome.Run.GetProperty("dropped").EnumerateArray().Select(d => d.GetString()));
    }

    [Fact]
    public void Labels_may_be_a_list_and_patterns_may_be_repeated()
    {
        var outcome = Program.Call("verify --protocol PageLifecycle --design separate,honest --design *,spurious --drop "
            + "punch.zap,punch.sanitise --json");
        Assert.Equal(1, outcome.Code);
        Assert.Equal(
            ["separate,honest", "separate,spurious", "inplace,spurious"],
            outcome.Json.GetProperty("runs").EnumerateArray().Select(r => $"{Text(r, "backing")},{Text(r, "vmm")}"));
        Assert.All(outcome.Json.GetProperty("runs").EnumerateArray(), r => Assert.Equal(2, r.GetProperty("dropped").GetArrayLength()));
    }

    [Fact]
    public void A_violation_is_shown_as_a_trace_with_its_sentence()
    {
        var (code, output, error) = Program.Call(Mutant);
        Assert.Equal(1, code);
        Assert.Empty(error);
        Assert.Contains("VIOLATED: NoMappingOutlivesItsFrame, 5 states", output, StringComparison.Ordinal);
        Assert.Contains("state 5 violates NoMappingOutlivesItsFrame", output, StringComparison.Ordinal);
        Assert.Contains("without punch.zap", output, StringComparison.Ordinal);
        Assert.Contains(
            Registry.Get("PageLifecycle").ClaimOf("NoMappingOutlivesItsFrame")!.Sentence,
            Program.Words(output),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_expected_violation_is_no_failure_and_leaves_the_others_decided()
    {
        var (code, output, _) = Program.Call("verify --design sw,hole,separate,spurious");
        Assert.Equal(0, code);
        Assert.Contains("violated, as expected: NoSilentCorruption, 29 states", output, StringComparison.Ordinal);
        Assert.Contains("state 29 violates NoSilentCorruption", output, StringComparison.Ordinal);
        Assert.DoesNotContain("  not decided", output, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_label_dropped_no_violation_is_expected()
    {
        var outcome = Program.Call("verify --design sw,hole,separate,spurious --drop convert.zap --json");
        Assert.Equal(1, outcome.Code);
        Assert.Equal("NoSilentCorruption is violated", Assert.Single(outcome.Run.GetProperty("problems").EnumerateArray()).GetString());
    }

    [Fact]
    public void A_label_that_a_design_does_not_have_is_pointed_out()
    {
        var (code, output, _) = Program.Call("verify --design sw,hole,separate,honest --drop convert.zap");
        Assert.Equal(0, code);
        Assert.Contains("no action has the label convert.zap: dropping it changes nothing", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_memory_it_does_not_finish_and_says_how_far_it_came()
    {
        var (code, output, _) = Program.Call("verify --design sw,hole,separate,honest --memory 1M");
        Assert.Equal(3, code);
        Assert.Contains("not finished: 1M of memory used up; the first", output, StringComparison.Ordinal);
        Assert.Contains("1 design: 1 not finished.", output, StringComparison.Ordinal);
        Assert.Equal("undecided", Text(Program.Call("verify --design sw,hole,separate,honest --memory 1M --json").Run, "verdict"));
    }

    [Fact]
    public void One_property_alone_can_be_asked_for()
    {
        // Without the label several properties are violated, but not the requested one.
        var (code, output, _) = Program.Call($"{Mutant} --property NeverDirectlyPrivate");
        Assert.Equal(0, code);
        Assert.Contains("1 design: 1 holds.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_design_without_the_property_is_left_out() => Assert.All(
        Program.Call("verify --protocol PageLifecycle --property GuestSurvives --json").Json.GetProperty("runs").EnumerateArray(),
        r => Assert.Equal("honest", Text(r, "vmm")));

    [Fact]
    public void What_should_be_possible_is_shown_when_asked_for()
    {
        var (code, output, _) = Program.Call("verify --protocol Counter --property AllDone");
        Assert.Equal(0, code);
        Assert.Contains("AllDone is possible", output, StringComparison.Ordinal);
        Assert.Contains("state 7", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_property_that_holds_is_named_without_a_violation_as_well()
    {
        string one = Program.Call("verify --protocol Counter --every-property").Output;
        string several = Program.Call("verify --protocol PageLifecycle --every-property --no-proofs").Output;

        Assert.Contains("\n  hold: NoLostUpdate, StopsOnlyWhenDone, InRange(Store.total)\n", one, StringComparison.Ordinal);
        Assert.Contains("\n  possible: AllDone, TwoIncrements\n", one, StringComparison.Ordinal);
        Assert.Contains("\n  hold in all designs: HostNeverReachesPrivate, ", several, StringComparison.Ordinal);
        Assert.Contains("\n  hold in vmm honest: GuestSurvives\n", several, StringComparison.Ordinal);
        Assert.Contains("\n  possible in vmm spurious: ", several, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_property_has_its_own_trace()
    {
        var (code, output, _) = Program.Call("verify --protocol Counter --drop lock --bounds 2 --every-property");
        Assert.Equal(1, code);
        Assert.Contains("violates NoLostUpdate", output, StringComparison.Ordinal);
        Assert.Contains("\n  hold: ", output, StringComparison.Ordinal);
        Assert.Contains("StopsOnlyWhenDone", output[output.IndexOf("\n  hold: ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("  not decided", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Z3_is_asked_as_well()
    {
        var (code, output, error) = Program.Call("verify --protocol PageLifecycle --design inplace,honest --cross-check --bmc-depth 4");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"cross-checked to 4 steps by libz3 \d+\.\d+\.\d+ \(.+\)", output);
        Assert.Contains("1 design: 1 holds. Z3 agrees on all.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void At_another_size_what_is_not_possible_is_a_note()
    {
        // One worker cannot make two increments.
        var (code, output, _) = Program.Call("verify --protocol Counter --bounds 1");
        Assert.Equal(0, code);
        Assert.Contains("TwoIncrements is not possible", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_properties_are_grouped_below_the_violations()
    {
        var lifecycle = Registry.Get("PageLifecycle");
        var protocol = lifecycle with
        {
            // The host maps a frame before the guest gives it up, and no frame ever stays secret.
            Build = d => lifecycle.Build(d) is var model
                ? model with { Properties = [.. model.Properties.Select(p => p.Name == "RoundTrip" ? Swapped(p) : Broken(p))] }
                : null!,
        };
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter());

        Assert.Equal(1, Checker.Cli.CommandLine.Run(["verify", "--no-proofs", "--every-property"], new([protocol]), [], output, error));
        string text = output.ToString();
        string[] entries = [.. Regex.Matches(text, @"^  RoundTrip: .*$", RegexOptions.Multiline).Select(m => m.Value)];
        Assert.Single(entries);
        Assert.True(text.IndexOf("\nViolated:", StringComparison.Ordinal) < text.IndexOf("\nImpossible:", StringComparison.Ordinal));
        Assert.Matches(@" scenario RoundTrip \(\S+:\d+\) cannot go on after Unshare \(action 1 of 12\): Map is not enabled, because .*"
            + @" in backing inplace ", Program.Words(text));
        Assert.Matches(@" scenario RoundTrip \(\S+:\d+\) cannot go on after Unshare \(action 1 of 8\): Map is not enabled, because .*"
            + @" in backing separate ", Program.Words(text));

        static PropertyDeclaration Swapped(PropertyDeclaration p) =>
            p with { Actions = [.. p.Actions.Select(a => a == "Map" ? "Fill" : a == "Fill" ? "Map" : a)] };

        static PropertyDeclaration Broken(PropertyDeclaration p) => p.Name == "FrameHasOneUse" ? p with { Formula = Node.False } : p;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_number_of_threads_changes_nothing(int threads)
    {
        string Report(int n) => Program.Call($"verify --design snp,hole,separate,honest --drop punch.flush --threads {n}").Output;
        Assert.Equal(Traces(Report(1)), Traces(Report(threads)));

        // The memory reserved in advance depends on the number of threads.
        static string Traces(string output) =>
            Regex.Replace(output[output.IndexOf("\nViolated:", StringComparison.Ordinal)..], "[0-9.]+M for all", "");
    }

    private static string? Text(JsonElement run, string key) => run.GetProperty(key).GetString();

    private static long Number(JsonElement run, string key) => run.GetProperty(key).GetInt64();
}
