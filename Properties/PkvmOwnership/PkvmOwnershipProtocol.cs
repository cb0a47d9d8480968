using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.PkvmOwnership.Bugs;
using Checker.Protocols.PkvmOwnership;

namespace Checker.Properties.PkvmOwnership;

/// <summary>PkvmOwnership with all of its claims.</summary>
public static class PkvmOwnershipProtocol
{
    public static Protocol Definition { get; } = new(
        "PkvmOwnership",
        "Owners of memory under pKVM: host, hypervisor and guest, with sharing, donation, and reclaim by force.",
        [], [new("PkvmOwnership", [])], ["Page", "Frame"], [2, 2], _ => Model().Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [3, 3],
        Picture = PkvmOwnershipPicture.Definition,
        Claims = [.. PkvmOwnershipClaims.All, .. Claim.OfLanguage("PkvmOwnership")],
        Mutants = PkvmOwnershipLabels.Mutants,
        Sources = Requirements.Sources.All,
        Bugs = PkvmOwnershipBugs.All,
    };

    /// <summary>The model with all its properties. The caller can declare more.</summary>
    public static PkvmOwnershipModel Model()
    {
        var model = new PkvmOwnershipModel();
        PkvmOwnershipSafety.Declare(model);
        PkvmOwnershipReachability.Declare(model);
        PkvmOwnershipLemmas.Declare(model);
        return model;
    }
}
