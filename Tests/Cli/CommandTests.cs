using System.Text.Json;
using Checker.Cli.Report;
using Checker.Composition.Protocols;
using Checker.Solver.Explicit;

namespace Checker.Tests.Cli;

/// <summary>The other commands.</summary>
public sealed class CommandTests
{
    [Fact]
    public void Without_arguments_it_is_a_guide_that_fits_on_a_screen()
    {
        var (code, output, error) = Program.Run();
        Assert.Equal((0, ""), (code, error));
        Assert.InRange(output.Split('\n').Length, 10, 24);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("verify --help")]
    [InlineData("list -h")]
    [InlineData("lifecycle -?")]
    [InlineData("replay --help")]
    [InlineData("doctor --help")]
    public void Help_says_how_it_is_used(string arguments)
    {
        var (code, output, error) = Program.Call(arguments);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("checker", output, StringComparison.Ordinal);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_names_the_solvers_as_well()
    {
        var (code, output, _) = Program.Run("--version");
        Assert.Equal(0, code);
        Assert.Matches(@"\Achecker \S+\nlibz3 (not found|\d+\.\d+\.\d+ \(.+\))\n(cvc5 not found|.*cvc5.*\d+\.\d+\.\d+.*)\n\z", output);
    }

    [Fact]
    public void Everything_that_is_listed_has_a_sentence()
    {
        var protocols = Program.Call("list --json").Json.GetProperty("protocols").EnumerateArray().ToList();
        Assert.Equal(Registry.All.Select(p => p.Name), protocols.Select(p => p.GetProperty("name").GetString()));
        Assert.All(protocols.SelectMany(p => p.GetProperty("labels").EnumerateArray().Concat(p.GetProperty("properties").EnumerateArray())),
            named => Assert.False(string.IsNullOrEmpty(named.GetProperty("sentence").GetString()), named.GetProperty("name").GetString()));
    }

    [Fact]
    public void One_subject_of_one_protocol_can_be_listed()
    {
        var (code, output, _) = Program.Call("list labels --protocol Counter");
        Assert.Equal(0, code);
        Assert.Contains("lock   a thread loads only while no other", output, StringComparison.Ordinal);
        Assert.DoesNotContain("NoLostUpdate", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Doctor_names_what_there_is()
    {
        var (code, output, _) = Program.Run("doctor");
        Assert.Equal(output.Contains("Missing:", StringComparison.Ordinal) ? 4 : 0, code);
        Assert.All([".NET SDK", "libz3", "memory", "cores", "terminal"], name => Assert.Contains(name, output, StringComparison.Ordinal));
    }

    [Fact]
    public void Doctor_names_the_optional_programs_also_as_json()
    {
        var names = Program.Call("doctor --json").Json.GetProperty("findings").EnumerateArray()
            .Select(f => f.GetProperty("name").GetString()).ToList();
        Assert.Superset(new HashSet<string?> { "libz3", "cvc5", "spin", "rumur", "gcc", "cadical", "chromium", "qemu-system-x86_64" },
            names.ToHashSet());
    }

    [Fact]
    public void Components_and_replays_are_printed_as_json()
    {
        var run = Assert.Single(Program.Call("graph --components --protocol Counter --json").Json.GetProperty("runs").EnumerateArray());
        Assert.Equal((31, false), (run.GetProperty("states").GetInt32(), run.GetProperty("alwaysReturns").GetBoolean()));

        using var folder = new Folder();
        string file = folder.Write("t.json", "");
        File.Delete(file);
        Program.Run("verify", "--protocol", "Counter", "--drop", "lock", "--no-proofs", "--trace-out", file);
        var replay = Program.Run("replay", file, "--json").Json;
        Assert.Equal((true, 5, "NoLostUpdate"),
            (replay.GetProperty("accepted").GetBoolean(), replay.GetProperty("length").GetInt32(),
            replay.GetProperty("property").GetString()));
    }

    [Fact]
    public void The_edges_of_a_design_are_a_table_and_a_diagram()
    {
        var (code, output, _) = Program.Call("lifecycle --design sw,hole,separate,honest");
        Assert.Equal(0, code);
        Assert.Contains("  stateDiagram-v2\n    [*] --> Shared\n", output, StringComparison.Ordinal);
        Assert.Contains("Shared --> ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_edges_as_json_are_those_of_the_life_cycle()
    {
        var outcome = Program.Call("lifecycle --design cca,hole,separate,honest --json");
        Assert.Equal(0, outcome.Code);
        var design = Assert.Single(outcome.Json.GetProperty("designs").EnumerateArray());
        Assert.True(design.GetProperty("refines").GetBoolean());
        var edges = design.GetProperty("edges")
            .EnumerateArray()
            .Select(e => (e.GetProperty("from").GetString(), e.GetProperty("to").GetString(), e.GetProperty("taken").GetString()))
            .ToList();
        Assert.Contains(("Tainted", "Private", "yes"), edges);
        // An honest VMM never punches a page on which the guest relies.
        Assert.DoesNotContain(("Accepted", "Punched", "yes"), edges);
    }

    [Fact]
    public void Progress_is_one_line() => Assert.Equal(
        "snp,hole,separate,honest: 3,000,000 states, 1.5M/s, depth 24, frontier 45,678, 120M",
        ProgressLine.Text("snp,hole,separate,honest", new Progress(3_000_000, 9_000_000, 23, 45_678, 120 << 20), TimeSpan.FromSeconds(2)));

    [Fact]
    public void Json_says_what_it_is_given_and_no_more() =>
        Assert.Equal(JsonValueKind.Object, Program.Call("list protocols --protocol Counter --json").Json.ValueKind);
}
