using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Checker.Model.Ir;
using Checker.Solver.Files;

namespace Checker.Solver.Proof.Certificates;

/// <summary>Evidence for one design, as texts in memory.</summary>
/// <param name="Entry">The design's part of the manifest, with the hashes of the texts.</param>
public sealed record DesignCertificate(CertifiedDesign Entry, ImmutableArray<CertificateText> Texts);

/// <param name="Name">The name, relative to the certificate's folder, with slashes.</param>
public sealed record CertificateText(string Name, string Text);

/// <summary>
/// Evidence which does not depend on this program. For each design it contains the invariant in words and formulas, and every
/// obligation as standalone SMT-LIB; and a manifest with hashes. docs/proofs.md lists the remaining assumptions.
/// </summary>
public static class Certificate
{
    private const string InvariantFile = "invariant.md";

    /// <summary>Makes the evidence for one design. The proof must have been made with <see cref="ProofOptions.Cores"/>.</summary>
    /// <param name="folder">The folder of the design: <see cref="FolderOf"/>.</param>
    /// <exception cref="ArgumentException">The proof is not successful.</exception>
    public static DesignCertificate Of(string folder, string protocol, string design, ProofResult proof)
    {
        if (proof.Status != ProofStatus.Proved)
        {
            throw new ArgumentException("only a proof can be certified", nameof(proof));
        }

        var used = proof.Obligations.ToDictionary(o => KeyOf(o.Obligation), o => o.Used);
        string title = TitleOf(protocol, design, proof.System.Dropped);
        var obligations = ObligationsOf(proof.System, proof.Conjuncts.Select(c => c.Name), proof.Properties);
        var texts = ImmutableArray.CreateBuilder<CertificateText>();
        var files = ImmutableArray.CreateBuilder<CertifiedFile>();
        foreach (var script in obligations.Scripts())
        {
            var goals = script.Goals.Select(g => new CertifiedGoal(g.Obligation.ToString(), used[KeyOf(g.Obligation)])).ToImmutableArray();
            texts.Add(new(
                FileOf(folder, files.Count, script),
                ScriptText.Write(title, obligations.Declarations, script, [.. goals.Select(g => g.Uses)])));
            files.Add(new(texts[^1].Name, Hash(texts[^1].Text), goals));
        }

        texts.Add(new(InvariantOf(folder), Invariant(title, proof.System, obligations)));
        return new(new(
            protocol,
            design,
            [.. proof.System.Dropped.Order(StringComparer.Ordinal)],
            HashOf(proof.System),
            [.. proof.Properties.Select(p => p.Name)],
            [.. obligations.Conjuncts.Select(c => c.Name)], new(texts[^1].Name, Hash(texts[^1].Text)), files.ToImmutable()),
            texts.ToImmutable());

        static (ObligationKind, string, string) KeyOf(Obligation o) => (o.Kind, o.Action, o.Conjunct.Name);
    }

    /// <summary>Returns the folder of a design's files. Its number distinguishes it from all others.</summary>
    /// <param name="run">The folder of the manifest's files: <see cref="Manifest.Folder"/>.</param>
    /// <param name="position">The design's position in the manifest, from 0.</param>
    public static string FolderOf(string run, int position, string protocol, string design) =>
        $"{run}/{FileNames.Numbered(position + 1, $"{protocol} {design}")}";

    /// <summary>Returns the manifest as text. This file is written last, because all files named in it must exist.</summary>
    public static string TextOf(Manifest manifest) => JsonSerializer.Serialize(manifest, ManifestJson.Default.Manifest) + "\n";

    /// <param name="conjuncts">The names of the invariant's conjuncts. All lemmas are conjuncts, and the claims among these names.</param>
    internal static Obligations ObligationsOf(
        TransitionSystem system,
        IEnumerable<string> conjuncts,
        IEnumerable<PropertyDeclaration> properties)
    {
        var named = conjuncts.ToHashSet(StringComparer.Ordinal);
        var claims = system.Properties.Where(p => p.IsSafety && !p.IsAboutSteps && named.Contains(p.Name));
        return new(system, system.Properties.Where(p => p.IsLemma).Concat(claims), properties, spellOut: true);
    }

    /// <param name="position">The file's position among those of the design, from 0.</param>
    internal static string FileOf(string folder, int position, Script script) =>
        $"{folder}/{FileNames.Numbered(position + 1, script.Name)}.smt2";

    internal static string InvariantOf(string folder) => $"{folder}/{InvariantFile}";

    /// <summary>Returns a hash of the whole model: its sorts, variables, actions, properties and dropped labels.</summary>
    public static string HashOf(TransitionSystem system)
    {
        var text = new StringBuilder();
        text.AppendJoin(
            '\n',
            system.Variables.Select(v => $"var {v.Name}[{string.Join(",", v.Index)}]: {v.Type} = {v.Initial}")).Append('\n');
        foreach (var action in system.Actions)
        {
            text.Append($"action {action.Name}({string.Join(", ", action.Parameters)})\n");
            text.AppendJoin('\n', action.Guards.Select(g => $"  require {Deep(g.Condition)}")).Append('\n');
            text.AppendJoin('\n', action.Updates.Select(u =>
                $"  forall {string.Join(",", u.Bulk)} when {string.Join(" & ", u.When.Select(Deep))}: "
                    + $"{u.Variable}[{string.Join(",", u.Index.Select(Deep))}] := {Deep(u.Value)}")).Append('\n');
        }

        text.AppendJoin(
            '\n',
            system.Properties.Select(p => $"{p.Kind} {p.Name}: {Deep(p.Formula)} {string.Join(",", p.Actions)}")).Append('\n');
        text.Append("without ").AppendJoin(',', system.Dropped.Order(StringComparer.Ordinal)).Append('\n');
        text.Append("may be empty ").AppendJoin(',', system.MayBeEmpty.Order(StringComparer.Ordinal));
        return Hash(text.ToString());

        // Definitions are printed by name, so the hash must include their meaning.
        static string Deep(Node node) => Printer.Print(Open(node));

        static Node Open(Node node) => node is Definition d ? Open(d.Body) : Fold.Map(node, Open);
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal static string TitleOf(string protocol, string design, IReadOnlyCollection<string> dropped) =>
        protocol
            + (design.Length == 0 ? "" : $" {design}")
            + (dropped.Count == 0 ? "" : $" without {string.Join(", ", dropped.Order(StringComparer.Ordinal))}");

    internal static string Invariant(string title, TransitionSystem system, Obligations obligations)
    {
        var text = new StringBuilder();
        text.Append($"# The inductive invariant of {title}\n\nProved {Domain.Of(system)}: "
            + $"{string.Join(", ", obligations.Properties.Select(p => p.Name))}.\n");
        foreach (var conjunct in obligations.Conjuncts)
        {
            text.Append($"\n## {conjunct.Name}\n\n{conjunct.Because}\n\nFor: {conjunct.Serves}\n\n    {conjunct.Formula}\n");
        }

        return text.ToString();
    }
}
