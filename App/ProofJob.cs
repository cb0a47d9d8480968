using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Proof;

namespace Checker.App;

/// <summary>One design, and the properties to be proved for any number of elements.</summary>
/// <param name="Job">The same design as a finite instance, for deciding if a property without a proof is violated.</param>
/// <param name="System">The model with all its lemmas.</param>
/// <param name="NotClaimed">The properties known to be violated in the design, each with the reason. No proof is tried.</param>
public sealed record ProofJob(
    Job Job,
    TransitionSystem System,
    ImmutableArray<PropertyDeclaration> Properties,
    ImmutableArray<(string Property, string Reason)> NotClaimed)
{
    /// <summary>The invariant to prove the properties with: the lemmas, and every claim about states that should hold.</summary>
    public IReadOnlyCollection<PropertyDeclaration> Conjuncts => Induction.Conjuncts(
        System,
        System.Properties.Where(p => p.IsSafety && Job.Protocol.Expects(Job.Design, p)).Union(Properties));

    /// <summary>The properties without an encoding for any size, each with the reason.</summary>
    public ImmutableArray<(string Property, string Reason)> NotEncoded { get; init; } = [];

    /// <summary>Returns the designs of a selection. A property named by the user is tried even if it is known to be violated.</summary>
    /// <param name="skipped">Receives a line for each property without an encoding. If the user named it, it is refused instead.</param>
    /// <exception cref="BadInputException">A name does not exist, or has no proof for any size.</exception>
    public static ImmutableArray<ProofJob> Of(Selection selection, Action<string> skipped)
    {
        var jobs = ImmutableArray.CreateBuilder<ProofJob>();
        foreach (var protocol in Plan.Of(selection).GroupBy(j => j.Protocol))
        {
            if (Counts(protocol.First().Model) is { } number)
            {
                string reason = $"{protocol.Key.Name} counts ({number.Name} is an integer), "
                    + "and there is no proof for any size of that here; an enum of its values has one";
                if (selection.Protocol is not null)
                {
                    throw new BadInputException($"{reason}; "
                        + $"`{Self.Command} verify{Self.From(protocol.Key)} --protocol {protocol.Key.Name}` explores it");
                }

                skipped(reason);
                continue;
            }

            foreach (var job in protocol.Select(job => Of(job, byName: !selection.Properties.IsEmpty)))
            {
                if (!selection.Properties.IsEmpty && job.NotEncoded is [var (property, why), ..])
                {
                    throw new BadInputException($"{property} has no proof for any size: {why}; "
                        + $"`{Self.Command} verify{Self.From(protocol.Key)} --protocol {protocol.Key.Name} "
                            + $"--property {property}` explores it");
                }

                if (job.Properties.IsEmpty)
                {
                    skipped($"{protocol.Key.Name} {job} has no property that a proof can be tried of");
                    continue;
                }

                jobs.Add(job);
            }
        }

        if (jobs.Count == 0)
        {
            throw new BadInputException("there is nothing to prove: no design that was chosen has a property that a proof can be tried "
                + $"of; `{Self.Command} verify` explores them");
        }

        return jobs.ToImmutable();
    }

    /// <summary>Returns an integer variable, for which there is no encoding for any size.</summary>
    public static Variable? Counts(TransitionSystem model) => model.Variables.FirstOrDefault(v => v.Type is RangeType);

    /// <summary>
    /// Proves the properties. If some conjuncts are not inductive, the others are proved without them, so that one bad claim hides no
    /// other.
    /// </summary>
    /// <exception cref="NotEncodableException">A property has no encoding for any size.</exception>
    public ProofResult Prove(ProofOptions options)
    {
        var result = Induction.Prove(System, Conjuncts, Properties, options);
        if (result.Status == ProofStatus.Proved || result.Stopped)
        {
            return result;
        }

        try
        {
            return result with { InductivePart = InductivePart.Of(result, Conjuncts, options) };
        }
        catch (OperationCanceledException)
        {
            return result;
        }
    }

    /// <param name="byName">True if the user named the properties. They are then tried even if they are known to be violated.</param>
    public static ProofJob Of(Job job, bool byName)
    {
        var system = job.Protocol.Build(job.Design).Without(job.Dropped);
        var claims = job.Model.Properties.Where(p => p.IsSafety || (byName && p.IsLemma))
            .Select(p => (Property: system.Property(p.Name), Expected: job.Protocol.Expect(job.Design, p.Name))).ToList();
        var refuted = byName || !job.Dropped.IsEmpty ? [] : claims.Where(c => c.Expected.Verdict == Expected.Violated).ToList();
        var tried = claims.Except(refuted).Select(c => c.Property).ToList();
        var encodable = new Encodable(system);
        return new(
            job,
            system,
            [.. tried.Where(p => encodable.Refusal(p.Formula) is null)],
            [.. refuted.Select(c => (c.Property.Name, c.Expected.Reason))])
        {
            NotEncoded = [.. tried.Select(p => (p.Name, Reason: encodable.Refusal(p.Formula)))
                .Where(p => p.Reason is not null)
                .Select(p => (p.Name, p.Reason!))],
        };
    }

    public override string ToString() => Job.ToString();
}
