using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.GuestConversion.Bugs;
using Checker.Protocols.GuestConversion;

namespace Checker.Properties.GuestConversion;

/// <summary>GuestConversion with all of its claims.</summary>
public static class GuestConversionProtocol
{
    public static Protocol Definition { get; } = new(
        "GuestConversion",
        "A guest converts ranges of its own pages: page tables, flushes, requests which may fail half way, acceptance, and kexec.",
        [], [new("GuestConversion", [])], ["Page", "Cpu"], [2, 2], _ => Model().Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [8, 8],
        Picture = GuestConversionPicture.Definition,
        Claims = [.. GuestConversionClaims.All, .. Claim.OfLanguage("GuestConversion")],
        Mutants = GuestConversionLabels.Mutants,
        Survivors = GuestConversionLabels.Survivors,
        Bugs = GuestConversionBugs.All,
        Sources = Requirements.Sources.All,
    };

    /// <summary>The model with all its properties. The caller can declare more.</summary>
    public static GuestConversionModel Model()
    {
        var model = new GuestConversionModel();
        GuestConversionSafety.Declare(model);
        GuestConversionReachability.Declare(model);
        GuestConversionLemmas.Declare(model);
        return model;
    }
}
