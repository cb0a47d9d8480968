using System.Collections.Immutable;

namespace Checker.Model.Catalogue;

/// <summary>A property as people speak of it. The formula stands where it is declared.</summary>
/// <param name="Id">The property's name; for properties that a model has several of, the name with what stands in brackets spelt out.</param>
/// <param name="Why">What goes wrong in the world if it does not hold.</param>
/// <param name="Source">Where it comes from; <see cref="Catalogue.Protocol.Sources"/> has the sentence behind each id.</param>
public sealed record Claim(string Protocol, string Id, string Sentence, string Why, string Source)
{
    /// <summary>The designs that claim it, as patterns (<see cref="Design.Is"/>).</summary>
    public ImmutableArray<string> Designs { get; init; } = ["*"];

    /// <summary>The designs in which it is known not to hold, and why.</summary>
    public ImmutableArray<(string Designs, string Reason)> Violated { get; init; } = [];

    /// <summary>For what must be possible: the smallest bounds at which it is, in every design. Empty: any.</summary>
    public ImmutableArray<int> Needs { get; init; } = [];

    /// <summary>If nobody has to check it: why. There is no such property in the model then.</summary>
    public string? ByConstruction { get; init; }

    /// <summary>The ids that <see cref="Source"/> names.</summary>
    public bool IsFrom(string id) => Source.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Contains(id);

    public bool IsClaimedOf(Design design) => design.Protocol == Protocol && Designs.Any(design.Is);

    /// <summary>The name without the part in brackets, which instances of one claim share.</summary>
    public string Family => FamilyOf(Id);

    public static string FamilyOf(string property) => property.Split('(')[0];

    /// <summary>The claims that the model language itself makes of every protocol.</summary>
    public static ImmutableArray<Claim> OfLanguage(string protocol) =>
    [
        new(protocol, "InRange(action.variable)", "An action that computes a number leaves it within its variable's range.",
            "Numbers in a model do not wrap around; one that would is a mistake in the model.", "the model language"),
        new(protocol, "OneWriter(action.variable)", "No step gives one location two values.",
            "All updates of a step happen at once, so there is no later one that could win.", "the model language"),
    ];
}
