using System.Collections.Concurrent;
using Checker.Composition.Protocols;
using Checker.Composition.InPlace;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;

namespace Checker.Tests.InPlace;

/// <summary>The verdicts on variants.</summary>
[Trait("Tier", "slow")]
public sealed class ExplorationTests
{
    private static readonly ConcurrentDictionary<string, VariantExploration> s_of = new(StringComparer.Ordinal);

    public static TheoryData<string, string, int> Known => new(
        from mutant in Shipped.Mutants
        let design = DesignSpace.Designs.FirstOrDefault(d => d.Id == mutant.Design)
        where design is not null
            && mutant.Bounds.SequenceEqual(VariantExploration.Default.Sizes)
            && mutant.Drop.All(DesignSpace.Guards(design).Contains)
        select (mutant.Design, string.Join(',', mutant.Drop), mutant.Length));

    [Theory, MemberData(nameof(Known))]
    public void A_known_mutant_is_unsafe_with_the_same_length(string design, string drop, int length)
    {
        var found = Explore(design, d => Without(d, drop));

        Assert.Equal((Standing.Unsafe, length), (found.Standing, found.Length));
    }

    [Fact]
    public void The_known_mutants_are_there() => Assert.True(Known.Count >= 10);

    [Theory]
    [InlineData("cca,attribute,inplace,honest", "convert.unmap_user")]
    [InlineData("pkvm,attribute,inplace,spurious", "convert.unmap_user,convert.host_flush")]
    public void What_never_converts_a_page_that_was_touched_is_useless(string design, string drop)
    {
        var found = Explore(design, d => Without(d, drop));

        Assert.Equal(Standing.Useless, found.Standing);
        Assert.Contains("PinDelaysConversion", found.Lost);
    }

    /// <summary>The verdict is the same if variants share nothing.</summary>
    [Theory]
    [InlineData("snp,attribute,inplace,spurious", "zap.flush.store.reclaim")]
    [InlineData("snp,attribute,inplace,spurious", "zap.reclaim.flush.store")]
    [InlineData("pkvm,attribute,inplace,honest", "zap.flush.store.reclaim")]
    [InlineData("sw,attribute,inplace,honest", "unmap.check.host_flush.zap.flush.store")]
    [InlineData("tdx,attribute,inplace,honest", "unmap.host_flush.zap.flush.store.check")]
    [InlineData("snp,attribute,inplace,spurious", "prepare_by_claim")]
    [InlineData("cca,attribute,inplace,spurious", "window_until_flush")]
    public void An_order_or_change_stands_as_it_does_alone(string design, string name)
    {
        var variant = Variant.Named($"{design},{name}")!;
        var found = Explore(design, _ => variant);

        var protocol = Registry.Get("GuestMemory");
        var alone = new Exhaustive(new Scope(variant.Build(), VariantExploration.Default.BySort), new() { Vacuity = false }).Run();
        var unexpected = alone.FirstViolation is { } v && protocol.Expect(variant.Design, v.Property.Name).Verdict == Expected.Holds
            ? v
            : null;
        Assert.Equal(unexpected?.Trace?.Length ?? 0, found.Length);
        Assert.Equal(unexpected is not null, found.Standing == Standing.Unsafe);
    }

    /// <summary>E-L1: if unmapping a private page removes it, a zap of both flavours costs the guest its page, and then its life.</summary>
    [Theory]
    [InlineData("tdx", true)]
    [InlineData("cca", true)]
    [InlineData("snp", false)]
    public void A_zap_of_both_flavours_loses_private_pages_of_a_mixed_range(string platform, bool loses)
    {
        var variant = Variant.Named($"{platform},attribute,inplace,honest,zap_both_again")!;
        var model = variant.Build();
        var survives = model with { Properties = [model.Property("GuestSurvives")] };

        var result = new Exhaustive(new Scope(survives, VariantExploration.Default.BySort), new() { Vacuity = false }).Run();

        Assert.Equal(loses ? LostAfter : 0, result.FirstViolation?.Trace?.Length ?? 0);
    }

    private const int LostAfter = 27;

    internal static VariantOutcome Explore(string design, Func<Design, Variant> variant)
    {
        var of = DesignSpace.Designs.Single(d => d.Id == design);
        return s_of.GetOrAdd(design, _ => new(of)).Explore(variant(of), TestContext.Current.CancellationToken, trace: true);
    }

    private static Variant Without(Design design, string drop) =>
        new(design, VariantKind.Guards, [.. drop.Split(',')], Conversion.Standard);
}
