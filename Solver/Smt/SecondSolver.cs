using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;

namespace Checker.Solver.Smt;

public enum Answer
{
    Unsat,
    Sat,
    Unknown,
}

/// <summary>The solver did not answer as an SMT-LIB solver does.</summary>
public sealed class SolverFailedException(string message) : Exception(message);

/// <summary>Another SMT-LIB solver, as a process: what it answers is read from its output, and its crash is not ours.</summary>
public sealed class SecondSolver
{
    private readonly string _path;
    private readonly ImmutableArray<string> _options;
    private readonly TimeSpan _timeout;

    /// <param name="path">The program; null for cvc5 from the search path.</param>
    /// <param name="timeout">For each query, where the solver has an option for that; ten times as much for a file.</param>
    /// <exception cref="EnvironmentException">There is no such program.</exception>
    public SecondSolver(string? path, TimeSpan timeout)
    {
        _timeout = timeout;
        _path = path is null ? Find("cvc5") ?? throw new EnvironmentException("cvc5 is not installed", "apt-get install cvc5")
            : File.Exists(path) ? path
            : Find(path) ?? throw new EnvironmentException($"there is no solver '{path}'", "name an SMT-LIB 2 solver that is installed, or leave --solver out for cvc5");
        string name = Path.GetFileNameWithoutExtension(_path);
        int milliseconds = (int)Math.Min(int.MaxValue, timeout.TotalMilliseconds);
        // Enumerative instantiation decides what pattern matching alone leaves open in formulas like these.
        _options = name.StartsWith("cvc5", StringComparison.Ordinal) ? ["--incremental", "--enum-inst", $"--tlimit-per={milliseconds}"]
            : name.StartsWith("z3", StringComparison.Ordinal) ? [$"-t:{milliseconds}"] : [];
    }

    /// <summary>The program with the first line that it prints about its version.</summary>
    public string Describe()
    {
        try
        {
            var (output, _, _) = Run(["--version"], TimeSpan.FromSeconds(10));
            return output.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? _path;
        }
        catch (SolverFailedException)
        {
            return _path;
        }
    }

    /// <summary>The answers to the file's queries, in order.</summary>
    /// <exception cref="SolverFailedException">It crashed, hung, or printed something other than <paramref name="queries"/> answers.</exception>
    public ImmutableArray<Answer> Solve(string file, int queries)
    {
        var (output, error, code) = Run([.. _options, file], _timeout * 10);
        var answers = ImmutableArray.CreateBuilder<Answer>();
        foreach (string line in output.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            answers.Add(line switch
            {
                "unsat" => Answer.Unsat,
                "sat" => Answer.Sat,
                "unknown" or "timeout" => Answer.Unknown,
                _ => throw new SolverFailedException($"{Path.GetFileName(_path)} printed '{Shorten(line)}' for {file}, where sat, unsat or unknown is due"),
            });
        }

        return answers.Count == queries ? answers.ToImmutable()
            : throw new SolverFailedException($"{Path.GetFileName(_path)} gave {answers.Count} of {queries} answers for {file}{(code == 0 ? "" : $", exit code {code}")}{(error.Length > 0 ? $": {Shorten(error.Trim())}" : "")}");
    }

    private (string Output, string Error, int Code) Run(IEnumerable<string> arguments, TimeSpan timeout)
    {
        using var process = new Process { StartInfo = new(_path, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new SolverFailedException($"{_path} cannot be run: {error.Message}");
        }

        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(timeout))
        {
            process.Kill(entireProcessTree: true);
            throw new SolverFailedException($"{Path.GetFileName(_path)} did not finish within {timeout.TotalSeconds:0} s");
        }

        return (output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult(), process.ExitCode);
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string Shorten(string text) => text.Length <= 120 ? text : text[..120] + "...";
}
