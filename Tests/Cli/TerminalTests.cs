using Checker.Cli.Report;

namespace Checker.Tests.Cli;

/// <summary>The layout on a terminal of 80 columns.</summary>
public sealed class TerminalTests
{
    [Fact]
    public void A_long_line_is_not_broken()
    {
        var output = new StringWriter { NewLine = "\n" };
        string command = $"./checker verify --design {new string('x', 40)} --property {new string('y', 40)} --no-symmetry";
        new Terminal(output, columns: 80).Line($"  the command: {command}");
        Assert.Equal($"  the command: {command}\n", output.ToString());
    }
}
