using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.App;

/// <summary>One design at one size, to be explored.</summary>
/// <param name="Build">Builds <see cref="Model"/> once.</param>
public sealed record Job(Protocol Protocol, Design Design, Bounds Bounds, Lazy<TransitionSystem> Build, ImmutableArray<string> Dropped)
{
    private const int MostBits = 512;

    /// <summary>The design's model, without the dropped labels, and with only the selected properties.</summary>
    public TransitionSystem Model
    {
        get => Build.Value;
        init => Build = new(value);
    }

    /// <summary>True if expectations apply: to the whole protocol, at the size of their declaration.</summary>
    public bool IsStandard => Dropped.IsEmpty && Bounds.Equals(Bounds.DefaultOf(Protocol));

    /// <summary>True if some property is expected to be violated and some other to hold.</summary>
    public bool ExpectsMoreThanViolations => Model.Properties.Where(p => !p.IsRule)
        .Select(p => Protocol.Expect(Design, p.Name).Verdict).Distinct().Count() > 1;

    public TraceHeader Header => new(Protocol.Name, Design.Id, Bounds.ToString(), Dropped);

    /// <summary>The name, which differs between the jobs of a command.</summary>
    public string Name => RunSummary.NameOf(Protocol.Name, Design.Id, Bounds.ToString(), Dropped);

    /// <summary>Returns the options of the job's exploration, from the options for all jobs.</summary>
    internal ExplorationOptions Exploration(ExplorationOptions given) => given with
    {
        // An expected violation must not leave the other properties undecided.
        EveryProperty = given.EveryProperty || (IsStandard && ExpectsMoreThanViolations),
        // The model contains only the requested lemmas.
        Lemmas = true,
        Explained = true,
    };

    /// <exception cref="BadInputException">The instance is too large for any search, and would take minutes only to compile.</exception>
    public Scope Scope()
    {
        try
        {
            var scope = new Scope(Model, Bounds.BySort);
            long bits = scope.Cells.Sum(c => (long)BitOperations.Log2((uint)Math.Max(1, c.Cardinality - 1)) + 1);
            return bits <= MostBits
                ? scope
                : throw new InstanceTooLargeException($"a state of {bits} bits is larger than {MostBits}: choose smaller bounds");
        }
        catch (InstanceTooLargeException tooLarge)
        {
            throw TooLarge(tooLarge);
        }
    }

    public BadInputException TooLarge(InstanceTooLargeException reason) =>
        new($"{(Bounds.Sorts.IsEmpty ? Protocol.Name : $"--bounds {Bounds} ({Bounds.Names})")} is too large: {reason.Message}");

    public override string ToString() => Design.ToString();
}
