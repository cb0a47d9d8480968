using Checker.Model.Ir;

namespace Checker.Solver.Proof.Inference;

/// <summary>Leaves out lemmas that a proof can do without.</summary>
/// <param name="prove">With cores.</param>
/// <param name="clauses">What the lemmas say in the finite instances. Those that have no clause always hold there.</param>
internal sealed class Minimise(Func<IReadOnlyList<PropertyDeclaration>, ProofResult> prove, Essential finite, Dictionary<PropertyDeclaration, Clause> clauses, CancellationToken cancellation)
{
    /// <summary>
    /// First in the finite instances, where it costs little. What that leaves out and the proof for any size needs after all (the
    /// solver's search there is not complete, so a lemma can help that says nothing new) is put back.
    /// </summary>
    /// <param name="lemmas">What is proved.</param>
    /// <param name="proof">With cores.</param>
    public (IReadOnlyList<PropertyDeclaration> Lemmas, ProofResult Proof) Run(IReadOnlyList<PropertyDeclaration> lemmas, ProofResult proof)
    {
        var used = Used(proof, lemmas, proof.Properties);
        var few = finite.Minimal(Clauses(used));
        var kept = used.Where(l => !clauses.TryGetValue(l, out var clause) || few.Contains(clause)).ToList();
        ProofResult attempt;
        while ((attempt = prove(kept)).Status != ProofStatus.Proved)
        {
            cancellation.ThrowIfCancellationRequested();
            var failed = attempt.Obligations.Where(o => o.Status != ProofStatus.Proved).Select(o => o.Obligation.Conjunct).ToList();
            var needed = Used(proof, lemmas, failed);
            if (needed.All(kept.Contains))
            {
                // It was luck the first time. Leave it at what was proved.
                return (lemmas, proof);
            }

            kept = [.. lemmas.Where(l => kept.Contains(l) || needed.Contains(l))];
        }

        (lemmas, proof) = (Used(attempt, kept, attempt.Properties), attempt);
        foreach (var lemma in lemmas.ToList())
        {
            cancellation.ThrowIfCancellationRequested();
            var rest = lemmas.Where(l => l != lemma).ToList();
            if (lemmas.Contains(lemma) && (!clauses.TryGetValue(lemma, out var clause) || finite.CanGo(Clauses(lemmas), clause))
                && prove(rest) is { Status: ProofStatus.Proved } shorter)
            {
                (lemmas, proof) = (Used(shorter, rest, shorter.Properties), shorter);
            }
        }

        return (lemmas, proof);
    }

    private List<Clause> Clauses(IEnumerable<PropertyDeclaration> lemmas) => [.. lemmas.Where(clauses.ContainsKey).Select(l => clauses[l])];

    /// <summary>
    /// The lemmas that the proof of these rests on: those that the solver used for them, those that it used for those, and so on.
    /// Together they are inductive, because everything that each of them needs is among them.
    /// </summary>
    private static IReadOnlyList<PropertyDeclaration> Used(ProofResult proof, IReadOnlyList<PropertyDeclaration> lemmas, IEnumerable<PropertyDeclaration> goals)
    {
        var uses = proof.Obligations.ToLookup(o => o.Obligation.Conjunct.Name, o => o.Used, StringComparer.Ordinal);
        var used = goals.Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        var queue = new Queue<string>(used);
        while (queue.TryDequeue(out string? name))
        {
            foreach (string needed in uses[name].SelectMany(u => u).Where(used.Add))
            {
                queue.Enqueue(needed);
            }
        }

        return [.. lemmas.Where(l => used.Contains(l.Name))];
    }
}
