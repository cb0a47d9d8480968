using System.Diagnostics;
using System.Text.Json.Nodes;
using Checker.Composition.Protocols;
using Checker.Solver.Explicit.Checkpoints;

namespace Checker.Tests.Cli;

/// <summary><c>verify --checkpoint</c> and <c>--resume</c>, also after kills.</summary>
public sealed class ResumeTests : IDisposable
{
    private const string Counter = "verify --protocol Counter --no-proofs";
    private const string Large = "verify --design snp,hole,separate,spurious --bounds 2,2,1,1,1 --no-proofs --json";
    private const string Broken = "verify --design tdx,hole,separate,spurious --bounds 2,2,1,1,1 --drop punch.flush "
        + "--every-property --no-proofs --json";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, Trait("Tier", "slow")]
    [InlineData(Large, 20)]
    [InlineData(Broken, 4)]
    public void A_search_killed_at_any_moments_has_the_same_results(string command, int kills)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kill is that of Linux");
        var undisturbed = Program.Call(command);
        var random = new Random(command.Length);
        int killed = 0;
        Outcome? last = null;
        while (last is null)
        {
            bool saved = Directory.Exists(_folder["c"])
                && Directory.GetFiles(_folder["c"], "checkpoint", SearchOption.AllDirectories).Length > 0;
            string begin = saved ? "--resume" : "--checkpoint";
            // The search alone takes some seconds. Later processes have less left to do, so enough of them are killed early.
            last = Run($"{command} {begin} {_folder["c"]} --every 0.1s", killed < kills ? 700 + random.Next(1200) : null);
            killed += last is null ? 1 : 0;
            Assert.True(last is null || killed >= kills, $"it ended after {killed} kills: {last?.Error}");
        }

        Assert.Equal((undisturbed.Code, Timeless(undisturbed.Output)), (last.Code, Timeless(last.Output)));
        Assert.Contains("continues from its checkpoint", last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_was_saved_is_not_begun_again_by_mistake()
    {
        Saved();
        var again = Program.Call($"{Counter} --checkpoint {_folder["c"]}");
        Assert.Equal((2, 1), (again.Code, again.Error.Count(c => c == '\n')));
        Assert.Contains($"--resume {_folder["c"]}", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_continues_and_says_so()
    {
        Saved();
        var resumed = Program.Call($"{Counter} --json --resume {_folder["c"]}");
        Assert.Equal(0, resumed.Code);
        Assert.Contains("continues from its checkpoint: ", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(Timeless(Program.Call($"{Counter} --json").Output), Timeless(resumed.Output));
    }

    [Fact]
    public void Another_model_other_options_and_another_build_are_refused()
    {
        string place = Saved();
        var head = CheckpointHead.Read(place)!;
        AssertRefused(head.Subject with { Model = "0" }, "or its properties are not those of the checkpoint");
        AssertRefused(
            head.Subject with { Options = "--every-property" },
            "it was saved with --every-property, and this run has no such option");
        AssertRefused(head.Subject with { Build = "0", Version = "0.9" }, "it was saved by another build of checker, 0.9; this is ");
        AssertRefused(head.Subject with { Run = "Other" }, "it is a checkpoint of Other, not of Counter");

        void AssertRefused(CheckpointSubject subject, string reason)
        {
            (head with { Subject = subject }).Write(place);
            var refused = Program.Call($"{Counter} --resume {_folder["c"]}");
            Assert.Equal((2, 1), (refused.Code, refused.Error.Count(c => c == '\n')));
            Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--resume nowhere", "--resume nowhere: there is no such folder")]
    [InlineData("--resume /", "there is no checkpoint of Counter, bounds 3 or of anything else")]
    [InlineData("--checkpoint a --resume b", "give one of the two")]
    [InlineData("--every 5s", "--every is for --checkpoint and --resume")]
    [InlineData("--checkpoint a --every 5", "--every 5: allowed is a time such as 60s, 5m or 1h")]
    [InlineData("--checkpoint a --every 0s", "from 0.1s to 24h")]
    [InlineData("--checkpoint a --every s", "allowed is a time")]
    [InlineData("--checkpoint a --every 2d", "allowed is a time")]
    [InlineData("--checkpoint /etc/passwd", "/etc/passwd: it is a file")]
    public void Bad_options_are_refused(string options, string reason)
    {
        var refused = Program.Call($"{Counter} {options}");
        Assert.Equal((2, 1), (refused.Code, refused.Error.Count(c => c == '\n')));
        Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_other_runs_says_which()
    {
        Saved();
        var refused = Program.Call($"verify --protocol PageLifecycle --no-proofs --resume {_folder["c"]}");
        Assert.Equal(2, refused.Code);
        Assert.Contains("there is one of Counter", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>Explores Counter with a checkpoint, and returns its folder.</summary>
    private string Saved()
    {
        // The search itself is over before the first checkpoint is due, so its own folder is filled by hand.
        var job = Assert.Single(App.Plan.Of(new(Registry.All, "Counter", [], null, [], [], Solver.Engine.Exploration)));
        var checkpoints = App.Checkpointing.Begin(_folder["c"], TimeSpan.Zero, [job], _ => { });
        App.Run.Do(job, new(new(), null) { Checkpoints = checkpoints }, _ => new MemoryStream());
        return Assert.Single(Directory.GetDirectories(_folder["c"]));
    }

    private static string Timeless(string json)
    {
        var root = JsonNode.Parse(json)!;
        foreach (var run in root["runs"]!.AsArray())
        {
            foreach (string key in new[] { "seconds", "bytes" })
            {
                run!.AsObject().Remove(key);
            }
        }

        return root.ToJsonString();
    }

    /// <summary>Runs the program in a process; null if it was killed after that many milliseconds.</summary>
    private static Outcome? Run(string arguments, int? milliseconds)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", $"\"{typeof(Registry).Assembly.Location}\" {arguments}")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (milliseconds is { } most && !process.WaitForExit(most))
        {
            process.Kill();
            process.WaitForExit();
            return null;
        }

        process.WaitForExit();
        return new(process.ExitCode, output.Result, error.Result);
    }
}
