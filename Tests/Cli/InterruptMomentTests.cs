using System.Globalization;

namespace Checker.Tests.Cli;

/// <summary>Ctrl-C ends every long command soon, whatever the command does at that moment.</summary>
public sealed class InterruptMomentTests
{
    private const int Moments = 20;
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
        for (int i = 0; i < Moments; i++)
        {
            var moment = TimeSpan.FromSeconds(random.NextDouble() * LatestSeconds);
            await using var process = await SignalledProcess.Start(arguments);
            await Task.Delay(moment, TestContext.Current.CancellationToken);
            var (code, output, error, time) = await process.End(i % 2 == 0 ? ["-INT"] : ["-INT", "-INT"]);
            string at = string.Create(CultureInfo.InvariantCulture, $"after {moment.TotalSeconds:0.00} s, code {code}: {error}");
            Assert.True(code == 3, at);
            Assert.True(error.Split("not finished: stopped by SIGINT").Length == 2, at);
            Assert.True(time < s_bound, at);
            Assert.True(
                !arguments.Contains("--json", StringComparison.Ordinal) || output.Contains("\"finished\": false", StringComparison.Ordinal),
                at);
        }
    }
}
