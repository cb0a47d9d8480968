using System.Collections.Immutable;
using Checker.Composition.InPlace;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;

namespace Checker.Tests.InPlace;

/// <summary>The conclusions from the verdicts on variants, tested with invented verdicts.</summary>
public sealed class FindingsTests
{
    private static readonly ImmutableArray<string> s_guards = ["a", "b", "c"];

    [Fact]
    public void The_least_that_is_safe_and_the_least_that_breaks()
    {
        // Both a, and one of b and c, are needed.
        var findings = Findings(kept => kept.Contains('a') && kept.Length > 1);

        Assert.Equal(["ab", "ac"], findings.Minimal.Select(m => string.Concat(findings.Kept(m))).Order());
        Assert.Equal(["a", "bc"], findings.Breaking.Select(m => string.Concat(m.Variant.Dropped)).Order());
        Assert.Empty(findings.NeverMatter);
        Assert.Equal(0, findings.Exceptions);
        Assert.Equal((3, 5), (findings.Count(Standing.Safe), findings.Count(Standing.Unsafe)));
    }

    [Fact]
    public void A_guard_that_changes_no_verdict_does_not_matter() =>
        Assert.Equal(["b"], Findings(kept => kept.Contains('a') && kept.Contains('c')).NeverMatter);

    [Fact]
    public void That_fewer_guards_are_safer_is_noticed()
    {
        var findings = Findings(kept => kept is "abc" or "a");

        Assert.Equal(["a"], findings.Minimal.Select(m => string.Concat(findings.Kept(m))));
        Assert.Equal(2, findings.Exceptions);   // from ab, and from ac
    }

    [Fact]
    public void What_is_useless_is_no_smallest_safe_set()
    {
        var findings = Findings(kept => kept == "abc", useless: kept => kept == "bc");

        Assert.Equal(["abc"], findings.Minimal.Select(m => string.Concat(findings.Kept(m))));
        Assert.Equal(["b", "c"], findings.Breaking.Select(m => string.Concat(m.Variant.Dropped)).Order());
    }

    [Fact]
    public void Safe_orders_are_told_by_constraints()
    {
        // The safe orders store last.
        var findings = new OrderFindings(
            [.. DesignSpace.OrdersToShared(DesignSpace.Designs[0])
                .Select(v => Made(v, v.Conversion.ToShared[^1] == ConversionStep.Store ? Standing.Safe : Standing.Unsafe))],
            Alias.Shared);

        Assert.Equal("zap < flush, flush < store, reclaim < store", findings.Text);
        Assert.True(findings.IsExact);
        Assert.Equal(3, findings.Count(Standing.Safe));
    }

    [Fact]
    public void Constraints_that_say_too_little_are_said_to()
    {
        ImmutableArray<Variant> orders = [.. DesignSpace.OrdersToShared(DesignSpace.Designs[0])];

        // The first and the last order: they share only the flush after the zap.
        var findings = new OrderFindings(
            [.. orders.Select((v, i) => Made(v, i == 0 || i == orders.Length - 1 ? Standing.Safe : Standing.Unsafe))],
            Alias.Shared);

        Assert.False(findings.IsExact);
    }

    private static GuardFindings Findings(Func<string, bool> safe, Func<string, bool>? useless = null) => new(s_guards,
    [
        .. Enumerable.Range(0, 8).Select(mask =>
        {
            string kept = string.Concat(s_guards.Where((_, i) => (mask & (1 << i)) == 0));
            var variant = new Variant(
                DesignSpace.Designs[0],
                VariantKind.Guards,
                [.. s_guards.Where((_, i) => (mask & (1 << i)) != 0)],
                Conversion.Standard);
            return Made(variant, safe(kept) ? Standing.Safe : useless?.Invoke(kept) == true ? Standing.Useless : Standing.Unsafe);
        }),
    ]);

    private static VariantOutcome Made(Variant variant, Standing standing) =>
        new(variant, standing, VariantExploration.Default, "", 0, [], 0);
}
