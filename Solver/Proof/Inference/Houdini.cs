namespace Checker.Solver.Proof.Inference;

/// <summary>
/// The largest inductive subset of all candidates in a finite instance, by Houdini: while some step leads from a state satisfying all
/// candidates to one violating some of them, these are given up. A candidate given up is replaced by the longer ones which contain it
/// and still hold. They are candidates too, but were not listed while the shorter one implied them (as in Yao et al., "DistAI:
/// data-driven automated invariant learning for distributed protocols", 2021).
/// </summary>
/// <param name="allow">Makes samples of a step from a state which no candidate excludes.</param>
internal sealed class Houdini(
    Arena arena,
    Candidates candidates,
    Action<Counterexample> allow,
    InferOptions options,
    Action<string> progress)
{
    /// <summary>The number of candidates in one question to the solver.</summary>
    private const int Together = 32;

    /// <summary>
    /// The number of candidates which hold in the samples, can be violated, and do not follow from a part which also holds.
    /// </summary>
    public int Listed { get; private set; }

    /// <returns>The remaining candidates, only the strongest.</returns>
    public IReadOnlyCollection<Clause> Run()
    {
        while (true)
        {
            var listed = List();
            Listed = Math.Max(Listed, listed.Count);
            progress($"{listed.Count:N0} candidates of at most {options.Literals} literals hold in all samples");
            var left = Shrink(listed);
            progress($"{left.Count:N0} of them are inductive together");
            if (left.Count == listed.Count)
            {
                return left;
            }
        }
    }

    private List<Clause> List()
    {
        var (all, violable) = (candidates.All().ToList(), new List<Clause>());
        while (all.Count > 0 && arena.Finite.Violating(all) is { } state)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var rows = Candidates.Rows(arena.Observer, arena.Pack(state));
            var here = all.ToLookup(c => candidates.Excludes(c, rows));
            violable.AddRange(here[true]);
            all = [.. here[false]];
        }

        return violable;
    }

    /// <summary>Gives up the candidates which are not inductive.</summary>
    private List<Clause> Shrink(List<Clause> all)
    {
        var groups = all.Chunk(Together).ToList();
        var shown = new Dictionary<Clause[], HashSet<Clause[]>>();
        while (groups.Find(g => !shown.ContainsKey(g)) is { } group)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (arena.Finite.BreakingAny(group, groups) is not { } breach)
            {
                shown[group] = arena.Finite.Used(groups);
                continue;
            }

            int[] seen = candidates.Samples.Marks();
            allow(breach);
            for (int i = 0; i < groups.Count; i++)
            {
                var old = groups[i];
                Clause[] kept = [.. old.Where(c => candidates.HoldsSince(c, seen))];
                if (kept.Length == old.Length)
                {
                    continue;
                }

                groups[i] = kept;
                if (shown.Remove(old, out var used))
                {
                    shown[kept] = used;
                }

                // Candidates shown with the help of a removed one must be shown again.
                foreach (var again in shown.Where(s => s.Value.Contains(old)).Select(s => s.Key).ToList())
                {
                    shown.Remove(again);
                }
            }
        }

        return [.. groups.SelectMany(g => g)];
    }
}
