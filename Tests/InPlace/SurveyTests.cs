using Checker.Composition.InPlace;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;
using Checker.Solver.Smt;

namespace Checker.Tests.InPlace;

/// <summary>The complete space of a design.</summary>
[Trait("Tier", "slow")]
public sealed class SurveyTests
{
    [Fact]
    public void A_smallest_safe_set_is_safe_and_none_of_its_guards_can_be_left_out()
    {
        var survey = Survey.Of(
            DesignSpace.Designs.Single(d => d.Id == "cca,attribute,inplace,honest"),
            Parts.Subsets,
            ProofEffort.None,
            2,
            _ => { },
            TestContext.Current.CancellationToken);
        var findings = survey.Guards!;

        Assert.Equal(2048, survey.Subsets.Length);
        Assert.Equal(Standing.Safe, survey.Subsets[0].Standing);
        Assert.NotEmpty(findings.Minimal);
        foreach (var minimal in findings.Minimal)
        {
            Assert.Equal(Standing.Safe, ExplorationTests.Explore(survey.Design.Id, _ => minimal.Variant).Standing);
            Assert.All(
                findings.Kept(minimal),
                guard => Assert.NotEqual(
                    Standing.Safe,
                    ExplorationTests.Explore(
                        survey.Design.Id,
                        _ => minimal.Variant with { Dropped = minimal.Variant.Dropped.Add(guard) }).Standing));
        }
    }

    [Fact]
    public void Every_safe_order_stores_last_but_for_the_reclaim()
    {
        var survey = Survey.Of(
            DesignSpace.Designs.Single(d => d.Id == "tdx,attribute,inplace,honest"),
            Parts.Orders,
            ProofEffort.None,
            2,
            _ => { },
            TestContext.Current.CancellationToken);

        Assert.Equal((180, 12), (survey.OrdersToPrivate.Length, survey.OrdersToShared.Length));
        Assert.All(
            survey.OrdersToPrivate.Where(o => o.Standing == Standing.Safe),
            o => Assert.Equal(ConversionStep.Store, o.Variant.Conversion.ToPrivate[^1]));
        Assert.True(survey.ToPrivate!.IsExact);
        Assert.All(
            survey.OrdersToShared.Where(o => o.Standing == Standing.Safe),
            o => Assert.True(o.Variant.Conversion.Precedes(Alias.Shared, ConversionStep.Flush, ConversionStep.Store)));
    }

    /// <summary>
    /// The lemmas of the design prove at every size each variant which is safe at three sizes. Three variants are exceptions without
    /// lemmas: an honest VMM with faults retried only until the flush, and on pKVM one which reclaims before it flushes. The test
    /// covers one design, which takes a minute; `checker designs --all-sizes` tries all.
    /// </summary>
    [Theory]
    [InlineData("snp,attribute,inplace,spurious")]
    public void Every_safe_order_and_change_but_three_is_proved_for_any_size(string id)
    {
        NativeZ3.Require();
        var design = DesignSpace.Designs.Single(d => d.Id == id);
        var variants = DesignSpace.OrdersToPrivate(design).Concat(DesignSpace.OrdersToShared(design)).Concat(DesignSpace.ChangesOf(design));

        var safe = variants.Where(v => v.Name != "window_until_flush"
            && !(design.Is("pkvm,*,*,honest") && v.Conversion.Precedes(Alias.Shared, ConversionStep.Reclaim, ConversionStep.Flush))
            && ExplorationTests.Explore(id, _ => v).Standing == Standing.Safe).ToList();

        Assert.NotEmpty(safe);
        Assert.All(safe, v => Assert.Empty(AnySize.Of(v, TimeSpan.FromSeconds(30), 2, TestContext.Current.CancellationToken).Missing));
    }

    /// <summary>The order of the merged series, with each step by itself, is proved. An unsafe order is not.</summary>
    [Theory]
    [InlineData("cca,attribute,inplace,honest,unmap.host_flush.check.zap.flush.store", true)]
    [InlineData("cca,attribute,inplace,honest,unmap.check.host_flush.zap.flush.store", true)]
    [InlineData("snp,attribute,inplace,spurious,zap.flush.store.reclaim", true)]
    [InlineData("snp,attribute,inplace,spurious,zap.reclaim.flush.store", false)]
    [InlineData("snp,attribute,inplace,spurious,prepare_by_claim", false)]
    public void What_is_safe_is_proved_for_any_size(string name, bool proved)
    {
        NativeZ3.Require();

        var proof = AnySize.Of(Variant.Named(name)!, TimeSpan.FromSeconds(30), 2, TestContext.Current.CancellationToken);

        Assert.Equal(proved, proof.Proved);
        Assert.Equal(proved, proof.Missing.IsEmpty);
    }
}
