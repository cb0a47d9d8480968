using Checker.Model.Ir;
using Checker.Properties;

namespace Checker.Cli.Report;

/// <summary>Properties in words: from the catalogue, or, of a lemma, its own.</summary>
internal static class Sentences
{
    public static string Of(Protocol protocol, PropertyDeclaration property) =>
        property.Kind == PropertyKind.Lemma ? $"A lemma for {property.Serves}: {property.Because}" : Catalogue.Find(protocol.Name, property.Name)?.Sentence ?? "";

    /// <summary>What goes wrong in the world if the property does not hold.</summary>
    public static string Why(Protocol protocol, PropertyDeclaration property) => Catalogue.Find(protocol.Name, property.Name)?.Why ?? "";
}
