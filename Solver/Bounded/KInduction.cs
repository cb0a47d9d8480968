using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Checker.Solver.Traces;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>The result of k-induction for all properties of a finite instance together.</summary>
/// <param name="Answer">About all behaviours of the instance. A violation is a shortest one.</param>
/// <param name="K">The number of good states in a row which are never followed by a bad one, or the last number tried.</param>
/// <param name="Step">
/// The counterexample to the last refuted induction step: different good states, followed by a violation. It may begin anywhere, so it
/// need not be a behaviour of the model. Null unless the answer is missing.
/// </param>
public sealed record KInductionResult(Answer Answer, int K, Trace? Step = null);

/// <summary>
/// k-induction on a finite instance (Sheeran, Singh and Stålmarck, "Checking safety properties using induction and a SAT-solver",
/// 2000). A violation within k steps of the initial state is a counterexample. If k different good states in a row are never
/// followed by a bad one, there is no violation at all. One solver for each of the two questions is extended from k to k + 1.
/// </summary>
public static class KInduction
{
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="OperationCanceledException">The user stopped the run.</exception>
    public static KInductionResult Run(FiniteModel model, IReadOnlyList<PropertyDeclaration> properties, int largest, BmcOptions options) =>
        Interruption.Cancellable(() => Questions(model, properties, largest, options), options.Cancellation);

    private static KInductionResult Questions(
        FiniteModel model,
        IReadOnlyList<PropertyDeclaration> properties,
        int largest,
        BmcOptions options)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        var deadline = new Deadline(options);
        using var encoding = new FiniteEncoding(model);
        using var interrupt = new Interruption(encoding.Context, options.Cancellation);
        using var search = new BoundedSearch(encoding, properties, largest, deadline);
        using var solver = encoding.NewSolver();
        solver.Assert(encoding.InDomain(0));
        (Z3.Model Model, int K)? refuted = null;
        for (int k = 0; k <= largest; k++)
        {
            switch (search.Next()?.Answer)
            {
                case Answer.Violated violated: return new(violated with { Extent = Extent.Instance }, k);
                case Answer.Undecided undecided: return Unknown(k, undecided.Why);
                default: break;
            }

            solver.Push();
            solver.Assert(encoding.Context.MkOr(properties.Select(p => Bad(p, k))));
            var answer = deadline.Check(solver);
            string reason = answer == Z3.Status.UNKNOWN ? deadline.Reason(solver) : "";
            refuted = answer == Z3.Status.SATISFIABLE ? (solver.Model, k) : refuted;
            solver.Pop();
            if (answer == Z3.Status.UNSATISFIABLE)
            {
                return new(new Answer.Holds(Extent.Instance), k);
            }

            if (answer == Z3.Status.UNKNOWN)
            {
                return Unknown(k, reason);
            }

            foreach (var property in properties)
            {
                solver.Assert(encoding.Context.MkNot(Bad(property, k)));
            }

            solver.Assert(encoding.Transition(k), encoding.InDomain(k + 1));
            for (int earlier = 0; earlier <= k; earlier++)
            {
                solver.Assert(encoding.Context.MkNot(encoding.SameState(earlier, k + 1)));
            }
        }

        return Unknown(largest, $"not inductive for any k up to {largest}");

        // Bad is the state itself, or a step from it.
        Z3.BoolExpr Bad(PropertyDeclaration property, int k) => property.IsAboutSteps
            ? encoding.Context.MkAnd(encoding.Transition(k), encoding.Violated(property, k))
            : encoding.Violated(property, k);

        KInductionResult Unknown(int k, string why) =>
            new(new Answer.Undecided(why, Extent.Instance), k, refuted is { } at ? Path(at.Model, at.K) : null);

        Trace Path(Z3.Model found, int k)
        {
            var property = properties.First(p => found.Eval(Bad(p, k), completion: true).IsTrue);
            bool lastStep = property.IsAboutSteps;
            var path = encoding.ReadPath(found, lastStep ? k + 1 : k);
            return Replay.Check(new Trace(model.Scope, property, path, lastStep) { BeginsAnywhere = true });
        }
    }
}
