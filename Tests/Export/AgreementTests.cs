using System.Diagnostics;
using System.Globalization;
using Checker.App.Agreement;
using Checker.Composition.Protocols;
using Checker.Solver.Export;
using Checker.Solver.Instance;
using Checker.Tests.Fuzz;
using Checker.Tests.Fuzz.Generator;
using Checker.Tests.Smt;

namespace Checker.Tests.Export;

/// <summary>
/// Rumur, SPIN and cvc5 find the same as the exploration. CHECKER_AGREE=count,number compares the given number of random models, starting
/// with the given one.
/// </summary>
[Trait("Tier", "slow")]
public sealed class AgreementTests
{
    private const int Usual = 8;

    private static readonly AgreementOptions s_options = new(TimeSpan.FromMinutes(5), 2L << 30, 1, CancellationToken.None);

    [Theory]
    [InlineData("--protocol Counter")]
    [InlineData("--protocol PageLifecycle --mutants")]
    [InlineData("--protocol GuestMemory --bounds 1,1,1,1,1")]
    [InlineData("--design pkvm,attribute,inplace,honest")]
    [InlineData("--design cca,hole,separate,honest --drop fill.zap")]
    [InlineData("--design tdx,hole,separate,spurious --drop fault.no_fill")]
    public void The_protocols_agree(string selection)
    {
        Tools.Require();
        var outcome = Cli.Program.Call($"agree {selection}");

        Assert.True(outcome.Code == 0, outcome.Output + outcome.Error);
        Assert.DoesNotContain("not compared", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_awkward_model_agrees(int size)
    {
        Tools.Require();
        AssertAgrees(Awkward.Scope(size), $"size {size}");
    }

    [Fact]
    public void A_model_with_negative_sums_and_deadlocks_agrees()
    {
        Tools.Require();
        AssertAgrees(Ladder.Scope(), "ladder");
    }

    [Fact]
    public void Random_models_agree()
    {
        Tools.Require();
        string[] asked = (Environment.GetEnvironmentVariable("CHECKER_AGREE") ?? "").Split(',');
        int count = asked[0].Length > 0 ? int.Parse(asked[0], CultureInfo.InvariantCulture) : Usual;
        ulong first = asked.Length > 1 ? ulong.Parse(asked[1], CultureInfo.InvariantCulture) : 1;
        for (ulong number = first; number < first + (ulong)count; number++)
        {
            var model = Models.Of(number, new Tally());
            try
            {
                AssertAgrees(new Scope(model.System, model.Sizes), model.ToString());
            }
            catch (NotExportableException)
            {
                // A number has more than 32 bits.
            }
        }
    }

    [Fact]
    public void A_wrong_export_is_noticed()
    {
        Tools.Require();
        var counter = Registry.Get("Counter");
        var scope = new Scope(
            counter.Build(counter.Designs[0]),
            new Dictionary<string, int>(StringComparer.Ordinal) { ["Worker"] = 3 });

        var (_, tools) = AgreementRun.Compare(scope.Without("lock"), (format, steps) => Text(format, scope, steps), s_options);

        Assert.Equal(3, tools.Length);
        Assert.All(tools, t => Assert.Equal(Accordance.Differs, t.Accordance));
    }

    [Theory]
    [InlineData(1, 2L << 30)]
    [InlineData(300_000, 1L << 20)]
    public void A_tool_without_time_or_memory_is_not_compared(int milliseconds, long memory)
    {
        Tools.Require();
        var scope = Ladder.Scope();
        var options = s_options with { Timeout = TimeSpan.FromMilliseconds(milliseconds) };

        // The exploration needs memory as well, so its limit stays.
        var findings = Record.Exception(() => Spin.Run(
            Text(ExportFormat.Promela, scope),
            [],
            new Solver.Explicit.Exhaustive(scope, new()).Run(),
            options with { Memory = memory }));

        Assert.IsType<ToolFailedException>(findings);
    }

    [Fact]
    public void A_stopped_comparison_leaves_no_folder()
    {
        Tools.Require();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var scope = Ladder.Scope();

        Assert.ThrowsAny<OperationCanceledException>(() => AgreementRun.Compare(
            scope,
            (format, steps) => Text(format, scope, steps),
            s_options with { Cancellation = stop.Token }));

        Assert.Empty(Directory.EnumerateDirectories(Path.GetTempPath(), $"checker-spin-{Environment.ProcessId}-*"));
    }

    [Fact]
    public void A_missing_tool_is_named_with_its_package()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the search path is written differently there");
        var start = new ProcessStartInfo(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"),
            [typeof(Registry).Assembly.Location, "agree", "--protocol", "Counter"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = "/nowhere";
        using var process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(4, process.ExitCode);
        Assert.Contains("apt-get install rumur spin gcc cvc5", Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>The stop comes during the exploration, the compilation or the run of a tool.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1500)]
    [InlineData(4000)]
    [InlineData(8000)]
    public async Task Ctrl_C_ends_the_tools_as_well(int milliseconds)
    {
        Tools.Require();
        const string Agree = "agree --design snp,attribute,inplace,spurious --bounds 1,2,1,2,1 --json";
        await using var process = await Cli.SignalledProcess.Start(Agree);
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);

        var (code, output, error, time) = await process.End("-INT");

        Assert.Equal(3, code);
        Assert.Contains("\"finished\": false", output, StringComparison.Ordinal);
        Assert.Contains("stopped by", error, StringComparison.Ordinal);
        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Empty(Directory.EnumerateDirectories(Path.GetTempPath(), $"checker-*-{process.Id}-*"));
    }

    private static void AssertAgrees(Scope scope, string what)
    {
        var (_, tools) = AgreementRun.Compare(scope, (format, steps) => Text(format, scope, steps), s_options);

        Assert.All(tools, t => Assert.True(t.Accordance == Accordance.Agrees, $"{t.Tool}: {t.Accordance}: {t.Text}\n{what}"));
    }

    private static string Text(ExportFormat format, Scope scope, int? steps = null) =>
        Exporter.Write(format, scope, ["a test"], "Test", steps ?? Exporter.DefaultSteps).Text;
}
