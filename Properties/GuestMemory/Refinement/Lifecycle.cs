using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Properties.GuestMemory.Designs;
using Checker.Protocols.GuestMemory;
using Checker.Protocols.PageLifecycle;
using static Checker.Model.Language.Logic;
using Frame = Checker.Protocols.GuestMemory.Frame;
using Page = Checker.Protocols.GuestMemory.Page;

namespace Checker.Properties.GuestMemory.Refinement;

/// <summary>Whether a design's pages take this edge: a property of the system that <see cref="Lifecycle.Questions"/> gives.</summary>
public sealed record EdgeQuestion(Edge Edge, string Property);

/// <summary>
/// GuestMemory refines PageLifecycle: every step of every design leaves a page where it is in its life, or is an edge of the life
/// cycle. The edges are read off the life cycle's own model; there is no second list of them.
/// </summary>
public static class Lifecycle
{
    /// <summary>
    /// The edges that a GuestMemory design may use: those of the life cycle of the same kind. Where no firmware enforces it (sw), it is
    /// up to the guest whether a new frame waits for its acceptance: of the guard <c>map.pending</c> both sides are possible then.
    /// (An honest VMM replaces no frame behind the guest's back, so the guard does not matter.)
    /// </summary>
    public static ImmutableArray<Edge> Edges(Design design)
    {
        bool spurious = design.Is("*,*,*,spurious");
        var lifecycle = new PageLifecycleModel(inplace: design.Is("*,*,inplace,*"), spurious).Build();
        return Refinement.Edges.Of(lifecycle, open: spurious && design.Is("sw,*,*,*") ? "map.pending" : null);
    }

    /// <summary>The design's model, with the refinement and one question for each edge as its only properties.</summary>
    public static (TransitionSystem System, ImmutableArray<EdgeQuestion> Questions) Questions(Design design)
    {
        var model = GuestMemoryDesigns.Model(design);
        Declare(model, design);
        var questions = Edges(design).Select(e => new EdgeQuestion(e, $"Takes({e})")).ToImmutableArray();
        foreach (var (edge, property) in questions)
        {
            model.Reachable(property, Exists<Page>(p => StateOf(model, p) == edge.From & Next(StateOf(model, p)) == edge.To));
        }

        return (model.Build(), questions);
    }

    /// <summary>The refinement is claimed of the protocol as it is designed, not of its mutants: what those break is for the safety properties to say.</summary>
    internal static void Declare(GuestMemoryModel m, Design design)
    {
        var edges = Edges(design);
        m.StepInvariant("RefinesLifecycle", AsDesigned(m).Implies(Forall<Page>(p => Enum.GetValues<PageState>()
            .Select(from => (StateOf(m, p) == from).Implies(
                Next(StateOf(m, p)).In([from, .. edges.Where(e => e.From == from).Select(e => e.To)])))
            .Aggregate((a, b) => a & b))));
    }

    private static Term<bool> AsDesigned(GuestMemoryModel m) => Define(m.Build().Labels.Select(l => Has(l.Name)).Aggregate((a, b) => a & b));

    /// <summary>
    /// Where a page is in its life. The guest's view says whether it is shared: once the guest has asked for it, it takes the page for
    /// private, and until it has accepted a frame there it trusts nothing. The firmware knows the rest: a frame that it has not assigned
    /// to the page is none, and one that is assigned but not accepted taints the page. Without firmware, KVM's entry stands for it.
    /// </summary>
    private static Term<PageState> StateOf(GuestMemoryModel m, Term<Page> p) => Define(p,
        Cond(m.guest[p] == View.Shared, PageState.Shared,
        Cond(!Assigned(m, p), PageState.Punched,
        Cond(!Usable(m, p), PageState.Tainted,
        Cond<PageState>(m.owes[p], PageState.Accepted, PageState.Private)))));

    private static Term<bool> Assigned(GuestMemoryModel m, Term<Page> p) => Define(p, m.Firmware
        ? Exists<Frame>(f => m.gmem[p] == f & m.own[f] != Owner.Host)
        : m.spte[p, Alias.Private] != None);

    private static Term<bool> Usable(GuestMemoryModel m, Term<Page> p) => Define(p, m.Firmware
        ? m.guest[p] == View.Accepted & Exists<Frame>(f => m.gmem[p] == f & m.own[f] == Owner.Validated)
        : m.guest[p] == View.Accepted);
}
