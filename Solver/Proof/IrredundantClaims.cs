using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Smt;

namespace Checker.Solver.Proof;

/// <summary>
/// The claims of an invariant that do not follow from the rest of it. A claim that follows is no conjunct of a proof: it needs one
/// question instead of one for each action.
/// </summary>
internal static class IrredundantClaims
{
    /// <summary>Returns the claims among the conjuncts which do not follow from the rest.</summary>
    public static ImmutableArray<PropertyDeclaration> Of(
        TransitionSystem system,
        IReadOnlyCollection<PropertyDeclaration> conjuncts,
        ProofOptions options)
    {
        using var sessions = new Z3Sessions(options);
        return [.. Of(system, conjuncts, [], sessions, options).Obligations.Conjuncts.Where(c => c.IsSafety && conjuncts.Contains(c))];
    }

    /// <summary>
    /// Returns the obligations without the claims that follow from the rest of the invariant, and the implications shown on the way. The
    /// rest is irredundant: a claim that is left out follows from those that stay.
    /// </summary>
    /// <exception cref="OperationCanceledException">The proof was stopped.</exception>
    public static (Obligations Obligations, ImmutableArray<ObligationResult> Implied) Of(
        TransitionSystem system,
        IReadOnlyCollection<PropertyDeclaration> conjuncts,
        IReadOnlyCollection<PropertyDeclaration> properties,
        Z3Sessions sessions,
        ProofOptions options)
    {
        var encodable = new Encodable(system);
        ImmutableArray<PropertyDeclaration> claims = [.. conjuncts.Where(c => !c.IsLemma && encodable.Refusal(c.Formula) is null)];
        var obligations = new Obligations(
            system,
            conjuncts.Where(c => c.IsLemma),
            properties.Union(claims),
            cancellation: options.Cancellation);
        if (claims.IsEmpty)
        {
            return (obligations.With([], properties), []);
        }

        // A claim that follows from the lemmas alone follows from them and any other claims, and no other claim needs it then.
        var fromLemmas = Ask(sessions, obligations, obligations.With([], claims).Implications(), options);
        claims = Without(claims, fromLemmas);
        // Few claims remain, and most of them are needed: each is asked about as if all others stayed.
        var fromOthers = Ask(sessions, obligations, obligations.Implications(claims, claims), options);
        var left = claims;
        foreach (var result in fromOthers)
        {
            if (left.Length == claims.Length
                || !Ask(sessions, obligations, obligations.Implications([result.Obligation.Conjunct], left), options).IsEmpty)
            {
                left = Without(left, [result]);
            }
        }

        // The used assumptions are those of a question with the whole invariant.
        ImmutableArray<ObligationResult> settled =
            options.Cores ? [] : [.. fromLemmas.Where(r => properties.Contains(r.Obligation.Conjunct))];
        return (obligations.With(left, properties, settled), settled);
    }

    /// <summary>Returns the goals which hold, in the order of the script. All threads take part.</summary>
    private static ImmutableArray<ObligationResult> Ask(
        Z3Sessions sessions,
        Obligations obligations,
        Script script,
        ProofOptions options)
    {
        int size = (script.Goals.Length + sessions.All.Length - 1) / sessions.All.Length;
        var parts = script.Goals.Chunk(Math.Max(size, 1)).Zip(sessions.All).Select(part => Task.Run(() =>
        {
            var results = new List<ObligationResult>();
            part.Second.Run(
                obligations.Declarations,
                script with { Goals = [.. part.First] },
                results.Add,
                null,
                cores: false,
                quick: true);
            return results;
        }));
        var all = Interruption.Cancellable(() => Task.WhenAll(parts).GetAwaiter().GetResult(), options.Cancellation);
        options.Cancellation.ThrowIfCancellationRequested();
        return [.. all.SelectMany(results => results).Where(r => r.Status == ProofStatus.Proved)];
    }

    private static ImmutableArray<PropertyDeclaration> Without(
        ImmutableArray<PropertyDeclaration> claims,
        IEnumerable<ObligationResult> shown) =>
        [.. claims.Except(shown.Select(r => r.Obligation.Conjunct))];
}
