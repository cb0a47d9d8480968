using System.Diagnostics;

namespace Checker.Tests.Cli;

/// <summary>The behaviour visible only in a separate process: signals, its environment, a closed pipe.</summary>
[Trait("Tier", "slow")]
public sealed class ProcessTests
{
    private static readonly string s_program = typeof(Checker.Composition.Protocols.Registry).Assembly.Location;

    [Fact]
    public void The_first_interrupt_stops_cleanly_with_what_was_reached()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        // The model is far too large to explore. The heading shows that the run has begun.
        using var process = Start("verify --bounds 2,3,2,2,1 --design snp,attribute,separate,spurious --no-symmetry");
        string heading = process.StandardOutput.ReadLine()!;
        Assert.StartsWith("checker ", heading);
        Process.Start("kill", $"-INT {process.Id}").WaitForExit();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(3, process.ExitCode);
        Assert.Contains("1 design: 1 not ", output, StringComparison.Ordinal);
        Assert.Contains("not finished", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }

    /// <summary>The stop comes at the start (instances are laid out and compiled), during sampling, or during a query to Z3.</summary>
    [Theory]
    [InlineData(300)]
    [InlineData(1500)]
    [InlineData(5000)]
    public void An_inference_stops_soon_when_it_is_told_to(int milliseconds)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using var process = Start("infer --design snp,attribute,inplace,spurious --largest");
        process.StandardOutput.ReadLine();
        Thread.Sleep(milliseconds);
        var clock = Stopwatch.StartNew();
        Process.Start("kill", $"-TERM {process.Id}").WaitForExit();
        process.WaitForExit();
        Assert.Equal(3, process.ExitCode);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Contains("not finished: stopped", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }

    /// <summary>With so little memory the runtime crashes in one run of four, at an arbitrary point.</summary>
    [Fact]
    public void A_heap_that_is_too_small_for_mutants_is_refused()
    {
        using var process = Start("mutate --protocol Counter --no-proofs", ("DOTNET_GCHeapHardLimit", "0x2100000"));
        string error = process.StandardError.ReadToEnd();
        Assert.Empty(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(4, process.ExitCode);
        Assert.Contains("limited to 34 MB", Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_libz3_what_needs_it_says_how_to_mend_that()
    {
        using var process = Start("verify --protocol Counter --cross-check", ("CHECKER_LIBZ3", "/nowhere/libz3.so"));
        string error = process.StandardError.ReadToEnd();
        Assert.Empty(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(4, process.ExitCode);
        Assert.Contains("unset CHECKER_LIBZ3", Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_libz3_what_does_not_need_it_runs()
    {
        using var process = Start("verify --protocol Counter --json", ("CHECKER_LIBZ3", "/nowhere/libz3.so"));
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("\"holds\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        using var process = Start("list");
        process.StandardOutput.ReadLine();
        process.StandardOutput.Close();
        Assert.Empty(process.StandardError.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("verify --protocol Nope 2>&-", 2)]
    [InlineData("verify --protocol Nope 2>/dev/full", 2)]
    [InlineData("verify --protocol Counter 2>&-", 0)]
    [InlineData("list >&-", 4)]
    [InlineData("list >/dev/full", 4)]
    [InlineData("verify --protocol Counter >/dev/full", 4)]
    [InlineData("verify --protocol Counter --json >/dev/full", 4)]
    [InlineData("list >&- 2>&-", 4)]
    [InlineData("list </dev/null >/dev/full 2>/dev/full", 4)]
    public void A_stream_that_cannot_be_written_ends_in_an_exit_code(string arguments, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "redirections of a shell");
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec dotnet '{s_program}' {arguments}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(code, process.ExitCode);
        Assert.DoesNotContain("Unhandled exception", error, StringComparison.Ordinal);
        if (code == 4 && error.Length > 0)
        {
            Assert.Contains("standard output cannot be written", error, StringComparison.Ordinal);
        }
    }

    private static Process Start(string arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{s_program}\" {arguments}")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
