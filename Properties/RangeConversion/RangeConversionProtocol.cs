using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Protocols.RangeConversion;

namespace Checker.Properties.RangeConversion;

/// <summary>RangeConversion with its design and all of its claims.</summary>
public static class RangeConversionProtocol
{
    public static Protocol Definition { get; } = new(
        "RangeConversion",
        "The conversion of a range of pages: huge entries, the mixed bit, and requests that are done in part.",
        [], [new("RangeConversion", [])], ["Page", "Region"], [3, 2], _ => Model().Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [12, 4],
        Picture = RangeConversionPicture.Definition,
        Claims = [.. RangeConversionClaims.All, .. Claim.OfLanguage("RangeConversion")],
        Mutants = RangeConversionLabels.Mutants,
        Bugs = Bugs.RangeConversionBugs.All,
    };

    /// <summary>The model with all its properties.</summary>
    public static RangeConversionModel Model()
    {
        var model = new RangeConversionModel();
        RangeConversionSafety.Declare(model);
        RangeConversionReachability.Declare(model);
        RangeConversionLemmas.Declare(model);
        return model;
    }
}
