using System.Diagnostics;
using System.Text;
using Checker.Cli.Interactive;
using Checker.Cli.Report;
using Checker.Solver.Traces;
using Checker.Tests.Traces;
using Spectre.Console.Testing;

namespace Checker.Tests.Cli;

/// <summary><c>replay --extend</c>, with the keys of a user.</summary>
public sealed class ExtendTests
{
    private static readonly TraceHeader s_counter = new("Counter", "", "2", ["lock"]);

    [Fact]
    public void Steps_are_taken_shown_and_saved()
    {
        using var folder = new Folder();
        string file = folder["lost.itf.json"];
        using var console = Console();
        var editor = TraceEditor.AtStart(Sample.Load(s_counter), s_counter);
        var lost = Sample.LostUpdate();
        foreach (var state in lost.States.Skip(1))
        {
            editor = Choose(console, editor, state.Instance!.ToString());
        }

        Command(console, 1);
        Command(console, 0);

        Run(console, TraceEditor.AtStart(Sample.Load(s_counter), s_counter), file);

        Assert.Contains("State 1 of 1: 2 steps enabled", console.Output, StringComparison.Ordinal);
        Assert.Contains("! violates NoLostUpdate", console.Output, StringComparison.Ordinal);
        Assert.Contains($"state {lost.Length} violates NoLostUpdate", console.Output, StringComparison.Ordinal);
        Assert.Contains("phase[w0]", console.Output, StringComparison.Ordinal);
        Assert.Contains($"wrote {file} ({lost.Length} states)", Program.Words(console.Output), StringComparison.Ordinal);
        var (code, output, _) = Program.Run("replay", file);
        Assert.Equal(0, code);
        Assert.Contains($"state {lost.Length} violates NoLostUpdate", output, StringComparison.Ordinal);
        Assert.Contains("\"vars\"", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_asked_for_until_it_can_be_written()
    {
        using var folder = new Folder();
        using var console = Console();
        Choose(console, TraceEditor.AtStart(Sample.Load(s_counter), s_counter), "Load(w=w1)");
        Command(console, 1);
        console.Input.PushTextWithEnter("trace.txt");
        console.Input.PushTextWithEnter(folder["t.json"]);
        Command(console, 0);

        Run(console, TraceEditor.AtStart(Sample.Load(s_counter), s_counter), null);

        Assert.Contains("a trace file ends in .json", Program.Words(console.Output), StringComparison.Ordinal);
        Assert.Equal(["t.json"], folder.Files);
        Assert.Equal(0, Program.Run("replay", folder["t.json"]).Code);
    }

    [Fact]
    public void Undo_and_jump_change_the_present_state()
    {
        using var folder = new Folder();
        using var console = Console();
        var editor = TraceEditor.At(Sample.LostUpdate());
        // A jump to the first state, and an undo. Then a step is undone, and the first two states are saved.
        Command(console, 2);
        console.Input.PushKey(ConsoleKey.Enter);
        Command(console, 3);
        Command(console, 2);
        console.Input.PushKey(ConsoleKey.DownArrow);
        console.Input.PushKey(ConsoleKey.Enter);
        Command(console, 1);
        Command(console, 0);

        Run(console, editor, folder["two.json"]);

        Assert.Contains("State 1 of ", console.Output, StringComparison.Ordinal);
        Assert.Contains("State 2 of ", console.Output, StringComparison.Ordinal);
        Assert.Contains("all 2 states", Program.Run("replay", folder["two.json"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_are_not_saved_are_not_lost_by_a_slip()
    {
        using var console = Console();
        var start = TraceEditor.AtStart(Sample.Load(s_counter), s_counter);
        Choose(console, start, "Load(w=w1)");
        Command(console, 0);
        console.Input.PushTextWithEnter("n");
        Command(console, 0);
        console.Input.PushTextWithEnter("y");

        Run(console, start, null);

        Assert.Equal(2, console.Output.Split("Some steps are not saved").Length - 1);
    }

    [Fact]
    public void A_file_that_cannot_be_written_any_more_loses_no_step()
    {
        using var folder = new Folder();
        using var console = Console();
        Directory.CreateDirectory(folder["gone.json"]);
        Command(console, 1);
        Command(console, 0);

        Run(console, TraceEditor.AtStart(Sample.Load(s_counter), s_counter), folder["gone.json"]);

        Assert.Contains("it is a directory", Program.Words(console.Output), StringComparison.Ordinal);
        Directory.Delete(folder["gone.json"]);
    }

    [Fact]
    public void A_signal_ends_the_prompt()
    {
        using var console = Console();
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new TracePrompt(console, new(console.Profile.Out.Writer), null, stop.Token).Run(TraceEditor.At(Sample.LostUpdate())));
    }

    /// <summary>The tests run without a terminal, as scripts do.</summary>
    [Theory]
    [InlineData("replay --extend --protocol Counter", "must be a terminal")]
    [InlineData("replay --extend", "and 26 are meant")]
    [InlineData("replay --extend --protocol Counter --json", "--extend takes no --json")]
    [InlineData("replay --extend --protocol Cuonter", "did you mean 'Counter'?")]
    [InlineData("replay x.json --extend --protocol Counter", "--extend of a trace takes no --protocol")]
    [InlineData("replay x.json --extend --diff y.json", "--extend of a trace takes no --diff")]
    [InlineData("replay x.json --save y.json", "takes no --save")]
    [InlineData("replay x.json --design a", "takes no --design")]
    [InlineData("replay x.json --diff y.json --mermaid z", "--diff takes no --mermaid")]
    [InlineData("replay --extend --protocol Counter --save y.txt", "a trace file ends in .json")]
    [InlineData("replay /nowhere.json --extend", "there is no such file")]
    [InlineData("replay --diff y.json", "the argument 'file' is missing")]
    public void Anything_else_is_refused_in_one_line(string arguments, string says)
    {
        var (code, output, error) = Program.Call(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>The program on a terminal, which <c>script</c> of util-linux provides.</summary>
    [Theory, Trait("Tier", "slow")]
    [InlineData("\u0003", 3)]
    [InlineData("\u001b[A\r", 0)]
    public async Task On_a_terminal_a_key_chooses_and_an_interrupt_ends(string keys, int code)
    {
        const string Script = "/usr/bin/script";
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), "there is no script of util-linux");
        string program = typeof(Checker.Composition.Protocols.Registry).Assembly.Location;
        var start = new ProcessStartInfo(
            Script,
            ["-qefc", $"stty rows 40 cols 80; exec dotnet \"{program}\" replay --extend --protocol Counter", "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm";
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        char[] buffer = new char[4096];
        while (!output.ToString().Contains("[quit]", StringComparison.Ordinal)
            && await process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
        {
            output.Append(buffer, 0, read);
        }

        await process.StandardInput.WriteAsync(keys);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        output.Append(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(code == process.ExitCode, $"{process.ExitCode}: {output}");
        Assert.Contains("State 1 of 1: 3 steps enabled", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("{", output.ToString(), StringComparison.Ordinal);
    }

    private static TestConsole Console() => new TestConsole().Interactive().SupportsAnsi(true).Width(80).Height(40);

    private static void Run(TestConsole console, TraceEditor editor, string? file) =>
        new TracePrompt(console, new Terminal(console.Profile.Out.Writer), file, TestContext.Current.CancellationToken).Run(editor);

    /// <summary>Presses the keys which choose a step, and returns the editor after it.</summary>
    private static TraceEditor Choose(TestConsole console, TraceEditor editor, string step)
    {
        var chosen = editor.Next.Single(s => s.Instance.ToString() == step);
        for (int i = 0; i < editor.Next.IndexOf(chosen); i++)
        {
            console.Input.PushKey(ConsoleKey.DownArrow);
        }

        console.Input.PushKey(ConsoleKey.Enter);
        return editor.Take(chosen.Instance);
    }

    /// <summary>Presses the keys which choose a command, counted from the last one: quit, save, jump, undo.</summary>
    private static void Command(TestConsole console, int fromEnd)
    {
        for (int i = 0; i <= fromEnd; i++)
        {
            console.Input.PushKey(ConsoleKey.UpArrow);
        }

        console.Input.PushKey(ConsoleKey.Enter);
    }
}
