using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.App;

/// <summary>One design at one size: what is to be explored.</summary>
/// <param name="Build">Builds <see cref="Model"/>, once.</param>
public sealed record Job(Protocol Protocol, Design Design, Bounds Bounds, Lazy<TransitionSystem> Build, ImmutableArray<string> Dropped)
{
    private const int MostBits = 512;

    /// <summary>The design's model, without the dropped labels, and with no properties but those to be checked.</summary>
    public TransitionSystem Model
    {
        get => Build.Value;
        init => Build = new(value);
    }

    /// <summary>Where an expectation can be held against what is found: the whole protocol, at the size for which it is declared.</summary>
    public bool IsStandard => Dropped.IsEmpty && Bounds.Equals(Bounds.DefaultOf(Protocol));

    /// <summary>Some property is expected to be violated, and some to hold.</summary>
    public bool ExpectsMoreThanViolations => Model.Properties.Where(p => p.Kind != PropertyKind.WellFormed)
        .Select(p => Protocol.Expect(Design, p.Name).Verdict).Distinct().Count() > 1;

    public TraceHeader Header => new(Protocol.Name, Design.Id, Bounds.ToString(), Dropped);

    /// <exception cref="BadInputException">The instance is larger than any search could exhaust, and takes minutes only to compile.</exception>
    public Scope Scope()
    {
        try
        {
            var scope = new Scope(Model, Bounds.BySort);
            long bits = scope.Cells.Sum(c => (long)BitOperations.Log2((uint)Math.Max(1, c.Cardinality - 1)) + 1);
            return bits <= MostBits ? scope : throw new InstanceTooLargeException($"a state of {bits} bits is larger than {MostBits}: choose smaller bounds");
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
