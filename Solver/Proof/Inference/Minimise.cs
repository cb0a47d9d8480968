using Checker.Model.Ir;

namespace Checker.Solver.Proof.Inference;

/// <summary>Removes lemmas which a proof does not need.</summary>
/// <param name="prove">Makes a proof with cores.</param>
/// <param name="clauses">The clauses of the lemmas in the finite instances. A lemma without a clause always holds there.</param>
internal sealed class Minimise(
    Func<IReadOnlyList<PropertyDeclaration>, ProofResult> prove,
    Essential finite,
    Dictionary<PropertyDeclaration, Clause> clauses,
    CancellationToken cancellation)
{
    /// <summary>
    /// Minimises first in the finite instances, where it is cheap. A removed lemma may still be needed by the proof for any size: the
    /// solver's search is not complete there, so even a lemma without new content can help. Such a lemma is put back.
    /// </summary>
    /// <param name="lemmas">The proved lemmas.</param>
    /// <param name="proof">Their proof, with cores.</param>
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
                // The first proof was lucky, so its lemmas are kept.
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
    /// Returns the lemmas needed by the proof of these: the lemmas used by the solver for them, the lemmas used for those, and so on.
    /// Together they are inductive, because each of them needs only others among them.
    /// </summary>
    private static IReadOnlyList<PropertyDeclaration> Used(
        ProofResult proof,
        IReadOnlyList<PropertyDeclaration> lemmas,
        IEnumerable<PropertyDeclaration> goals)
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
