using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Model.Protocols.GuestMemory;

namespace Checker.Properties.DesignSpace;

/// <summary>In what a variant differs from the design that it is one of.</summary>
public enum VariantKind
{
    /// <summary>In which guards it has.</summary>
    Guards,

    /// <summary>In the order of the steps of a conversion, in one direction or in both.</summary>
    Order,

    /// <summary>In something else about a conversion (<see cref="InPlace.Changes"/>).</summary>
    Change,
}

/// <summary>One point of the design space: a design of in-place conversion with some guards left out, or with another conversion.</summary>
/// <param name="Dropped">The guards that it does without, in the order of <see cref="InPlace.Guards"/>.</param>
public sealed record Variant(Design Design, VariantKind Kind, ImmutableArray<string> Dropped, Conversion Conversion)
{
    /// <summary>Of a <see cref="VariantKind.Change"/>: its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The variant's model with all its properties.</summary>
    public TransitionSystem Build() => Registry.BuildGuestMemory(Design, Conversion).Without(Dropped);

    /// <summary>What the variant changes: "without convert.zap", "unmap host_flush ..".</summary>
    public override string ToString() => Kind switch
    {
        VariantKind.Guards when Dropped.IsEmpty => "all guards",
        VariantKind.Guards => $"without {string.Join(", ", Dropped)}",
        VariantKind.Change => Name,
        _ => OrderText.Of(Conversion),
    };
}
