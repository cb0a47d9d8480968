using System.Collections.Immutable;
using System.Text;
using Checker.Model.Catalogue;
using Checker.Model.Ir;

namespace Checker.App;

/// <summary>
/// The generated parts of invariants.md: the formulas of the models, and the verdicts. Each part stands between two markers. The text
/// around the markers is written by hand and left unchanged.
/// </summary>
public sealed class InvariantsPage
{
    private const string End = "<!-- end -->";
    private readonly ProtocolSet _protocols;
    private readonly ImmutableArray<Run> _runs;
    private readonly ImmutableArray<Run> _lemmaRuns;

    private InvariantsPage(ProtocolSet protocols, ImmutableArray<Run> runs, ImmutableArray<Run> lemmaRuns) =>
        (_protocols, _runs, _lemmaRuns) = (protocols, runs, lemmaRuns);

    /// <summary>The differences from the expectations, a line each.</summary>
    public ImmutableArray<string> Problems =>
        [.. _runs.Concat(_lemmaRuns).SelectMany(r => r.Problems.Select(p => $"{r.Job.Protocol.Name} {r.Job}: {p}"))];

    public bool IsUnfinished => _runs.Concat(_lemmaRuns).Any(r => r.IsUnfinished);

    /// <summary>Explores every design of every protocol at its default bounds, decides every property, and then the lemmas.</summary>
    public static InvariantsPage Explore(ProtocolSet protocols, Settings settings, Func<Job, Solver.Explicit.Exhaustive, IDisposable> watch)
    {
        var all = settings with { Exploration = settings.Exploration with { EveryProperty = true, Vacuity = false } };
        var jobs = Plan.Of(new(protocols, null, [], null, [], []));
        return new(protocols, [.. jobs.Select(Do)], [.. jobs.Select(OfLemmas).Where(j => !j.Model.Properties.IsEmpty).Select(Do)]);

        Run Do(Job job) => Run.Do(job, all, search => watch(job, search));
    }

    /// <summary>Returns the page with its generated parts replaced.</summary>
    /// <exception cref="BadInputException">A marker is missing.</exception>
    public string Update(string page, string name)
    {
        foreach (var protocol in _protocols)
        {
            page = Replace(page, protocol.Name, Of(protocol), name);
        }

        return Replace(page, "Sources", SourcesTable(_protocols), name);
    }

    private static Job OfLemmas(Job job)
    {
        var model = job.Protocol.Build(job.Design);
        return job with { Model = model with { Properties = [.. model.Properties.Where(p => p.IsLemma)] } };
    }

    /// <exception cref="BadInputException">A marker is missing.</exception>
    public static string Replace(string page, string part, string text, string name)
    {
        string begin = $"<!-- generated: {part} -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        int to = from < 0 ? -1 : page.IndexOf(End, from, StringComparison.Ordinal);
        return to < 0
            ? throw new BadInputException($"{name}: it needs a line '{begin}' and, below it, a line '{End}'")
            : $"{page[..(from + begin.Length)]}\n\n{text.TrimEnd('\n')}\n\n{page[to..]}";
    }

    private string Of(Protocol protocol)
    {
        var runs = _runs.Where(r => r.Job.Protocol == protocol).ToImmutableArray();
        var text = new StringBuilder();
        text.Append($"{Quantity.Of(protocol.Designs.Length, "design")}, bounds {runs[0].Job.Bounds} ({runs[0].Job.Bounds.Names}).\n\n");
        new Matrix(protocol, runs).Write(text);
        foreach (var claim in protocol.Claims)
        {
            Section(text, protocol, claim);
        }

        Lemmas(text, protocol);
        return text.ToString();
    }

    private void Section(StringBuilder text, Protocol protocol, Claim claim)
    {
        // A property has a formula of its own in each design. Designs with the same formula are shown together.
        var declared = (from run in _runs
                        where run.Job.Protocol == protocol
                        from property in run.Job.Model.Properties
                        where protocol.ClaimOf(property.Name) == claim
                        select (run.Job.Design, run.Job.Model, Property: property)).ToList();
        text.Append($"\n### {protocol.Name}: {claim.Id}\n\n{claim.Sentence}\n\nWhy: {claim.Why}\n\n");
        if (claim.ByConstruction is { } reason)
        {
            text.Append($"Holds by construction: {reason}. Source: {claim.Source}.\n");
            return;
        }

        if (declared.Count == 0)
        {
            text.Append($"No action of this protocol needs it. Source: {claim.Source}.\n");
            return;
        }

        string kind = string.Join(", ", declared.Select(d => d.Property.Kind.Traits().Name).Distinct(StringComparer.Ordinal));
        text.Append($"{char.ToUpperInvariant(kind[0])}{kind[1..]}. Source: {claim.Source}. "
            + $"Claimed for: {DesignSet.Describe(protocol, [.. declared.Select(d => d.Design).Distinct()])}.\n");
        var variants = declared.GroupBy(d => FormulaText.Of(d.Model, d.Property), StringComparer.Ordinal).ToList();
        bool family = declared.Select(d => d.Property.Name).Distinct(StringComparer.Ordinal).Skip(1).Any();
        text.Append("\n```\n");
        foreach (var variant in variants)
        {
            string label = family ? string.Join(", ", variant.Select(v => v.Property.Name).Distinct(StringComparer.Ordinal))
                : variants.Count > 1 ? DesignSet.Describe(protocol, [.. variant.Select(v => v.Design)])
                : "";
            text.Append(label.Length == 0
                ? variant.Key
                : $"{label}:\n{string.Concat(variant.Key.TrimEnd('\n').Split('\n').Select(l => $"  {l}\n"))}");
        }

        text.Append("```\n");
        foreach (var (designs, why) in claim.Violated)
        {
            text.Append($"\nViolated, as expected, in `{designs}`: {why}. {Lengths(protocol, claim, designs)}\n");
        }

        var mutants = protocol.Mutants.Where(m => m.Property == claim.Id).ToList();
        if (mutants.Count > 0)
        {
            text.Append($"\nMutants, with the length of a shortest counterexample: "
                + $"{string.Join("; ", mutants.Select(m => $"without {Labels(m)} {m.Length} states{Where(protocol, m)}"))}.\n");

            static string Labels(Mutant mutant) => string.Join(" and ", mutant.Drop.Select(d => $"`{d}`"));
        }
    }

    private static string Where(Protocol protocol, Mutant mutant)
    {
        string bounds = mutant.Bounds.SequenceEqual(protocol.DefaultBounds) ? "" : $"bounds {string.Join(',', mutant.Bounds)}";
        string where = string.Join(", ", new[] { mutant.Design, bounds }.Where(w => w.Length > 0));
        return where.Length == 0 ? "" : $" ({where})";
    }

    private string Lengths(Protocol protocol, Claim claim, string designs)
    {
        var violations = from run in _runs
                         where run.Job.Protocol == protocol && run.Job.Design.Is(designs)
                         from violation in run.Judgement.Violations
                         where protocol.ClaimOf(violation.Property) == claim
                         select $"{violation.Length} states in {run.Job}";
        return $"Shortest: {string.Join(", ", violations)}.";
    }

    private void Lemmas(StringBuilder text, Protocol protocol)
    {
        var lemmas = (from run in _lemmaRuns
                      where run.Job.Protocol == protocol
                      from result in run.Result.Properties
                      select (run.Job.Design, Result: result)).GroupBy(l => l.Result.Property.Name, StringComparer.Ordinal).ToList();
        if (lemmas.Count == 0)
        {
            return;
        }

        text.Append($"\n### {protocol.Name}: lemmas\n\nThe lemmas of the proofs for any size. "
            + $"Here they are explored like invariants.\n\n| lemma | serves | why it holds | holds in |\n|---|---|---|---|\n");
        foreach (var lemma in lemmas)
        {
            var property = lemma.First().Result.Property;
            text.Append($"| {lemma.Key} | {property.Serves} | {property.Because} | "
                + $"{DesignSet.Describe(protocol, [.. lemma.Where(l => l.Result.Holds == true).Select(l => l.Design)])} |\n");
        }
    }

    /// <summary>The sources named in the catalogue. docs/claims.md has all claims of the discussion.</summary>
    private static string SourcesTable(ProtocolSet protocols) =>
        "| id | sentence |\n|---|---|\n"
            + string.Concat(protocols.SelectMany(p => p.Sources)
                .DistinctBy(s => s.Key)
                .Where(s => protocols.SelectMany(p => p.Claims).Any(c => c.IsFrom(s.Key)))
                .OrderBy(s => s.Key[0])
                .ThenBy(s => int.Parse(s.Key.AsSpan(1)))
                .Select(s => $"| {s.Key} | {s.Value} |\n"));

}
