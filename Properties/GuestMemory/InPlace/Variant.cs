using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Protocols.GuestMemory;

namespace Checker.Properties.GuestMemory.InPlace;

/// <summary>The kind of difference between a variant and its design.</summary>
public enum VariantKind
{
    /// <summary>A different set of guards.</summary>
    Guards,

    /// <summary>A different order of the steps of a conversion.</summary>
    Order,

    /// <summary>Another change to a conversion (<see cref="DesignSpace.Changes"/>).</summary>
    Change,
}

/// <summary>One point of the design space: a design of in-place conversion without some guards, or with another conversion.</summary>
/// <param name="Dropped">The missing guards, in the order of <see cref="DesignSpace.Guards"/>.</param>
public sealed record Variant(Design Design, VariantKind Kind, ImmutableArray<string> Dropped, Conversion Conversion)
{
    /// <summary>The name of a <see cref="VariantKind.Change"/>.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The design's name in a trace. It is the name of the design. A conversion other than the standard one is added as a fifth part
    /// ("snp,attribute,inplace,spurious,zap.flush.store.reclaim").
    /// </summary>
    public string DesignId =>
        Kind == VariantKind.Guards ? Design.Id : $"{Design.Id},{(Kind == VariantKind.Change ? Name : Order.Replace(',', '.'))}";

    /// <summary>
    /// The order of an <see cref="VariantKind.Order"/> in the changed direction. If both are changed, a semicolon separates them.
    /// </summary>
    public string Order =>
        string.Join(
            ';',
            new[] { Alias.Private, Alias.Shared }
                .Where(to => Conversion.Steps(to) != Conversion.Standard.Steps(to))
                .Select(to => OrderText.Of(Conversion, to)));

    /// <summary>Builds the variant's model with all its properties.</summary>
    public TransitionSystem Build() => GuestMemoryProtocol.Definition
        .Domain(GuestMemoryProtocol.Build(Design, Conversion, stronger: !Dropped.IsEmpty || Conversion.PreparesByClaim)).Without(Dropped);

    /// <summary>The variant with this <see cref="DesignId"/> and with all guards. Null if there is none of this name.</summary>
    public static Variant? Named(string designId)
    {
        int end = designId.LastIndexOf(',');
        if (end < 0 || DesignSpace.Designs.FirstOrDefault(d => d.Id == designId[..end]) is not { } design)
        {
            return null;
        }

        string name = designId[(end + 1)..];
        if (DesignSpace.ChangesOf(design).FirstOrDefault(v => v.Name == name) is { } change)
        {
            return change;
        }

        try
        {
            return new(design, VariantKind.Order, [], OrderText.Parse(name.Replace('.', ',')));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The change made by the variant: "without convert.zap", "to private unmap,host_flush,..".</summary>
    public override string ToString() => Kind switch
    {
        VariantKind.Guards when Dropped.IsEmpty => "all guards",
        VariantKind.Guards => $"without {string.Join(", ", Dropped)}",
        VariantKind.Change => Name,
        _ => OrderText.Of(Conversion),
    };
}
