using System.Diagnostics;
using Checker.Tests.Architecture;

namespace Checker.Tests.Cli;

/// <summary>An interrupted run ends soon, together with its solver. A killed run leaves the earlier output intact.</summary>
public sealed class KillTests : IDisposable
{
    private readonly Folder _folder = new();

    public KillTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the signals and scripts are those of Linux");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_ends_certify_and_its_solver(string signal)
    {
        Program.Run("prove", "--protocol", "PageLifecycle", "--design", "separate,honest", "--certificate", _folder["c"]);
        string solver = Solver("solver.sh");

        Stopped(["certify", _folder["c"], "--solver", solver], signal, null);
    }

    [Fact, Trait("Tier", "slow")]
    public void A_signal_ends_invariants_and_its_solver()
    {
        Solver("cvc5");
        string old = Repository.Read("invariants.md");
        string page = _folder.Write("invariants.md", old);

        Stopped(["invariants", "--write", page], "TERM", _folder[""]);

        Assert.Equal(old, File.ReadAllText(page));
        Assert.Empty(Directory.GetFiles(_folder["docs/invariants"]));
    }

    [Fact, Trait("Tier", "slow")]
    public void A_kill_at_any_time_leaves_a_valid_certificate_and_a_folder_that_can_be_used()
    {
        string[] prove = ["prove", "--protocol", "PageLifecycle", "--certificate", _folder["c"]];
        Assert.Equal(0, Program.Run(prove).Code);
        for (int milliseconds = 300; milliseconds < 2300; milliseconds += 200)
        {
            Kill(prove, milliseconds);
            Assert.Equal(0, Program.Run("certify", _folder["c"]).Code);
        }

        Assert.Equal(0, Program.Run(prove).Code);
        Assert.Equal(0, Program.Run("certify", _folder["c"]).Code);
    }

    [Fact, Trait("Tier", "slow")]
    public void A_kill_at_any_time_leaves_the_old_file_or_the_new_one()
    {
        string[] graph = ["graph", "--to", "dot", "--protocol", "Counter", "--out", _folder["g.dot"]];
        string whole = Program.Run(graph[..^2]).Output;
        for (int milliseconds = 100; milliseconds < 1300; milliseconds += 100)
        {
            _folder.Write("g.dot", "old");
            Kill(graph, milliseconds);
            Assert.Contains(File.ReadAllText(_folder["g.dot"]), new[] { "old", whole });
        }
    }

    /// <summary>A solver which records its start and never answers.</summary>
    private string Solver(string name)
    {
        string path = _folder.Write(name, $"#!/bin/sh\nwhile :; do date +%N >{_folder["alive"]}; sleep 0.1; done\n");
#pragma warning disable CA1416 // Windows was ruled out
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return path;
    }

    private void Stopped(string[] arguments, string signal, string? searchFirst)
    {
        using var process = Start(arguments, searchFirst);
        var waiting = Stopwatch.StartNew();
        while (!File.Exists(_folder["alive"]))
        {
            Assert.True(waiting.Elapsed < TimeSpan.FromMinutes(2) && !process.HasExited, "the solver was never called");
            Thread.Sleep(50);
        }

        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)), "it does not end");
        Assert.Equal(3, process.ExitCode);
        Assert.Contains("not finished: stopped", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Thread.Sleep(300);
        string last = File.ReadAllText(_folder["alive"]);
        Thread.Sleep(500);
        Assert.Equal(last, File.ReadAllText(_folder["alive"]));
    }

    private static void Kill(string[] arguments, int milliseconds)
    {
        using var process = Start(arguments, null);
        process.WaitForExit(milliseconds);
        process.Kill();
        process.WaitForExit();
    }

    private static Process Start(string[] arguments, string? searchFirst)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Checker.Composition.Protocols.Registry).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = "/nowhere";
        if (searchFirst is not null)
        {
            start.Environment["PATH"] = $"{searchFirst.TrimEnd('/')}:{Environment.GetEnvironmentVariable("PATH")}";
        }

        return Process.Start(start)!;
    }
}
