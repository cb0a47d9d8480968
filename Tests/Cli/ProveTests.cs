using System.Text.Json;
using System.Text.RegularExpressions;

namespace Checker.Tests.Cli;

/// <summary>The commands about proofs, from end to end.</summary>
public sealed class ProveTests
{
    private const string Design = "--design sw,hole,separate,spurious";

    [Fact]
    public void A_design_is_proved()
    {
        var outcome = Program.Call($"prove {Design}");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("1 design: 1 proved.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("not claimed: NoSilentCorruption", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_comes_out_as_json_and_nothing_else()
    {
        var run = Program.Call($"prove {Design} --json").Run;
        Assert.Equal("proved", run.GetProperty("verdict").GetString());
        Assert.Equal(("sw", "hole", "separate", "spurious"), (Text("platform"), Text("designation"), Text("backing"), Text("vmm")));
        Assert.True(run.GetProperty("obligations").GetInt32() > run.GetProperty("conjuncts").GetInt32());
        Assert.Contains("HostNeverReachesPrivate", run.GetProperty("proved").EnumerateArray().Select(p => p.GetString()));
        Assert.Empty(run.GetProperty("open").EnumerateArray());

        string? Text(string key) => run.GetProperty(key).GetString();
    }

    [Fact, Trait("Tier", "slow")]
    public void A_mutant_is_refuted_with_its_shortest_trace_and_the_false_lemma()
    {
        var outcome = Program.Call("prove --design snp,attribute,separate,spurious --drop discard.host_flush");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("REFUTED: HostNeverReachesPrivate, 11 states", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("not shown: DiscardFree preserves UserMapsShared", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("The state can be reached, so UserMapsShared is false", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_known_to_be_violated_is_refuted_when_asked_for_by_name()
    {
        var outcome = Program.Call($"prove {Design} --property NoSilentCorruption --explain 0 --json");
        Assert.Equal(1, outcome.Code);
        Assert.Equal(("refuted", 29), (outcome.Run.GetProperty("verdict").GetString(), outcome.Run.GetProperty("length").GetInt32()));
    }

    [Fact]
    public void The_matrix_has_a_row_for_each_action()
    {
        var outcome = Program.Call("prove --protocol PageLifecycle --design separate,honest --matrix");
        foreach (string action in new[] { "initial state", "Accept", "Punch", "Map" })
        {
            Assert.Matches($"(?m)^{action} +[.+]", outcome.Output);
        }
    }

    [Fact]
    public void A_certificate_is_written_and_confirmed()
    {
        using var folder = new Folder();
        string directory = folder["certificate"];
        var written = Program.Run("prove", "--protocol", "PageLifecycle", "--certificate", directory);
        Assert.Equal(0, written.Code);
        Assert.Contains("wrote the certificate of 4 designs", written.Error, StringComparison.Ordinal);

        var certified = Program.Run("certify", directory, "--json");
        Assert.Equal(0, certified.Code);
        var runs = certified.Json.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(4, runs.Count);
        Assert.All(
            runs,
            r => Assert.Empty(r.GetProperty("unconfirmed").EnumerateArray().Concat(r.GetProperty("contradicted").EnumerateArray())));
        Assert.All(runs, r => Assert.True(r.GetProperty("confirmed").GetInt32() > 100));
    }

    [Theory]
    [InlineData("prove --timeout 0", 2, "--timeout 0: allowed is a number from 1 to")]
    [InlineData("prove --protocol Counter", 2, "is an integer")]
    [InlineData("prove --drop punch.flsh", 2, "did you mean 'punch.flush'?")]
    [InlineData("certify /no/such/directory", 2, "manifest.json")]
    [InlineData("bmc --depth -1", 2, "--depth -1: allowed is a number from 0 to")]
    [InlineData("kind --k many", 2, "--k many: allowed is a number from 0 to")]
    [InlineData("infer --literals 9", 2, "--literals 9: allowed is a number from 1 to 4")]
    public void Bad_input_is_one_line(string command, int code, string said)
    {
        var outcome = Program.Call(command);
        Assert.Equal(code, outcome.Code);
        Assert.Empty(outcome.Output);
        Assert.Contains(said, Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_solver_that_is_not_there_is_a_matter_of_the_environment()
    {
        using var folder = new Folder();
        string directory = folder["certificate"];
        Program.Run("prove", "--protocol", "PageLifecycle", "--design", "separate,spurious", "--certificate", directory);

        var outcome = Program.Run("certify", directory, "--solver", "no-such-solver");

        Assert.Equal(4, outcome.Code);
        Assert.Contains("no-such-solver", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_does_not_overwrite_other_things()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["precious"], "");

        var outcome = Program.Run("prove", "--protocol", "PageLifecycle", "--certificate", Path.GetDirectoryName(folder["precious"])!);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("it has other things in it", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounded_engines_agree_with_exploration_on_the_length()
    {
        const string Mutant = "--design snp,attribute,separate,spurious --drop fault.check_private --json";
        foreach (string command in new[] { "bmc --depth 8", "kind --k 8" })
        {
            var outcome = Program.Call($"{command} {Mutant}");
            Assert.Equal(1, outcome.Code);
            Assert.Equal(("violated", 7), (outcome.Run.GetProperty("verdict").GetString(), outcome.Run.GetProperty("length").GetInt32()));
        }

        var holds = Program.Call("bmc --depth 4 --design snp,attribute,separate,spurious --json");
        Assert.Equal(0, holds.Code);
        Assert.Equal(
            ("holds", JsonValueKind.Null),
            (holds.Run.GetProperty("verdict").GetString(), holds.Run.GetProperty("length").ValueKind));
    }

    [Fact]
    public void An_induction_that_fails_shows_the_states_that_it_fails_on()
    {
        const string Arguments = "kind --k 1 --design snp,attribute,separate,honest --property HostNeverReachesPrivate";
        var (code, output, _) = Program.Call(Arguments);

        Assert.Equal(3, code);
        Assert.Contains("not inductive for any k up to 1", output, StringComparison.Ordinal);
        Assert.Contains("not necessarily reachable, so this is no violation", Program.Words(output), StringComparison.Ordinal);
        Assert.Contains("state 2 violates HostNeverReachesPrivate", output, StringComparison.Ordinal);

        var json = Program.Call(Arguments + " --json").Run.GetProperty("inductionCounterexample");
        Assert.Equal(
            ("HostNeverReachesPrivate", false, 2),
            (
                json.GetProperty("property").GetString(),
                json.GetProperty("necessarilyReachable").GetBoolean(),
                json.GetProperty("states").GetArrayLength()));
    }

    [Theory]
    [InlineData("infer --protocol PageLifecycle --design inplace,honest --drop fill.free --property FrameHasOneUse")]
    [InlineData("infer --design snp,attribute,separate,spurious --drop discard.host_flush")]
    public void A_refutation_names_the_command_that_shows_the_violation(string arguments)
    {
        var outcome = Program.Call(arguments);

        Assert.Equal(1, outcome.Code);
        string command = Regex.Match(outcome.Output, "`[^ ]*checker (verify [^`]*)`").Groups[1].Value;
        Assert.Contains("--design", command, StringComparison.Ordinal);
        Assert.Contains("--bounds", command, StringComparison.Ordinal);
        var verified = Program.Call(command);
        Assert.Equal(1, verified.Code);
        // The heading of the trace names the same instance.
        string design = Regex.Match(arguments, "--design ([^ ]*)").Groups[1].Value;
        string bounds = Regex.Match(command, "--bounds ([^ ]*)").Groups[1].Value;
        Assert.Contains($" {design}, bounds {bounds}, without ", Program.Words(outcome.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void An_inference_that_fails_says_where_and_for_which_template()
    {
        var outcome = Program.Call("infer --protocol PageLifecycle --design inplace,honest --variables 1 --literals 1");

        Assert.Equal(3, outcome.Code);
        Assert.Contains(
            "every set that is inductive in the instances that were sampled and in the instance with Page 2, "
                + "Frame 2 allows a state that violates the property",
            Program.Words(outcome.Output),
            StringComparison.Ordinal);
        Assert.Contains("at most 1 literal about at most 1 element", Program.Words(outcome.Output), StringComparison.Ordinal);
        Assert.Contains("  The state: as the initial one, but ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lemmas_are_inferred_and_printed_as_code()
    {
        var outcome = Program.Call("infer --protocol PageLifecycle --design separate,honest");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("proved for any number of Page, Frame (1 or more)", Program.Words(outcome.Output), StringComparison.Ordinal);
        Assert.Contains(".Lemma(\"Inferred1\"", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_shows_what_is_proved_for_any_size()
    {
        var outcome = Program.Call("verify --protocol PageLifecycle");
        Assert.Equal(0, outcome.Code);
        Assert.Matches(@"(?m)^  separate,spurious +P P P P P \. P P$", outcome.Output);
        Assert.DoesNotContain("all sizes", Program.Call("verify --protocol PageLifecycle --no-proofs").Output, StringComparison.Ordinal);
    }
}
