using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.RangeConversion;

/// <summary>The properties of RangeConversion in words.</summary>
internal static class RangeConversionClaims
{
    private const string P = "RangeConversion";
    private const string Otherwise = "Otherwise the invariants would hold because nothing happens.";

    public static ImmutableArray<Claim> All { get; } =
    [
        new(P, "HugeEntryMatches", "A huge entry has the flavour of every page of its region.",
            "Otherwise the guest reaches a page with the flavour that it had before the conversion.", "I5, I6"),
        new(P, "SmallEntryMatches", "A small entry has the flavour of its page.",
            "Otherwise the guest reaches a page with the flavour that it had before the conversion.", "I5"),
        new(P, "MixedIsMarked", "A region with pages of both flavours is marked as mixed.",
            "The mark alone keeps a fault from choosing a huge entry for the region.", "I6"),
        new(P, "PrivateIsNotPinned", "The host holds no pin on a private page.",
            "A device behind the pin could write to a page of the guest alone.", "C1"),
        new(P, "NoDataLost", "A page that stays private keeps the guest's data, whatever is converted around it.",
            "On TDX and CCA, removing the entry of a private page destroys its contents.", "V3, I1"),
        new(P, "GuestAgrees", "When no request is open, guest and KVM have the same idea of every page.",
            "A guest that believes a shared page to be private stores secrets in it.", "C5, L1"),

        new(P, "HugePrivate", "A region can be mapped by one private entry.",
            "Without huge entries, the model would say nothing about them.", "the model's own guards"),
        new(P, "Mixed", "A region can have pages of both flavours.", Otherwise, "the model's own guards"),
        new(P, "PartDone", "A request can be done in part, and the guest asks for the rest.", Otherwise, "L6"),
        new(P, "RefusedForPin", "A request can meet a pinned page.", Otherwise, "L2"),
        new(P, "Split", "Part of a private region can become shared, and the rest stays mapped.", Otherwise, "V3"),
        new(P, "RoundTrip", "A page can become private, be mapped, become shared again, and be pinned.",
            "A page has more than one life.", "S3"),
        new(P, "Retries", "A fault can meet a conversion, and starts again.", Otherwise, "the model's own guards"),
        new(P, "GivesUp", "A conversion can be refused for a pin, and nothing is changed.", Otherwise, "L2"),
        new(P, "Fails", "A conversion can fail for want of memory.", Otherwise, "the model's own guards"),
        new(P, "Mismatch", "A fault of the wrong flavour leaves to the VMM.", Otherwise, "the model's own guards"),
    ];
}
