using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Proof;

namespace Checker.App.Pages;

/// <summary>A property of one design, with its verdict.</summary>
internal sealed record Finding(Run Run, PropertyDeclaration Property)
{
    /// <summary>True if the property is proved for any size.</summary>
    public bool IsProved => Run.AllSizes?.Proved.Contains(Property.Name) == true;

    public bool IsExpectedToHold => Run.Job.Protocol.Expects(Run.Job.Design, Property);
}

/// <summary>The results about all protocols: verdicts of exploration and of proofs, and the violations of each mutant.</summary>
public sealed class Findings
{
    private readonly ImmutableArray<Run> _runs;
    private readonly ImmutableArray<Run> _lemmaRuns;
    private readonly ImmutableDictionary<string, MutantMatrix> _mutants;
    private readonly CancellationToken _cancellation;

    private Findings(
        ProtocolSet protocols,
        ImmutableArray<Run> runs,
        ImmutableArray<Run> lemmaRuns,
        ImmutableDictionary<string, MutantMatrix> mutants,
        CancellationToken cancellation) =>
        (Protocols, _runs, _lemmaRuns, _mutants, _cancellation) = (protocols, runs, lemmaRuns, mutants, cancellation);

    internal ProtocolSet Protocols { get; }

    /// <summary>The differences from the expectations, a line each.</summary>
    public ImmutableArray<string> Problems =>
    [
        .. _runs.Concat(_lemmaRuns).SelectMany(r => r.Problems.Select(p => $"{r.Job.Protocol.Name} {r.Job}: {p}")),
        .. _mutants.Values.SelectMany(m => m.Problems),
    ];

    public bool IsUnfinished => _runs.Concat(_lemmaRuns).Any(r => r.IsUnfinished) || _mutants.Values.Any(m => m.IsUnfinished);

    /// <summary>
    /// Explores every design of every protocol at its default bounds, decides and proves every property, and explores the lemmas and
    /// the mutants.
    /// </summary>
    /// <exception cref="Checker.Solver.Smt.EnvironmentException">There is no usable libz3.</exception>
    public static Findings Explore(ProtocolSet protocols, Settings settings, Func<Job, Exhaustive, IDisposable> watch)
    {
        var all = settings with { Exploration = settings.Exploration with { EveryProperty = true, Vacuity = false } };
        var jobs = Plan.Of(new(protocols, null, [], null, [], []));
        return new(
            protocols,
            [.. jobs.Select(job => Do(job, proofs: true))],
            [.. jobs.Select(OfLemmas).Where(j => !j.Model.Properties.IsEmpty).Select(job => Do(job, proofs: false))],
            protocols.ToImmutableDictionary(
                p => p.Name,
                p => MutantMatrix.Of(p, settings.Exploration.Cancellation),
                StringComparer.Ordinal),
            settings.Exploration.Cancellation);

        Run Do(Job job, bool proofs) => Run.Do(job, all with { Proofs = proofs }, search => watch(job, search));
    }

    internal ImmutableArray<Run> RunsOf(Protocol protocol) => [.. _runs.Where(r => r.Job.Protocol == protocol)];

    internal MutantMatrix MutantsOf(Protocol protocol) => _mutants[protocol.Name];

    /// <summary>Returns the properties of a claim in all designs.</summary>
    internal ImmutableArray<Finding> Of(Protocol protocol, Claim claim) =>
    [
        .. from run in RunsOf(protocol)
           from property in run.Job.Model.Properties
           where protocol.ClaimOf(property.Name) == claim
           select new Finding(run, property),
    ];

    internal IEnumerable<(Run Run, Violation Violation)> ViolationsOf(Protocol protocol, Claim claim, string designs) =>
        from run in RunsOf(protocol)
        where run.Job.Design.Is(designs)
        from violation in run.Judgement.Violations
        where protocol.ClaimOf(violation.Property) == claim
        select (run, violation);

    internal IEnumerable<IGrouping<string, (Design Design, PropertyResult Result)>> LemmasOf(Protocol protocol) =>
        (from run in _lemmaRuns
         where run.Job.Protocol == protocol
         from result in run.Result.Properties
         select (run.Job.Design, Result: result)).GroupBy(l => l.Result.Property.Name, StringComparer.Ordinal);

    /// <summary>
    /// Returns the number of lemmas which serve the property in its design, directly or through another lemma.
    /// </summary>
    internal static int LemmasOf(Finding finding)
    {
        var lemmas = finding.Run.Job.Protocol.Build(finding.Run.Job.Design).Properties.Where(p => p.IsLemma).ToList();
        var served = new HashSet<string>(StringComparer.Ordinal) { finding.Property.Name };
        while (lemmas.Any(l => served.Contains(l.Serves) && served.Add(l.Name)))
        {
        }

        return served.Count - 1;
    }

    /// <summary>Returns true if the property is proved without any lemma.</summary>
    internal bool IsProvedAlone(Finding finding)
    {
        var system = finding.Run.Job.Protocol.Build(finding.Run.Job.Design);
        var property = system.Property(finding.Property.Name);
        var proof = Induction.Prove(
            system,
            property.IsAboutSteps ? [] : [property],
            [property],
            ProofOptions.Default with { Vacuity = false, Cancellation = _cancellation });
        return proof.Status == ProofStatus.Proved;
    }

    private static Job OfLemmas(Job job)
    {
        var model = job.Protocol.Build(job.Design);
        return job with { Model = model with { Properties = [.. model.Properties.Where(p => p.IsLemma)] } };
    }
}
