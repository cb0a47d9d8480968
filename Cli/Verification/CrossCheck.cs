using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Smt;

namespace Checker.Cli.Verification;

/// <summary>What Z3 says of the first steps of an instance, held against what exploration found.</summary>
/// <param name="Agreement">One line, if the two agree.</param>
/// <param name="Disagreement">One line, if one of the engines is wrong.</param>
/// <param name="Undecided">Why there is neither.</param>
internal sealed record CrossCheck(string? Agreement, string? Disagreement, string? Undecided)
{
    /// <param name="depth">Steps.</param>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    public static CrossCheck Do(Job job, Scope scope, ExplorationResult explored, int depth, CancellationToken cancellation)
    {
        try
        {
            var bounded = FiniteBmc.Run(new FiniteModel(scope), FiniteBmc.Checked(job.Model, lemmas: true), depth, new() { Cancellation = cancellation });
            return Compare(bounded, explored);
        }
        catch (OperationCanceledException)
        {
            return new(null, null, "stopped");
        }
    }

    /// <summary>The first violation must be at the same depth, or lie beyond the depth for both.</summary>
    internal static CrossCheck Compare(BmcResult bounded, ExplorationResult explored)
    {
        // Exploration that was broken off knows of the levels that it exhausted, and no more.
        int? found = explored.FirstViolation?.Trace!.Length - 1;
        bool complete = explored.Outcome is Outcome.Complete or Outcome.Violated;
        int known = found ?? (complete ? int.MaxValue : explored.Depth - 1);
        return bounded switch
        {
            BmcResult.Unknown unknown => new(null, null, unknown.Reason),
            BmcResult.Violated violated when violated.Trace.Length - 1 == found => Agree($"the first violation takes {found} steps"),
            BmcResult.Violated violated when found is not null || violated.Trace.Length - 1 <= known =>
                Differ($"a violation of {violated.Property.Name} after {violated.Trace.Length - 1} steps"),
            BmcResult.BoundReached reached when found <= reached.Depth => Differ($"no violation within {reached.Depth} steps"),
            BmcResult.BoundReached reached when known >= reached.Depth => Agree($"no violation within {reached.Depth} steps"),
            _ => new(null, null, $"exploration was broken off after {known} steps, which is less than --bmc-depth"),
        };

        static CrossCheck Agree(string what) => new($"Z3 agrees: {what}", null, null);

        CrossCheck Differ(string what) => new(null, $"Z3 and exploration disagree: Z3 finds {what}, exploration {(found is null ? "none" : $"one after {found}")}; one of them is wrong", null);
    }
}
