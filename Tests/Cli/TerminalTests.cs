using Checker.Cli.Report;

namespace Checker.Tests.Cli;

/// <summary>The layout of an output of 80 columns.</summary>
public sealed class TerminalTests
{
    private static readonly string s_command =
        $"./checker verify --design {new string('x', 40)} --property '{new string('y', 40)} -> z' --no-symmetry";

    [Fact]
    public void A_long_command_is_on_a_line_of_its_own() =>
        Assert.Equal($"  the command:\n    {s_command}\n", Written(t => t.Line($"  the command: {s_command}")));

    [Fact]
    public void Words_are_wrapped_below_their_label()
    {
        string[] lines = Written(t => t.Line($"S1   {string.Join(' ', Enumerable.Repeat("word", 30))}")).TrimEnd('\n').Split('\n');

        Assert.Equal(2, lines.Length);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 80));
        Assert.StartsWith("     word", lines[1]);
    }

    [Fact]
    public void A_text_in_backticks_is_not_broken() => Assert.Contains(
        "\n  `one two three`",
        Written(t => t.Line($"{new string('x', 70)} `one two three`")),
        StringComparison.Ordinal);

    [Fact]
    public void The_last_column_of_a_table_is_wrapped()
    {
        string text = Written(t => t.Table(["name", "sentence"], [["a", string.Join(' ', Enumerable.Repeat("word", 20))], ["b", "short"]]));

        Assert.Equal(["name", "a", "", "b"], text.TrimEnd('\n').Split('\n').Select(l => l[..8].Trim()));
        Assert.All(text.Split('\n'), l => Assert.InRange(l.Length, 0, 80));
    }

    [Fact]
    public void A_table_that_is_too_wide_becomes_a_list()
    {
        string text = Written(t => t.Table(["design", "first", "second"], [["d", new string('x', 60), new string('y', 60)]]));

        Assert.Equal($"  d\n    first   {new string('x', 60)}\n    second  {new string('y', 60)}\n", text);
    }

    [Fact]
    public void A_verdict_without_room_is_below_its_row() => Assert.Equal(
        $"  {new string('x', 60)}\n    VIOLATED: a property, 5 states\n",
        Written(t => t.Row($"  {new string('x', 60)}", ("VIOLATED: a property, 5 states", Tone.Bad))));

    private static string Written(Action<Terminal> write)
    {
        var output = new StringWriter { NewLine = "\n" };
        write(new(output));
        return output.ToString();
    }
}
