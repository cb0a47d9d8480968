namespace Checker.Tests.Cli;

/// <summary>Traces as diagrams and as tests, from every command which shows traces.</summary>
public sealed class TraceFilesTests
{
    private const string Small = "--protocol PageLifecycle --design separate,honest --drop punch.zap";

    [Theory]
    [InlineData("verify " + Small + " --no-proofs", 1)]
    [InlineData("verify " + Small + " --no-proofs --json --simplest", 1)]
    [InlineData("walk " + Small + " --seed 1", 1)]
    [InlineData("bmc " + Small + " --depth 5", 1)]
    [InlineData("kind " + Small + " --k 6 --json", 1)]
    [InlineData("bmc --protocol Counter --property AllDone --depth 6 --json", 0)]
    [InlineData("mutate --protocol PageLifecycle --design separate,honest --mutant punch.zap", 0)]
    [InlineData("mutate --protocol PageLifecycle --design separate,honest --mutant punch.zap --json", 0)]
    [InlineData("designs --platform cca --vmm honest --order store,zap,flush,reclaim", 1)]
    public void Every_form_is_written(string command, int expected)
    {
        using var folder = new Folder();

        var outcome = Program.Call($"{command} --trace-out {folder["t.itf.json"]} --mermaid {folder["t.mmd"]} "
            + $"--plantuml {folder["t.puml"]} --as-test {folder["LostTrace.cs"]}");

        Assert.Equal(expected, outcome.Code);
        Assert.Equal(["LostTrace.cs", "t.itf.json", "t.mmd", "t.puml"], folder.Files);
        Assert.StartsWith("sequenceDiagram\n", File.ReadAllText(folder["t.mmd"]));
        Assert.StartsWith("@startuml\n", File.ReadAllText(folder["t.puml"]));
        string test = File.ReadAllText(folder["LostTrace.cs"]);
        Assert.Contains("public sealed class LostTrace\n", test, StringComparison.Ordinal);
        Assert.Contains("        global::Checker.Composition.Protocols.Registry.Get(\"", test, StringComparison.Ordinal);
        Assert.DoesNotContain("Add the namespace", test, StringComparison.Ordinal);
        Assert.Contains($"checker: wrote {folder["t.puml"]} (", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>A file of one form is made from a file of another.</summary>
    [Fact]
    public void A_replay_writes_the_same_as_the_search()
    {
        using var folder = new Folder();
        Program.Call($"verify {Small} --json --trace-out {folder["a.json"]} --mermaid {folder["a.mmd"]}");

        var (code, _, error) = Program.Call($"replay {folder["a.json"]} --trace-out {folder["b.itf.json"]} --mermaid {folder["b.mmd"]} "
            + $"--plantuml {folder["b.puml"]} --as-test {folder["B.cs"]}");

        Assert.Equal(0, code);
        Assert.Contains($"wrote {folder["b.mmd"]} (separate,honest: NoMappingOutlivesItsFrame, 5 states)", error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(folder["a.mmd"]), File.ReadAllText(folder["b.mmd"]));
        Assert.Equal(0, Program.Call($"replay {folder["a.json"]} --diff {folder["b.itf.json"]}").Code);
    }

    /// <summary>Each test has a class of its own, or a project could not have both.</summary>
    [Fact]
    public void Several_traces_have_a_file_each()
    {
        using var folder = new Folder();

        Program.Call($"verify --protocol PageLifecycle --design *,honest --drop punch.zap --json --as-test {folder["T.cs"]} "
            + $"--mermaid {folder["t"]}");

        Assert.Equal(["T.inplace,honest.cs", "T.separate,honest.cs", "t.inplace,honest", "t.separate,honest"], folder.Files);
        Assert.Contains("class T_inplace_honest\n", File.ReadAllText(folder["T.inplace,honest.cs"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_violated_nothing_written()
    {
        using var folder = new Folder();
        var outcome = Program.Call($"verify --protocol Counter --json --mermaid {folder["t.mmd"]} --as-test {folder["T.cs"]}");
        Assert.Equal(0, outcome.Code);
        Assert.Contains($"nothing is violated; {folder["t.mmd"]} was not written", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("verify --protocol Counter --as-test test.fs", "--as-test test.fs: the name of a test ends in .cs")]
    [InlineData("walk --protocol Counter --mermaid /nowhere/at/all.mmd", "--mermaid /nowhere/at/all.mmd: there is no directory")]
    [InlineData("bmc --protocol Counter --plantuml /", "--plantuml /: it is a directory")]
    [InlineData("kind --protocol Counter --trace-out t.txt", "a trace file ends in .json")]
    [InlineData("verify --protocol Counter --plantuml same --mermaid ./same", "--mermaid and --plantuml name the same file")]
    [InlineData("mutate --protocol Counter --mermaid t.mmd", "--mermaid is for the traces of --mutant")]
    [InlineData("designs --guards all --as-test T.cs", "--as-test is for one variant of one design")]
    [InlineData("verify --compare sw,hole,separate,* snp,hole,separate,* --mermaid t.mmd", "takes no --mermaid")]
    [InlineData("verify --compare sw,hole,separate,* snp,hole,separate,* --simplest", "takes no --simplest")]
    [InlineData("replay /nowhere.json --as-test T.txt", "the name of a test ends in .cs")]
    public void A_file_that_cannot_be_written_is_refused_before_the_work(string arguments, string says)
    {
        var (code, output, error) = Program.Call(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void The_simplest_trace_is_called_so()
    {
        var text = Program.Call($"verify {Small} --no-proofs --simplest");
        var json = Program.Call($"verify {Small} --no-proofs --simplest --json").Run;

        Assert.Contains("\nsimplest of the shortest: ", text.Output, StringComparison.Ordinal);
        var violated = json.GetProperty("properties").EnumerateArray().Single(p =>
            p.GetProperty("name").GetString() == "NoMappingOutlivesItsFrame");
        Assert.True(violated.GetProperty("simplicity").GetProperty("isSimplest").GetBoolean());
        Assert.DoesNotContain("simplest", Program.Call($"verify {Small} --no-proofs").Output, StringComparison.Ordinal);
    }
}
