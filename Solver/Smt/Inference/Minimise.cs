using Checker.Model.Ir;

namespace Checker.Solver.Smt.Inference;

/// <summary>Leaves out lemmas that a proof can do without.</summary>
internal sealed class Minimise(Func<IReadOnlyList<PropertyDeclaration>, ProofResult> prove, Essential finite, CancellationToken cancellation)
{
    /// <summary>
    /// First in the finite instances, where it costs little. What that leaves out and the proof for any size needs after all (the
    /// solver's search there is not complete, so a lemma can help that says nothing new) is put back.
    /// </summary>
    /// <param name="lemmas">What is proved.</param>
    /// <param name="proof">With cores.</param>
    /// <param name="facts">Lemmas among these that always hold in a finite instance.</param>
    public (IReadOnlyList<PropertyDeclaration> Lemmas, ProofResult Proof) Run(IReadOnlyList<PropertyDeclaration> lemmas, ProofResult proof, IReadOnlyList<PropertyDeclaration> facts)
    {
        var used = Used(proof, lemmas, proof.Properties);
        var few = finite.Minimal([.. used.Except(facts).Select(l => l.Formula)]).ToHashSet<Node>(ReferenceEqualityComparer.Instance);
        var kept = used.Where(l => few.Contains(l.Formula) || facts.Contains(l)).ToList();
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
            if (lemmas.Contains(lemma) && (facts.Contains(lemma) || finite.CanGo([.. lemmas.Except(facts).Select(l => l.Formula)], lemma.Formula))
                && prove(rest) is { Status: ProofStatus.Proved } shorter)
            {
                (lemmas, proof) = (Used(shorter, rest, shorter.Properties), shorter);
            }
        }

        return (lemmas, proof);
    }

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
