using System.Globalization;

namespace Checker.Tests.Cli;

/// <summary>Ctrl-C ends every long command soon, whatever the command does at that moment.</summary>
public sealed class InterruptMomentTests
{
    private const int Moments = 20;

    /// <summary>The number of processes at a time. Most of their time they wait for their moment.</summary>
    private const int Together = 3;

    private const string Design = "--design snp,attribute,separate,spurious";

    /// <summary>Later moments meet the same code as the earlier ones.</summary>
    private const double LatestSeconds = 2;

    /// <summary>Generous: other tests run at the same time. On an idle machine the end takes less than two seconds.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [Theory, Trait("Tier", "slow")]
    [InlineData("verify")]
    [InlineData("verify --bounds 2,3,2,2,1 --cross-check --json " + Design)]
    [InlineData("prove --threads 2 --json")]
    [InlineData("infer --json")]
    [InlineData("claims --json")]
    [InlineData("mutate --json")]
    [InlineData("designs --json")]
    [InlineData("bmc --depth 1000 --json " + Design)]
    [InlineData("kind --k 1000 --json " + Design)]
    [InlineData("walk --walks 1000000000 --json")]
    [InlineData("graph --components --bounds 2,3,2,2,1 " + Design)]
    public async Task Ctrl_C_ends_a_command_at_any_moment(string arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the moment from which the program listens is read from /proc");
        // The moments are the same in every run of the test, and others for every command.
        var random = new Random(arguments.Sum(c => c));
        var moments = Enumerable.Range(0, Moments).Select(i => (i, TimeSpan.FromSeconds(random.NextDouble() * LatestSeconds))).ToList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(moments, parallel, async (at, stop) => await Interrupt(arguments, at.i, at.Item2, stop));
    }

    /// <param name="number">The number of the moment. Every second one gets two signals.</param>
    private static async Task Interrupt(string arguments, int number, TimeSpan moment, CancellationToken stop)
    {
        await using var process = await SignalledProcess.Start(arguments);
        await Task.Delay(moment, stop);
        var (code, output, error, time) = await process.End(number % 2 == 0 ? ["-INT"] : ["-INT", "-INT"]);
        string at = string.Create(CultureInfo.InvariantCulture, $"after {moment.TotalSeconds:0.00} s, code {code}: {error}");
        Assert.True(code == 3, at);
        Assert.True(error.Split("not finished: stopped by SIGINT").Length == 2, at);
        Assert.True(time < s_bound, at);
        Assert.True(
            !arguments.Contains("--json", StringComparison.Ordinal) || output.Contains("\"finished\": false", StringComparison.Ordinal),
            at);
    }
}
