using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>What k-induction found out about all properties of a finite instance together.</summary>
public abstract record KInductionResult
{
    /// <summary>No state at all can be reached in which a property fails: k steps of good states are never followed by a bad one.</summary>
    public sealed record Proved(int K) : KInductionResult;

    /// <summary>The base case fails: a real violation, the shortest.</summary>
    public sealed record Violated(int K, BmcResult.Violated Violation) : KInductionResult;

    /// <summary>Neither, up to the K that was asked for. Never a success.</summary>
    public sealed record Unknown(int K, string Reason) : KInductionResult;

    private KInductionResult()
    {
    }
}

/// <summary>
/// k-induction on a finite instance (Sheeran, Singh and Stålmarck, "Checking safety properties using induction and a SAT-solver",
/// 2000): a violation within k steps of the initial state is a counterexample; if k good states in a row, all different, are never
/// followed by a bad one, there is no violation at all.
/// </summary>
public static class KInduction
{
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    public static KInductionResult Run(FiniteModel model, IReadOnlyList<PropertyDeclaration> properties, int largest, BmcOptions options)
    {
        using var encoding = new FiniteEncoding(model);
        using var solver = encoding.NewSolver();
        using var interrupt = options.Cancellation.Register(encoding.Context.Interrupt);
        solver.Assert(encoding.InDomain(0));
        for (int k = 0; k <= largest; k++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            switch (FiniteBmc.Run(model, properties, k, options))
            {
                case BmcResult.Violated violated: return new KInductionResult.Violated(k, violated);
                case BmcResult.Unknown unknown: return new KInductionResult.Unknown(k, unknown.Reason);
                default: break;
            }

            solver.Push();
            solver.Assert(Bad(k));
            var answer = solver.Check();
            string reason = answer == Z3.Status.UNKNOWN ? solver.ReasonUnknown : "";
            solver.Pop();
            if (answer == Z3.Status.UNSATISFIABLE)
            {
                return new KInductionResult.Proved(k);
            }

            if (answer == Z3.Status.UNKNOWN)
            {
                return new KInductionResult.Unknown(k, $"Z3 says unknown: {reason}");
            }

            solver.Assert(encoding.Context.MkNot(Bad(k)), encoding.Transition(k), encoding.InDomain(k + 1));
            for (int earlier = 0; earlier <= k; earlier++)
            {
                solver.Assert(encoding.Context.MkNot(encoding.SameState(earlier, k + 1)));
            }
        }

        return new KInductionResult.Unknown(largest, $"not inductive for any k up to {largest}");

        // The state is bad, or a step out of it is.
        Z3.BoolExpr Bad(int k) => encoding.Context.MkOr(properties.Select(p => FiniteModel.SpeaksOfSteps(p)
            ? encoding.Context.MkAnd(encoding.Transition(k), encoding.Violated(p, k))
            : encoding.Violated(p, k)));
    }
}
