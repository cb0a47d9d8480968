using System.Collections.Immutable;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Solver.Explicit;
using Checker.Solver.Proof;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.Composition.Discussion2022;

/// <summary>A design, explored once for all questions of the claims.</summary>
/// <param name="Proved">The properties proved for any size as well; null if no proofs were requested.</param>
internal sealed record SeedRun(Job Job, ExplorationResult Result, ImmutableHashSet<string>? Proved)
{
    public bool IsUnfinished => Result.Outcome is Outcome.OutOfMemory or Outcome.Cancelled;

    /// <summary>The design at its protocol's default bounds; null if no claim is about it.</summary>
    public static Job? JobOf(Protocol protocol, Design design, IReadOnlyCollection<SeedClaim> claims) =>
        claims.Any(c => c.Questions.Any(q => q.IsAskedOf(design)))
            ? new(protocol, design, Bounds.DefaultOf(protocol), new(() => SeedModel.Of(design, claims)), [])
            : null;

    /// <param name="proofs">True to prove the holding properties for any size as well.</param>
    /// <param name="watch">Displays the search while it runs. The result is disposed at its end.</param>
    public static SeedRun Do(Job job, ExplorationOptions options, bool proofs, Func<Exhaustive, IDisposable> watch)
    {
        var search = new Exhaustive(job.Scope(), options with { EveryProperty = true });
        ExplorationResult result;
        using (watch(search))
        {
            result = search.Run();
        }

        return new(job, result, proofs && result.Outcome is Outcome.Complete or Outcome.Violated ? Prove(job, result, options) : null);
    }

    /// <summary>Returns the trace with the header needed to build its model again.</summary>
    public Trace TraceOf(PropertyResult result) => result.Trace! with { Header = Job.Header };

    private static ImmutableHashSet<string> Prove(Job job, ExplorationResult result, ExplorationOptions options)
    {
        var system = SeedModel.Whole(job.Design);
        var holds = result.Properties.Where(p => p.Holds == true && p.Property.IsClaimedInvariant)
            .Select(p => system.Property(p.Property.Name))
            .ToList();
        if (holds.Count == 0)
        {
            return [];
        }

        // The protocol's own invariants are part of the proof, even those which no claim asks about: its lemmas are not inductive alone.
        var own = system.Properties.Where(p =>
            p.IsSafety && job.Protocol.ClaimOf(p.Name) is not null && job.Protocol.Expects(job.Design, p));
        var proof = Induction.Prove(
            system,
            Induction.Conjuncts(system, own.Union(holds)),
            holds,
            ProofOptions.Default with { Threads = options.Threads, Vacuity = false, Cancellation = options.Cancellation });
        return [.. proof.ProvedProperties.Select(p => p.Name)];
    }
}
