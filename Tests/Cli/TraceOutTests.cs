using Checker.Cli.Report;

namespace Checker.Tests.Cli;

/// <summary>From <c>verify --trace-out</c> to <c>replay</c>.</summary>
public sealed class TraceOutTests
{
    private const string Mutant = "verify --protocol PageLifecycle --design separate,honest --drop punch.zap --json --trace-out";

    [Theory]
    [InlineData("trace.json")]
    [InlineData("trace.itf.json")]
    public void What_is_written_is_replayed(string name)
    {
        using var folder = new Folder();
        var written = Program.Call($"{Mutant} {folder[name]}");
        Assert.Equal(1, written.Code);
        Assert.Contains($"wrote {folder[name]}", written.Error, StringComparison.Ordinal);
        Assert.Equal([name], folder.Files);
        var (code, output, error) = Program.Run("replay", folder[name]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("state 5 violates NoMappingOutlivesItsFrame", output, StringComparison.Ordinal);
        Assert.Contains("The interpreter accepts all 5 states.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_that_the_model_does_not_allow_is_refused_where_it_goes_wrong()
    {
        using var folder = new Folder();
        Program.Call($"{Mutant} {folder["trace.json"]}");
        // With the label the hole is punched properly, and the page is unmapped.
        string text = File.ReadAllText(folder["trace.json"]);
        string honest = text.Replace("\"punch.zap\"", "", StringComparison.Ordinal);
        Assert.NotEqual(text, honest);
        var (code, output, _) = Program.Run("replay", folder.Write("honest.json", honest));
        Assert.Equal(1, code);
        Assert.Contains("refused at state 5: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("separate,honest", "*,honest", "no design '*,honest'")]
    [InlineData("separate,honest", "Separate,honest", "no design 'Separate,honest'; did you mean 'separate,honest'?")]
    [InlineData("\"PageLifecycle\"", "\"pagelifecycle\"", "'protocol' is 'pagelifecycle'; it is written 'PageLifecycle'")]
    [InlineData("\"2,2\"", "\"2, 2\"", "'bounds' is '2, 2'")]
    [InlineData("\"separate,honest\"", "\"snp,attribute,inplace,spurious,zap_both\"", "has no design")]
    public void A_trace_that_is_not_named_exactly_is_refused(string old, string now, string says)
    {
        using var folder = new Folder();
        Program.Call($"{Mutant} {folder["trace.json"]}");
        string text = File.ReadAllText(folder["trace.json"]).Replace(old, now, StringComparison.Ordinal);
        var (code, output, error) = Program.Run("replay", folder.Write("renamed.json", text));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_violations_have_a_file_each()
    {
        using var folder = new Folder();
        var written = Program.Call("verify --protocol PageLifecycle --design *,honest --drop punch.zap --json --trace-out "
            + $"{folder["t.itf.json"]}");
        Assert.Equal(1, written.Code);
        Assert.Equal(["t.inplace,honest.itf.json", "t.separate,honest.itf.json"], folder.Files);
    }

    [Fact]
    public void Nothing_violated_nothing_written()
    {
        using var folder = new Folder();
        var outcome = Program.Call($"verify --protocol Counter --json --trace-out {folder["t.json"]}");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("was not written", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("a/out.json", null, null, "a/out.json")]
    [InlineData("a/out.json", "sw,hole,separate,honest", null, "a/out.sw,hole,separate,honest.json")]
    [InlineData("out.ITF.json", "d", "P", "out.d.P.ITF.json")]
    [InlineData("out.json", null, "P", "out.P.json")]
    [InlineData("out.json", null, "A/B", "out.A-B-998d3ed8983acf39.json")]
    public void Design_and_property_go_before_the_extension(string path, string? design, string? property, string expected) =>
        Assert.Equal(expected, TraceOut.Name(path, design, property, new HashSet<string>(StringComparer.Ordinal)));
}
