using System.Diagnostics;
using Checker.Solver.Proof.Certificates;
using Checker.Solver.Smt;

namespace Checker.Tests.Proofs;

/// <summary>A solver is believed only if it ends by itself, in time, with exit code 0, and with exactly the expected answers.</summary>
public sealed class SecondSolverTests : IDisposable
{
    private const int Queries = 2;
    private readonly string _directory = Directory.CreateTempSubdirectory("checker-solver-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("cat >/dev/null; echo unsat; echo unsat")]
    [InlineData("cat \"$1\" >/dev/null; echo unsat; echo unsat")]
    [InlineData("echo unsat; echo unsat")]
    [InlineData("echo; echo 'unsat '; echo careful >&2; echo unsat")]
    public void Two_answers_are_believed(string script) => Assert.Equal([SolverAnswer.Unsat, SolverAnswer.Unsat], Solve(script));

    [Theory]
    [InlineData("echo unsat; echo unknown", SolverAnswer.Unsat, SolverAnswer.Unknown)]
    [InlineData("echo timeout; echo sat", SolverAnswer.Unknown, SolverAnswer.Sat)]
    public void Other_answers_are_what_they_are(string script, params SolverAnswer[] answers) => Assert.Equal(answers, Solve(script));

    [Theory, Trait("Tier", "slow")]
    [InlineData("echo hello", "printed 'hello'")]
    [InlineData("echo unsat; echo unsat; echo bye", "printed 'bye'")]
    [InlineData("exit 134", "gave 0 of 2 answers", "exit code 134")]
    [InlineData("echo unsat", "gave 1 of 2 answers")]
    [InlineData("echo unsat; echo unsat; echo unsat", "gave 3 of 2 answers")]
    [InlineData("echo unsat; echo unsat; exit 1", "failed after its answers", "exit code 1")]
    [InlineData("echo unsat; echo unsat; kill -9 $$", "failed after its answers", "exit code 137")]
    [InlineData("echo unsat; echo unsat; echo out of memory >&2; kill -SEGV $$", "failed after its answers", "out of memory")]
    [InlineData("printf '\\033[2Jx\\n'", "printed '\\u001b[2Jx'")]
    [InlineData("while :; do echo unsat; done", "printed more than")]
    [InlineData("head -c 100000000 /dev/zero", "printed more than")]
    [InlineData("echo unsat; echo unsat; head -c 100000000 /dev/zero >&2", "to standard error")]
    [InlineData("echo unsat; echo unsat; sleep 600 & exit 0", "left a process behind")]
    [InlineData("sleep 600", "did not finish within 10 s")]
    [InlineData("trap '' TERM INT HUP; sleep 600 & wait", "did not finish within 10 s")]
    [InlineData("echo unsat; echo unsat; exec sleep 600", "did not finish within 10 s")]
    public void Anything_else_confirms_nothing_and_ends_soon(string script, params string[] said)
    {
        var clock = Stopwatch.StartNew();
        var failed = Assert.Throws<SolverFailedException>(() => Solve(script));

        Assert.All(said, s => Assert.Contains(s, failed.Message, StringComparison.Ordinal));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    [Fact]
    public void No_process_of_a_solver_survives_it()
    {
        string alive = Path.Combine(_directory, "alive");
        Assert.Throws<SolverFailedException>(() =>
            Solve($"(while :; do date +%N >{alive}; sleep 0.1; done) & echo unsat; echo unsat; exit 0"));

        string last = File.ReadAllText(alive);
        Thread.Sleep(500);
        Assert.Equal(last, File.ReadAllText(alive));
    }

    [Fact]
    public void A_solver_is_stopped_when_the_run_is()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var clock = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => Solve("sleep 600", stop.Token));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }

    [Fact]
    public void A_solver_that_does_not_read_a_long_input_does_not_block()
    {
        Assert.Equal(
            [SolverAnswer.Unsat, SolverAnswer.Unsat],
            Solver("echo unsat; echo unsat").Solve("f", new byte[10_000_000], Queries, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_it_says_of_its_version_is_quoted() =>
        Assert.Equal("'\\u001b[31mred'", Solver("printf '\\033[31mred\\n'").Describe(TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("no-such-solver")]
    [InlineData("")]
    public void A_missing_solver_is_a_matter_of_the_environment(string name) =>
        Assert.Throws<EnvironmentException>(() => new SecondSolver(name, TimeSpan.FromSeconds(1)));

    private IEnumerable<SolverAnswer> Solve(string script, CancellationToken? cancellation = null) =>
        Solver(script).Solve(
            "f.smt2",
            "(check-sat)\n(check-sat)\n"u8.ToArray(),
            Queries,
            cancellation ?? TestContext.Current.CancellationToken);

    private SecondSolver Solver(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the solver is a shell script");
        string path = Path.Combine(_directory, "solver.sh");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
#pragma warning disable CA1416 // Windows was ruled out
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return new(path, TimeSpan.FromSeconds(1));
    }
}
