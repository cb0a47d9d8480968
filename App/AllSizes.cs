using System.Collections.Immutable;
using Checker.Solver.Proof;

namespace Checker.App;

/// <summary>What is proved of a design for any number of elements, next to what was explored of a few.</summary>
/// <param name="Asked">The properties that a proof was tried for.</param>
/// <param name="Proved">Those that were proved.</param>
/// <param name="Open">An obligation that was not shown; null if all were.</param>
public sealed record AllSizes(ImmutableHashSet<string> Asked, ImmutableHashSet<string> Proved, string? Open)
{
    /// <summary>Sentences about what no proof was tried of, and why.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>In a word or two, for a table.</summary>
    public string Describe => Proved.IsEmpty && Open is null ? "-" : Asked.Count == Proved.Count ? "proved" : $"{Proved.Count} of {Asked.Count} proved";

    /// <returns>Null where no proof is tried: the model counts, or it is a mutant, for which there are no lemmas.</returns>
    /// <exception cref="Checker.Solver.Smt.EnvironmentException">There is no usable libz3.</exception>
    public static AllSizes? Of(Job job, int threads, CancellationToken cancellation)
    {
        if (!job.Dropped.IsEmpty || ProofJob.Counts(job.Model) is not null)
        {
            return null;
        }

        var proof = ProofJob.Of(job, byName: false);
        ImmutableHashSet<string> asked = [.. proof.Properties.Select(p => p.Name), .. proof.NotEncoded.Select(p => p.Property)];
        ImmutableArray<string> notes = [.. proof.NotEncoded.Select(p => $"{p.Property} has no proof for any size: {p.Reason}")];
        if (proof.Properties.IsEmpty)
        {
            return notes.IsEmpty ? null : new(asked, [], null) { Notes = notes };
        }

        try
        {
            var result = Induction.Prove(proof.System, proof.Properties, ProofOptions.Default with { Threads = threads, Vacuity = false, Cancellation = cancellation });
            string? open = result.Obligations.FirstOrDefault(o => o.Status != ProofStatus.Proved)?.Obligation.ToString();
            return new(asked, [.. result.ProvedProperties.Select(p => p.Name)], result.Stopped ? "stopped" : open) { Notes = notes };
        }
        catch (NotEncodableException refused)
        {
            return new(asked, [], null) { Notes = [$"there is no proof for any size: {refused.Message}"] };
        }
    }
}
