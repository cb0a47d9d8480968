using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.CcaRealm.Bugs;
using Checker.Protocols.CcaRealm;

namespace Checker.Properties.CcaRealm;

/// <summary>CcaRealm with all of its claims.</summary>
public static class CcaRealmProtocol
{
    public static Protocol Definition { get; } = new(
        "CcaRealm",
        "Realm memory of Arm CCA: granules between the worlds, and pages which change only with the realm's consent.",
        [], [new("CcaRealm", [])], ["Page", "Frame"], [2, 2], _ => Model().Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [3, 3],
        Picture = CcaRealmPicture.Definition,
        Claims = [.. CcaRealmClaims.All, .. Claim.OfLanguage("CcaRealm")],
        Mutants = CcaRealmLabels.Mutants,
        Sources = Requirements.Sources.All,
        Bugs = CcaRealmBugs.All,
    };

    /// <summary>The model with all its properties. The caller can declare more.</summary>
    public static CcaRealmModel Model()
    {
        var model = new CcaRealmModel();
        CcaRealmSafety.Declare(model);
        CcaRealmReachability.Declare(model);
        CcaRealmLemmas.Declare(model);
        return model;
    }
}
