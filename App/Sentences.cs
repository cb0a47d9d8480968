using Checker.Model.Catalogue;
using Checker.Model.Ir;

namespace Checker.App;

/// <summary>Properties in words. The catalogue has the sentences, and a lemma has its own.</summary>
public static class Sentences
{
    public static string Of(Protocol protocol, PropertyDeclaration property) =>
        property.IsLemma
            ? $"A lemma for {property.Serves}: {property.Because}"
            : protocol.ClaimOf(property.Name)?.Sentence ?? "";

    /// <summary>Returns the damage in the real system if the property does not hold.</summary>
    public static string Why(Protocol protocol, PropertyDeclaration property) => protocol.ClaimOf(property.Name)?.Why ?? "";
}
