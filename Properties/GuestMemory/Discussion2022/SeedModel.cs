using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Properties.PageLifecycle;
using Checker.Protocols.PageLifecycle;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.GuestMemory.Discussion2022;

/// <summary>
/// The models with only those properties which decide the claims. They are kept apart from the protocols' own properties:
/// a claim of 2022 need not be right, and half of the claims concern one design.
/// </summary>
public static class SeedModel
{
    private static readonly ProtocolSet s_protocols = new([PageLifecycleProtocol.Definition, GuestMemoryProtocol.Definition]);

    /// <summary>The protocols with at least one claim.</summary>
    public static IEnumerable<Protocol> Protocols =>
        s_protocols.Where(p => SeedClaims.All.Any(c => c.Questions.Any(q => q.Protocol == p.Name)));

    /// <exception cref="ArgumentException">No claim concerns a protocol of this name.</exception>
    public static Protocol Protocol(string name) => s_protocols.Get(name);

    /// <summary>The design's model with the protocol's own properties, those of the claims, and all lemmas.</summary>
    public static TransitionSystem Whole(Design design) =>
        Protocol(design.Protocol).Domain(design.Protocol == "PageLifecycle" ? OfPageLifecycle(design) : OfGuestMemory(design));

    /// <summary>The design's model with the properties needed by the claims, and the lemmas for their proofs.</summary>
    /// <exception cref="InvalidOperationException">A question names a property unknown to the design.</exception>
    public static TransitionSystem Of(Design design, IEnumerable<SeedClaim> claims)
    {
        var system = Whole(design);
        var asked = claims.SelectMany(c => c.Questions)
            .Where(q => q.IsAskedOf(design))
            .Select(q => q.Property)
            .ToHashSet(StringComparer.Ordinal);
        return asked.FirstOrDefault(name => system.Properties.All(p => p.Name != name)) is { } missing
            ? throw new InvalidOperationException($"{design.Protocol} {design} has no property {missing}")
            : system with
            {
                Properties = [.. system.Properties.Where(p =>
                    p.IsRule || p.IsLemma || asked.Contains(p.Name))]
            };
    }

    /// <summary>The sentence of a property: from the catalogue, or from this folder.</summary>
    public static string Sentence(string protocol, string property) =>
        Protocol(protocol).ClaimOf(property)?.Sentence ?? SeedSentences.All[property.Split('(')[0]];

    private static TransitionSystem OfGuestMemory(Design design)
    {
        var model = GuestMemoryProtocol.Model(design);
        new SeedGuestMemory(model).Declare();
        return model.Build();
    }

    private static TransitionSystem OfPageLifecycle(Design design)
    {
        var model = PageLifecycleProtocol.Model(design);
        model.Invariant("FileNeverMapped", Forall<Frame>(f => model.mapped[f].Implies(Forall<Page>(p => model.file[p] != f))));
        return model.Build();
    }
}
