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
    /// <param name="suffices">A quick test: false if the lemmas without this one cannot be enough.</param>
    public static (IReadOnlyList<PropertyDeclaration> Lemmas, ProofResult Proof) Run(IReadOnlyList<PropertyDeclaration> lemmas, ProofResult proof,
        Func<IReadOnlyList<PropertyDeclaration>, ProofResult?> prove, Func<IReadOnlyList<PropertyDeclaration>, PropertyDeclaration, bool> suffices, CancellationToken cancellation)
    {
        TryOnly(Used(proof, lemmas));

        // The quick test alone is nearly always right, and then one proof is enough.
        if (!TryOnly(Without(lemmas, suffices)))
        {
            Without(lemmas, (without, lemma) => suffices(without, lemma) && TryOnly(without));
        }

        return (lemmas, proof);

        bool TryOnly(IReadOnlyList<PropertyDeclaration> some)
        {
            if (some.Count < lemmas.Count && prove(some) is { } shorter)
            {
                (lemmas, proof) = (some, shorter);
            }

            return some.Count == lemmas.Count;
        }

        // What came first before what it was taken for the sake of, and again until nothing more can be left out.
        IReadOnlyList<PropertyDeclaration> Without(IReadOnlyList<PropertyDeclaration> all, Func<IReadOnlyList<PropertyDeclaration>, PropertyDeclaration, bool> enough)
        {
            int before;
            do
            {
                before = all.Count;
                foreach (var lemma in all)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (all.Where(l => l != lemma).ToList() is var without && enough(without, lemma))
                    {
                        all = without;
                    }
                }
            }
            while (all.Count < before);
            return all;
        }
    }
}
