using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Protocols.PageLifecycle;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.PageLifecycle;

/// <summary>PageLifecycle with its designs and all of its claims.</summary>
public static class PageLifecycleProtocol
{
    public static Protocol Definition { get; } = new(
        "PageLifecycle",
        "The life of a page: five states, frames, and the host's mappings. Read this one first.",
        ["backing", "vmm"], [.. Designs()], ["Page", "Frame"], [2, 2], design => Model(design).Build(),
        PageLifecycleReachability.NeverFires)
    {
        LargeBounds = [8, 16],
        Picture = PageLifecyclePicture.Definition,
        Claims = [.. PageLifecycleClaims.All, .. Claim.OfLanguage("PageLifecycle")],
        Mutants = PageLifecycleLabels.Mutants,
        Survivors = PageLifecycleLabels.Survivors,
        Sources = Requirements.Sources.All,
        Stronger = Stronger,
    };

    /// <summary>The model of a design with all its properties. The caller can declare more.</summary>
    public static PageLifecycleModel Model(Design design)
    {
        var (inplace, spurious) = (design.Parts[0] == "inplace", design.Parts[1] == "spurious");
        var model = new PageLifecycleModel(inplace, spurious);
        PageLifecycleSafety.Declare(model, spurious);
        PageLifecycleReachability.Declare(model, inplace, spurious);
        PageLifecycleLemmas.Declare(model, inplace, spurious);
        return model;
    }

    /// <summary>The design's model with an additional lemma, which proves some labels redundant.</summary>
    private static TransitionSystem Stronger(Design design)
    {
        var model = Model(design);
        if (design.Is("inplace,honest"))
        {
            model.Lemma(
                "SecretAccepted",
                "SecretStaysPrivate",
                "a guest publishes the contents of a page when it shares it, and an honest VMM takes only shared pages",
                Forall<Page, Frame>((p, f) => (model.secret[f] & model.spte[p] == f).Implies(model.state[p] == PageState.Accepted)));
        }

        return model.Build();
    }

    private static IEnumerable<Design> Designs() =>
        from backing in new[] { "separate", "inplace" }
        from vmm in new[] { "honest", "spurious" }
        select new Design("PageLifecycle", [backing, vmm]);
}
