using System.ComponentModel;
using System.Diagnostics;

namespace Checker.Tests.Report;

/// <summary>The package manager of Node, where it is installed.</summary>
internal static class Npm
{
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(2);

    /// <summary>Runs npm in a folder.</summary>
    /// <returns>The exit code; null if npm is not installed.</returns>
    public static Task<int?> Run(string folder, params string[] arguments) => Start(folder, "npm", arguments);

    public static async Task<int?> Start(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            using var stop = new CancellationTokenSource(s_most);
            await process.WaitForExitAsync(stop.Token);
            await Task.WhenAll(output, error);
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
