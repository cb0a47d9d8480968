using System.Globalization;
using Checker.Solver;
using Checker.Solver.Processes;
using Checker.Solver.Smt;

namespace Checker.App.Agreement;

/// <summary>
/// A temporary folder in which other tools run, each with a limit of its memory and its time. The folder is deleted at the end.
/// </summary>
internal sealed class Workshop : IDisposable
{
    /// <summary>The programs, each in the Debian package of the same name.</summary>
    private static readonly string[] s_programs = ["rumur", "spin", "gcc", "cvc5"];

    /// <summary>The largest output of a tool. A trace of a few hundred states is far smaller.</summary>
    private const int MostOutput = 64 << 20;

    private readonly AgreementOptions _options;
    private readonly string _folder;

    public Workshop(AgreementOptions options, string name)
    {
        _options = options;
        _folder = Directory.CreateTempSubdirectory($"checker-{name}-{Environment.ProcessId}-").FullName;
    }

    /// <exception cref="EnvironmentException">A program is missing.</exception>
    public static void RequireTools()
    {
        string[] missing = [.. s_programs.Where(p => LimitedProcess.Find(p) is null)];
        if (missing.Length > 0)
        {
            throw new EnvironmentException(
                $"{string.Join(" and ", missing)} {(missing.Length == 1 ? "is" : "are")} not installed",
                $"apt-get install {string.Join(' ', missing)}");
        }
    }

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    /// <summary>Runs a program in the folder, and returns its output.</summary>
    /// <param name="program">The program, by its name, or by its path in the folder with "./" before it.</param>
    /// <exception cref="ToolFailedException">It exceeds a limit.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public ProcessResult Run(string program, params IEnumerable<string> arguments)
    {
        string limit = (_options.Memory / 1024).ToString(CultureInfo.InvariantCulture);
        try
        {
            return LimitedProcess.Run(
                "/bin/sh",
                ["-c", "ulimit -v \"$0\"; exec \"$@\"", limit, program, .. arguments],
                [],
                _options.Timeout,
                MostOutput,
                _options.Cancellation,
                _folder);
        }
        catch (ProcessFailedException failed)
        {
            throw new ToolFailedException(failed.Message.Replace("'sh'", $"'{program}'", StringComparison.Ordinal));
        }
    }

    /// <summary>Runs a program which must succeed, such as a compiler.</summary>
    /// <exception cref="ToolFailedException">It fails.</exception>
    public void Require(string program, params IEnumerable<string> arguments)
    {
        var result = Run(program, arguments);
        if (result.Code != 0)
        {
            throw Refused(program, result);
        }
    }

    /// <summary>Returns the failure with the first line of the complaint.</summary>
    public static ToolFailedException Refused(string program, ProcessResult result)
    {
        string said = (result.Error + "\n" + result.Output).Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? "";
        return new($"{program} ended with exit code {result.Code}{(said.Length == 0 ? "" : $": {Suggestions.OneLine(said)}")}");
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A killed program may still be writing. The system removes old temporary files.
        }
    }
}
