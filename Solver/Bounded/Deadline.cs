using System.Diagnostics;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>The common time limit of all questions of a run. It starts with the construction.</summary>
internal sealed class Deadline(BmcOptions options)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private bool IsSet => options.Timeout != Timeout.InfiniteTimeSpan;

    /// <summary>Asks the solver, for at most the remaining time.</summary>
    /// <exception cref="OperationCanceledException">The user stopped the run.</exception>
    public Z3.Status Check(Z3.Solver solver, params Z3.Expr[] assumptions)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        if (IsSet)
        {
            var left = options.Timeout - _clock.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                return Z3.Status.UNKNOWN;
            }

            solver.Set("timeout", (uint)Math.Clamp(left.TotalMilliseconds, 1, uint.MaxValue - 1.0));
        }

        return solver.Check(assumptions);
    }

    /// <summary>Returns the reason for an answer of UNKNOWN.</summary>
    /// <exception cref="OperationCanceledException">The user stopped the run.</exception>
    public string Reason(Z3.Solver solver)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        return IsSet && _clock.Elapsed >= options.Timeout
            ? $"not decided within {options.Timeout.TotalSeconds:0.#} s"
            : $"Z3 says unknown: {solver.ReasonUnknown}";
    }
}
