using Checker.App;

namespace Checker.Tests.Cli;

/// <summary>The option <c>verify --compare</c>: two designs or two files as a difference.</summary>
public sealed class CompareTests
{
    private const string Designs = "verify --protocol PageLifecycle --no-proofs --compare separate,honest inplace,honest";
    private const string Verify = "verify --protocol PageLifecycle --no-proofs --json";

    [Fact]
    public void Two_designs_differ_in_rows_of_at_most_80_columns()
    {
        var (code, output, error) = Program.Call(Designs);

        Assert.Equal((1, ""), (code, error));
        Assert.Matches(@"\n  RoundTrip +possible, 9 states +possible, 13 states\n", output);
        Assert.Contains("A and B differ.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("NoSilentLoss", output, StringComparison.Ordinal);
        Assert.Matches(@"\n  equal: verdict, .*\d+ properties\n", output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void A_design_does_not_differ_from_itself()
    {
        var (code, output, error) = Program.Call("verify --protocol PageLifecycle --no-proofs --compare inplace,honest inplace,honest");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("No difference.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_pair_the_designs_with_the_same_parts()
    {
        var (code, output, _) = Program.Call("verify --protocol PageLifecycle --no-proofs --compare separate,* inplace,*");

        Assert.Equal(1, code);
        Assert.Contains("A  PageLifecycle separate,spurious, bounds 2,2\nB  PageLifecycle inplace,spurious, bounds 2,2\n", output,
            StringComparison.Ordinal);
        Assert.Contains("2 pairs of runs compared: 2 differ, 0 equal.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_both_sides_of_each_difference()
    {
        var outcome = Program.Call(Designs + " --json");
        var pair = Assert.Single(outcome.Json.GetProperty("pairs").EnumerateArray());
        var differences = pair.GetProperty("differences").EnumerateArray().ToDictionary(d => d.GetProperty("name").GetString()!);

        Assert.Equal(1, outcome.Code);
        Assert.True(outcome.Json.GetProperty("finished").GetBoolean());
        Assert.False(outcome.Json.GetProperty("equal").GetBoolean());
        Assert.Equal("PageLifecycle separate,honest, bounds 2,2", pair.GetProperty("left").GetString());
        Assert.Equal(9, differences["RoundTrip"].GetProperty("left").GetProperty("length").GetInt32());
        Assert.Equal(13, differences["RoundTrip"].GetProperty("right").GetProperty("length").GetInt32());
    }

    [Fact]
    public void Two_files_with_the_same_results_are_equal()
    {
        using var folder = new Folder();
        string first = folder.Write("a.json", Program.Call(Verify).Output);
        string second = folder.Write("b.json", Program.Call(Verify).Output);

        var (code, output, error) = Program.Run("verify", "--compare", first, second);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("4 pairs of runs compared: 0 differ, 4 equal.", output, StringComparison.Ordinal);
        Assert.True(Program.Run("verify", "--compare", first, second, "--json").Json.GetProperty("equal").GetBoolean());
    }

    [Fact]
    public void Files_of_a_model_and_its_mutant_differ_in_the_violated_property()
    {
        using var folder = new Folder();
        string first = folder.Write("a.json", Program.Call(Verify + " --every-property").Output);
        string second = folder.Write("b.json", Program.Call(Verify + " --every-property --drop punch.zap").Output);

        var (code, output, _) = Program.Run("verify", "--compare", first, second);

        Assert.Equal(1, code);
        Assert.Matches(@"\n  verdict +holds +violated\n", output);
        Assert.Matches(@"\n  NoMappingOutlivesItsFrame +holds +violated, 5 states\n", output);
        Assert.Contains("B  PageLifecycle inplace,spurious, bounds 2,2, without punch.zap\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_which_did_not_finish_is_never_equal_without_a_word()
    {
        using var folder = new Folder();
        const string Stopped = "verify --design sw,hole,separate,honest --memory 1M --no-proofs --json";
        string file = folder.Write("a.json", Program.Call(Stopped).Output);

        Assert.Equal(ExitCode.Unfinished, Program.Run("verify", "--compare", file, file).Code);
    }

    [Fact]
    public void Files_without_such_contents_are_refused_in_one_line()
    {
        using var folder = new Folder();
        string good = folder.Write("good.json", Program.Call("verify --protocol Counter --no-proofs --json").Output);
        string text = folder.Write("text.json", "verdict\nholds\n");
        string list = folder.Write("list.json", "[]");
        string other = folder.Write("walk.json", Program.Call("walk --protocol Counter --walks 2 --seed 1 --json").Output);
        string missing = folder["missing.json"];
        string no = $"the file is no output of `{Self.Command} verify --json`:";

        Assert.Equal($"--compare {missing}: there is no such file", Refused(good, missing));
        Assert.Equal($"--compare {text}: the file is no JSON (line 1)", Refused(good, text));
        Assert.StartsWith($"--compare {list}: {no} it has no 'schema'", Refused(list, good));
        Assert.StartsWith($"--compare {other}: {no} its schema is 'checker/1' of 'walk'", Refused(good, other));
        Assert.Contains("name two files or two designs", Refused(good, "separate,honest"), StringComparison.Ordinal);
        Assert.Equal("--compare of two files explores nothing: leave out --bounds", Refused(good, good, "--bounds", "2"));
        Assert.Equal("--compare of two files explores nothing: leave out --report", Refused(good, good, "--report", folder["r.html"]));
        Assert.Equal("--compare of two files explores nothing: leave out --resume", Refused(good, good, "--resume", folder["x"]));
    }

    private static string Refused(params string[] arguments)
    {
        var outcome = Program.Run(["verify", "--compare", .. arguments]);
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Equal(1, outcome.Error.Count(c => c == '\n'));
        return outcome.Error["checker: ".Length..^1];
    }
}
