using Checker.Model.Ir;

namespace Checker.Solver.Smt.Inference;

/// <summary>Leaves out lemmas that a proof can do without.</summary>
internal static class Minimise
{
    /// <summary>
    /// The lemmas that the proof of the property rests on: those that the solver used for it, those that it used for these, and so on.
    /// Together they are inductive, because everything that each of them needs is among them.
    /// </summary>
    public static IReadOnlyList<PropertyDeclaration> Used(ProofResult proof, IReadOnlyList<PropertyDeclaration> lemmas)
    {
        var uses = proof.Obligations.ToLookup(o => o.Obligation.Conjunct.Name, o => o.Used, StringComparer.Ordinal);
        var used = new HashSet<string>(proof.Properties.Select(p => p.Name), StringComparer.Ordinal);
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

    /// <summary>A set from which no single lemma can be left out.</summary>
    /// <param name="prove">The proof with these lemmas, with cores; null if it does not succeed.</param>
    /// <param name="suffices">A quick test: false if the lemmas cannot be enough.</param>
    public static (IReadOnlyList<PropertyDeclaration> Lemmas, ProofResult Proof) Run(IReadOnlyList<PropertyDeclaration> lemmas, ProofResult proof,
        Func<IReadOnlyList<PropertyDeclaration>, ProofResult?> prove, Func<IReadOnlyList<PropertyDeclaration>, bool> suffices, CancellationToken cancellation)
    {
        Shrink(Used(proof, lemmas));
        // Last come, first left out: what was taken early serves the property itself.
        foreach (var lemma in lemmas.Reverse())
        {
            cancellation.ThrowIfCancellationRequested();
            if (lemmas.Contains(lemma) && lemmas.Where(l => l != lemma).ToList() is var without && suffices(without) && prove(without) is { } shorter)
            {
                (lemmas, proof) = (without, shorter);
                Shrink(Used(proof, lemmas));
            }
        }

        return (lemmas, proof);

        void Shrink(IReadOnlyList<PropertyDeclaration> used)
        {
            if (used.Count < lemmas.Count && prove(used) is { } shorter)
            {
                (lemmas, proof) = (used, shorter);
            }
        }
    }
}
