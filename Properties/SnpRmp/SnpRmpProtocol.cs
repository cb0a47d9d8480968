using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Properties.SnpRmp.Bugs;
using Checker.Protocols.SnpRmp;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.SnpRmp;

/// <summary>SnpRmp with its designs and all of its claims.</summary>
public static class SnpRmpProtocol
{
    public static Protocol Definition { get; } = new(
        "SnpRmp",
        "The reverse map table of AMD SEV-SNP: assigned and validated frames, requests of the guest, and frames which do not come back.",
        ["attacker"],
        [new("SnpRmp", ["none"]), new("SnpRmp", ["vmm"]), new("SnpRmp", ["hypervisor"])],
        ["Page", "Frame", "Vcpu"], [2, 2, 1], design => Model(design).Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [2, 3, 2],
        Picture = SnpRmpPicture.Definition,
        Claims = [.. SnpRmpClaims.All, .. Claim.OfLanguage("SnpRmp")],
        Mutants = SnpRmpLabels.Mutants,
        Survivors = SnpRmpLabels.Survivors,
        Sources = Requirements.Sources.All,
        Stronger = Stronger,
        Bugs = SnpRmpBugs.All,
    };

    /// <summary>The model of a design with all its properties. The caller can declare more.</summary>
    public static SnpRmpModel Model(Design design)
    {
        bool hypervisor = design.Parts[0] == "hypervisor";
        bool spurious = design.Parts[0] == "vmm";
        var model = new SnpRmpModel(spurious, hypervisor);
        SnpRmpSafety.Declare(model, spurious, hypervisor);
        SnpRmpReachability.Declare(model, spurious, hypervisor);
        SnpRmpLemmas.Declare(model, spurious, hypervisor);
        return model;
    }

    /// <summary>The design's model with additional lemmas, which prove some labels redundant.</summary>
    private static TransitionSystem Stronger(Design design)
    {
        var model = Model(design);
        if (design.Is("none"))
        {
            model.Lemma("ValidIsInFile", "OneValidFrame", "an honest VMM replaces no frame of a page which the guest has validated",
                Forall<Page, Frame>((p, f) => (model.rmp[f] == Rmp.Valid & model.gpa[f] == p).Implies(model.file[p] == f)));

            model.Lemma("PreparedInPlace", "MappedFrameIsAssigned", "an honest VMM moves no frame to another page",
                Forall<Page, Frame>((p, f) => (model.prepared[f] == p).Implies(model.file[p] == f)));

            model.Lemma("RescindsMemory", "RegistersInPlace", "a page which a vCPU rescinds stays memory until then",
                Forall<Vcpu, Page>((v, p) => (model.at[v] == p).Implies(
                    model.job[v] == Job.Validate | model.job[v] == Job.Rescind & model.use[p] == Use.Memory)));

            model.Lemma("OneRescinds", "RescindsMemory", "no other vCPU is at work on a page which a vCPU rescinds",
                Forall<Vcpu, Vcpu>((v, w) => (v != w & model.at[v] != None & model.at[v] == model.at[w]).Implies(
                    model.job[v] == Job.Validate & model.job[w] == Job.Validate)));
        }

        return model.Build();
    }
}
