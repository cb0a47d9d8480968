using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.Binding.Bugs;
using Checker.Protocols.Binding;

namespace Checker.Properties.Binding;

/// <summary>Binding with all of its claims.</summary>
public static class BindingProtocol
{
    public static Protocol Definition { get; } = new(
        "Binding",
        "Memory slots are bound to a private file which may die first: references, invalidations through bindings, and the order of locks.",
        [], [new("Binding", [])], ["Slot", "Page"], [2, 2], _ => Model().Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [8, 8],
        Picture = BindingPicture.Definition,
        Claims = [.. BindingClaims.All, .. Claim.OfLanguage("Binding")],
        Mutants = BindingLabels.Mutants,
        Survivors = BindingLabels.Survivors,
        Bugs = BindingBugs.All,
        Sources = Requirements.Sources.All,
    };

    /// <summary>The model with all its properties. The caller can declare more.</summary>
    public static BindingModel Model()
    {
        var model = new BindingModel();
        BindingSafety.Declare(model);
        BindingReachability.Declare(model);
        BindingLemmas.Declare(model);
        return model;
    }
}
