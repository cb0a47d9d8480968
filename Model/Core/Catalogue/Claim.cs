using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Checker.Model.Catalogue;

/// <summary>A property in words. The model declares its formula.</summary>
/// <param name="Id">The property's name. A family of properties has one claim, whose name spells out the part in brackets.</param>
/// <param name="Why">The damage in the real system if the property does not hold.</param>
/// <param name="Source">The origin of the claim, as ids. <see cref="Catalogue.Protocol.Sources"/> has the sentence for each id.</param>
/// <param name="File">The file of the claim itself.</param>
public sealed record Claim(string Protocol, string Id, string Sentence, string Why, string Source,
    [CallerFilePath] string File = "", [CallerLineNumber] int Line = 0)
{
    /// <summary>The designs with this claim, as patterns (<see cref="Design.Is"/>).</summary>
    public ImmutableArray<string> Designs { get; init; } = ["*"];

    /// <summary>The designs in which the property is known to fail, and the reason.</summary>
    public ImmutableArray<(string Designs, string Reason)> Violated { get; init; } = [];

    /// <summary>
    /// The smallest bounds at which a reachable property has a witness in every design. Without a witness at these or larger ones,
    /// verification fails. Empty: the default bounds of the protocol.
    /// </summary>
    public ImmutableArray<int> Needs { get; init; } = [];

    /// <summary>The reason why the claim needs no check. If it is set, the model has no such property.</summary>
    public string? ByConstruction { get; init; }

    /// <summary>True if <see cref="Source"/> names the id.</summary>
    public bool IsFrom(string id) => Source.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Contains(id);

    public bool IsClaimedOf(Design design) => design.Protocol == Protocol && Designs.Any(design.Is);

    /// <summary>The name without the part in brackets. All properties of one claim share it.</summary>
    public string Family => FamilyOf(Id);

    public static string FamilyOf(string property) => property.Split('(')[0];

    /// <summary>The claims of the model language itself, the same for every protocol.</summary>
    public static ImmutableArray<Claim> OfLanguage(string protocol) =>
    [
        new(protocol, "InRange(action.variable)", "An action that computes a number leaves it within its variable's range.",
            "Numbers in a model do not wrap around; one that would is a mistake in the model.", "the model language"),
        new(protocol, "OneWriter(action.variable)", "No step gives one location two values.",
            "All updates of a step happen at once, so there is no later one that could win.", "the model language"),
    ];
}
