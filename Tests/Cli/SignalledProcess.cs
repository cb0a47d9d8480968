using System.Diagnostics;
using Checker.Composition.Protocols;

namespace Checker.Tests.Cli;

/// <summary>A run of the program in a process of its own, which is ended by a signal.</summary>
internal sealed class SignalledProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private SignalledProcess(Process process)
    {
        _process = process;
        (_output, _error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public int Id => _process.Id;

    /// <summary>Starts the program, and returns when it listens to signals. (Before that the signal ends any process.)</summary>
    public static async Task<SignalledProcess> Start(string arguments)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", $"\"{typeof(Registry).Assembly.Location}\" {arguments}")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        while (!process.HasExited && !Listens(process))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        // The runtime starts the thread of the signals just before it registers the first handler.
        await Task.Delay(100, TestContext.Current.CancellationToken);
        return new(process);
    }

    /// <summary>Sends the signals one after the other, and waits for the end of the process.</summary>
    public async Task<(int Code, string Output, string Error, TimeSpan Time)> End(params string[] signals)
    {
        Assert.False(_process.HasExited, $"it ended by itself: {(_process.HasExited ? await _error : "")}");
        var clock = Stopwatch.StartNew();
        foreach (string signal in signals)
        {
            Process.Start("kill", $"{signal} {_process.Id}").WaitForExit();
        }

        if (!_process.WaitForExit(s_most))
        {
            _process.Kill();
        }

        _process.WaitForExit();
        return (_process.ExitCode, await _output, await _error, clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await Task.WhenAll(_output, _error);
        _process.Dispose();
    }

    private static bool Listens(Process process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process.Id}/task")
                .Any(t => File.ReadAllText($"{t}/comm").Contains("SigHandler", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }
}
