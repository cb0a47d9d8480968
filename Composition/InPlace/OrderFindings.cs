using System.Collections.Immutable;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;

namespace Checker.Composition.InPlace;

/// <summary>The common properties of the safe orders of steps, as constraints: one step before another.</summary>
internal sealed class OrderFindings
{
    /// <param name="orders">The outcomes of all orders in one direction.</param>
    public OrderFindings(ImmutableArray<VariantOutcome> orders, Alias to)
    {
        Orders = orders;
        To = to;
        var safe = orders.Where(o => o.Standing == Standing.Safe).Select(StepsOf).ToList();
        if (safe.Count == 0)
        {
            return;
        }

        var steps = safe[0];
        var always = (from a in steps
                      from b in steps
                      where a != b && safe.All(o => o.IndexOf(a) < o.IndexOf(b))
                      select (First: a, Then: b)).ToHashSet();
        // A constraint implied by two others is left out.
        Constraints = [.. always.Where(c => !steps.Any(s => always.Contains((c.First, s)) && always.Contains((s, c.Then))))
            .OrderBy(c => c.First)
            .ThenBy(c => c.Then)];
        IsExact = orders.Select(StepsOf).Count(o => always.All(c => o.IndexOf(c.First) < o.IndexOf(c.Then))) == safe.Count;
    }

    public ImmutableArray<VariantOutcome> Orders { get; }

    public Alias To { get; }

    /// <summary>The pairs of steps whose first comes before the second in every safe order.</summary>
    public ImmutableArray<(ConversionStep First, ConversionStep Then)> Constraints { get; } = [];

    /// <summary>True if the safe orders are exactly those which satisfy the constraints.</summary>
    public bool IsExact { get; }

    public int Count(Standing standing) => Orders.Count(o => o.Standing == standing);

    /// <summary>The constraints as text: "unmap &lt; check, check &lt; store".</summary>
    public string Text => string.Join(", ", Constraints.Select(c => $"{OrderText.Of(c.First)} < {OrderText.Of(c.Then)}"));

    private ImmutableArray<ConversionStep> StepsOf(VariantOutcome order) => order.Variant.Conversion.Steps(To);
}
