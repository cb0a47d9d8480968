using Checker.Tests.Architecture;

namespace Checker.Tests.Cli;

/// <summary>Every long-running command stops soon after an interrupt, with exit code 3 and a sentence.</summary>
public sealed class InterruptTests
{
    /// <summary>Generous: other tests run at the same time. It is two seconds on a machine that is free.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    [Theory, Trait("Tier", "slow")]
    [InlineData("verify --bounds 2,3,2,2,1 --design snp,attribute,separate,spurious --no-symmetry")]
    [InlineData("verify --bounds 2,3,2,2,1 --design snp,attribute,separate,spurious --json")]
    [InlineData("walk --walks 1000000000")]
    [InlineData("walk --walks 1000000000 --json")]
    [InlineData("bmc --depth 1000 --design snp,attribute,separate,spurious")]
    [InlineData("kind --k 1000 --design snp,attribute,separate,spurious")]
    [InlineData("prove")]
    [InlineData("prove --json")]
    [InlineData("infer")]
    [InlineData("infer --json")]
    [InlineData("bmc --depth 1000 --design snp,attribute,separate,spurious --json")]
    [InlineData("kind --k 1000 --design snp,attribute,separate,spurious --json")]
    [InlineData("graph --components --design snp,attribute,separate,spurious --bounds 1,3,2,1,1")]
    [InlineData("graph --to dot --around-trace --design snp,attribute,separate,spurious --bounds 1,3,2,1,1")]
    [InlineData("mutate")]
    [InlineData("mutate --json")]
    [InlineData("claims")]
    [InlineData("claims --json")]
    [InlineData("designs")]
    [InlineData("designs --orders --pairs --json")]
    [InlineData("lifecycle --bounds 2,3,2,1,1")]
    [InlineData("lifecycle --bounds 2,3,2,1,1 --json")]
    [InlineData("invariants --write")]
    public async Task A_command_that_is_terminated_is_not_finished(string arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using var folder = new Folder();
        if (arguments.EndsWith("--write", StringComparison.Ordinal))
        {
            arguments += " " + folder.Write("invariants.md", Repository.Read("invariants.md"));
        }

        var (code, output, error, time) = await Terminated(arguments);
        Assert.Equal(3, code);
        Assert.Contains("not finished", error, StringComparison.Ordinal);
        Assert.InRange(time, TimeSpan.Zero, s_bound);
        if (arguments.EndsWith("--json", StringComparison.Ordinal))
        {
            Assert.Contains("\"finished\": false", output, StringComparison.Ordinal);
            Assert.DoesNotContain("\"refines\": true", output, StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, string Output, string Error, TimeSpan Time)> Terminated(string arguments)
    {
        await using var process = await SignalledProcess.Start(arguments);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        return await process.End("-TERM");
    }
}
