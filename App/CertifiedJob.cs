using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Proof.Certificates;

namespace Checker.App;

/// <summary>The model named by a certificate's manifest. Every name in it must be exactly that of the registry or the model.</summary>
public static class CertifiedJob
{
    /// <exception cref="CertificateException">There is no such protocol, design or label; the message names the place.</exception>
    public static ProofJob Of(ProtocolSet protocols, CertifiedDesign certified, int position)
    {
        string place = PlaceOf(position);
        Exactly($"{place}.protocol", "protocol", certified.Protocol, [.. protocols.Select(p => p.Name)]);
        var protocol = protocols.Get(certified.Protocol);
        Exactly($"{place}.design", $"design of {protocol.Name}", certified.Design, [.. protocol.Designs.Select(d => d.Id)]);
        var design = protocol.Designs.Single(d => d.Id == certified.Design);
        string[] labels = certified.Dropped.IsEmpty ? [] : [.. protocol.Build(design).Labels.Select(l => l.Name)];
        foreach (string label in certified.Dropped)
        {
            Exactly($"{place}.dropped", $"label of {protocol.Name}", label, labels);
        }

        string[] designs = design.Parts.IsEmpty ? [] : [design.Id];
        return ProofJob.Of(new(protocols, protocol.Name, [.. designs], null, certified.Dropped, []), _ => { })[0];
    }

    /// <summary>Returns the properties named by the manifest, in the model's order.</summary>
    /// <exception cref="CertificateException">A property has no proof for any size. The message names the place.</exception>
    public static ImmutableArray<PropertyDeclaration> PropertiesOf(ProofJob job, CertifiedDesign certified, int position)
    {
        ImmutableArray<PropertyDeclaration> safety = [.. job.System.Properties.Where(p => p.IsSafety)];
        foreach (string property in certified.Properties)
        {
            Exactly(
                $"{PlaceOf(position)}.properties",
                $"safety property of {job.Job.Protocol.Name}",
                property,
                [.. safety.Select(p => p.Name)]);
        }

        return [.. safety.Where(p => certified.Properties.Contains(p.Name))];
    }

    private static string PlaceOf(int position) => $"{Manifest.FileName}: $.designs[{position}]";

    private static void Exactly(string place, string what, string given, string[] allowed)
    {
        if (!allowed.Contains(given, StringComparer.Ordinal))
        {
            throw new CertificateException($"{place}: {Suggestions.Quote(given)} is no {what}{Suggestions.Hint(given, allowed)}");
        }
    }
}
