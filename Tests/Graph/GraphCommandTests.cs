using Checker.Composition;
using Checker.Composition.Protocols;

namespace Checker.Tests.Graph;

public sealed class GraphCommandTests
{
    [Theory]
    [InlineData("graph", "give one of them")]
    [InlineData("graph --to dot --components --protocol Counter", "give one of them")]
    [InlineData("graph --to dots --protocol Counter", "did you mean 'dot'")]
    [InlineData("graph --to dot", "draws one design")]
    [InlineData("graph --to dot --protocol PageLifecycle --design separate,honest --bounds 4,4", "more than the 1,000 of --limit")]
    [InlineData("graph --to dot --protocol Counter --limit 0", "--limit 0: allowed")]
    [InlineData("graph --to dot --protocol Counter --around-trace", "no trace to draw around")]
    [InlineData("graph --to dot --protocol Counter --radius 1", "--radius is for --around-trace")]
    [InlineData("graph --to dot --protocol Counter --drop lock --around-trace --radius -1", "--radius -1: allowed")]
    [InlineData("graph --components --protocol Counter --out x", "for drawing")]
    [InlineData("graph --to dot --protocol Counter --out /nowhere/x.dot", "there is no directory /nowhere")]
    public void Bad_input_is_one_line_and_code_2(string command, string says)
    {
        var (code, output, error) = Run(command);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(says, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gets_what_would_have_been_printed()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("checker").FullName, "g.dot");
        try
        {
            const string Draw = "graph --to dot --protocol Counter --drop lock --bounds 2 --around-trace --radius 1";
            Assert.Equal((0, "", ""), Run($"{Draw} --out {file}"));
            Assert.Equal((0, File.ReadAllText(file), ""), Run(Draw));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public void One_design_shows_the_way_to_where_it_is_stuck()
    {
        var (code, output, _) = Run("graph --components --protocol PageLifecycle --design separate,spurious");
        Assert.Equal(0, code);
        Assert.Contains("dead stays true", output, StringComparison.Ordinal);
        Assert.Contains("Touch(p=", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_designs_have_an_answer_each()
    {
        var (code, output, _) = Run("graph --components --protocol PageLifecycle");
        Assert.Equal(0, code);
        string[] answers = [.. output.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("returns ", StringComparison.Ordinal))];
        Assert.Equal(4, answers.Length);
        Assert.All([answers[0], answers[2]], a => Assert.Matches("^returns +always$", a));
        Assert.All([answers[1], answers[3]], a => Assert.Matches(@"^returns +not after \d+ steps: ", a));
    }

    private static (int Code, string Output, string Error) Run(string command)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        int code = Checker.Cli.CommandLine.Run(command.Split(' '), Registry.All, ProtocolCommands.All, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
