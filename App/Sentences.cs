using Checker.Model.Catalogue;
using Checker.Model.Ir;

namespace Checker.App;

/// <summary>Properties in words: from the catalogue, or, of a lemma, its own.</summary>
public static class Sentences
{
    public static string Of(Protocol protocol, PropertyDeclaration property) =>
        property.IsLemma ? $"A lemma for {property.Serves}: {property.Because}" : protocol.ClaimOf(property.Name)?.Sentence ?? "";

    /// <summary>What goes wrong in the world if the property does not hold.</summary>
    public static string Why(Protocol protocol, PropertyDeclaration property) => protocol.ClaimOf(property.Name)?.Why ?? "";
}
