using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Model.Catalogue;

/// <summary>A protocol: its designs, and the expected verdicts of each.</summary>
/// <param name="DesignKeys">The meanings of the parts of a design: platform, designation, backing, vmm.</param>
/// <param name="BoundSorts">The sorts in the order of the bounds.</param>
/// <param name="Build">The model of a design, with all its properties.</param>
/// <param name="NeverFires">The actions which are part of a design but cannot occur in it, each with the reason.</param>
/// <param name="File">The file of the protocol.</param>
public sealed record Protocol(string Name, string Sentence, ImmutableArray<string> DesignKeys, ImmutableArray<Design> Designs,
    ImmutableArray<string> BoundSorts, ImmutableArray<int> DefaultBounds, Func<Design, TransitionSystem> Build,
    Func<Design, IReadOnlyDictionary<string, string>> NeverFires, [CallerFilePath] string File = "", [CallerLineNumber] int Line = 0)
{
    private readonly Func<Design, TransitionSystem> _build = Build;

    /// <summary>Builds the model of a design, with all its properties and with the sorts that may be empty.</summary>
    public Func<Design, TransitionSystem> Build
    {
        get => design => Domain(ProtocolCheck.Sized(this, BuildOrRefuse(design)));
        init => _build = value;
    }

    /// <exception cref="ModelException">
    /// The model is wrong. Any other exception of the model's C# code is a defect of the program.
    /// </exception>
    private TransitionSystem BuildOrRefuse(Design design)
    {
        try
        {
            return _build(design);
        }
        catch (Exception thrown) when (thrown is not ModelException)
        {
            throw new ModelException([new(
                Code.Throws,
                $"the model throws {thrown.GetType().Name}: {thrown.Message.ReplaceLineEndings(" ")}",
                PlaceOf(design, thrown))]);
        }
    }

    /// <summary>The properties in words, each with its designs.</summary>
    public ImmutableArray<Claim> Claims { get; init; } = [];

    /// <summary>The drawing of a state in reports; null for a table.</summary>
    public Picture? Picture { get; init; }

    /// <summary>One mutant for each label: it lacks the label and violates a property.</summary>
    public ImmutableArray<Mutant> Mutants { get; init; } = [];

    /// <summary>The labels which no property misses at the default bounds, each with the reason.</summary>
    public ImmutableArray<Survivor> Survivors { get; init; } = [];

    /// <summary>The sentences behind the ids in <see cref="Claim.Source"/>.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The claim to which a property belongs. Null for a lemma, which has its own sentence.</summary>
    public Claim? ClaimOf(string property) => Claims.FirstOrDefault(c => c.Family == Claim.FamilyOf(property));

    /// <summary>The expected verdict on a property of a design.</summary>
    public Expectation Expect(Design design, string property)
    {
        var violated = ClaimOf(property)?.Violated.FirstOrDefault(v => design.Is(v.Designs));
        return violated is { Reason: { } reason } ? new(Expected.Violated, reason) : new(Expected.Holds, "");
    }

    /// <summary>The declared reason why no property of the design misses the label. Null if none is declared.</summary>
    public Survivor? SurvivorOf(Design design, string label) => Survivors.FirstOrDefault(s => s.Label == label && design.Is(s.Designs));

    /// <summary>
    /// True if the property is expected to hold in the design. Proofs are tried of such properties, and mutants are tested against
    /// them.
    /// </summary>
    public bool Expects(Design design, PropertyDeclaration property) => Expect(design, property.Name).Verdict == Expected.Holds;

    /// <summary>The known bugs of real systems which the protocol can express.</summary>
    public ImmutableArray<Bug> Bugs { get; init; } = [];

    /// <summary>The folder or file of the protocol's project (<c>--from</c>); null for a protocol of the program itself.</summary>
    public string? From { get; init; }

    /// <summary>
    /// The C# expression for the protocol in a generated test, with its namespace: "Mine.LockProtocol.Definition". Null if it is unknown.
    /// </summary>
    public string? Definition { get; init; }

    /// <summary>True for the default protocol of commands which take one protocol.</summary>
    public bool IsMain { get; init; }

    /// <summary>
    /// The variant with the given design name, as its exact name and its model; null if there is none. Traces may name variants.
    /// </summary>
    public Func<string, (string Name, TransitionSystem Model)?> Variant { get; init; } = _ => null;

    /// <summary>The model with additional lemmas, which prove some labels redundant. Null: there are no such lemmas.</summary>
    public Func<Design, TransitionSystem>? Stronger { get; init; }

    /// <summary>The sorts which may be empty. Every other sort has at least one element.</summary>
    public ImmutableArray<string> MayBeEmpty { get; init; } = [];

    /// <summary>The model, marked with those of its sorts which may be empty.</summary>
    public TransitionSystem Domain(TransitionSystem system) =>
        system with { MayBeEmpty = [.. MayBeEmpty.Where(s => system.Sorts.Any(x => x.Name == s))] };

    /// <summary>
    /// The patterns of designs which together use every action and label, and whose mutants are explored fast. Empty: all designs.
    /// </summary>
    public ImmutableArray<string> Typical { get; init; } = [];

    /// <summary>The designs matched by <see cref="Typical"/>.</summary>
    public ImmutableArray<Design> TypicalDesigns => Typical.IsEmpty ? Designs : [.. Designs.Where(d => Typical.Any(d.Is))];

    /// <summary>The first line of the model's code on the stack of the exception.</summary>
    private static Source PlaceOf(Design design, Exception thrown) =>
        new StackTrace(thrown, fNeedFileInfo: true).GetFrames().FirstOrDefault(f => f.GetFileLineNumber() > 0) is { } frame
            ? new(frame.GetFileName()!, frame.GetFileLineNumber())
            : new(design.ToString(), 0);

    /// <summary>
    /// The largest bounds at which the model has its meaning, for example because its integers have a largest value. Empty: any bounds.
    /// </summary>
    public ImmutableArray<int> MostBounds { get; init; } = [];

    /// <summary>Bounds with too many states for exploration, in the same order. By default, the ordinary bounds.</summary>
    public ImmutableArray<int> LargeBounds { get; init; } = DefaultBounds;
}
