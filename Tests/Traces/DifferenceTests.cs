using System.Text.Json;
using Checker.Solver.Traces;
using Checker.Tests.Cli;
using FsCheck;
using FsCheck.Fluent;

namespace Checker.Tests.Traces;

/// <summary>The difference of two traces, and <c>replay --diff</c>.</summary>
public sealed class DifferenceTests
{
    private const string Mutant = "verify --protocol PageLifecycle --design separate,honest --json --trace-out";

    [Fact]
    public void A_trace_equals_itself()
    {
        var trace = Sample.UncheckedFault();

        var difference = TraceDifference.Of(trace, trace);

        Assert.True(difference.IsEmpty);
        Assert.Equal(trace.Length, difference.Steps.Length);
    }

    [Fact]
    public void A_step_in_another_place_is_missing_in_one_and_added_in_the_other()
    {
        var header = Sample.Header("Counter", "", "lock");
        var (first, second) = (Walk(header, "Load(w=w0)", "Load(w=w1)"), Walk(header, "Load(w=w1)", "Load(w=w0)"));

        var difference = TraceDifference.Of(first, second);

        Assert.Equal(
            ["1 1", "2 ", "3 2", " 3"],
            difference.Steps.Select(s => $"{s.First + 1} {s.Second + 1}"));
        Assert.Equal(["phase[w0]"], difference.Steps[2].Cells.Select(c => c.Cell));
        Assert.Equal(("Loaded", "Idle"), (difference.Steps[2].Cells[0].First, difference.Steps[2].Cells[0].Second));
        Assert.False(difference.IsEmpty);
    }

    /// <summary>
    /// Every state of both traces occurs once and in order, common steps are alike, the cells are exactly the different ones, and no
    /// alignment has more common steps.
    /// </summary>
    [Fact]
    public void An_alignment_is_complete_true_and_longest() =>
        Prop.ForAll(Sample.Choices(8), Sample.Choices(8), (one, other) =>
        {
            var header = Sample.Header("PageLifecycle", "inplace,spurious");
            var (first, second) = (Sample.Walk(header, one), Sample.Walk(header, other));

            var difference = TraceDifference.Of(first, second);

            Assert.Equal(Enumerable.Range(0, first.Length), difference.Steps.Select(s => s.First).OfType<int>());
            Assert.Equal(Enumerable.Range(0, second.Length), difference.Steps.Select(s => s.Second).OfType<int>());
            foreach (var step in difference.Steps.Where(s => s.IsCommon))
            {
                var (a, b) = (first.States[step.First!.Value], second.States[step.Second!.Value]);
                Assert.Equal(a.Instance?.ToString(), b.Instance?.ToString());
                Assert.Equal(
                    first.Scope.Cells.Where(c => a.Cells[c.Number] != b.Cells[c.Number]).Select(c => c.ToString()),
                    step.Cells.Select(c => c.Cell));
            }

            Assert.Equal(
                Common([.. Steps(first)], [.. Steps(second)]),
                difference.Steps.Count(s => s.IsCommon) - 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Traces_with_too_many_different_steps_are_refused()
    {
        var trace = Sample.Walk(Sample.Header("Counter", "", "lock"), [0]);
        var (load, idle) = (trace.States[1], trace.States[0]);
        var many = trace with { States = [idle, .. Enumerable.Repeat(load, 40_000)] };
        var others = trace with
        {
            States = [idle, .. Enumerable.Repeat(load with { Instance = trace.Scope.Instances[^1] }, 40_000)],
        };

        var tooLong = Assert.Throws<TracesTooLongException>(() => TraceDifference.Of(many, others));

        Assert.Contains("40,000", tooLong.Message, StringComparison.Ordinal);
        Assert.True(TraceDifference.Of(many, many).IsEmpty);
    }

    [Fact]
    public void The_text_marks_steps_and_fits()
    {
        using var folder = new Folder();
        Write(folder, "a.json", "punch.zap");
        Write(folder, "b.json", "fill.free");

        var (code, output, error) = Cli.Program.Run("replay", folder["a.json"], "--diff", folder["b.json"]);

        Assert.Equal((1, ""), (code, error));
        string[] lines = output.Split('\n');
        Assert.StartsWith("- ", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("  without: punch.zap | fill.free", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("   1  1 ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("- ", StringComparison.Ordinal) && l.Contains("Punch", StringComparison.Ordinal));
        Assert.Contains(" only in the first trace, ", output, StringComparison.Ordinal);
        Assert.All(lines.Where(l => !l.Contains('/', StringComparison.Ordinal)), l => Assert.InRange(l.Length, 0, 80));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equal_traces_have_exit_code_0(bool json)
    {
        using var folder = new Folder();
        Write(folder, "a.json", "punch.zap");
        Write(folder, "b.itf.json", "punch.zap");
        string[] more = json ? ["--json"] : [];

        var outcome = Cli.Program.Run(["replay", folder["a.json"], "--diff", folder["b.itf.json"], .. more]);

        Assert.Equal(0, outcome.Code);
        Assert.True(json
            ? outcome.Json.GetProperty("same").GetBoolean()
            : outcome.Output.EndsWith("The traces are the same.\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_has_every_step_and_the_design()
    {
        using var folder = new Folder();
        Write(folder, "a.json", "punch.zap");
        Cli.Program.Call($"verify --protocol Counter --drop lock --json --trace-out {folder["b.json"]}");

        var outcome = Cli.Program.Run("replay", folder["a.json"], "--diff", folder["b.json"], "--json");

        Assert.Equal(1, outcome.Code);
        Assert.Equal(
            ("PageLifecycle", "Counter"),
            (outcome.Json.GetProperty("first").GetProperty("protocol").GetString(),
                outcome.Json.GetProperty("second").GetProperty("protocol").GetString()));
        var steps = outcome.Json.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(1, steps.Count(s => s.GetProperty("first").ValueKind == JsonValueKind.Number
            && s.GetProperty("second").ValueKind == JsonValueKind.Number));
        Assert.Contains(steps[0].GetProperty("cells").EnumerateArray(), c => c.GetProperty("second").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public void A_trace_that_the_model_refuses_is_named()
    {
        using var folder = new Folder();
        Write(folder, "a.json", "punch.zap");
        string honest = File.ReadAllText(folder["a.json"]).Replace("\"punch.zap\"", "", StringComparison.Ordinal);
        folder.Write("b.json", honest);

        var text = Cli.Program.Run("replay", folder["a.json"], "--diff", folder["b.json"]);
        var json = Cli.Program.Run("replay", folder["a.json"], "--diff", folder["b.json"], "--json");

        Assert.Equal((1, 1), (text.Code, json.Code));
        Assert.StartsWith($"{folder["b.json"]}: refused at state 5", Cli.Program.Words(text.Output));
        Assert.StartsWith($"{folder["b.json"]}: state 5", json.Json.GetProperty("refused").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public void A_damaged_file_is_one_line(string text)
    {
        using var folder = new Folder();
        Write(folder, "a.json", "punch.zap");
        string file = folder.Write("b.json", text);

        var (code, output, error) = Cli.Program.Run("replay", folder["a.json"], "--diff", file);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"checker: {file}: ", Assert.Single(error.TrimEnd('\n').Split('\n')));
    }

    private static void Write(Folder folder, string name, string drop) =>
        Assert.Equal(1, Cli.Program.Call($"{Mutant} {folder[name]} --drop {drop}").Code);

    private static IEnumerable<string> Steps(Trace trace) => trace.States.Skip(1).Select(s => s.Instance!.ToString());

    /// <summary>The walk which takes the named instances.</summary>
    private static Trace Walk(TraceHeader header, params string[] steps)
    {
        var editor = TraceEditor.AtStart(Sample.Load(header), header);
        foreach (string step in steps)
        {
            editor = editor.Take(editor.Next.Single(s => s.Instance.ToString() == step).Instance);
        }

        return editor.Result();
    }

    /// <summary>The length of a longest common subsequence, by its definition.</summary>
    private static int Common(string[] first, string[] second) =>
        first.Length == 0 || second.Length == 0 ? 0
        : first[0] == second[0] ? 1 + Common(first[1..], second[1..])
        : Math.Max(Common(first[1..], second), Common(first, second[1..]));
}
