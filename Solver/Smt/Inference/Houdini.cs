using Checker.Model.Ir;

namespace Checker.Solver.Smt.Inference;

/// <summary>
/// The largest inductive subset of all candidates in a finite instance, by Houdini: as long as a step from a state that satisfies them all
/// leads to one that violates some, those are given up. A candidate that is given up is replaced by the longer ones that contain it and
/// still hold, which are candidates too but were not listed while it said more (Yao et al., "DistAI: data-driven automated
/// invariant learning for distributed protocols", 2021, do the same).
/// </summary>
internal sealed class Houdini(Arena arena, Vocabulary vocabulary, Candidates candidates, Action<Counterexample> allow, InferOptions options, Action<string> progress)
{
    /// <summary>How many candidates one question to the solver is about.</summary>
    private const int Together = 1000;
    private readonly Dictionary<Clause, Node> _formulas = [];

    /// <summary>How many candidates hold in the samples and can be violated at all; none of them follows from a part of it that holds, too.</summary>
    public int Listed { get; private set; }

    /// <returns>The candidates that are left, strongest only.</returns>
    public IReadOnlyCollection<Clause> Run()
    {
        while (true)
        {
            var left = List();
            Listed = Math.Max(Listed, left.Count);
            progress($"{left.Count:N0} candidates hold");
            if (!Shrink(left))
            {
                return left;
            }
        }
    }

    private List<Clause> List() => [.. candidates.All().Where(c => arena.Finite.IsViolable(FormulaOf(c)))];

    /// <summary>Gives up what is not inductive. Returns whether anything was.</summary>
    private bool Shrink(List<Clause> left)
    {
        int before = left.Count;
        for (int first = 0; first < left.Count;)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var targets = left.Skip(first).Take(Together).Select(FormulaOf).ToList();
            if (arena.Finite.BreakingAny(targets, left.Select(FormulaOf)) is { } breach)
            {
                int[] seen = candidates.Samples.Marks();
                allow(breach);
                left.RemoveAll(c => !candidates.HoldsSince(c, seen));
                // With fewer to rely on, what was inductive may be so no more.
                first = 0;
            }
            else
            {
                first += Together;
            }
        }

        return left.Count < before;
    }

    private Node FormulaOf(Clause clause) => _formulas.TryGetValue(clause, out var formula) ? formula : _formulas[clause] = vocabulary.Formula(clause);
}
