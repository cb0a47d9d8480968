using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Checker.Solver.Processes;

/// <summary>The failure of a program to run within its limits.</summary>
public sealed class ProcessFailedException(string message) : Exception(message);

/// <summary>The output of a program, and its exit code.</summary>
public sealed record ProcessResult(string Output, string Error, int Code);

/// <summary>
/// A program which reads its input from memory, with limits on its time, its output, and the processes it starts. It runs in a session
/// of its own, so all of its processes can be ended together.
/// </summary>
public static partial class LimitedProcess
{
    private const int KillSignal = 9;

    /// <summary>The largest number of bytes read from standard error.</summary>
    private const int MostError = 1 << 20;

    /// <summary>The time for closing the output after the program has ended.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private static readonly string? s_session = OperatingSystem.IsLinux() ? Find("setsid") : null;

    /// <param name="mostOutput">The largest number of bytes which the program may print.</param>
    /// <param name="folder">The working directory; null for that of this process.</param>
    /// <exception cref="ProcessFailedException">
    /// The program cannot be run, exceeds a limit, or leaves a process behind which holds its output.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static ProcessResult Run(
        string program,
        IEnumerable<string> arguments,
        byte[] input,
        TimeSpan timeout,
        int mostOutput,
        CancellationToken cancellation,
        string? folder = null)
    {
        string name = Suggestions.Quote(Path.GetFileName(program));
        using var process = Start(program, arguments, folder);
        try
        {
            var writing = Task.Factory.StartNew(
                () => Feed(process, input),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            var output = Read(process, process.StandardOutput.BaseStream, mostOutput);
            var errors = Read(process, process.StandardError.BaseStream, MostError);
            if (!process.WaitForExitAsync(CancellationToken.None).Wait((int)timeout.TotalMilliseconds, cancellation))
            {
                throw new ProcessFailedException($"{name} did not finish within {timeout.TotalSeconds:0} s");
            }

            bool closed = Task.WaitAll([writing, output, errors], s_grace);
            cancellation.ThrowIfCancellationRequested();
            return !closed
                    ? throw new ProcessFailedException($"{name} ended, but left a process behind that holds its input or output open")
                : output.Result is not { } said
                    ? throw new ProcessFailedException($"{name} printed more than {mostOutput} bytes, which no right answer has")
                : errors.Result is not { } complained
                    ? throw new ProcessFailedException($"{name} printed more than {MostError} bytes to standard error")
                : new(said, complained, process.ExitCode);
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>Returns the program of this name in the search path.</summary>
    public static string? Find(string name) =>
        name.Length == 0 ? null : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static Process Start(string program, IEnumerable<string> arguments, string? folder)
    {
        var start = s_session is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo(s_session, [program, .. arguments]);
        start.UseShellExecute = false;
        start.WorkingDirectory = folder ?? "";
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new ProcessFailedException($"{Suggestions.Quote(program)} cannot be run: {error.Message}");
        }
    }

    private static void Feed(Process process, byte[] input)
    {
        try
        {
            using var stream = process.StandardInput.BaseStream;
            stream.Write(input);
        }
        catch (IOException)
        {
            // The program ended, or closed its input, before reading everything. Its answers show if this was enough.
        }
    }

    /// <summary>Reads the whole stream. Returns null, and kills the program, if it has more than <paramref name="most"/> bytes.</summary>
    private static Task<string?> Read(Process process, Stream stream, int most) => Task.Factory.StartNew(() =>
    {
        var text = new MemoryStream();
        byte[] buffer = new byte[1 << 12];
        try
        {
            while (stream.Read(buffer) is > 0 and var count)
            {
                if (text.Length + count > most)
                {
                    Kill(process);
                    return null;
                }

                text.Write(buffer, 0, count);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The run was given up, and its streams are closed.
            return null;
        }

        return (string?)Encoding.UTF8.GetString(text.ToArray());
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Ends the program, its children, and the rest of its session's process group.</summary>
    private static void Kill(Process process)
    {
        if (s_session is not null)
        {
            _ = SendSignal(-process.Id, KillSignal);
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // The program has already ended.
        }
    }

    /// <summary>kill(2).</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
