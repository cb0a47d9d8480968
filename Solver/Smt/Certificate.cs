using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Checker.Model.Ir;

namespace Checker.Solver.Smt;

/// <summary>A goal in a certificate's file, in the order of the file.</summary>
/// <param name="Uses">The assumptions that are enough for it.</param>
public sealed record CertifiedGoal(string Obligation, ImmutableArray<string> Uses);

public sealed record CertifiedFile(string Name, string Sha256, ImmutableArray<CertifiedGoal> Goals);

/// <param name="Model">The hash of the model that was proved: <see cref="Certificate.HashOf"/>.</param>
public sealed record CertifiedDesign(string Protocol, string Design, string Model, ImmutableArray<string> Properties, ImmutableArray<string> Conjuncts, ImmutableArray<CertifiedFile> Files)
{
    public int Obligations => Files.Sum(f => f.Goals.Length);
}

/// <summary>The table of contents of a certificate.</summary>
public sealed record Manifest(string Format, string Checker, string Solver, ImmutableArray<CertifiedDesign> Designs)
{
    public const string CurrentFormat = "checker-certificate/1";
    public const string FileName = "manifest.json";
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

/// <summary>
/// Evidence that does not rest on this program: for each design the invariant in words and formulas, every obligation as standalone
/// SMT-LIB, and a manifest with hashes. docs/proofs.md says what has to be believed.
/// </summary>
public static class Certificate
{
    /// <summary>Writes one design's part and returns its entry in the manifest. The proof must have been made with <see cref="ProofOptions.Cores"/>.</summary>
    /// <exception cref="ArgumentException">The proof is not one.</exception>
    public static CertifiedDesign Write(string directory, string protocol, string design, ProofResult proof)
    {
        if (proof.Status != ProofStatus.Proved)
        {
            throw new ArgumentException("only a proof can be certified", nameof(proof));
        }

        var used = proof.Obligations.ToDictionary(o => o.Obligation.ToString(), o => o.Used, StringComparer.Ordinal);
        string folder = FolderOf(protocol, design);
        Directory.CreateDirectory(Path.Combine(directory, folder));
        var obligations = new Obligations(proof.System, proof.System.Properties.Where(p => p.Kind == PropertyKind.Lemma), proof.Properties, spellOut: true);
        var files = ImmutableArray.CreateBuilder<CertifiedFile>();
        foreach (var script in obligations.Scripts())
        {
            var goals = script.Goals.Select(g => new CertifiedGoal(g.Obligation.ToString(), used[g.Obligation.ToString()])).ToImmutableArray();
            string text = ScriptText.Write(TitleOf(protocol, design), obligations.Declarations, script, [.. goals.Select(g => g.Uses)]);
            string name = $"{folder}/{NameOf(script)}";
            File.WriteAllText(Path.Combine(directory, name), text);
            files.Add(new(name, Hash(text), goals));
        }

        File.WriteAllText(Path.Combine(directory, folder, "invariant.md"), Invariant(protocol, design, proof));
        return new(protocol, design, HashOf(proof.System), [.. proof.Properties.Select(p => p.Name)], [.. proof.Conjuncts.Select(c => c.Name)], files.ToImmutable());
    }

    /// <summary>Writes the manifest: the last step, so that a certificate that was broken off has none.</summary>
    public static void Finish(string directory, Manifest manifest) =>
        File.WriteAllText(Path.Combine(directory, Manifest.FileName), JsonSerializer.Serialize(manifest, ManifestJson.Default.Manifest) + "\n");

    /// <summary>A hash of all that a model says: its sorts, variables, actions, properties and the labels that it leaves out.</summary>
    public static string HashOf(TransitionSystem system)
    {
        var text = new StringBuilder();
        text.AppendJoin('\n', system.Variables.Select(v => $"var {v.Name}[{string.Join(",", v.Index)}]: {v.Type} = {v.Initial}")).Append('\n');
        foreach (var action in system.Actions)
        {
            text.Append($"action {action.Name}({string.Join(", ", action.Parameters)})\n");
            text.AppendJoin('\n', action.Guards.Select(g => $"  require {Deep(g.Condition)}")).Append('\n');
            text.AppendJoin('\n', action.Updates.Select(u =>
                $"  forall {string.Join(",", u.Bulk)} when {string.Join(" & ", u.When.Select(Deep))}: {u.Variable}[{string.Join(",", u.Index.Select(Deep))}] := {Deep(u.Value)}")).Append('\n');
        }

        text.AppendJoin('\n', system.Properties.Select(p => $"{p.Kind} {p.Name}: {Deep(p.Formula)} {string.Join(",", p.Actions)}")).Append('\n');
        text.Append("without ").AppendJoin(',', system.Dropped.Order(StringComparer.Ordinal)).Append('\n');
        text.Append("may be empty ").AppendJoin(',', system.MayBeEmpty.Order(StringComparer.Ordinal));
        return Hash(text.ToString());

        // Definitions are printed by name: what they mean has to be in the hash.
        static string Deep(Node node) => Printer.Print(Open(node));

        static Node Open(Node node) => node is Definition d ? Open(d.Body) : Fold.Map(node, Open);
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal static string TitleOf(string protocol, string design) => design.Length == 0 ? protocol : $"{protocol} {design}";

    private static string FolderOf(string protocol, string design) => design.Length == 0 ? protocol : $"{protocol}-{design.Replace(',', '-')}";

    private static string NameOf(Script script) => string.Concat(script.Name.Select(c => char.IsLetterOrDigit(c) ? c : '-')).Trim('-') + ".smt2";

    private static string Invariant(string protocol, string design, ProofResult proof)
    {
        var text = new StringBuilder();
        text.Append($"# The inductive invariant of {TitleOf(protocol, design)}\n\nProved {Domain.Of(proof.System)}: {string.Join(", ", proof.Properties.Select(p => p.Name))}.\n");
        foreach (var conjunct in proof.Conjuncts)
        {
            text.Append($"\n## {conjunct.Name}\n\n{conjunct.Because}\n\nFor: {conjunct.Serves}\n\n    {conjunct.Formula}\n");
        }

        return text.ToString();
    }
}
