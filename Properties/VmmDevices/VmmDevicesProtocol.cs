using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.VmmDevices.Bugs;
using Checker.Protocols.VmmDevices;

namespace Checker.Properties.VmmDevices;

/// <summary>VmmDevices with its designs and all of its claims.</summary>
public static class VmmDevicesProtocol
{
    public static Protocol Definition { get; } = new(
        "VmmDevices",
        "A VMM converts pages while devices use the shared ones: IOMMU maps, pins, cached translations, and discards.",
        ["backing"], [new("VmmDevices", ["separate"]), new("VmmDevices", ["inplace"])], ["Page", "Frame", "Device"], [2, 2, 1],
        design => Model(design).Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [4, 8, 4],
        Picture = VmmDevicesPicture.Definition,
        Claims = [.. VmmDevicesClaims.All, .. Claim.OfLanguage("VmmDevices")],
        Mutants = VmmDevicesLabels.Mutants,
        Survivors = VmmDevicesLabels.Survivors,
        Bugs = VmmDevicesBugs.All,
        Sources = Requirements.Sources.All,
    };

    /// <summary>The model of a design with all its properties. The caller can declare more.</summary>
    public static VmmDevicesModel Model(Design design)
    {
        bool inplace = design.Is("inplace");
        var model = new VmmDevicesModel(inplace);
        VmmDevicesSafety.Declare(model, inplace);
        VmmDevicesReachability.Declare(model, inplace);
        VmmDevicesLemmas.Declare(model, inplace);
        return model;
    }
}
