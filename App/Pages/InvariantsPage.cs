using System.Collections.Immutable;
using System.Text;
using Checker.Model.Catalogue;

namespace Checker.App.Pages;

/// <summary>
/// The page invariants.md: every property with its sentence, its reason, its verdict for each design, its proof and its evidence. The
/// details of each protocol are on a page of its own, a <see cref="ProtocolPage"/>.
/// </summary>
public sealed class InvariantsPage(Findings findings)
{
    /// <summary>Returns a page with an empty part for each protocol, for projects which have none yet.</summary>
    public static string New(ProtocolSet protocols) =>
        $"""
        # Invariants

        The verdicts are about finite instances, whose sizes stand above each table. A cell has a mark for
        each value of the last part of a design's name: `+` holds or has a witness; `-5` is violated, as
        expected, by a behaviour of 5 states; `.` is not claimed. Each name leads to the formulas.

        {string.Join("\n\n", protocols.Select(p => $"## {p.Name}\n\n{MarkedPage.Empty(p.Name)}"))}

        """;

    /// <summary>Checks before the work if the page has the markers of all parts.</summary>
    /// <exception cref="BadInputException">A marker is missing.</exception>
    public static void Check(ProtocolSet protocols, string page, string name)
    {
        foreach (var protocol in protocols)
        {
            MarkedPage.Replace(page, protocol.Name, "", name);
        }
    }

    /// <summary>Returns the page with its generated parts replaced.</summary>
    /// <exception cref="BadInputException">A marker is missing.</exception>
    public string Update(string page, string name) =>
        findings.Protocols.Aggregate(page, (text, protocol) => MarkedPage.Replace(text, protocol.Name, Of(protocol), name));

    private string Of(Protocol protocol)
    {
        var runs = findings.RunsOf(protocol);
        var text = new StringBuilder();
        text.Append(MarkdownText.Wrap($"{ProtocolPage.SizeOf(protocol, runs)} Details: [formulas, mutants, lemmas, proofs and "
            + $"sources]({ProtocolPage.PathOf(protocol)}).") + "\n");
        var matrix = new Matrix(protocol, runs);
        if (matrix.IsNarrow)
        {
            matrix.WriteInWords(
                text,
                claim => Link(protocol, claim),
                claim => Cells(protocol, claim),
                claim => IsPossibility(protocol, claim));
            // A claim by construction has no property in the model, so the table has no row for it.
            foreach (var (claim, number) in protocol.Claims.Where(c => c.ByConstruction is not null).Select((c, i) => (c, i)))
            {
                text.Append(number == 0 ? "\n" : "").Append(Entry(protocol, claim));
            }

            return text.ToString();
        }

        matrix.WriteClaims(text);
        text.Append('\n');
        var claims = protocol.Claims.ToLookup(c => IsPossibility(protocol, c));
        foreach (var claim in claims[false])
        {
            text.Append(Entry(protocol, claim));
        }

        if (claims.Contains(true))
        {
            text.Append("\n| possibility | meaning | verdict | evidence |\n|---|---|---|---|\n");
        }

        foreach (var claim in claims[true])
        {
            string verdict = Verdict(protocol, claim, findings.Of(protocol, claim)).TrimEnd('.');
            text.Append($"| {Link(protocol, claim)} | {claim.Sentence} *Why:* {claim.Why} | {verdict} | {claim.Source} |\n");
        }

        return text.ToString();
    }

    private static string Link(Protocol protocol, Claim claim, string emphasis = "") =>
        $"[{emphasis}{claim.Id}{emphasis}]({ProtocolPage.PathOf(protocol)}#{MarkdownText.Anchor(claim.Id)})";

    /// <summary>True if witnesses alone show the claim.</summary>
    private bool IsPossibility(Protocol protocol, Claim claim) =>
        findings.Of(protocol, claim) is { IsEmpty: false } declared && declared.All(d => d.Property.IsWitnessed);

    /// <summary>The claim in words: its meaning and reason, its proof, and its evidence, as cells of a table.</summary>
    private string Cells(Protocol protocol, Claim claim)
    {
        var declared = findings.Of(protocol, claim);
        string reasons = string.Concat(claim.Violated.Select(v => $" Violated, as expected, in `{v.Designs}`: {v.Reason}."));
        string proof = Proof(protocol, declared).TrimEnd('.');
        return $"{claim.Sentence} *Why:* {claim.Why}{reasons} | {proof} | {claim.Source}{Mutants(protocol, claim, declared)}";
    }

    private string Entry(Protocol protocol, Claim claim)
    {
        const string Indent = "  ";
        var declared = findings.Of(protocol, claim);
        string name = $"- {Link(protocol, claim, emphasis: "**")}: {claim.Sentence}";
        if (claim.ByConstruction is null && declared.IsEmpty)
        {
            return MarkdownText.Wrap($"{name} No action of this protocol needs it.", Indent);
        }

        string verdict = claim.ByConstruction is { } reason
            ? $"holds by construction: {reason}."
            : $"{Verdict(protocol, claim, declared)} *Proof:* {Proof(protocol, declared)}";
        return MarkdownText.Wrap($"{name} *Why:* {claim.Why}", Indent)
            + MarkdownText.Wrap($"*Verdict:* {verdict} *Evidence:* {claim.Source}{Mutants(protocol, claim, declared)}.", Indent, Indent);
    }

    private string Verdict(Protocol protocol, Claim claim, ImmutableArray<Finding> declared)
    {
        bool possible = declared.All(d => d.Property.IsWitnessed);
        var violated = claim.Violated.Select(v =>
        {
            int[] lengths = [.. findings.ViolationsOf(protocol, claim, v.Designs).Select(f => f.Violation.Length).Order()];
            return $"violated, as expected, in `{v.Designs}` ({Range(lengths, "state")}): {v.Reason}. ";
        });
        ImmutableArray<Design> designs = [.. declared.Where(d => d.IsExpectedToHold).Select(d => d.Run.Job.Design).Distinct()];
        string holds = designs.IsEmpty ? ""
            : $"{(possible ? "possible" : "holds")} in {Designs(protocol, designs)} ({ProtocolPage.KindsOf(declared)}).";
        return claim.Violated.IsEmpty || designs.IsEmpty
            ? string.Concat(violated) + holds
            : $"{string.Concat(violated)}{char.ToUpperInvariant(holds[0])}{holds[1..]}";
    }

    private static string Designs(Protocol protocol, ImmutableArray<Design> designs) => DesignSet.Describe(protocol, designs) is var words
        && designs.Length == protocol.Designs.Length ? words : $"the designs with {words}";

    private string Proof(Protocol protocol, ImmutableArray<Finding> declared)
    {
        if (declared.All(d => d.Property.IsWitnessed))
        {
            return "a witness.";
        }

        ImmutableArray<Finding> due = [.. declared.Where(d => d.IsExpectedToHold)];
        ImmutableArray<Finding> proved = [.. due.Where(d => d.IsProved)];
        if (proved.IsEmpty)
        {
            return "explored only.";
        }

        int[] lemmas = [.. proved.Select(Findings.LemmasOf).Order()];
        string means = lemmas[^1] > 0 ? $"with {Range(lemmas, "lemma")}"
            : proved.All(findings.IsProvedAlone) ? "by itself"
            : "together with other properties";
        string where = proved.Length == due.Length ? ""
            : $" in {DesignSet.Describe(protocol, [.. proved.Select(p => p.Run.Job.Design)])}; elsewhere explored only";
        return $"for any size, {means}{where}.";
    }

    private string Mutants(Protocol protocol, Claim claim, ImmutableArray<Finding> declared)
    {
        var mutants = findings.MutantsOf(protocol);
        if (mutants.Mutants == 0 || !declared.Any(d => d.Property.IsClaimedInvariant))
        {
            return "";
        }

        int count = mutants.ViolationsOf(claim);
        return $". {(count == 0 ? "None" : count)} of {Quantity.Of(mutants.Mutants, "mutant")} violate{(count < 2 ? "s" : "")} it";
    }

    /// <summary>Returns "3 lemmas", "1 to 4 lemmas", or "at most 4 lemmas".</summary>
    private static string Range(int[] sorted, string noun) =>
        sorted[0] == sorted[^1] ? Quantity.Of(sorted[0], noun)
        : $"{(sorted[0] == 0 ? "at most" : $"{sorted[0]} to")} {Quantity.Of(sorted[^1], noun)}";
}
