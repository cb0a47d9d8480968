using System.Collections.Immutable;
using System.Text;
using Checker.Model.Catalogue;
using Checker.Model.Ir;

namespace Checker.App.Pages;

/// <summary>
/// The page of one protocol beside invariants.md: its verdicts, formulas, lemmas, mutants, proofs and sources. The whole page is
/// generated. Its parts have markers because exploration and the second solver compute different parts.
/// </summary>
public sealed class ProtocolPage(Findings findings, Protocol protocol)
{
    private const string Verdicts = "Verdicts";
    private const string Properties = "Properties";
    private const string Lemmas = "Lemmas";
    private const string Mutants = "Mutants";
    private const string Sources = "Sources";

    /// <summary>The folder of the pages, relative to that of invariants.md.</summary>
    private const string Folder = "docs/invariants";

    /// <summary>The place of the page, relative to the folder of invariants.md.</summary>
    public static string PathOf(Protocol protocol) => $"{Folder}/{protocol.Name}.md";

    /// <summary>Returns the page with all parts empty.</summary>
    /// <param name="overview">The file name of the page invariants.md.</param>
    public static string New(Protocol protocol, string overview) =>
        $"""
        # {protocol.Name}: properties in detail

        The command `checker invariants` generates this page. [{overview}](../../{overview}) is the
        overview of all protocols.

        ## Verdicts

        {MarkedPage.Empty(Verdicts)}

        A cell has a mark for each value of the last part of a design's name: `+` holds or has a witness;
        `-5` is violated, as expected, by a behaviour of 5 states; `.` is not claimed.

        ## Properties

        The formulas are printed from the model. `x'` is the value of x after the step. `has(label)` is true
        unless the label is dropped. `where` gives the definitions of the names in a formula.

        {MarkedPage.Empty(Properties)}

        ## Lemmas

        The proofs for any size need these lemmas. Here they are explored like invariants.

        {MarkedPage.Empty(Lemmas)}

        ## Mutants

        A mutant lacks a label of the model. A number is the length of a shortest trace in which the mutant
        violates the property. The model itself violates none of these properties in that design.

        {MarkedPage.Empty(Mutants)}

        ## Proofs for any size

        Each design has an inductive invariant. Z3 checks it obligation by obligation, and cvc5 confirms the
        obligations from a certificate.

        {MarkedPage.Empty(ProofsPage.Part)}

        ## Sources

        {MarkedPage.Empty(Sources)}

        """;

    /// <summary>Returns the page with the parts replaced which exploration computes.</summary>
    /// <exception cref="BadInputException">A marker is missing.</exception>
    public string Update(string page, string name)
    {
        var parts = new (string Name, Action<StringBuilder> Write)[]
        {
            (Verdicts, WriteVerdicts), (Properties, WriteProperties), (Lemmas, WriteLemmas), (Mutants, WriteMutants),
            (Sources, WriteSources),
        };
        return parts.Aggregate(page, (old, part) =>
        {
            var text = new StringBuilder();
            part.Write(text);
            return MarkedPage.Replace(old, part.Name, text.Length == 0 ? "None." : text.ToString(), name);
        });
    }

    internal static string SizeOf(Protocol protocol, ImmutableArray<Run> runs) => $"{Quantity.Of(protocol.Designs.Length, "design")}"
        + $"{(runs[0].Job.Bounds.Sorts.IsEmpty ? "" : $", bounds {runs[0].Job.Bounds} ({runs[0].Job.Bounds.Names})")}.";

    internal static string KindsOf(IEnumerable<Finding> declared) =>
        string.Join(", ", declared.Select(d => d.Property.Kind.Traits().Name).Distinct(StringComparer.Ordinal));

    private void WriteVerdicts(StringBuilder text)
    {
        var runs = findings.RunsOf(protocol);
        text.Append($"{SizeOf(protocol, runs)}\n\n");
        new Matrix(protocol, runs).Write(text);
    }

    private void WriteProperties(StringBuilder text)
    {
        foreach (var claim in protocol.Claims)
        {
            text.Append(text.Length == 0 ? "" : "\n");
            Section(text, claim);
        }
    }

    private void Section(StringBuilder text, Claim claim)
    {
        // A property has a formula of its own in each design. Designs with the same formula are shown together.
        var declared = findings.Of(protocol, claim);
        text.Append($"### {claim.Id}\n\n{MarkdownText.Wrap(claim.Sentence)}\n{MarkdownText.Wrap($"Why: {claim.Why}")}\n");
        if (claim.ByConstruction is { } reason)
        {
            text.Append(MarkdownText.Wrap($"Holds by construction: {reason}. Source: {claim.Source}."));
            return;
        }

        if (declared.IsEmpty)
        {
            text.Append(MarkdownText.Wrap($"No action of this protocol needs it. Source: {claim.Source}."));
            return;
        }

        string kind = KindsOf(declared);
        text.Append(MarkdownText.Wrap($"{char.ToUpperInvariant(kind[0])}{kind[1..]}. Source: {claim.Source}. "
            + $"Claimed for: {DesignSet.Describe(protocol, [.. declared.Select(d => d.Run.Job.Design).Distinct()])}."));
        var variants = declared.GroupBy(d => FormulaText.Of(d.Run.Job.Model, d.Property), StringComparer.Ordinal).ToList();
        bool family = declared.Select(d => d.Property.Name).Distinct(StringComparer.Ordinal).Skip(1).Any();
        text.Append("\n```\n");
        foreach (var variant in variants)
        {
            string label = family ? string.Join(", ", variant.Select(v => v.Property.Name).Distinct(StringComparer.Ordinal))
                : variants.Count > 1 ? DesignSet.Describe(protocol, [.. variant.Select(v => v.Run.Job.Design)])
                : "";
            text.Append(label.Length == 0
                ? variant.Key
                : $"{label}:\n{string.Concat(variant.Key.TrimEnd('\n').Split('\n').Select(l => $"  {l}\n"))}");
        }

        text.Append("```\n");
        foreach (var (designs, why) in claim.Violated)
        {
            var lengths = findings.ViolationsOf(protocol, claim, designs).Select(v => $"{v.Violation.Length} states in {v.Run.Job}");
            text.Append($"\n{MarkdownText.Wrap($"Violated, as expected, in `{designs}`: {why}. Shortest: {string.Join(", ", lengths)}.")}");
        }

        var mutants = protocol.Mutants.Where(m => m.Property == claim.Id).ToList();
        if (mutants.Count > 0)
        {
            text.Append($"\nMutants, with the length of a shortest counterexample:\n\n");
            foreach (var mutant in mutants)
            {
                text.Append(MarkdownText.Wrap($"- without {string.Join(" and ", mutant.Drop.Select(d => $"`{d}`"))}: "
                    + $"{mutant.Length} states{Where(mutant)}", "  "));
            }
        }
    }

    private string Where(Mutant mutant)
    {
        string bounds = mutant.Bounds.SequenceEqual(protocol.DefaultBounds) ? "" : $"bounds {string.Join(',', mutant.Bounds)}";
        string where = string.Join(", ", new[] { mutant.Design, bounds }.Where(w => w.Length > 0));
        return where.Length == 0 ? "" : $" ({where})";
    }

    private void WriteLemmas(StringBuilder text)
    {
        foreach (var lemma in findings.LemmasOf(protocol))
        {
            var property = lemma.First().Result.Property;
            text.Append(text.Length == 0 ? "| lemma | serves | why it holds | holds in |\n|---|---|---|---|\n" : "")
                .Append($"| {lemma.Key} | {property.Serves} | {property.Because} | "
                    + $"{DesignSet.Describe(protocol, [.. lemma.Where(l => l.Result.Holds == true).Select(l => l.Design)])} |\n");
        }
    }

    private void WriteMutants(StringBuilder text)
    {
        if (findings.MutantsOf(protocol) is { Mutants: > 0 } mutants)
        {
            mutants.Write(text);
        }
    }

    /// <summary>Writes the sources named by the claims, in the order of their numbers.</summary>
    private void WriteSources(StringBuilder text)
    {
        foreach (var (key, sentence) in protocol.Sources.Where(s => protocol.Claims.Any(c => c.IsFrom(s.Key)))
            .OrderBy(s => s.Key.TrimEnd([.. "0123456789"]), StringComparer.Ordinal)
            .ThenBy(s => s.Key.Length)
            .ThenBy(s => s.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "| id | sentence |\n|---|---|\n" : "").Append($"| {key} | {sentence} |\n");
        }
    }
}
