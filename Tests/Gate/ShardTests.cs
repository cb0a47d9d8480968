using System.Text.Json.Nodes;
using Checker.App;
using Checker.App.Gate;
using Checker.Tests.Cli;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Checker.Tests.Gate;

/// <summary>The parts of a command, and their join.</summary>
public sealed class ShardTests
{
    [Property(MaxTest = 100)]
    public void Every_item_is_in_exactly_one_part(PositiveInt items, PositiveInt parts)
    {
        int[] all = [.. Enumerable.Range(0, items.Get + parts.Get)];
        var shards = Enumerable.Range(1, parts.Get).Select(i => new Shard(i, parts.Get).Of(all, n => $"{n}").Items).ToList();

        Assert.Equal(all, shards.SelectMany(s => s).Order());
        Assert.InRange(shards.Max(s => s.Length) - shards.Min(s => s.Length), 0, 1);
    }

    [Theory]
    [InlineData("verify --protocol PageLifecycle --no-proofs")]
    [InlineData("verify --protocol PageLifecycle --drop punch.zap --no-proofs")]
    [InlineData("prove --protocol PageLifecycle")]
    [InlineData("walk --protocol PageLifecycle --seed 1 --walks 2 --steps 50")]
    [InlineData("mutate --protocol PageLifecycle --design * --kind label --no-proofs")]
    public void Joined_parts_are_the_undivided_command(string command)
    {
        using var folder = new Folder();
        var whole = Cli.Program.Call($"{command} --json");
        string[] parts = [.. Enumerable.Range(1, 3)
            .Select(i => folder.Write($"{i}.json", Cli.Program.Call($"{command} --shard {i}/3 --json").Output))];

        // The order of the files makes no difference.
        var joined = Cli.Program.Run("merge", "--json", parts[2], parts[0], parts[1]);

        Assert.Equal(whole.Code, joined.Code);
        Assert.Equal(Timeless(whole.Output), Timeless(joined.Output));
        Assert.Equal(whole.Code, Cli.Program.Run("merge", parts[0], parts[1], parts[2]).Code);
    }

    [Fact]
    public void Joined_parts_of_a_gate_give_the_same_files()
    {
        using var folder = new Folder();
        string file = folder.Write("c.json", """
            {
              "runs": [
                { "name": "all", "protocol": "PageLifecycle", "engines": ["explore"] },
                { "name": "mutants", "protocol": "PageLifecycle", "drop": ["punch.zap"], "engines": ["explore"] }
              ]
            }
            """);
        string sarif = folder["whole.sarif"], again = folder["joined.sarif"];
        var whole = Cli.Program.Run("ci", file, "--sarif", sarif);
        string[] parts = [.. Enumerable.Range(1, 3)
            .Select(i => folder.Write($"{i}.json", Cli.Program.Run("ci", file, "--shard", $"{i}/3", "--json").Output))];
        var joined = Cli.Program.Run(["merge", .. parts, "--sarif", again]);

        Assert.Equal((1, 1), (whole.Code, joined.Code));
        Assert.Equal(File.ReadAllText(sarif), File.ReadAllText(again));
    }

    [Fact]
    public void A_missing_doubled_or_foreign_part_is_noticed()
    {
        using var folder = new Folder();
        string Part(string command, string shard) => folder.Write(
            $"{command.Split(' ')[0]}-{shard.Replace('/', '-')}-{command.Length}.json",
            Cli.Program.Call($"{command} --shard {shard} --json").Output);

        const string Command = "verify --protocol PageLifecycle --no-proofs --no-vacuity";
        string first = Part(Command, "1/2");
        string second = Part(Command, "2/2");
        AssertRefused("part 2 of 2 is missing", first);
        AssertRefused("part 1 of 2", first, first);
        AssertRefused("one of 3 parts", first, Part(Command, "2/3"));
        AssertRefused("a part of other work", first, Part($"{Command} --bounds 1,1", "2/2"));
        AssertRefused("the output of `prove`", first, Part("prove --protocol PageLifecycle", "2/2"));
        AssertRefused("made without --shard", first, folder.Write("whole.json", Cli.Program.Call($"{Command} --json").Output));
        AssertRefused("there is no such file", first, folder["nowhere.json"]);
        AssertRefused("not readable as JSON", first, folder.Write("broken.json", File.ReadAllText(second)[..100]));
        AssertRefused("--junit is for the results of `ci`", first, second, "--junit", folder["j.xml"]);
    }

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("-1/2")]
    [InlineData("1/2/3")]
    [InlineData("1/20000")]
    public void A_text_that_is_no_part_is_refused(string text) =>
        Assert.Contains("allowed is i/n", Assert.Throws<BadInputException>(() => Shard.Parse(text)).Message, StringComparison.Ordinal);

    /// <summary>A stopped part is not finished, so the whole is not.</summary>
    [Fact]
    public void An_unfinished_part_is_no_success()
    {
        using var folder = new Folder();
        const string Command = "verify --protocol PageLifecycle --no-proofs --no-vacuity";
        string first = folder.Write("1.json", Cli.Program.Call($"{Command} --shard 1/2 --json").Output);
        string second = folder.Write("2.json", Cli.Program.Call($"{Command} --shard 2/2 --json").Output
            .Replace("\"finished\": true", "\"finished\": false", StringComparison.Ordinal)
            .Replace("\"exitCode\": 0", "\"exitCode\": 3", StringComparison.Ordinal));

        Assert.Equal(3, Cli.Program.Run("merge", first, second).Code);
    }

    private static void AssertRefused(string message, params string[] files)
    {
        var outcome = Cli.Program.Run(["merge", .. files]);
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Returns the document without times and rates.</summary>
    private static string Timeless(string output)
    {
        var node = JsonNode.Parse(output)!;
        foreach (var run in node["runs"]!.AsArray().Select(r => r!.AsObject()))
        {
            run.Remove("seconds");
            run.Remove("stepsPerSecond");
        }

        return node.ToJsonString();
    }
}
