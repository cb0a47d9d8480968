namespace Checker.Tests.Cli;

public sealed class MutateTests
{
    private const string Small = "--protocol PageLifecycle --design separate,honest";

    [Fact]
    public void The_report_counts_mutants_by_kind_and_says_who_noticed()
    {
        var outcome = Program.Call($"mutate {Small} --no-proofs");

        Assert.Equal(0, outcome.Code);
        Assert.Matches(@"(?m)^  separate,honest +[\d.]+ +86 ", outcome.Output);
        Assert.Contains("  constant      32", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("NoMappingOutlivesItsFrame", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("can do something that the model cannot", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_not_missed_are_explained()
    {
        var outcome = Program.Call($"mutate {Small} --kind label");

        Assert.Equal(0, outcome.Code);
        Assert.Contains("accept.once               redundant for any size", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("0 unexplained", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_a_run_for_each_mutant()
    {
        var outcome = Program.Call($"mutate {Small} --kind label --json");

        var runs = outcome.Json.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(9, runs.Count);
        var zap = runs.Single(r => r.GetProperty("mutant").GetString() == "punch.zap");
        Assert.Equal(
            ("label", "separate,honest", "killed", "NoMappingOutlivesItsFrame", 5),
            (zap.GetProperty("kind").GetString(), zap.GetProperty("design").GetString(),
            zap.GetProperty("verdict").GetString(), zap.GetProperty("property").GetString(), zap.GetProperty("length").GetInt32()));
        var once = runs.Single(r => r.GetProperty("mutant").GetString() == "accept.once");
        Assert.Equal(
            ("survived", "equivalent", "redundant"),
            (once.GetProperty("verdict").GetString(), once.GetProperty("class").GetString(), once.GetProperty("because").GetString()));
    }

    [Fact]
    public void What_the_memory_does_not_suffice_for_is_unfinished()
    {
        var outcome = Program.Call($"mutate {Small} --memory 1M");

        Assert.Equal(3, outcome.Code);
        Assert.Contains("UNFINISHED", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("the memory did not suffice for", Assert.Single(outcome.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutant_by_name_shows_its_trace_and_the_file_replays()
    {
        using var folder = new Folder();
        string traces = folder["traces"];
        var outcome = Program.Call($"mutate {Small} --mutant Fill.guard3 --traces {traces}");

        Assert.Equal(0, outcome.Code);
        Assert.Contains("killed by FrameHasOneUse in", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("mutant Fill.guard3", outcome.Output, StringComparison.Ordinal);
        string file = Assert.Single(Directory.GetFiles(traces, "*.json", SearchOption.AllDirectories));
        var replayed = Program.Run("replay", file);
        Assert.Equal(0, replayed.Code);
        Assert.Contains("The interpreter accepts all", replayed.Output, StringComparison.Ordinal);

        // The trace is no behaviour of the unchanged model.
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("\"mutant\": \"Fill.guard3\"", "\"mutant\": \"Fill.guard1\"", StringComparison.Ordinal));
        Assert.Equal(1, Program.Run("replay", file).Code);
        File.WriteAllText(file, text.Replace("\"mutant\": \"Fill.guard3\"", "\"mutant\": \"Fill.gard3\"", StringComparison.Ordinal));
        var unknown = Program.Run("replay", file);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("did you mean 'Fill.guard3'?", unknown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mutate --kind labl", "unknown kind 'labl' of mutants", "did you mean 'label'?")]
    [InlineData(
        "mutate --protocol PageLifecycle --mutant Fill.gard3",
        "unknown mutant 'Fill.gard3' of PageLifecycle",
        "did you mean 'Fill.guard3'?")]
    [InlineData("mutate --design sw,hole,separate,honest --mutant punch.zapp", "did you mean 'punch.zap'?")]
    [InlineData("mutate --bounds 60,2,1,1,1 --json", "bits", "smaller bounds")]
    [InlineData("mutate --threads 0", "--threads 0", "from 1 to 64")]
    [InlineData("mutate --memory 4X", "512M or 4G")]
    [InlineData("mutate --traces /nowhere/at/all/traces --protocol Nix", "unknown protocol 'Nix'")]
    public void Bad_input_is_one_line(string arguments, params string[] expected)
    {
        var outcome = Program.Call(arguments);

        Assert.Equal(2, outcome.Code);
        Assert.Empty(outcome.Output);
        string line = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(expected, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_directory_that_is_not_empty_is_not_written_to()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["there"], "");
        var outcome = Program.Call($"mutate {Small} --traces {Path.GetDirectoryName(folder["there"])}");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("not an empty directory", outcome.Error, StringComparison.Ordinal);
    }
}
