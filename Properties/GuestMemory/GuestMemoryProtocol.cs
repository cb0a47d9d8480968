using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Properties.GuestMemory.Designs;
using Checker.Properties.GuestMemory.Lemmas;
using Checker.Properties.GuestMemory.Refinement;
using Checker.Protocols.GuestMemory;

namespace Checker.Properties.GuestMemory;

/// <summary>GuestMemory with its designs and all of its claims.</summary>
public static class GuestMemoryProtocol
{
    public static Protocol Definition { get; } = new("GuestMemory",
        "Conversion of guest memory between shared and private: guest, VMM, KVM, host and firmware, step by step.",
        ["platform", "designation", "backing", "vmm"], GuestMemoryDesigns.All, ["Page", "Frame", "Vcpu", "Thread", "Pin"], [1, 2, 1, 1, 1],
        design => Build(design), GuestMemoryReachability.NeverFires)
    {
        MayBeEmpty = ["Thread", "Pin"],
        LargeBounds = [8, 16, 4, 4, 4],
        Picture = GuestMemoryPicture.Definition,
        Typical = ["sw,*,*,honest", "snp,*,*,honest", "cca,*,*,spurious", "tdx,hole,*,spurious", "pkvm,*,*,*"],
        Claims = [.. GuestMemoryClaims.All, .. Claim.OfLanguage("GuestMemory")],
        Mutants = Labels.Mutants.All,
        Survivors = Labels.Survivors.All,
        Bugs = Bugs.GuestMemoryBugs.All,
        Sources = Requirements.Sources.All,
        Stronger = design => Build(design, stronger: true),
    };

    /// <summary>
    /// The model of a design with all its properties and this conversion in place. The caller can declare more properties.
    /// </summary>
    /// <param name="stronger">True to add the lemmas in Lemmas/Stronger.cs, which the design does not need for its own proof.</param>
    public static GuestMemoryModel Model(Design design, Conversion? conversion = null, bool stronger = false)
    {
        var model = GuestMemoryDesigns.Model(design, conversion);
        new GuestMemorySafety(model).Declare();
        Lifecycle.Declare(model, design);
        new GuestMemoryReachability(model).Declare();
        new GuestMemoryLemmas(model, stronger).Declare();
        return model;
    }

    /// <summary>Builds <see cref="Model"/> as data.</summary>
    public static TransitionSystem Build(Design design, Conversion? conversion = null, bool stronger = false) =>
        Model(design, conversion, stronger).Build();
}
