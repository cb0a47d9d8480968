using System.Collections.Immutable;
using Checker.Solver.Processes;
using Checker.Solver.Smt;

namespace Checker.Solver.Proof.Certificates;

public enum SolverAnswer
{
    Unsat,
    Sat,
    Unknown,
}

/// <summary>The failure of a program to answer as an SMT-LIB solver.</summary>
public sealed class SolverFailedException(string message) : Exception(message);

/// <summary>
/// Another SMT-LIB solver, run as a process. It reads the queries from its standard input, which is this program's memory. So it gets
/// exactly the text compared with the model.
/// </summary>
public sealed class SecondSolver
{
    /// <summary>The length of "unsat", "unknown" or "timeout" with the end of the line.</summary>
    private const int LongestAnswer = 16;

    /// <summary>The room for an error message, which is then quoted.</summary>
    private const int Spare = 4096;

    private readonly string _path;
    private readonly ImmutableArray<string> _options;
    private readonly TimeSpan _timeout;

    /// <param name="path">The program; null for cvc5 from the search path.</param>
    /// <param name="timeout">The time limit for each query, if the solver has an option for it; ten times as much for a file.</param>
    /// <exception cref="EnvironmentException">There is no such program.</exception>
    public SecondSolver(string? path, TimeSpan timeout)
    {
        _timeout = timeout;
        _path = path is null
                ? LimitedProcess.Find("cvc5") ?? throw new EnvironmentException("cvc5 is not installed", "apt-get install cvc5")
            : File.Exists(path) ? Path.GetFullPath(path)
            : LimitedProcess.Find(path)
                ?? throw new EnvironmentException(
                    $"there is no solver {Suggestions.Quote(path)}",
                    "name an SMT-LIB 2 solver that is installed, or leave --solver out for cvc5");
        string name = Path.GetFileNameWithoutExtension(_path);
        int milliseconds = (int)Math.Min(int.MaxValue, timeout.TotalMilliseconds);
        // Enumerative instantiation decides formulas for which pattern matching alone is not enough.
        _options = name.StartsWith("cvc5", StringComparison.Ordinal)
            ? ["--lang=smt2", "--incremental", "--enum-inst", $"--tlimit-per={milliseconds}"]
            : name.StartsWith("z3", StringComparison.Ordinal) ? ["-smt2", "-in", $"-t:{milliseconds}"]
            : OperatingSystem.IsWindows() ? [] : ["/dev/stdin"];
    }

    private string Name => Suggestions.Quote(Path.GetFileName(_path));

    /// <summary>Returns the first line printed by the program about its version, quoted; its path if it prints none.</summary>
    public string Describe(CancellationToken cancellation)
    {
        try
        {
            string output = LimitedProcess.Run(_path, ["--version"], [], TimeSpan.FromSeconds(10), 1 << 16, cancellation).Output;
            return Suggestions.Quote(output.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? _path);
        }
        catch (ProcessFailedException)
        {
            return Suggestions.Quote(_path);
        }
    }

    /// <summary>Returns the answers to the queries of a script, in order.</summary>
    /// <param name="script">The text of the file, in UTF-8.</param>
    /// <exception cref="SolverFailedException">
    /// The solver did not end in time, or not with exit code 0, or it printed something other than <paramref name="queries"/> answers.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public ImmutableArray<SolverAnswer> Solve(string file, byte[] script, int queries, CancellationToken cancellation)
    {
        var (output, error, code) = Run(script, (queries * LongestAnswer) + Spare, cancellation);
        string[] lines = [.. output.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
        string complaint = (code == 0 ? "" : $", exit code {code}")
            + (error.Trim() is { Length: > 0 } said ? $": {Suggestions.Quote(said)}" : "");
        ImmutableArray<SolverAnswer> answers = [.. lines.Select(ToAnswer)];
        return answers.Length != queries
            ? throw new SolverFailedException($"{Name} gave {answers.Length} of {queries} answers for {file}{complaint}")
            : code != 0 ? throw new SolverFailedException($"{Name} failed after its answers for {file}{complaint}")
            : answers;

        SolverAnswer ToAnswer(string line) => line switch
        {
            "unsat" => SolverAnswer.Unsat,
            "sat" => SolverAnswer.Sat,
            "unknown" or "timeout" => SolverAnswer.Unknown,
            _ =>
                throw new SolverFailedException($"{Name} printed {Suggestions.Quote(line)} for {file}, where sat, unsat or unknown is due"),
        };
    }

    private ProcessResult Run(byte[] script, int mostOutput, CancellationToken cancellation)
    {
        try
        {
            return LimitedProcess.Run(_path, _options, script, _timeout * 10, mostOutput, cancellation);
        }
        catch (ProcessFailedException failed)
        {
            throw new SolverFailedException(failed.Message);
        }
    }
}
