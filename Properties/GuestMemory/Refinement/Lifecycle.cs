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

/// <summary>
/// The question if a design's pages take this edge. It is a property of the system returned by <see cref="Lifecycle.Questions"/>.
/// </summary>
public sealed record EdgeQuestion(Edge Edge, string Property);

/// <summary>
/// The refinement of PageLifecycle by GuestMemory: every step of every design leaves a page in its place in the life cycle, or is
/// an edge of it. The edges are read from the life cycle's own model, so there is no second list of them.
/// </summary>
public static class Lifecycle
{
    /// <summary>
    /// The edges open to a GuestMemory design: those of the life cycle of the same kind. On sw no firmware makes a new frame wait for
    /// acceptance; the guest decides. So both sides of the guard <c>map.pending</c> are possible there. With an honest VMM the guard
    /// does not matter, because such a VMM replaces no frame in secret.
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

    /// <summary>
    /// Declares the refinement, unless a label was dropped: it is claimed for the protocol as designed. The safety properties judge
    /// mutants.
    /// </summary>
    internal static void Declare(GuestMemoryModel m, Design design)
    {
        var edges = Edges(design);
        m.StepInvariant("RefinesLifecycle", AsDesigned(m).Implies(Forall<Page>(p => Enum.GetValues<PageState>()
            .Select(from => (StateOf(m, p) == from).Implies(
                Next(StateOf(m, p)).In([from, .. edges.Where(e => e.From == from).Select(e => e.To)])))
            .Aggregate((a, b) => a & b))));
    }

    private static Term<bool> AsDesigned(GuestMemoryModel m) =>
        Define(m.Build().Labels.Select(l => Has(l.Name)).Aggregate((a, b) => a & b));

    /// <summary>
    /// The place of a page in its life. The guest's view decides if the page is shared: from its request on, the guest considers the
    /// page private, and trusts nothing there before it has accepted a frame. The firmware decides the rest: a frame not assigned to
    /// the page counts as none, and an assigned but unaccepted one taints the page. Without firmware, KVM's entry takes its place.
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
