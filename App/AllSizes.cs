using System.Collections.Immutable;
using Checker.Solver.Proof;

namespace Checker.App;

/// <summary>The results of proofs for any number of elements, as an addition to the exploration of a design.</summary>
/// <param name="Asked">The properties for which a proof was tried.</param>
/// <param name="Proved">The proved properties.</param>
/// <param name="Open">An obligation which was not shown; null if all were shown.</param>
public sealed record AllSizes(ImmutableHashSet<string> Asked, ImmutableHashSet<string> Proved, string? Open)
{
    /// <summary>Sentences about properties for which no proof was tried, with the reason.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>True if the property is proved, false if it is not; null if no proof of it was tried.</summary>
    public bool? IsProved(string property) => Asked.Contains(property) ? Proved.Contains(property) : null;

    /// <summary>A short form for a table.</summary>
    public string Describe =>
        Proved.IsEmpty && Open is null ? "-" : Asked.Count == Proved.Count ? "proved" : $"{Proved.Count} of {Asked.Count} proved";

    /// <returns>The results. Null if no proof is tried: the model has integers, or it is a mutant, for which there are no lemmas.</returns>
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
            var result = proof.Prove(
                ProofOptions.Default with { Threads = threads, Vacuity = false, Cancellation = cancellation });
            string? open = result.Obligations.FirstOrDefault(o => o.Status != ProofStatus.Proved)?.Obligation.ToString();
            return new(asked, [.. result.ProvedProperties.Select(p => p.Name)], result.Stopped ? "stopped" : open) { Notes = notes };
        }
        catch (NotEncodableException refused)
        {
            return new(asked, [], null) { Notes = [$"there is no proof for any size: {refused.Message}"] };
        }
    }
}
