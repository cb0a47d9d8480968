using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Model.Protocols.Counter;
using Checker.Model.Protocols.GuestMemory;
using Checker.Model.Protocols.PageLifecycle;
using Checker.Properties.Lemmas;
using Checker.Properties.Reachability;
using Checker.Properties.Refinement;
using Checker.Properties.Safety;

namespace Checker.Properties;

/// <summary>A variant of a protocol: one part for each of its <see cref="Protocol.DesignKeys"/>.</summary>
public sealed record Design(string Protocol, ImmutableArray<string> Parts)
{
    /// <summary>"snp,attribute,separate,spurious"</summary>
    public string Id => string.Join(',', Parts);

    public bool Equals(Design? other) => other is not null && other.Protocol == Protocol && other.Id == Id;

    public override int GetHashCode() => HashCode.Combine(Protocol, Id);

    public override string ToString() => Parts.IsEmpty ? Protocol : Id;

    /// <summary>Whether the design is one that the pattern describes: parts as in <see cref="Id"/>, <c>*</c> for any.</summary>
    public bool Is(string pattern)
    {
        string[] parts = pattern.Split(',');
        return pattern == "*" || (parts.Length == Parts.Length && parts.Zip(Parts).All(p => p.First == "*" || p.First == p.Second));
    }
}

/// <summary>A protocol with its designs, and what is expected of each.</summary>
/// <param name="DesignKeys">What the parts of a design say: platform, designation, backing, vmm.</param>
/// <param name="BoundSorts">The sorts that bounds are given for, in the order in which they are given.</param>
/// <param name="Build">The model of a design, with all its properties.</param>
/// <param name="Expect">What exploration should find for a design's property.</param>
/// <param name="NeverFires">The actions that a design has but that are expected never to fire, each with the reason.</param>
public sealed record Protocol(string Name, string Sentence, ImmutableArray<string> DesignKeys, ImmutableArray<Design> Designs,
    ImmutableArray<string> BoundSorts, ImmutableArray<int> DefaultBounds, Func<Design, TransitionSystem> Build,
    Func<Design, string, Expectation> Expect, Func<Design, IReadOnlyDictionary<string, string>> NeverFires)
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

    /// <summary>Whether the property is expected to hold in the design: what proofs are tried of, and mutants are tested with.</summary>
    public bool Claims(Design design, PropertyDeclaration property) => Expect(design, property.Name).Verdict == Expected.Holds;

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

/// <summary>Every protocol that there is.</summary>
public static class Registry
{
    public static ImmutableArray<Protocol> All { get; } =
    [
        new("PageLifecycle", "The life of a page: five states, frames, and the host's mappings. Read this one first.",
            ["backing", "vmm"], PageLifecycleDesigns(), ["Page", "Frame"], [2, 2], BuildPageLifecycle,
            Catalogue.Expect, PageLifecycleReachability.NeverFires) { LargeBounds = [8, 16] },
        new("GuestMemory", "Conversion of guest memory between shared and private: guest, VMM, KVM, host and firmware, step by step.",
            ["platform", "designation", "backing", "vmm"], GuestMemoryDesigns(),
            ["Page", "Frame", "Vcpu", "Thread", "Pin"], [1, 2, 1, 1, 1], d => BuildGuestMemory(d),
            Catalogue.Expect, GuestMemoryReachability.NeverFires)
        {
            MayBeEmpty = ["Thread", "Pin"],
            LargeBounds = [8, 16, 4, 4, 4],
            Typical = ["sw,*,*,honest", "snp,*,*,honest", "cca,*,*,spurious", "tdx,hole,*,spurious", "pkvm,*,*,*"],
        },
        new("Counter", "Threads that add one to a counter: the smallest model worth checking.",
            [], [new("Counter", [])], ["Worker"], [3], _ => new Counter().Build(),
            Catalogue.Expect, _ => ImmutableDictionary<string, string>.Empty),
    ];

    /// <exception cref="ArgumentException">There is no such protocol.</exception>
    public static Protocol Get(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"no protocol '{name}'; there are {string.Join(", ", All.Select(p => p.Name))}", nameof(name));

    /// <summary>The model of a GuestMemory design, without properties.</summary>
    internal static GuestMemory GuestMemory(Design design, Conversion? conversion = null) => new(
        Enum.Parse<Platform>(design.Parts[0], ignoreCase: true), Enum.Parse<Designation>(design.Parts[1], ignoreCase: true),
        Enum.Parse<Backing>(design.Parts[2], ignoreCase: true), spurious: design.Parts[3] == "spurious", conversion);

    private static TransitionSystem BuildPageLifecycle(Design design) => PageLifecycle(design).Build();

    /// <summary>The model of a PageLifecycle design, with all its properties; more can be declared.</summary>
    internal static PageLifecycle PageLifecycle(Design design)
    {
        var (inplace, spurious) = (design.Parts[0] == "inplace", design.Parts[1] == "spurious");
        var model = new PageLifecycle(inplace, spurious);
        PageLifecycleSafety.Declare(model, spurious);
        PageLifecycleReachability.Declare(model, inplace, spurious);
        PageLifecycleLemmas.Declare(model, inplace, spurious);
        return model;
    }

    private static ImmutableArray<Design> PageLifecycleDesigns() =>
    [
        .. from backing in new[] { "separate", "inplace" }
           from vmm in new[] { "honest", "spurious" }
           select new Design("PageLifecycle", [backing, vmm]),
    ];

    /// <summary>The model of a GuestMemory design with all its properties, in which pages are converted in place as described.</summary>
    /// <param name="stronger">With lemmas that the design does not need for its own proof (<see cref="Stronger"/>).</param>
    internal static TransitionSystem BuildGuestMemory(Design design, Conversion? conversion = null, bool stronger = false) =>
        GuestMemoryWithProperties(design, conversion, stronger).Build();

    /// <summary>... more can be declared.</summary>
    internal static GuestMemory GuestMemoryWithProperties(Design design, Conversion? conversion = null, bool stronger = false)
    {
        var model = GuestMemory(design, conversion);
        new GuestMemorySafety(model).Declare();
        Lifecycle.Declare(model, design);
        new GuestMemoryReachability(model).Declare();
        new GuestMemoryLemmas(model, stronger).Declare();
        return model;
    }

    private static ImmutableArray<Design> GuestMemoryDesigns()
    {
        (string, string)[] ways = [("attribute", "separate"), ("hole", "separate"), ("attribute", "inplace")];
        return
        [
            .. from platform in new[] { "sw", "snp", "tdx", "cca", "pkvm" }
               from way in ways
               where platform != "pkvm" || way.Item2 == "inplace"
               from vmm in new[] { "honest", "spurious" }
               select new Design("GuestMemory", [platform, way.Item1, way.Item2, vmm]),
        ];
    }
}
