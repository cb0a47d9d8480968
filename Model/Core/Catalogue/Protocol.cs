using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Model.Catalogue;

/// <summary>A protocol with its designs, and what is expected of each.</summary>
/// <param name="DesignKeys">What the parts of a design say: platform, designation, backing, vmm.</param>
/// <param name="BoundSorts">The sorts that bounds are given for, in the order in which they are given.</param>
/// <param name="Build">The model of a design, with all its properties.</param>
/// <param name="NeverFires">The actions that a design has but that are expected never to fire, each with the reason.</param>
public sealed record Protocol(string Name, string Sentence, ImmutableArray<string> DesignKeys, ImmutableArray<Design> Designs,
    ImmutableArray<string> BoundSorts, ImmutableArray<int> DefaultBounds, Func<Design, TransitionSystem> Build,
    Func<Design, IReadOnlyDictionary<string, string>> NeverFires)
{
    private readonly Func<Design, TransitionSystem> _build = Build;

    /// <summary>Builds the model of a design, with all its properties and with the sorts that may be empty.</summary>
    public Func<Design, TransitionSystem> Build
    {
        get => design => Domain(BuildOrRefuse(design));
        init => _build = value;
    }

    /// <exception cref="ModelException">The model is wrong; an exception that its C# code throws is a mistake like any other.</exception>
    private TransitionSystem BuildOrRefuse(Design design)
    {
        try
        {
            return _build(design);
        }
        catch (Exception thrown) when (thrown is not ModelException)
        {
            throw new ModelException([new(Code.Throws, $"the model throws {thrown.GetType().Name}: {thrown.Message.ReplaceLineEndings(" ")}", PlaceOf(design, thrown))]);
        }
    }

    /// <summary>The properties in words, with the designs that claim each.</summary>
    public ImmutableArray<Claim> Claims { get; init; } = [];

    /// <summary>For every label, a mutant without it that violates a property.</summary>
    public ImmutableArray<Mutant> Mutants { get; init; } = [];

    /// <summary>The labels that no property misses at the default bounds, each with the reason.</summary>
    public ImmutableArray<Survivor> Survivors { get; init; } = [];

    /// <summary>The sentences behind the ids in <see cref="Claim.Source"/>.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The claim that a property is an instance of; null for a lemma, which speaks for itself.</summary>
    public Claim? ClaimOf(string property) => Claims.FirstOrDefault(c => c.Family == Claim.FamilyOf(property));

    /// <summary>The verdict that exploration should find for a property of a design.</summary>
    public Expectation Expect(Design design, string property)
    {
        var violated = ClaimOf(property)?.Violated.FirstOrDefault(v => design.Is(v.Designs));
        return violated is { Reason: { } reason } ? new(Expected.Violated, reason) : new(Expected.Holds, "");
    }

    /// <summary>The declared reason why no property of the design misses the label; null where none is declared.</summary>
    public Survivor? SurvivorOf(Design design, string label) => Survivors.FirstOrDefault(s => s.Label == label && design.Is(s.Designs));

    /// <summary>Whether the property is expected to hold in the design: what proofs are tried of, and mutants are tested with.</summary>
    public bool Expects(Design design, PropertyDeclaration property) => Expect(design, property.Name).Verdict == Expected.Holds;

    /// <summary>The folder or file that the protocol was loaded from (<c>--from</c>); null for one that the program has itself.</summary>
    public string? From { get; init; }

    /// <summary>The protocol that a command takes where it takes one and none is named.</summary>
    public bool IsMain { get; init; }

    /// <summary>A variant that a trace may name as its design: its exact name and its model; null where there is none of that name.</summary>
    public Func<string, (string Name, TransitionSystem Model)?> Variant { get; init; } = _ => null;

    /// <summary>The model with lemmas that no design needs for its own proof, by which it can do without some labels; null: the model itself.</summary>
    public Func<Design, TransitionSystem>? Stronger { get; init; }

    /// <summary>The sorts that an instance can do without; of all others it has at least one element.</summary>
    public ImmutableArray<string> MayBeEmpty { get; init; } = [];

    /// <summary>The model as one of this protocol: it says which of its sorts may be empty.</summary>
    public TransitionSystem Domain(TransitionSystem system) => system with { MayBeEmpty = [.. MayBeEmpty.Where(s => system.Sorts.Any(x => x.Name == s))] };

    /// <summary>Patterns of designs that together have every action and label, and whose mutants are soon explored. Empty: all.</summary>
    public ImmutableArray<string> Typical { get; init; } = [];

    /// <summary>The designs that <see cref="Typical"/> describes.</summary>
    public ImmutableArray<Design> TypicalDesigns => Typical.IsEmpty ? Designs : [.. Designs.Where(d => Typical.Any(d.Is))];

    /// <summary>The line of the model that threw, or what it called.</summary>
    private static Source PlaceOf(Design design, Exception thrown) =>
        new StackTrace(thrown, fNeedFileInfo: true).GetFrames().FirstOrDefault(f => f.GetFileLineNumber() > 0) is { } frame
            ? new(frame.GetFileName()!, frame.GetFileLineNumber())
            : new(design.ToString(), 0);

    /// <summary>Bounds at which there are more states than can be explored, in the same order; the default ones if the model has no such size.</summary>
    public ImmutableArray<int> LargeBounds { get; init; } = DefaultBounds;
}
