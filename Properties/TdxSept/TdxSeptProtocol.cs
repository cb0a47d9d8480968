using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.TdxSept.Bugs;
using Checker.Protocols.TdxSept;

namespace Checker.Properties.TdxSept;

/// <summary>TdxSept with its designs and all of its claims.</summary>
public static class TdxSeptProtocol
{
    public static Protocol Definition { get; } = new(
        "TdxSept",
        "Frames enter and leave the second stage while vCPUs run: epochs, kicks, and calls of the TDX module which may fail.",
        ["tracking"], [new("TdxSept", ["module"]), new("TdxSept", ["requests"])], ["Page", "Frame", "Vcpu"], [2, 2, 2],
        design => Model(design).Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [4, 4, 4],
        Picture = TdxSeptPicture.Definition,
        Claims = [.. TdxSeptClaims.All, .. Claim.OfLanguage("TdxSept")],
        Mutants = TdxSeptLabels.Mutants,
        Survivors = TdxSeptLabels.Survivors,
        Bugs = TdxSeptBugs.All,
        Sources = Requirements.Sources.All,
    };

    /// <summary>The model of a design with all its properties. The caller can declare more.</summary>
    public static TdxSeptModel Model(Design design)
    {
        bool module = design.Is("module");
        var model = new TdxSeptModel(module);
        TdxSeptSafety.Declare(model, module);
        TdxSeptReachability.Declare(model, module);
        TdxSeptLemmas.Declare(model, module);
        return model;
    }
}
