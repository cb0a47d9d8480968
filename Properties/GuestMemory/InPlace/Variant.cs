using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Protocols.GuestMemory;

namespace Checker.Properties.GuestMemory.InPlace;

/// <summary>In what a variant differs from the design that it is one of.</summary>
public enum VariantKind
{
    /// <summary>In which guards it has.</summary>
    Guards,

    /// <summary>In the order of the steps of a conversion.</summary>
    Order,

    /// <summary>In something else about a conversion (<see cref="DesignSpace.Changes"/>).</summary>
    Change,
}

/// <summary>One point of the design space: a design of in-place conversion with some guards left out, or with another conversion.</summary>
/// <param name="Dropped">The guards that it does without, in the order of <see cref="DesignSpace.Guards"/>.</param>
public sealed record Variant(Design Design, VariantKind Kind, ImmutableArray<string> Dropped, Conversion Conversion)
{
    /// <summary>Of a <see cref="VariantKind.Change"/>: its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// What the design is called in a trace: its own name, with the conversion as a fifth part where that is not the standard one
    /// ("snp,attribute,inplace,spurious,zap.flush.store.reclaim").
    /// </summary>
    public string DesignId => Kind == VariantKind.Guards ? Design.Id : $"{Design.Id},{(Kind == VariantKind.Change ? Name : Order.Replace(',', '.'))}";

    /// <summary>Of an <see cref="VariantKind.Order"/>: the order of the direction that it is about; of both, with a semicolon between them.</summary>
    public string Order => string.Join(';', new[] { Alias.Private, Alias.Shared }.Where(to => Conversion.Steps(to) != Conversion.Standard.Steps(to)).Select(to => OrderText.Of(Conversion, to)));

    /// <summary>The variant's model with all its properties.</summary>
    public TransitionSystem Build() => GuestMemoryProtocol.Definition
        .Domain(GuestMemoryProtocol.Build(Design, Conversion, stronger: !Dropped.IsEmpty || Conversion.PreparesByClaim)).Without(Dropped);

    /// <summary>The variant that a trace names by <see cref="DesignId"/>, with all guards; null if that is no name of one.</summary>
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

    /// <summary>What the variant changes: "without convert.zap", "to private unmap,host_flush,..".</summary>
    public override string ToString() => Kind switch
    {
        VariantKind.Guards when Dropped.IsEmpty => "all guards",
        VariantKind.Guards => $"without {string.Join(", ", Dropped)}",
        VariantKind.Change => Name,
        _ => OrderText.Of(Conversion),
    };
}
